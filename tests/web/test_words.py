"""Moments, spans, kinds and states in words that a tired reader cannot take wrongly."""

import doctest
import importlib
import pkgutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import pages

from duecare import web
from duecare.rulebook import short_names
from duecare.rulebook.all_duties import all_duties
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS, ROLES
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.unknown import Unknown
from duecare.web.casework.presenters import findings
from duecare.web.site.formatting import freshness, labels, numbers, times, untrusted_text

PURE = ("formatting", "forms", "presenters")
MODULES = [module.name for module in pkgutil.walk_packages(web.__path__, "duecare.web.")]


@pytest.mark.parametrize("name", [name for name in MODULES if any(part in name for part in PURE)])
def test_the_examples_in_the_docstrings_hold(name):
    module = importlib.import_module(name)

    assert doctest.testmod(module).failed == 0


def test_the_few_words_for_lists_are_few_and_each_duty_has_its_own():
    words = [short_names.duty_words(duty.id) for duty in all_duties()]

    assert set(short_names.SHORT) <= {duty.id for duty in all_duties()}
    assert len(set(words)) == len(words)
    assert not [said for said in short_names.SHORT.values() if len(said) > 70]
    assert not [said for said in words if said.endswith(".") or ". " in said]


def test_a_duty_that_nobody_has_put_into_a_few_words_is_shown_in_its_first_sentence(monkeypatch):
    says = {"LOCAL-new": "A suspect who is named is arrested. The number is the force's own."}
    monkeypatch.setattr(short_names, "_words_by_duty", lambda: says)

    assert short_names.duty_words("LOCAL-new") == "A suspect who is named is arrested"
    assert short_names.duty_words("LOCAL-unheard-of") == "LOCAL-unheard-of"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2016, 1, 1, 9, 0, tzinfo=UTC), "1 January 2016 at 9am"),
        (datetime(2016, 7, 1, 9, 0, tzinfo=UTC), "1 July 2016 at 10am"),
        (datetime(2016, 10, 30, 0, 30, tzinfo=UTC), "30 October 2016 at 1:30am BST"),
        (datetime(2016, 10, 30, 1, 30, tzinfo=UTC), "30 October 2016 at 1:30am GMT"),
        (datetime(2016, 3, 27, 1, 0, tzinfo=UTC), "27 March 2016 at 2am"),
        (datetime(2016, 3, 2, 23, 59, 59, tzinfo=UTC), "2 March 2016 at 11:59pm"),
        (datetime(2016, 3, 2, 9, 0, 1, tzinfo=UTC), "2 March 2016 at 9am"),
    ],
)
def test_moments_are_shown_as_london_clocks_showed_them(moment, words):
    assert times.moment_words(moment) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2016, 7, 1, 8, 30, 9, tzinfo=UTC), "1 July 2016 at 9:30am"),
        (datetime(2016, 10, 30, 0, 30, 9, tzinfo=UTC), "30 October 2016 at 1:30am BST"),
        (When.at(datetime(2016, 7, 1, 8, 30, 9, tzinfo=UTC)), "1 July 2016 at 9:30am"),
        (when_on_day(date(2016, 7, 1)), "1 July 2016, time not known"),
    ],
)
def test_a_time_is_shown_to_the_minute(when, words):
    assert times.when_words(when) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=2, minutes=1), "2 hours 1 minute"),
        (timedelta(hours=6, minutes=59), "6 hours"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=16, hours=23), "16 days"),
        (timedelta(days=1200), "1,200 days"),
    ],
)
def test_spans_are_rounded_down_and_never_up(span, words):
    assert times.span_words(span) == words


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_no_span_is_said_to_be_longer_than_it_is(span):
    said = times.span_words(span)
    numbers = said.replace(",", "").split()
    units = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    if said == "less than a minute":
        assert span < timedelta(minutes=1)
        return
    told = sum(
        (int(n) * units[unit.rstrip("s")] for n, unit in zip(numbers[::2], numbers[1::2], strict=True)), timedelta(0)
    )

    assert told <= span


def test_just_at_the_limit_it_is_due_and_a_second_later_late():
    due = pages.NOW

    assert times.due_words(due, due) == "due in less than a minute"
    assert times.due_words(due, due + timedelta(seconds=1)) == "less than a minute late"


def test_a_day_is_not_shown_as_its_midnight_nor_a_span_of_days_as_one():
    assert times.when_words(when_on_day(date(2016, 7, 1))) == "1 July 2016, time not known"
    assert times.machine_time(when_on_day(date(2016, 7, 1))) == "2016-07-01"
    two = When(when_on_day(date(2016, 7, 1)).earliest, when_on_day(date(2016, 7, 3)).latest)
    assert times.when_words(two) == "between 1 July 2016 and 3 July 2016"


@pytest.mark.parametrize("kind", sorted(EVENT_KINDS))
def test_every_kind_of_event_reads_as_words(kind):
    words = labels.kind_words(kind)

    assert "_" not in words
    assert "offender" not in words.lower()
    for letters in ("nrm", "mash", "epo", "mappa", "s47", "s136", "rui"):
        assert letters not in words.lower().split(), words


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_role_calls_anyone_an_offender(role):
    assert "offender" not in labels.role_words(role)


@pytest.mark.parametrize("kind", sorted(CASE_KINDS))
def test_no_case_kind_calls_anyone_an_offender(kind):
    assert "offender" not in labels.case_words(kind)


@pytest.mark.parametrize("finding", pages.every_state(), ids=lambda one: f"{one.state}-{one.finding[0]}")
def test_every_state_has_a_word_beside_its_colour_and_a_sentence(finding):
    tag = findings.tag_of(finding, pages.NOW)

    assert tag.text
    assert findings.state_words(finding, pages.NOW).endswith(".")


@pytest.mark.parametrize("state", ["excused", "not_applicable", "cannot_tell"])
def test_a_reason_that_was_not_recorded_is_said_to_be_missing(state):
    finding = replace(pages.finding(), state=type(pages.finding().state)(state), reason=None)

    assert "no reason was recorded" in findings.state_words(finding, pages.NOW)


def test_an_unknown_is_never_0():
    assert numbers.number_words(None) == "not known"
    assert numbers.number_words(Unknown("the source does not say")) == "the source does not say"
    assert numbers.share_words(None) == "not known"
    assert numbers.percent_words(Unknown("x")) == ""
    assert numbers.number_words(0) == "0"


def test_what_is_short_of_certain_is_not_rounded_to_certain():
    assert numbers.share_words(0.99999) == "more than 99.9%"
    assert numbers.share_words(0.00001) == "less than 0.1%"
    assert numbers.share_words(1.0) == "100.0%"
    assert numbers.share_words(0.0) == "0.0%"


def test_details_are_spelt_out():
    detail = {
        "every": "P3M",
        "alone": True,
        "voice": None,
        "ground": "no_answer",
        "actions": ["a", {"b": False}],
        "n": 3,
    }

    assert numbers.detail_lines(detail) == (
        ("Actions", "a, B: no"),
        ("Alone", "yes"),
        ("Every", "3 months"),
        ("Ground", "no answer"),
        ("N", "3"),
        ("Voice", "not known"),
    )


def test_that_what_was_written_later_is_left_out_is_said_once_however_many_sources_there_are():
    told = pages.NOW - timedelta(hours=4)
    then = datetime(2016, 3, 10, 9, 0, tzinfo=UTC)
    fresh = [freshness.Freshness(name, told, told, False, known_at=then) for name in ("cad", "pole")]

    (line,) = freshness.stale_lines(fresh, pages.NOW)

    assert line.startswith("Anything recorded after 10 March 2016 at 9am is not included here yet.")


def test_a_source_that_names_no_time_is_stale_by_its_receipt_and_says_so():
    received = pages.NOW - timedelta(hours=30)
    (line,) = freshness.stale_lines((freshness.Freshness("cad", None, received, True),), pages.NOW)

    assert line.startswith("CAD call records: out of date. Last received 30 hours ago")
    assert "does not give the time it was extracted" in line


@given(st.text())
def test_nothing_shown_holds_a_mark_that_hides_or_reorders(text):
    shown = untrusted_text.visible_text(text)

    assert not set(shown) & {chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF, 0, 0x1B)}
    assert len(shown) >= len(text)
