"""Oversight: questions and answers, meetings with minutes and actions, each by who may, kept for good; the pack of a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.made.recommended import a_test_round
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.oversight_register import Body, Deed
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.report.render import as_html, as_ods
from duecare.store.models import LedgerEntry, OversightEntry
from duecare.use_cases.oversight.build_meeting_pack import meeting_pack
from duecare.use_cases.oversight.record_meeting import record_deed
from duecare.use_cases.oversight.view_oversight import read_meeting, read_oversight
from duecare.use_cases.recommendations import respond_to_recommendation
from duecare.use_cases.recommendations.make_recommendation import make_recommendation
from duecare.use_cases.recommendations.verify_recommendation import verify_recommendation
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.refusals import Refusal

MAYOR = Viewer(account="mayor", roles=frozenset({"mayors_office"}))
EXPERT = Viewer(account="expert", roles=frozenset({"expert"}))
CHIEF = Viewer(account="chief", roles=frozenset({"chief_officer"}), officer="C1")
DAY = date(2026, 3, 10)


def by(viewer, days=0):
    return asking(NOW + timedelta(days=days), viewer)


@pytest.fixture
def held(store):
    """Two meetings of the mayor's office, an action of the first, a question of the experts answered between them."""
    first = record_deed(by(MAYOR), Deed.MEETING, "Spring", due_on=DAY)
    record_deed(by(MAYOR, 1), Deed.MINUTE, "The backlog was spoken of.", meeting=first.number)
    record_deed(by(MAYOR, 1), Deed.ACTION, "A plan for visits.", meeting=first.number, owner="bcu_lead", due_on=DAY)
    asked = record_deed(by(EXPERT, 2), Deed.QUESTION, "Who answers for custody?")
    record_deed(by(CHIEF, 3), Deed.ANSWER, "The chief officer does.", of_entry=asked.number)
    second = record_deed(by(MAYOR, 4), Deed.MEETING, "Summer <b>", due_on=DAY + timedelta(days=90))
    return store, first.number, second.number, asked.number


def test_what_was_asked_and_agreed_is_read_as_it_was_said(held):
    _, first, second, asked = held
    found = read_oversight(by(EXPERT, 5))

    assert [one.number for one in found.meetings] == [second, first]
    assert [(one.asked.number, one.asked.body, one.is_open) for one in found.questions] == [
        (asked, Body.EXPERTS, False)
    ]
    assert [one.agreed.owner for one in found.actions] == ["bcu_lead"]
    assert read_meeting(by(CHIEF), second)[1].number == first


def test_each_entry_leaves_a_line_in_the_ledger(store):
    before = LedgerEntry.objects.count()
    record_deed(by(EXPERT), Deed.QUESTION, "Why?")

    assert LedgerEntry.objects.count() == before + 1


def test_what_is_sent_twice_by_a_button_pressed_twice_is_kept_once(store):
    first = record_deed(by(EXPERT), Deed.QUESTION, "Why?")
    lines = LedgerEntry.objects.count()
    again = record_deed(asking(NOW + timedelta(seconds=2), EXPERT), Deed.QUESTION, " Why? ")

    assert (again, OversightEntry.objects.count(), LedgerEntry.objects.count()) == (first, 1, lines + 1)


def test_an_action_recorded_as_done_by_a_button_pressed_twice_is_no_fault(held):
    _, first, _, _ = held
    action = record_deed(by(MAYOR, 5), Deed.ACTION, "Names.", meeting=first, owner="bcu_lead")
    done = [record_deed(by(MAYOR, 6), Deed.ACTION_DONE, "They are named.", of_entry=action.number) for _ in range(2)]

    assert done[0] == done[1]


@pytest.mark.parametrize(
    ("viewer", "words", "later"),
    [(EXPERT, "Why?", timedelta(minutes=2)), (EXPERT, "Why not?", timedelta()), (MAYOR, "Why?", timedelta())],
)
def test_the_same_said_later_or_by_another_is_said_again(store, viewer, words, later):
    record_deed(by(EXPERT), Deed.QUESTION, "Why?")
    record_deed(asking(NOW + later, viewer), Deed.QUESTION, words)

    assert OversightEntry.objects.count() == 2


def test_what_was_said_cannot_be_unsaid(held):
    for deed in ('UPDATE "oversight_entry" SET "words" = \'x\'', 'DELETE FROM "oversight_entry"'):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("viewer", "deed"),
    [
        (EXPERT, Deed.MEETING), (EXPERT, Deed.MINUTE), (EXPERT, Deed.ANSWER), (CHIEF, Deed.QUESTION),
        (CHIEF, Deed.ACTION_DONE), (MAYOR, Deed.ANSWER),
        (Viewer(account="h", roles=frozenset({"home_office"})), Deed.QUESTION),
        (Viewer(account="i", roles=frozenset({"investigator"})), Deed.QUESTION),
    ],
)  # fmt: skip
def test_who_may_not_say_it_is_refused_and_nothing_is_kept(store, viewer, deed):
    with pytest.raises(Refusal) as refused:
        record_deed(by(viewer), deed, "Words.", due_on=DAY)

    assert refused.value.code == "ACC-003"
    assert not OversightEntry.objects.exists()


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("viewer", "deed", "given", "fault"),
    [
        pytest.param(MAYOR, Deed.MEETING, {"words": "x"}, "give the day of the meeting", id="no day"),
        pytest.param(MAYOR, Deed.MINUTE, {"words": "x", "meeting": 99}, "there is no such meeting", id="no meeting"),
        pytest.param(
            MAYOR, Deed.QUESTION, {"words": "x", "meeting": 99}, "there is no such meeting", id="of no meeting"
        ),
        pytest.param(MAYOR, Deed.ACTION, {"words": "x", "meeting": "first"}, "say which post must act", id="no owner"),
        pytest.param(CHIEF, Deed.ANSWER, {"words": "x", "of_entry": 99}, "there is no such question", id="no question"),
        pytest.param(
            MAYOR, Deed.ACTION_DONE, {"words": "x", "of_entry": 99}, "there is no such action", id="no action"
        ),
        pytest.param(MAYOR, Deed.QUESTION, {"words": " "}, "write 1 to 4,000 characters; 0 were given", id="no words"),
        pytest.param(MAYOR, Deed.QUESTION, {"words": "x" * 4_001}, "write 1 to 4,000 characters", id="too many words"),
    ],
)
def test_what_is_wanting_is_named_and_nothing_is_kept(held, viewer, deed, given, fault):
    _, first, _, _ = held
    before = OversightEntry.objects.count()
    given = {name: first if value == "first" else value for name, value in given.items()}

    with pytest.raises(Refusal) as refused:
        record_deed(by(viewer, 6), deed, given.pop("words"), **given)

    assert refused.value.code == "RCM-040"
    assert any(one.startswith(fault) for one in refused.value.faults)
    assert OversightEntry.objects.count() == before


def test_an_action_is_done_once(held):
    action = read_oversight(by(MAYOR)).actions[0].agreed.number
    record_deed(by(MAYOR, 6), Deed.ACTION_DONE, "Seen.", of_entry=action)

    with pytest.raises(Refusal) as refused:
        record_deed(by(MAYOR, 7), Deed.ACTION_DONE, "Seen again.", of_entry=action)

    assert refused.value.faults == ("this action is recorded as done already",)


def test_the_pack_of_a_meeting_counts_from_the_one_before(held):
    store, first, second, _ = held
    paper = meeting_pack(by(EXPERT, 120), store.config, second)
    said = {section.heading: section for section in paper.sections}

    assert "The last meeting was on 10 March 2026" in said["Agenda"].sentences[1]
    assert said["Actions of earlier meetings"].tables[0].rows[0][3] == "overdue"
    assert said["Questions and answers"].tables[0].rows[0][3] == "The chief officer does."
    assert said["What nobody is accountable for"].tables
    assert b"Summer &lt;b&gt;" in as_html(paper)
    assert as_ods(paper)
    assert (
        "This is the first meeting of this body." in meeting_pack(by(MAYOR), store.config, first).sections[0].sentences
    )


def test_what_this_meeting_agreed_is_no_action_of_an_earlier_one(held):
    store, first, second, _ = held
    record_deed(by(MAYOR, 5), Deed.ACTION, "Of this meeting.", meeting=second, owner="bcu_lead")

    def actions(number):
        (section,) = (
            one
            for one in meeting_pack(by(EXPERT, 120), store.config, number).sections
            if one.heading == "Actions of earlier meetings"
        )
        return [row[0] for table in section.tables for row in table.rows], section.sentences[0]

    assert actions(second) == (["A plan for visits."], "Open, or done since the last meeting: 1. Overdue: 1.")
    assert actions(first) == ([], "Open, or done since the last meeting: 0. Overdue: 0.")


def test_what_changed_is_counted_from_the_day_of_the_meeting_before_and_not_from_when_it_was_called(store):
    last, next_ = london_day(NOW) + timedelta(days=40), london_day(NOW) + timedelta(days=80)
    zero = record_deed(by(MAYOR), Deed.MEETING, "Zero", due_on=london_day(NOW))
    done = [
        record_deed(by(MAYOR, 1), Deed.ACTION, words, meeting=zero.number, owner="bcu_lead")
        for words in ("Early.", "Late.")
    ]
    asked = [record_deed(by(EXPERT, 1), Deed.QUESTION, words) for words in ("Early?", "Late?")]
    record_deed(by(MAYOR, 2), Deed.MEETING, "Last", due_on=last)
    number = record_deed(by(MAYOR, 2), Deed.MEETING, "Next", due_on=next_).number
    for at, days in enumerate((20, 50)):
        record_deed(by(MAYOR, days), Deed.ACTION_DONE, "Done.", of_entry=done[at].number)
        record_deed(by(CHIEF, days), Deed.ANSWER, "So.", of_entry=asked[at].number)

    said = {one.heading: one for one in meeting_pack(by(EXPERT, 80), store.config, number).sections}

    assert [row[0] for row in said["Actions of earlier meetings"].tables[0].rows] == ["Late."]
    assert [row[2] for row in said["Questions and answers"].tables[0].rows] == ["Late?"]


def test_the_pack_says_how_each_recommendation_stood_at_the_meeting_before(held):
    store, _, second, _ = held
    lead = Viewer(account="lead", roles=frozenset({"lead_inspector"}))
    making = Making("R1", "Governance", "Name a lead.", "inspection", "immediate", published_on=date(2026, 3, 1))
    make_recommendation(by(lead), making)

    paper = meeting_pack(by(EXPERT, 120), store.config, second)
    section = next(one for one in paper.sections if one.heading == "Recommendations")

    assert section.tables[0].rows == (("R1", "Governance", "nobody named", "made", "made", "no day set", "yes"),)
    assert section.sentences[0].startswith("In the register: 1. Overdue: 1. Changed since the last meeting: 0.")


def test_the_pack_says_of_a_claim_that_its_test_could_not_be_taken(held):
    store, _, second, _ = held
    lead = Viewer(account="lead", roles=frozenset({"lead_inspector"}))
    making = Making("R1", "Governance", "Name a lead.", "inspection", "immediate", published_on=date(2026, 3, 1))
    make_recommendation(by(lead), making)
    respond_to_recommendation.name_owner(by(CHIEF), "R1", owner_post="chief_officer_lead")
    test = SampleTest(Level(0.9), 20)
    respond_to_recommendation.accept_recommendation(by(CHIEF), store.config, "R1", as_said(test))
    respond_to_recommendation.claim_done(by(CHIEF), "R1", "Done.")
    a_test_round("left", by(lead, 1).now, good=2, bad=3, ungraded=15)
    with pytest.raises(Refusal):
        verify_recommendation(by(lead, 2), store.config, "R1", hash_of(test))

    paper = meeting_pack(by(EXPERT, 120), store.config, second)
    (row,) = next(one for one in paper.sections if one.heading == "Recommendations").tables[0].rows
    assert row[3] == "claimed done, not verified; its test could not be applied to round left"


def test_a_meeting_that_is_not_there_is_said_so(store):
    for ask in (lambda: read_meeting(by(MAYOR), 7), lambda: meeting_pack(by(MAYOR), store.config, 7)):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code == "RCM-041"
