"""Sources that only point: what is left of their events, records, findings and links, and whom to call."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from duecare.duty.finding import Authority, Evidence, Finding, State
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.store.facts.fact_lookup import Facts
from duecare.visibility.pointer_only import CALL_THE_UNIT, PointerOnlyFilter
from duecare.visibility.visible import LinkShown, TimelineRow
from duecare.vocabulary.moments import When

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
MINE, THEIRS, ELSEWHERE = CaseKey("visor", "V1"), CaseKey("visor", "V2"), CaseKey("merlin", "V2")
OWN, OTHER, PLAIN = RecordKey("visor", "R1"), RecordKey("visor", "R2"), RecordKey("merlin", "R2")
HIDES = PointerOnlyFilter(
    frozenset({"visor"}), frozenset({MINE}), frozenset({("visor", "E1")}), frozenset({OWN}), {THEIRS: "A100"}
)


def event(source: str, event_id: str) -> EventRecord:
    return EventRecord(
        source, event_id, "visit", When.at(AT), AT + timedelta(hours=1), THEIRS, "Eastmoor", "T1", "A1", "1 The Street",
        "ZZ99 9ZZ", "1", "high", "seen", {"note": "x"}, "words", (InvolvementRow(OTHER, "offender"),),
    )  # fmt: skip


def row(source: str, event_id: str) -> TimelineRow:
    return TimelineRow(event(source, event_id), (("P1", "A PERSON", "offender"),), AT, 7, "events.csv", 3)


@pytest.mark.parametrize(
    ("case", "is_hidden"), [(MINE, False), (THEIRS, True), (ELSEWHERE, False), (CaseKey("visor", "V3"), True)]
)
def test_a_case_of_such_a_source_is_hidden_unless_it_names_the_viewer(case: CaseKey, is_hidden: bool) -> None:
    assert HIDES.hides_case(case) is is_hidden
    assert not PointerOnlyFilter().hides_case(case)


def test_records_are_hidden_the_same_way_and_come_in_their_order() -> None:
    records = [PersonRecord(key) for key in (OTHER, PLAIN, OWN)]

    assert [record.key for record in HIDES.records_shown(records)] == [PLAIN, OWN]
    assert HIDES.sources_hidden([PLAIN, OWN]) == ()
    assert HIDES.sources_hidden([OTHER, PLAIN, RecordKey("visor", "R9")]) == ("visor",)
    assert replace(HIDES, sources=frozenset({"visor", "merlin"})).sources_hidden([OTHER, PLAIN]) == ("merlin", "visor")


def test_the_cases_that_were_examined_are_those_shown_whole_and_those_with_a_manager() -> None:
    assert HIDES.known_cases == {MINE, THEIRS}


def test_of_a_hidden_row_only_its_times_and_source_are_left() -> None:
    shown, plain, other = HIDES.timeline_rows([row("visor", "E2"), row("visor", "E1"), row("merlin", "E2")])

    assert (plain, other) == (row("visor", "E1"), row("merlin", "E2"))
    assert shown == TimelineRow(
        EventRecord("visor", "", "information_received", When.at(AT), AT + timedelta(hours=1)), (), AT, 7, "", 0, True
    )
    assert dict(shown.event.detail) == {}


def test_of_hidden_people_only_that_they_are_restricted_is_left() -> None:
    people = {key: PersonRecord(key, "Given", "Family", upn="X") for key in (OWN, OTHER, PLAIN)}
    facts = Facts({}, (), people, {OWN: "P1", OTHER: "P2", PLAIN: "P2"}, {})

    shown = HIDES.facts_shown(facts)

    assert shown.persons == {**people, OTHER: PersonRecord(OTHER, restricted=True)}
    assert (shown.whose, shown.events) == (facts.whose, facts.events)


def finding(source: str = "merlin", case_ref: str | None = "M1", *events: tuple[str, str]) -> Finding:
    return Finding(
        "f1", "d", "r", Authority.LOCAL, case_ref, source, "P1", None, "", "x", None, AT, None, None, None, None, None, False,
        State.OPEN, None, None, "", tuple(Evidence("started", *key, "visit", AT, AT) for key in events), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "one"),
    [
        (True, finding()),
        (True, finding("visor", "V1")),
        (False, finding("visor", "V2")),
        (False, finding("visor", None)),
        (True, finding("merlin", None)),
        (True, finding("merlin", "M1", ("visor", "E1"), ("merlin", "E2"))),
        (False, finding("merlin", "M1", ("visor", "E2"))),
        (False, finding("visor", "V1", ("visor", "E1"), ("visor", "E2"))),
    ],
)
def test_a_finding_that_rests_on_anything_hidden_is_not_shown(shown: bool, one: Finding) -> None:
    assert HIDES.findings_shown([one]) == ([one] if shown else [])
    assert PointerOnlyFilter().findings_shown([one]) == [one]


@pytest.mark.parametrize(
    ("a", "b", "is_shown"),
    [
        ("visor:R1", "merlin:R2", True),
        ("visor:R2", "merlin:R2", False),
        ("merlin:R2", "visor:R2", False),
        ("merlin:visor:R2", "merlin:R3", True),
        ("visor:R1:2", "merlin:R3", False),
    ],
)
def test_a_link_is_shown_where_both_its_sides_are(a: str, b: str, is_shown: bool) -> None:
    link = LinkShown(a, b, 1.0, 0.5, (), "", "")

    assert HIDES.links_shown([link]) == ((link,) if is_shown else ())


def test_whom_to_call_is_every_known_manager_once_in_order() -> None:
    managers = {THEIRS: "B2", CaseKey("visor", "V3"): "A1", CaseKey("visor", "V4"): "B2", CaseKey("visor", "V5"): ""}
    hides = replace(HIDES, managers={**managers, CaseKey("other", "V6"): "C3"})

    assert hides.whom_to_call("visor") == "Managed offender, call A1 or B2"
    assert hides.whom_to_call("other") == "Managed offender, call C3"
    assert hides.whom_to_call("merlin") == hides.whom_to_call() == CALL_THE_UNIT
    assert [notice.split()[1] for notice in hides.notices_of(["visor", "other"])] == ["visor", "other"]
    assert "A1 or B2" in hides.notices_of(["visor"])[0]
