"""What is known of a case or a person at a moment: the newest version written by then, of accepted deliveries alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made.landed import NINE, RECEIVED, SOURCE, after, arrive, begun, case, event, gone, linked, person, row, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import CaseKey, InvolvementRow, PersonRecord, RecordKey
from duecare.store.facts import fact_lookup
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.facts.fact_lookup import (
    HeldVersion,
    Provenance,
    areas_known,
    best_records,
    cases_known,
    events_known,
    events_of,
    facts_of_case,
    facts_of_person,
    keys_of_case_ref,
    officers_of,
    records_in_custody,
    records_known,
    says_more,
    sealed_cases,
    sealed_records,
    standing_winners,
    ties_of_event,
)
from duecare.vocabulary.moments import When

pytestmark = pytest.mark.django_db

MICRO = timedelta(microseconds=1)
C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B, C = (RecordKey(SOURCE, name) for name in "ABC")


def own(record: RecordKey) -> str:
    return record_person_id(record)


def school(key: RecordKey = A, known_at: datetime | None = None) -> str | None:
    """What stands of this record: its school; None where it does not stand."""
    found = fact_lookup._standing_versions("persons", [key], known_at)
    return fact_lookup.person_of(*key, found[key].body, 0).school if key in found else None


# --- the version that stands -------------------------------------------------------------------------------


def test_what_is_landed_is_read_back_the_same():
    arrive(
        person(
            "A", given_names="Zelma", family_name="Quill", date_of_birth="2014-05", phone=["1", "2"], restricted=True
        )
    )

    record = records_known([A])[A]

    assert (record.key, record.given_names, record.family_name) == (A, "Zelma", "Quill")
    assert (record.phones, record.restricted, record.sealed) == (("1", "2"), True, False)
    assert record.written_at == NINE
    assert record == replace(PersonRecord(A), given_names="Zelma", family_name="Quill", phones=("1", "2"), restricted=True,
                             born=record.born, written_at=NINE)  # fmt: skip
    assert (record.born.earliest.isoformat(), record.born.latest.isoformat()) == ("2014-05-01", "2014-05-31")


def test_the_newest_version_stands_in_whatever_order_the_versions_came():
    arrive(person("A", at=after(10), school="second"))
    arrive(person("A", at=after(20), school="third"))
    arrive(person("A", at=after(0), school="first"))

    assert school() == "third"


@pytest.mark.parametrize(
    ("known_at", "stands"),
    [
        (after(0) - MICRO, None),
        (after(0), "first"),
        (after(0) + MICRO, "first"),
        (after(10) - MICRO, "first"),
        (after(10), "second"),
        (after(20) - MICRO, "second"),
        (after(20), None),
        (after(30) - MICRO, None),
        (after(30), "third"),
        (None, "third"),
    ],
)
def test_what_stood_at_a_moment_is_what_had_been_written_by_then_to_the_microsecond(known_at, stands):
    arrive(
        person("A", at=after(0), school="first"),
        person("A", at=after(10), school="second", number=2),
        gone("persons", "A", at=after(20)),
        person("A", at=after(30), school="third", number=4),
    )

    assert school(A, known_at) == stands


def test_a_moment_is_the_same_in_any_time_zone():
    arrive(person("A", at=after(0), school="first"))
    west = timezone(timedelta(hours=-7))

    assert school(A, NINE.astimezone(west)) == "first"
    assert school(A, (NINE - MICRO).astimezone(west)) is None


def test_of_two_versions_of_one_second_the_larger_hash_stands_whichever_came_first():
    first, second = person("A", school="a"), person("A", school="b")
    larger = max((first, second), key=lambda version: version.sha256)
    arrive(first)
    arrive(second)

    assert school() == ("a" if larger is first else "b")


@pytest.mark.parametrize("state", ["landing", "refused", "held", "duplicate"])
def test_nothing_is_seen_of_a_delivery_that_was_not_accepted(state: str):
    land_delivery(begun(state=state), [person("A"), case("C1"), event("E1", case_ref="C1"), ties("E1", ("A", "child"))])

    assert records_known([A]) == {}
    assert cases_known([C1], None) == {}
    assert events_known([(SOURCE, "E1")], None) == ()
    assert ties_of_event(SOURCE, "E1") == []
    assert facts_of_case(C1, None).events == ()


def test_nothing_is_asked_and_nothing_found():
    assert records_known([]) == {}
    assert cases_known([], None) == {}
    assert events_known([], None) == ()
    assert areas_known([], None) == {}
    assert best_records([]) == {}
    assert records_known([RecordKey("nowhere", "A")]) == {}
    assert standing_winners([], None) == []


def test_a_key_is_of_its_source_and_its_sheet():
    arrive(person("A", school="here"), case("A", area="there"))
    arrive(person("A", school="elsewhere"), source="niche")

    assert {str(key): record.school for key, record in records_known([A, RecordKey("niche", "A")]).items()} == {
        f"{SOURCE}:A": "here",
        "niche:A": "elsewhere",
    }


def test_more_keys_than_one_statement_takes_are_all_found():
    arrive(*(person(f"N{number:04}", number=number) for number in range(1_850)))
    keys = [RecordKey(SOURCE, f"N{number:04}") for number in range(1_850)]

    assert set(records_known(keys)) == set(keys)


def test_where_a_version_came_from_is_told_with_it():
    arrive(person("X"))
    delivery = arrive(event("E1", case_ref="C1", number=7), received_at=RECEIVED.replace(microsecond=123_456))

    came = facts_of_case(C1, None).came

    assert came == {(SOURCE, "E1"): Provenance(RECEIVED.replace(microsecond=123_456), delivery.number, "events.csv", 7)}
    assert came[SOURCE, "E1"].received_at.tzinfo is not None
    assert delivery.number == 2


def test_times_that_a_database_gives_as_text_are_read_as_utc():
    read = ("A", 5, b"h", 0, b"{}", "2026-06-01 12:00:00.25", 3, "persons.csv", 4)

    (found,) = standing_winners([read], None)

    assert found == HeldVersion(
        "A", datetime(1970, 1, 1, 0, 0, 5, tzinfo=UTC), b"h", False, b"{}",
        Provenance(datetime(2026, 6, 1, 12, 0, 0, 250_000, tzinfo=UTC), 3, "persons.csv", 4),
    )  # fmt: skip
    (offset,) = standing_winners([(*read[:5], "2026-06-01T12:00:00+01:00", *read[6:])], None)
    assert offset.provenance.received_at == datetime(2026, 6, 1, 11, tzinfo=UTC)


def test_winners_come_in_the_order_of_their_keys():
    rows = [(key, at, b"h", at == 9, b"{}", NINE, 1, "f", 1) for key, at in (("b", 1), ("a", 2), ("c", 9), ("a", 1))]

    assert [(found.key, found.version_at.second) for found in standing_winners(rows, None)] == [("a", 2), ("b", 1)]


VERSIONS = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 4), st.sampled_from(("", "x", "y")), st.booleans()), max_size=8
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(VERSIONS, st.one_of(st.none(), st.integers(-1, 10)))
def test_what_stands_is_what_a_plain_judge_says(rows, half_seconds):
    """The judge: of each key the greatest (time, hash) written by then, unless it withdraws."""
    from duecare.store.models import Delivery

    source = f"s{Delivery.objects.count()}"
    known_at = None if half_seconds is None else after(half_seconds / 2)
    made = [
        row("persons", key, None if withdrawn else {"school": says}, at=after(at), number=number)
        for number, (key, at, says, withdrawn) in enumerate(rows)
    ]
    for number, version in enumerate(made):  # every other one alone, so that versions come from several deliveries
        arrive(version, *(made[: number // 2]), source=source)
    expected = {}
    for key in "AB":
        written = [one for one in made if one.key == key and (known_at is None or one.version_at <= known_at)]
        newest = max(written, key=lambda one: (one.version_at, one.sha256), default=None)
        if newest is not None and not newest.withdrawn:
            expected[source, key] = newest.body

    found = fact_lookup._standing_versions("persons", [(source, "A"), (source, "B")], known_at)

    assert {key: version.body for key, version in found.items()} == expected


# --- events, their ties, their cases -----------------------------------------------------------------------


def test_an_event_is_read_with_the_ties_that_stood_at_the_same_moment():
    arrive(event("E1", "child_seen", after(-5), risk="red", detail={"alone": True}), ties("E1", ("A", "child")))
    arrive(ties("E1", ("B", "suspect"), ("A", "victim"), at=after(10)))

    (now,) = events_known([(SOURCE, "E1")], None)
    (then,) = events_known([(SOURCE, "E1")], after(10) - MICRO)

    assert (now.source, now.event_id, now.kind, now.risk, now.detail) == (
        SOURCE,
        "E1",
        "child_seen",
        "red",
        {"alone": True},
    )
    assert (now.happened_at, now.written_at, now.case) == (When.at(after(-5)), NINE, None)
    assert now.ties == (InvolvementRow(A, "victim"), InvolvementRow(B, "suspect"))
    assert then.ties == (InvolvementRow(A, "child"),)


def test_an_event_of_which_nobody_is_tied_or_no_longer_has_no_ties():
    arrive(event("E1"), event("E2", number=2), ties("E2", ("A", "child")))
    arrive(gone("ties", "E2", at=after(1)))

    assert [(found.event_id, found.ties) for found in events_known([(SOURCE, "E1"), (SOURCE, "E2")], None)] == [
        ("E1", ()),
        ("E2", ()),
    ]


def test_ties_without_an_event_make_none():
    arrive(ties("E1", ("A", "child")))

    assert events_known([(SOURCE, "E1")], None) == ()
    assert ties_of_event(SOURCE, "E1") == [(SOURCE, "A", "child")]


def test_a_withdrawn_event_is_not_seen_and_one_that_is_written_again_is():
    arrive(event("E1"), event("E2", number=2))
    arrive(gone("events", "E1", at=after(1)), gone("events", "E2", at=after(1)))
    arrive(event("E2", at=after(2)))

    assert [found.event_id for found in events_known([(SOURCE, "E2"), (SOURCE, "E1")], None)] == ["E2"]
    assert [found.event_id for found in events_known([(SOURCE, "E1"), (SOURCE, "E2")], NINE)] == ["E1", "E2"]


def test_events_come_by_source_and_id_in_whatever_order_they_are_asked_for():
    for source in ("zeta", "alpha"):
        arrive(event("E2"), event("E1", number=2), source=source)
    asked = [("zeta", "E1"), ("alpha", "E2"), ("zeta", "E2"), ("alpha", "E1")]

    assert [(found.source, found.event_id) for found in events_known(asked, None)] == sorted(asked)


def test_who_is_tied_to_an_event_now_in_order():
    arrive(ties("E1", ("B", "child"), ("A", "victim"), ("A", "child")))

    assert ties_of_event(SOURCE, "E1") == [(SOURCE, "A", "child"), (SOURCE, "A", "victim"), (SOURCE, "B", "child")]
    assert ties_of_event("niche", "E1") == []


def test_the_record_of_a_case_is_that_known_at_a_moment():
    arrive(case("C1", area="North"))
    arrive(case("C1", "missing", area="South", at=after(5), closed_at="2026-03-05", sealed=True))

    assert cases_known([C1, C2], after(5) - MICRO)[C1].area == "North"
    now = cases_known([C1, C2], None)
    assert list(now) == [C1]
    assert (now[C1].kind, now[C1].area, now[C1].sealed, now[C1].closed_at.is_exact) == ("missing", "South", True, False)


def test_an_event_that_moved_to_another_case_is_of_the_case_it_is_under_at_the_moment():
    arrive(event("E1", case_ref="C1"))
    arrive(event("E1", case_ref="C2", at=after(5)))

    assert events_of([C1]) == events_of([C2]) == {(SOURCE, "E1")}
    assert [len(facts_of_case(key, None).events) for key in (C1, C2)] == [0, 1]
    assert [len(facts_of_case(key, NINE).events) for key in (C1, C2)] == [1, 0]


def test_a_case_is_known_by_its_record_its_events_and_everyone_tied_to_them():
    arrive(
        case("C1"), case("C2"), event("E1", case_ref="C1"), event("E2", case_ref="C2", number=2), ties("E1", ("A", "child")),
        ties("E2", ("C", "child")), person("A"), person("B", number=2), person("C", number=3),
    )  # fmt: skip
    linked(("A", "joined"), ("B", "joined"))

    facts = facts_of_case(C1, None)

    assert set(facts.cases) == {C1}
    assert [found.event_id for found in facts.events] == ["E1"]
    assert set(facts.persons) == {A, B}  # every record of everyone tied
    assert facts.whose == {A: "joined", B: "joined"}
    assert set(facts.came) == {(SOURCE, "E1")}


def test_a_record_that_is_tied_but_never_came_is_whose_and_has_no_record():
    arrive(event("E1", case_ref="C1"), ties("E1", ("A", "child")))

    facts = facts_of_case(C1, None)

    assert (facts.persons, facts.whose, facts.cases) == ({}, {A: own(A)}, {})


def test_what_is_known_of_a_case_is_known_at_the_moment_all_of_it():
    arrive(case("C1"), event("E1", case_ref="C1"), ties("E1", ("A", "child")), person("A", at=after(3)))

    assert set(facts_of_case(C1, after(3)).persons) == {A}
    assert facts_of_case(C1, after(3) - MICRO).persons == {}
    before = facts_of_case(C1, NINE - MICRO)
    assert (before.cases, before.events, before.persons, before.whose, before.came) == ({}, (), {}, {}, {})


# --- a person ----------------------------------------------------------------------------------------------


def test_a_person_is_known_by_their_records_and_the_whole_of_their_cases():
    arrive(
        case("C1"), case("C2"), event("E1", case_ref="C1"), event("E2", case_ref="C1", number=2),
        event("E3", case_ref="C2", number=3), event("E4", number=4), ties("E1", ("A", "child")), ties("E2", ("C", "suspect")),
        ties("E3", ("C", "child")), ties("E4", ("B", "child"), ("C", "suspect")),
        person("A"), person("B", number=2), person("C", number=3),
    )  # fmt: skip
    linked(("A", "joined"), ("B", "joined"))

    records, facts = facts_of_person("joined", None)

    assert records == (A, B)
    assert set(facts.cases) == {C1}
    assert {found.event_id for found in facts.events} == {"E1", "E2", "E4"}
    assert set(facts.persons) == {A, B, C}
    assert facts.whose == {A: "joined", B: "joined", C: own(C)}
    assert len(facts.events) == len({found.event_id for found in facts.events})


def test_an_event_that_no_longer_names_them_is_not_theirs_nor_is_its_case():
    arrive(case("C1"), event("E1", case_ref="C1"), ties("E1", ("A", "child")), person("A"))
    arrive(ties("E1", ("B", "child"), at=after(5)))

    records, now = facts_of_person(own(A), None)
    _, then = facts_of_person(own(A), after(5) - MICRO)

    assert records == (A,)
    assert (now.events, now.cases, set(now.persons)) == ((), {}, {A})
    assert ([found.event_id for found in then.events], set(then.cases)) == (["E1"], {C1})


def test_nobody_is_known_of_an_id_that_nobody_has():
    records, facts = facts_of_person("0" * 16, None)

    assert (records, facts.events, facts.cases, facts.persons, facts.whose) == ((), (), {}, {}, {})


def test_a_person_is_named_by_the_record_written_last_of_those_with_a_whole_name():
    arrive(
        person("A", family_name="Quill", at=after(1)),
        person("B", family_name="Quell", at=after(5), number=2),
        person("C", at=after(9), number=3),
    )
    linked(("A", "joined"), ("B", "joined"), ("C", "joined"))

    assert best_records(["joined"])["joined"].key == B
    assert best_records(["joined"], without={B})["joined"].key == A
    assert best_records(["joined"], without=[A, B, C]) == {}
    arrive(gone("persons", "B", at=after(6)))
    assert best_records(["joined"])["joined"].key == A
    arrive(gone("persons", "A", at=after(6)))
    assert best_records(["joined", "nobody"])["joined"].key == C
    arrive(gone("persons", "C", at=after(10)))
    assert best_records(["joined"]) == {}


def test_each_of_many_people_is_named_by_a_record_of_their_own():
    arrive(person("A", family_name="Quill"), person("B", family_name="Rowe", number=2), person("C", number=3))
    linked(("A", "one"), ("C", "one"))

    assert {name: record.key for name, record in best_records(["one", own(B)]).items()} == {"one": A, own(B): B}


def test_one_record_is_preferred_by_a_whole_name_then_by_time_then_by_key():
    plain = PersonRecord(B, given_names="Zelma", family_name="Quill", written_at=after(1))
    order = [
        PersonRecord(A),
        PersonRecord(B),
        PersonRecord(A, given_names="Zelma", written_at=after(7)),
        PersonRecord(A, family_name="Quill", written_at=after(8)),
        PersonRecord(A, given_names="Zelma", family_name="Quill"),
        PersonRecord(A, given_names="Zelma", family_name="Quill", written_at=after(1)),
        plain,
        PersonRecord(A, given_names="Zelma", family_name="Quill", written_at=after(2)),
    ]

    assert sorted([order[place] for place in (3, 7, 0, 5, 2, 6, 1, 4)], key=says_more) == order
    assert says_more(plain) == (True, after(1).timestamp(), B)


# --- looked up by what is in them --------------------------------------------------------------------------


def test_a_case_is_found_by_its_reference_in_every_source_in_order():
    arrive(case("C1"))
    arrive(event("E1", case_ref="C1"), person("C1"), source="niche")
    arrive(event("E2", case_ref="C1", case_source="merlin"))

    assert keys_of_case_ref("C1") == [CaseKey("merlin", "C1"), CaseKey("niche", "C1"), C1]
    assert keys_of_case_ref("c1") == []
    assert keys_of_case_ref("C") == []


def test_a_record_is_no_case_whatever_its_key():
    arrive(person("C1"))

    assert keys_of_case_ref("C1") == []


def test_the_officers_of_a_case_are_those_of_every_version_stripped_and_without_case():
    arrive(event("E1", case_ref="C1", officer=" X1 "), event("E2", case_ref="C2", officer="X9", number=2))
    arrive(event("E1", case_ref="C1", officer="x2", at=after(5)), event("E3", case_ref="C1", officer="X1", number=2))
    arrive(event("E4", case_ref="C1"), event("E5", case_ref="C1", officer="X7", number=5), source="niche")

    assert officers_of(C1) == {"x1", "x2"}
    assert officers_of(C2) == {"x9"}
    assert officers_of(CaseKey("niche", "C1")) == {"x7"}
    assert officers_of(CaseKey("niche", "C2")) == set()


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [(0, 0, True), (-1, 0, True), (0, 1, True), (1, 9, False), (-9, -1, False), (-9, 9, True)],
)
def test_arrivals_in_custody_are_found_between_two_moments_both_of_them_in(since: int, until: int, found: bool):
    arrive(event("E1", "custody_arrived", NINE), ties("E1", ("A", "detainee"), ("niche", "B", "solicitor")))

    assert records_in_custody(after(since), after(until)) == ({A, RecordKey("niche", "B")} if found else set())


def test_only_arrivals_in_custody_are_and_by_any_version_of_them():
    arrive(event("E1", "custody_left"), ties("E1", ("A", "detainee")))
    arrive(event("E2", "custody_arrived"), ties("E2", ("B", "detainee")))
    arrive(event("E2", "custody_arrived", after(10_000), at=after(5)), ties("E2", ("C", "detainee"), at=after(5)))
    arrive(event("E2", "custody_arrived"), source="niche")  # nobody is tied to this one

    assert records_in_custody(after(-5), after(5)) == {B, C}
    assert records_in_custody(after(9_000), after(11_000)) == {B, C}


# --- areas -------------------------------------------------------------------------------------------------


def test_the_area_of_a_case_is_that_of_its_record_else_of_its_first_event_that_names_one():
    arrive(
        case("C1", area="North"), event("E1", case_ref="C1", area="South"), case("C2"),
        event("E2", happened_at=after(-30), case_ref="C2", number=2),
        event("E3", happened_at=after(-10), case_ref="C2", area="West", number=3),
        event("E4", happened_at=after(-20), case_ref="C2", area="East", number=4),
    )  # fmt: skip

    assert areas_known([C1, C2, CaseKey(SOURCE, "none")], None) == {C1: "North", C2: "East"}


def test_of_events_of_one_time_the_first_by_source_and_id_names_the_area():
    arrive(event("E2", case_ref="C1", area="West"), event("E1", case_ref="C1", area="North", number=2))
    arrive(event("E0", case_ref="C1", case_source=SOURCE, area="South"), source="zeta")

    assert areas_known([C1], None) == {C1: "North"}


def test_an_area_is_that_known_at_the_moment():
    arrive(event("E1", case_ref="C1", area="North"))
    arrive(case("C1", area="South", at=after(5)))

    assert areas_known([C1], None) == {C1: "South"}
    assert areas_known([C1], after(5) - MICRO) == {C1: "North"}
    assert areas_known([C1], NINE - MICRO) == {}


def test_an_event_that_has_left_the_case_names_no_area_of_it():
    arrive(event("E1", case_ref="C1", area="North"))
    arrive(event("E1", case_ref="C2", area="North", at=after(5)))

    assert areas_known([C1], None) == {}


# --- sealed ------------------------------------------------------------------------------------------------


def test_what_is_sealed_is_what_its_standing_version_says():
    arrive(
        case("C1", sealed=True), case("C2", sealed=True), person("A", sealed=True), person("B", sealed=True, number=2)
    )
    arrive(case("C1", at=after(1)), person("A", at=after(1)), gone("persons", "B", at=after(1)), case("C3"))

    assert sealed_cases() == {C2}
    assert sealed_records() == set()


@pytest.mark.parametrize("upto", [0, 1, 2, 3])
def test_what_was_sealed_by_the_deliveries_up_to_a_number(upto: int):
    arrive(person("A", sealed=True), case("C1", sealed=True))
    arrive(person("B", sealed=True), case("C2", sealed=True), person("A", at=after(1), number=2))
    arrive(gone("persons", "B", at=after(1)), case("C1", at=after(1)))

    assert sealed_records(upto) == [set(), {A}, {B}, set()][upto]
    assert sealed_cases(upto) == [set(), {C1}, {C1, C2}, {C2}][upto]


def test_a_seal_is_of_its_own_sheet():
    arrive(case("A", sealed=True))

    assert (sealed_cases(), sealed_records()) == ({CaseKey(SOURCE, "A")}, set())


def kinds_of(found: Any) -> set[str]:
    return {one.kind for one in found}


def test_many_cases_are_asked_at_once():
    arrive(*(event(f"E{number}", case_ref=f"C{number}", number=number) for number in range(950)))
    keys = [CaseKey(SOURCE, f"C{number}") for number in range(950)]

    assert len(events_known(events_of(keys), None)) == 950
    assert kinds_of(events_known(events_of(keys), None)) == {"concern_reported"}
