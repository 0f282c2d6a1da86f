"""How far a claim that cases were revisited and clear still stands, by facts alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from duecare.recommendation.revisit_claim import Period, said_clear, tally_revisits
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.vocabulary.moments import When

REVISIT = datetime(2026, 6, 1, 9, tzinfo=UTC)
CASE, OTHER = CaseKey("cris", "C1"), CaseKey("merlin", "M1")
CHILD, SAME_CHILD, STRANGER = RecordKey("cris", "K1"), RecordKey("merlin", "K2"), RecordKey("merlin", "K3")
WHOSE = {CHILD: "person", SAME_CHILD: "person", STRANGER: "stranger"}
PERIOD = Period(date(2026, 5, 1), date(2026, 8, 31))


def event(kind, days, case=CASE, record=CHILD, role="child", written=None, **detail):
    at = REVISIT + timedelta(days=days)
    written_at = REVISIT + timedelta(days=days if written is None else written)
    ties = (InvolvementRow(record, role),) if record else ()
    return EventRecord(
        case.source if case else "cad",
        f"{kind}{days}{detail}",
        kind,
        When.at(at),
        written_at,
        case,
        detail=detail,
        ties=ties,
    )


def clear(case=CASE):
    return event("case_revisited", 0, case, further_harm="no")


def left(*events, period=PERIOD):
    return tally_revisits([CASE], period, [clear(), *events], WHOSE).still_clear


@pytest.mark.parametrize(
    ("against", "still"),
    [
        (event("concern_reported", 10), 0),
        (event("crime_recorded", 10, OTHER, SAME_CHILD, "victim"), 0),
        (event("crime_recorded", 10, OTHER, STRANGER, "victim"), 1),
        (event("crime_recorded", 10, OTHER, SAME_CHILD, "witness"), 1),
        (event("crime_recorded", 10, CASE, None), 0),
        (event("crime_recorded", -5, written=10), 0),
        (event("crime_recorded", -5), 1),
        (event("crime_recorded", -60, written=10), 1),
        (event("crime_recorded", 200), 1),
        (event("child_seen", 10), 1),
        (event("charged", 200), 0),
        (event("charged", 200, harm_on="2026-07-01"), 0),
        (event("charged", 200, harm_on="2026-04-30"), 1),
        (event("charged", 200, harm_on="2026-12-01"), 1),
        (event("charged", 200, harm_on="last summer"), 0),
        (event("charged", 200, harm_on=" "), 0),
        (event("cautioned", 10, OTHER, SAME_CHILD), 0),
        (event("charged", -10), 1),
        (event("case_revisited", 20, further_harm=True), 0),
        (event("case_revisited", 20, further_harm=None), 0),
        (event("case_revisited", 20, further_harm=False), 1),
    ],
    ids=lambda one: one.event_id if isinstance(one, EventRecord) else str(one),
)
def test_what_stands_against_a_claim(against, still):
    assert left(against) == still


def test_harm_without_a_day_named_counts_whenever_it_was():
    assert left(event("crime_recorded", 400), period=Period()) == 0
    assert left(event("crime_recorded", 400), period=Period(last=date(2026, 8, 31))) == 1


def test_a_case_without_a_clear_revisit_is_not_clear():
    found = tally_revisits([CASE, OTHER], PERIOD, [clear()], WHOSE)

    assert (found.claimed, found.still_clear, found.reopened, found.latest_at) == (2, 1, (OTHER,), None)
    assert said_clear([clear(), clear(OTHER), event("case_revisited", 1, OTHER, further_harm="yes")]) == {CASE}
    assert said_clear([event("case_revisited", 1, further_harm="perhaps")]) == set()


def test_the_latest_fact_against_it_is_dated():
    found = tally_revisits(
        [CASE], PERIOD, [clear(), event("crime_recorded", -5, written=10), event("charged", 4)], WHOSE
    )

    assert found.latest_at == REVISIT + timedelta(days=10)
