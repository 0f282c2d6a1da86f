"""Which danger is reported as happening now, from every source that says something of the child."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duecare.record.pole import NO_DETAIL, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When
from duecare.worklist.danger import KINDS, danger_now, ends_at
from duecare.worklist.item import Danger, DangerKind

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
IN_MERLIN, IN_CAD, SISTER = RecordKey("merlin", "N1"), RecordKey("cad", "7"), RecordKey("merlin", "N2")
CHILDREN = {IN_MERLIN: "ann", IN_CAD: "ann", SISTER: "bea"}


def event(kind: str, hours: float, *records: RecordKey) -> EventRecord:
    at = NOW - timedelta(hours=hours)
    ties = tuple(InvolvementRow(record, "child") for record in records)
    name = f"{kind}-{hours}"
    return EventRecord("made", name, kind, When.at(at), at, detail=NO_DETAIL, ties=ties)


def told(*events: EventRecord) -> tuple[str, float] | None:
    found = danger_now(events, CHILDREN, NOW, 7)
    return None if found is None else (found.kind.name, (NOW - found.reported_at) / timedelta(hours=1))


@pytest.mark.parametrize("back", ["missing_returned", "missing_found"])
def test_a_child_reported_missing_by_one_source_and_back_by_another_is_back(back):
    missing = event("missing_reported", 30, IN_MERLIN)

    assert told(missing) == ("MISSING", 30)
    assert told(missing, event(back, 20, IN_CAD)) is None
    assert told(missing, event(back, 40, IN_CAD)) == ("MISSING", 30)


def test_the_return_of_one_child_is_not_that_of_another():
    both = event("missing_reported", 30, IN_MERLIN, SISTER)

    assert told(both, event("missing_returned", 20, IN_CAD)) == ("MISSING", 30)
    assert told(both, event("missing_returned", 20, IN_CAD), event("missing_returned", 10, SISTER)) is None


def test_whoever_is_no_child_of_the_case_is_not_missing_from_it():
    assert told(event("missing_reported", 30, RecordKey("merlin", "N9"))) is None


def test_contact_counts_for_seven_days_unless_the_suspect_is_arrested_or_eliminated():
    contact = event("suspect_contact", 7 * 24, IN_MERLIN)

    assert told(contact, event("missing_reported", 1, SISTER)) == ("SUSPECT_CONTACT", 168)
    assert told(event("suspect_contact", 7 * 24 + 0.001, IN_MERLIN)) is None
    assert told(contact, event("arrested", 1)) is None
    assert told(contact, event("suspect_eliminated", 1)) is None
    assert told(event("suspect_contact", -1, IN_MERLIN)) is None


def test_every_kind_that_could_show_it_is_named():
    kinds = (
        "suspect_contact",
        "arrested",
        "suspect_eliminated",
        "missing_reported",
        "missing_returned",
        "missing_found",
    )

    assert frozenset(kinds) == KINDS


def test_only_contact_ends_by_the_passing_of_time():
    assert ends_at(Danger(DangerKind.SUSPECT_CONTACT, NOW), 7) == NOW + timedelta(days=7, seconds=1)
    assert ends_at(Danger(DangerKind.MISSING, NOW), 7) is None


def test_the_time_of_a_contact_that_was_reported_again_counts_and_an_older_arrest_does_not_end_it():
    assert told(
        event("suspect_contact", 50, IN_MERLIN), event("arrested", 40), event("suspect_contact", 30, IN_MERLIN)
    ) == (
        "SUSPECT_CONTACT",
        30,
    )


def test_of_two_children_the_one_reported_missing_last_counts():
    assert told(event("missing_reported", 30, IN_MERLIN), event("missing_reported", 5, SISTER)) == ("MISSING", 5)
    assert told(event("missing_reported", 5, IN_MERLIN), event("missing_reported", 30, SISTER)) == ("MISSING", 5)


def test_a_report_at_the_moment_asked_about_counts_and_one_still_to_come_does_not():
    assert told(event("missing_reported", 0, SISTER)) == ("MISSING", 0)
    assert told(event("missing_reported", -1 / 3600, SISTER)) is None


def test_the_last_second_at_which_a_contact_counts_is_the_one_before_its_end():
    contact = event("suspect_contact", 0, IN_MERLIN)
    end = ends_at(Danger(DangerKind.SUSPECT_CONTACT, NOW), 7)

    assert danger_now([contact], CHILDREN, end - timedelta(seconds=1), 7) is not None
    assert danger_now([contact], CHILDREN, end, 7) is None
