"""From the stored body of a version back to its record: each column has its field, and nothing is made up."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from duecare.record.contract import POLE_SHEETS
from duecare.record.pole import CaseKey, CaseRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.record.record_from_body import (
    NO_BIRTH_DATE,
    case_of,
    event_of,
    officer_of,
    person_of,
    post_of,
    ties_of,
    time_of,
    utc_moment,
)
from duecare.record.row_reader import RowRead, row_reader, write_body
from duecare.record.version import KEY_SEPARATOR
from duecare.vocabulary.london_clock import end_of_day, start_of_day, when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

WRITTEN = 1_456_819_200
MOMENT = datetime(2016, 3, 1, 8, tzinfo=UTC)


def body(**said: object) -> bytes:
    return json.dumps(said).encode()


def delivered(sheet_name: str, **said: str) -> bytes:
    """The body of a row as it is received by the contract."""
    read = row_reader(POLE_SHEETS[sheet_name], tuple(said), extracted_at=None, received_at="2020-01-01T00:00:00+00:00")(
        tuple(said.values())
    )
    assert isinstance(read, RowRead), read
    written = write_body(read.body)
    assert written is not None
    return written


def changed(record: object, blank: object) -> dict[str, Any]:
    """The fields in which a record differs from one of which nothing is known."""
    return {
        field.name: getattr(record, field.name)
        for field in fields(record)
        if getattr(record, field.name) != getattr(blank, field.name)
    }


@pytest.mark.parametrize(
    ("column", "written", "field", "value"),
    [
        ("given_names", "Mary Ann", "given_names", "Mary Ann"),
        ("family_name", "Poole", "family_name", "Poole"),
        ("also_known_as", "Polly; Molly Poole ;", "also_known_as", ("Polly", "Molly Poole")),
        ("online_names", "@mary", "online_names", ("@mary",)),
        ("date_of_birth", "2009-05", "born", read_partial_date("2009-05")),
        ("due_on", "2026-05-14", "due_on", date(2026, 5, 14)),
        ("sex", "f", "sex", "F"),
        ("ethnicity", "W1", "ethnicity", "W1"),
        ("ethnicity_scheme", "16+1", "ethnicity_scheme", "16+1"),
        ("ethnicity_by", "self", "ethnicity_by", "self"),
        ("disability", "none", "disability", "none"),
        ("language", "Welsh", "language", "Welsh"),
        ("communication_needs", "signs", "communication_needs", "signs"),
        ("address", "12 Ash Road", "address", "12 Ash Road"),
        ("postcode", "NM1 2AB", "postcode", "NM1 2AB"),
        ("uprn", "100", "uprn", "100"),
        ("address_from", "2015-01-01", "address_from", "2015-01-01"),
        ("protected_address", "yes", "protected_address", True),
        ("phone", "07700 900123;07700 900124", "phones", ("07700 900123", "07700 900124")),
        ("email", "a@b.example", "emails", ("a@b.example",)),
        ("pnc_id", "99/123456X", "pnc_id", "99/123456X"),
        ("cro_number", "123456/08T", "cro_number", "123456/08T"),
        ("nhs_number", "9434765919", "nhs_number", "9434765919"),
        ("upn", "H801200001001", "upn", "H801200001001"),
        ("other_ids", "family:12", "other_ids", ("family:12",)),
        ("school", "Ash School", "school", "Ash School"),
        ("restricted", "1", "restricted", True),
        ("sealed", "true", "sealed", True),
    ],
)
def test_each_column_of_a_person_becomes_its_own_field_and_no_other(
    column: str, written: str, field: str, value: object
) -> None:
    blank = person_of("merlin", "p1", delivered("persons", record_id="p1"), WRITTEN)

    record = person_of("merlin", "p1", delivered("persons", record_id="p1", **{column: written}), WRITTEN)

    assert changed(record, blank) == {field: value}


def test_a_person_of_whom_nothing_is_written_is_blank_and_the_birth_date_unknown_with_its_reason() -> None:
    assert person_of("merlin", "p1", b"{}", WRITTEN) == replace(
        PersonRecord(RecordKey("merlin", "p1")), written_at=MOMENT
    )
    assert person_of("merlin", "p1", b"{}", WRITTEN).born == NO_BIRTH_DATE


def test_a_birth_date_that_could_not_be_read_is_unknown_for_the_reason_noted() -> None:
    record = person_of("merlin", "p1", delivered("persons", record_id="p1", date_of_birth="2009-02-30"), WRITTEN)

    assert isinstance(record.born, Unknown)
    assert record.born != NO_BIRTH_DATE
    assert "calendar" in record.born.reason
    assert "2009" not in record.born.reason


def test_another_column_that_could_not_be_read_says_nothing_of_the_birth_date() -> None:
    record = person_of("merlin", "p1", delivered("persons", record_id="p1", sex="unknown", due_on="soon"), WRITTEN)

    assert (record.born, record.sex, record.due_on) == (NO_BIRTH_DATE, "", None)


@pytest.mark.parametrize(
    ("column", "written", "field", "value"),
    [
        ("area", "East", "area", "East"),
        ("team", "Team 3", "team", "Team 3"),
        ("officer", "NM1", "officer", "NM1"),
        ("address", "12 Ash Road", "address", "12 Ash Road"),
        ("postcode", "NM1 2AB", "postcode", "NM1 2AB"),
        ("uprn", "100", "uprn", "100"),
        ("risk", "high", "risk", "high"),
        ("outcome", "seen", "outcome", "seen"),
        ("detail", '{"entry": "refused"}', "detail", {"entry": "refused"}),
        ("text", "Somebody called.", "text", "Somebody called."),
        ("case_ref", "M1", "case", CaseKey("merlin", "M1")),
        ("case_source", "cris", "case", None),
    ],
)
def test_each_column_of_an_event_becomes_its_own_field(column: str, written: str, field: str, value: object) -> None:
    required = {"event_id": "e1", "kind": "visit", "happened_at": "2016-03-01T09:00"}
    blank = event_of("merlin", "e1", delivered("events", **required), WRITTEN, ())

    record = event_of("merlin", "e1", delivered("events", **required, **{column: written}), WRITTEN, ())

    assert changed(record, blank) == ({field: value} if value is not None else {})


def test_a_case_of_another_source_is_named_by_that_source() -> None:
    record = event_of(
        "merlin",
        "e1",
        body(kind="visit", happened_at="2016-03-01", case_ref="C1", case_source="cris"),
        WRITTEN,
        (InvolvementRow(RecordKey("merlin", "p1"), "child"),),
    )

    assert record.case == CaseKey("cris", "C1")
    assert (record.source, record.event_id, record.kind, record.written_at) == ("merlin", "e1", "visit", MOMENT)
    assert record.happened_at == when_on_day(date(2016, 3, 1))
    assert record.ties == (InvolvementRow(RecordKey("merlin", "p1"), "child"),)


def test_an_event_without_detail_has_an_empty_one_that_cannot_be_changed() -> None:
    record = event_of("merlin", "e1", body(kind="visit", happened_at="2016-03-01"), WRITTEN, ())

    assert record.detail == {}
    with pytest.raises(TypeError):
        record.detail["a"] = 1  # type: ignore[index]


def test_ties_stand_by_record_and_then_by_role() -> None:
    written = body(
        ties=[["visor", "1", "child"], ["merlin", "2", "parent"], ["merlin", "2", "child"], ["merlin", "10", "other"]]
    )

    assert [(str(tie.record), tie.role) for tie in ties_of(written)] == [
        ("merlin:10", "other"),
        ("merlin:2", "child"),
        ("merlin:2", "parent"),
        ("visor:1", "child"),
    ]
    assert ties_of(b"{}") == ()


def test_a_case_is_open_ended_where_no_time_is_given() -> None:
    assert case_of("merlin", "M1", body(kind="crime")) == CaseRecord(CaseKey("merlin", "M1"), "crime")
    assert case_of(
        "merlin",
        "M1",
        delivered(
            "cases",
            case_ref="M1",
            kind="crime",
            area="East",
            opened_at="2016-03-01",
            closed_at="2016-03-02T08:00:00Z",
            restricted="yes",
            sealed="yes",
        ),
    ) == CaseRecord(
        CaseKey("merlin", "M1"),
        "crime",
        "East",
        when_on_day(date(2016, 3, 1)),
        When.at(datetime(2016, 3, 2, 8, tzinfo=UTC)),
        restricted=True,
        sealed=True,
    )


def test_each_mark_of_a_case_is_its_own() -> None:
    assert case_of("merlin", "M1", body(kind="crime", restricted=True)).sealed is False
    assert case_of("merlin", "M1", body(kind="crime", sealed=True)).restricted is False


def test_an_officers_service_and_absence_run_from_the_first_instant_to_the_last() -> None:
    record = officer_of(
        "people",
        KEY_SEPARATOR.join(("NM1", "2016-03-01", "")),
        delivered(
            "officers",
            officer="NM1",
            name="A. Officer",
            rank="PC",
            force="Northmoor",
            team="Team 3",
            supervisor="NM2",
            accreditations="one;two",
            **{"from": "2016-03-01", "to": "2016-03-05", "absent_from": "2016-03-02", "absent_to": "2016-03-03"},
        ),
        WRITTEN,
    )

    assert (record.source, record.officer, record.name, record.rank) == ("people", "NM1", "A. Officer", "PC")
    assert (record.force, record.team, record.supervisor) == ("Northmoor", "Team 3", "NM2")
    assert record.accreditations == ("one", "two")
    assert (record.from_, record.to) == (start_of_day(date(2016, 3, 1)), end_of_day(date(2016, 3, 5)))
    assert (record.absent_from, record.absent_to) == (start_of_day(date(2016, 3, 2)), end_of_day(date(2016, 3, 3)))
    assert (record.absent_from_text, record.written_at) == ("2016-03-02", MOMENT)


def test_an_officer_of_whom_only_the_key_is_left_is_named_by_its_first_part() -> None:
    record = officer_of("people", KEY_SEPARATOR.join(("NM1", "2016-03-01", "")), b"{}", WRITTEN)

    assert record.officer == "NM1"
    assert (record.from_, record.to, record.absent_from, record.absent_to) == (None, None, None, None)
    assert (record.absent_from_text, record.accreditations, record.name) == ("", (), "")


def test_a_post_says_who_fills_it_from_when_to_when() -> None:
    record = post_of(
        "people",
        KEY_SEPARATOR.join(("bcu-east", "2016-03-01")),
        delivered(
            "posts",
            post="bcu-east",
            kind="bcu_lead",
            area="East",
            holder="NM1",
            dedicated="no",
            on_call="yes",
            **{"from": "2016-03-01T09:00", "to": "2016-03-05"},
        ),
        WRITTEN,
    )

    assert (record.post, record.kind, record.area, record.holder) == ("bcu-east", "bcu_lead", "East", "NM1")
    assert (record.dedicated, record.on_call, record.written_at) == (False, True, MOMENT)
    assert (record.from_, record.to) == (datetime(2016, 3, 1, 9, tzinfo=UTC), end_of_day(date(2016, 3, 5)))


def test_a_post_of_which_only_the_key_is_left_is_vacant_and_named_by_its_first_part() -> None:
    record = post_of("people", KEY_SEPARATOR.join(("bcu-east", "2016-03-01")), body(kind="bcu_lead"), WRITTEN)

    assert (record.post, record.area, record.holder) == ("bcu-east", "", "")
    assert (record.from_, record.to, record.dedicated, record.on_call) == (None, None, False, False)
    assert post_of("people", "x", body(kind="k", dedicated=True), WRITTEN).dedicated


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2016-03-01", when_on_day(date(2016, 3, 1))),
        ("2016-03-01T08:00:00+00:00", When.at(MOMENT)),
        ("2016-03-01T08:00:00.7+00:00", When.at(MOMENT)),
        ("2016-03-01T09:00:00+01:00", When.at(MOMENT)),
    ],
)
def test_a_stored_time_is_a_day_or_an_instant(written: str, when: When) -> None:
    assert time_of(written) == when


def test_seconds_since_1970_are_an_instant() -> None:
    assert utc_moment(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert utc_moment(WRITTEN) == MOMENT
