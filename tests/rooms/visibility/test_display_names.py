"""Names, ages, timelines and lines as pages show them: what is restricted gives no name, what is unknown stays so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from duecare.record.pole import (
    CaseKey,
    CaseRecord,
    EventRecord,
    InvolvementRow,
    OfficerRecord,
    PersonRecord,
    RecordKey,
)
from duecare.store.facts.fact_lookup import Facts, Provenance
from duecare.store.findings.worklist_lines import Where, WorkLine
from duecare.visibility.case_scope import is_grown_up, is_only_in_sealed, ledger_refs_of_case, ledger_refs_of_person
from duecare.visibility.display_names import NOT_ARRIVED, age_words, full_name, label_of
from duecare.visibility.officer_names import name_with_number
from duecare.visibility.timeline import as_of_then, timeline_rows
from duecare.visibility.worklist_lines import NOTHING, count_lines, danger_of_line, lines_in_area, placed_again
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.worklist.item import Danger, DangerKind

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
CHILD, OTHER, ABSENT = RecordKey("merlin", "R1"), RecordKey("cad", "R1"), RecordKey("cad", "R9")
CASE, SEALED = CaseKey("merlin", "M1"), CaseKey("merlin", "M2")


def event(event_id: str, hours: float = 0, case: CaseKey | None = CASE, *ties: tuple[RecordKey, str]) -> EventRecord:
    at = AT + timedelta(hours=hours)
    return EventRecord(
        "merlin", event_id, "child_seen", When.at(at), at, case, ties=tuple(InvolvementRow(*tie) for tie in ties)
    )


def facts_of(*people: PersonRecord, events: tuple[EventRecord, ...] = (), cases: tuple[CaseRecord, ...] = ()) -> Facts:
    came = {(one.source, one.event_id): Provenance(AT, 3, "events.csv", number) for number, one in enumerate(events, 2)}
    whose = {CHILD: "P1", OTHER: "P1", ABSENT: "P2"}
    return Facts({case.key: case for case in cases}, events, {one.key: one for one in people}, whose, came)


@pytest.mark.parametrize(
    ("given_names", "family_name", "name"),
    [
        ("Amal", "Okoro", "Amal OKORO"),
        ("", "Okoro", "OKORO"),
        ("Amal", "", "Amal"),
        ("", "", "Name not known"),
        ("Amal", "O'Neill", "Amal O'NEILL"),
    ],
)
def test_a_name_is_written_as_files_write_it(given_names: str, family_name: str, name: str) -> None:
    record = PersonRecord(CHILD, given_names, family_name)

    assert full_name(record) == name
    assert label_of(CHILD, facts_of(record)) == name


def test_who_is_restricted_or_sealed_or_has_not_arrived_is_not_named() -> None:
    for marks in ({"restricted": True}, {"sealed": True}):
        assert label_of(CHILD, facts_of(PersonRecord(CHILD, "Amal", "Okoro", **marks))) == "Restricted"
    assert label_of(OTHER, facts_of(PersonRecord(CHILD, "Amal"))) == NOT_ARRIVED


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("2026-07-01", "Aged 0"),
        ("2026-07-02", "Not yet born"),
        ("2008-07-01", "Aged 18"),
        ("2008-07-02", "Aged 17"),
        ("2008-06", "Aged 18"),
        ("2009", "Aged 16 to 17"),
        ("2007", "Aged 18 to 19"),
        ("1905-07-02", "Aged 120"),
        ("1905-06-30", "Age not known"),
    ],
)
def test_an_age_in_words_as_far_as_it_is_known(born: str, words: str) -> None:
    assert age_words((PersonRecord(CHILD, born=read_partial_date(born)),), AT) == words


def test_an_age_that_may_be_under_18_or_not_is_marked_and_none_is_unknown() -> None:
    assert age_words((PersonRecord(CHILD, born=read_partial_date("2008")),), AT).startswith("Aged 17 to 18: ")
    assert age_words((PersonRecord(CHILD),), AT) == age_words((), AT) == "Age not known"


@pytest.mark.parametrize(
    ("born", "is_adult"), [("2008-07-01", True), ("2008-07-02", False), ("2008", False), ("2007", True), ("", False)]
)
def test_only_who_is_certainly_18_is_grown_up(born: str, is_adult: bool) -> None:
    record = PersonRecord(CHILD, born=read_partial_date(born)) if born else PersonRecord(CHILD)

    assert is_grown_up(frozenset({CHILD}), facts_of(record), AT) is is_adult


def test_a_birth_date_of_another_record_of_the_same_person_counts_and_of_another_person_does_not() -> None:
    known = facts_of(PersonRecord(CHILD), PersonRecord(OTHER, born=read_partial_date("1980-01-01")))

    assert is_grown_up(frozenset({CHILD}), known, AT)
    assert not is_grown_up(frozenset({ABSENT}), known, AT)


@pytest.mark.parametrize(
    ("officer", "words"),
    [
        (OfficerRecord("people", "A1", "Mara Quill", "detective_inspector"), "detective inspector Mara Quill (A1)"),
        (OfficerRecord("people", "A1", "Mara Quill"), "Mara Quill (A1)"),
        (OfficerRecord("people", "A1", "", "sergeant"), "A1"),
    ],
)
def test_an_officer_is_named_with_their_number(officer: OfficerRecord, words: str) -> None:
    assert name_with_number(officer) == words


def test_a_timeline_is_the_latest_first_without_what_comes_after() -> None:
    events = (event("E1"), event("E3", 1), event("E2", 1), event("E4", 2))
    facts = facts_of(events=events)

    rows = timeline_rows(events, facts, AT + timedelta(hours=1))

    assert [row.event.event_id for row in rows] == ["E3", "E2", "E1"]
    assert [(row.delivery, row.file, row.row, row.is_hidden) for row in rows] == [
        (3, "events.csv", number, False) for number in (3, 4, 2)
    ]


def test_the_people_of_a_row_are_ordered_and_one_person_in_one_role_stands_once() -> None:
    record, same = PersonRecord(CHILD, "Amal", "Okoro"), PersonRecord(OTHER, "Amal", "Okoro")
    one = event("E1", 0, CASE, (ABSENT, "reporter"), (CHILD, "child"), (OTHER, "child"))

    (row,) = timeline_rows([one], facts_of(record, same, events=(one,)), AT)

    assert row.people == (("P1", "Amal OKORO", "child"), ("P2", NOT_ARRIVED, "reporter"))


def test_an_opening_or_closing_counts_from_its_own_moment() -> None:
    opened, closed = When.at(AT), When.at(AT + timedelta(hours=2))
    case = CaseRecord(CASE, "missing", "Eastmoor", opened, closed)

    assert as_of_then(None, AT) is None
    for hours, wanted in ((-1, (None, None)), (0, (opened, None)), (1, (opened, None)), (2, (opened, closed))):
        then = as_of_then(case, AT + timedelta(hours=hours))
        assert then is not None
        assert ((then.opened_at, then.closed_at), then.area) == (wanted, "Eastmoor")
    assert as_of_then(CaseRecord(CASE, "missing"), AT) == CaseRecord(CASE, "missing")


CASES = {CASE: CaseRecord(CASE, "missing"), SEALED: CaseRecord(SEALED, "missing", sealed=True)}


@pytest.mark.parametrize(
    ("records", "events", "is_sealed"),
    [
        ({CHILD}, (event("E1", 0, SEALED, (CHILD, "child")),), True),
        ({CHILD}, (event("E1", 0, CASE, (CHILD, "child")),), False),
        ({CHILD}, (event("E1", 0, SEALED, (CHILD, "child")), event("E2", 0, CASE, (CHILD, "child"))), False),
        ({CHILD}, (event("E1", 0, None, (CHILD, "child")),), False),
        ({CHILD, OTHER}, (event("E1", 0, SEALED, (CHILD, "child")),), False),
        ({CHILD}, (), False),
        (set(), (event("E1", 0, SEALED, (CHILD, "child")),), False),
    ],
)
def test_who_is_only_in_sealed_cases(records: set[RecordKey], events: tuple[EventRecord, ...], is_sealed: bool) -> None:
    assert is_only_in_sealed(frozenset(records), iter(events), CASES) is is_sealed


def test_the_ledger_names_a_case_and_a_person_with_everyone_shown_beside_them() -> None:
    events = (
        event("E1", 0, CASE, (CHILD, "child"), (ABSENT, "reporter")),
        event("E2", 0, SEALED, (OTHER, "child")),
        event("E3", 0, None, (OTHER, "child")),
    )
    facts = facts_of(events=events)

    of_case = ledger_refs_of_case(CASE, facts)
    of_person = ledger_refs_of_person([CHILD], facts)

    assert {ref[1:] for ref in of_case} == {CASE, CHILD, ABSENT}
    assert of_person == of_case
    assert {ref[1:] for ref in ledger_refs_of_person([OTHER], facts)} == {OTHER, SEALED}
    assert {ref[1:] for ref in ledger_refs_of_person([RecordKey("cad", "R8")], facts)} == {("cad", "R8")}


def line(number: int, step: int, area: str = "Camden", *, unallocated: bool = False, danger: str = "") -> WorkLine:
    return WorkLine(Where(CaseKey("merlin", f"M{number}"), None, area), "", "", unallocated, step, danger, 60, 0, None)


LINES = (
    line(1, 1, danger="MISSING"),
    line(2, 2, "E09000007"),
    line(3, 3, unallocated=True),
    line(4, 3, "Bexley"),
    line(5, 3),
)


def test_lines_are_counted_by_their_step_and_whether_anybody_is_allocated() -> None:
    assert count_lines(iter(LINES)) == {"all": 5, "danger": 1, "statutory": 1, "late": 3, "unallocated": 1}
    assert count_lines([]) == NOTHING


@pytest.mark.parametrize(
    ("area", "numbers"), [("", [0, 1, 2, 3, 4]), ("camden", [0, 1, 2, 4]), ("E09000007", [0, 1, 2, 4]), ("Barnet", [])]
)
def test_lines_of_an_area_are_found_however_it_is_written(area: str, numbers: list[int]) -> None:
    assert lines_in_area(LINES, area) == [LINES[number] for number in numbers]


def test_a_line_is_placed_by_what_is_shown_of_it_and_one_of_which_nothing_is_left_is_gone() -> None:
    def place(one: WorkLine, findings: object) -> WorkLine | None:
        return line(9, 2) if one is LINES[0] else None

    assert placed_again({LINES[0]: [], LINES[1]: []}, place) == {line(9, 2): []}


def test_the_danger_of_a_line_has_its_kind_and_moment() -> None:
    assert danger_of_line(LINES[0]) == Danger(DangerKind.MISSING, datetime(1970, 1, 1, 0, 1, tzinfo=UTC))
    assert danger_of_line(LINES[1]) is None
