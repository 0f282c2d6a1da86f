"""What a recommendation is made with: every fault is told at once, and nothing personal can be taken for a text."""

from __future__ import annotations

from datetime import date

import pytest

from duecare.recommendation.new_recommendation import Making, fault_of_text, maker_of
from duecare.recommendation.recommendation_fact import Origin, Party

GOOD = {"number": "R1", "title": "x", "words": "", "origin": "inspection", "urgency": "immediate",
        "published_on": date(2026, 1, 5)}  # fmt: skip


def faults(by=Party.INSPECTORATE, **changes):
    return Making(**{**GOOD, **changes}).faults(by)


def test_what_is_right_has_no_fault():
    assert faults() == ()
    assert faults(None) == ()
    assert faults(Party.FORCE, origin="round") == ()
    assert faults(urgency="dated", due_on=date(2026, 3, 1), published_on=None) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "R 1"}, "the number"),
        ({"title": " "}, "no title"),
        ({"title": "x" * 201}, "title is longer"),
        ({"words": "\x00"}, "not text"),
        ({"kind": "order"}, "the kind"),
        ({"urgency": "soon"}, "the class"),
        ({"addressed_to": "expert_group"}, "addressed to none"),
        ({"origin": "newspaper"}, "where it comes from"),
        ({"by": Party.FORCE}, "not made by you"),
        ({"urgency": "dated"}, "give a due day"),
        ({"due_on": date(2026, 3, 1)}, "give a due day"),
        ({"published_on": None}, "the day of publication"),
        ({"urgency": "dated", "due_on": date(2026, 1, 1)}, "before it was published"),
        ({"source_url": "ftp://example.org"}, "https://"),
    ],
)
def test_what_is_wrong_is_shown(changes, says):
    assert any(says in fault for fault in faults(**changes))


def test_all_faults_are_shown_at_once():
    assert len(faults(number="", title="", origin="x", urgency="y", kind="z")) == 5


def test_who_makes_what_comes_from_where():
    assert maker_of(Origin.ROUND) is Party.INSPECTORATE
    assert maker_of(Origin.EXPERT_GROUP) is Party.EXPERT_GROUP
    assert fault_of_text("words", "two\nlines") == ""
