"""What happened to recommendations as kept, and what is known around the cases that a claim names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.made.landed import NINE, SOURCE, after, arrive, event, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.models import RecommendationFact
from duecare.store.oversight.recommendation_facts import facts_around, facts_by_number, facts_of, keep_facts
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")
A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")


def fact(number: str = "2026-1", sequence: int = 1, **told: Any) -> Fact:
    said = {
        "deed": Deed.ACCEPTED, "happened_at": When.at(NOON), "noted_at": NOON, "by": "lead", "party": Party.FORCE,
        "said": {}, **told,
    }  # fmt: skip
    return Fact(number=number, sequence=sequence, **said)


# --- kept and read -----------------------------------------------------------------------------------------


def test_a_fact_is_read_back_the_same():
    whole = fact(
        deed=Deed.CLAIMED, happened_at=when_on_day(date(2026, 7, 1)), noted_at=NOON + timedelta(microseconds=5),
        party=Party.EXPERT_GROUP, said={"cases": [["pole", "C1"]], "words": "Zoë", "share": 0.5, "none": None},
    )  # fmt: skip
    keep_facts([whole])

    (read,) = facts_of("2026-1")
    assert read == whole
    assert {moment.tzinfo for moment in (read.happened_at.earliest, read.happened_at.latest, read.noted_at)} == {UTC}


def test_times_of_another_zone_are_the_same_moment_in_utc():
    west = timezone(timedelta(hours=-7))
    keep_facts([fact(happened_at=When.at(NOON.astimezone(west)), noted_at=NOON.astimezone(west))])

    assert facts_of("2026-1")[0].happened_at.earliest.isoformat() == NOON.isoformat()


def test_facts_come_in_their_order_by_number():
    keep_facts([fact(sequence=3), fact(sequence=1), fact("2026-0", 1), fact(sequence=2)])

    assert [one.sequence for one in facts_of("2026-1")] == [1, 2, 3]
    assert facts_of("2026-9") == ()
    read = facts_by_number()
    assert [(number, [one.sequence for one in facts]) for number, facts in read.items()] == [
        ("2026-0", [1]),
        ("2026-1", [1, 2, 3]),
    ]
    assert read["2026-1"] == facts_of("2026-1")


def test_where_there_are_no_facts_there_is_nothing():
    keep_facts([])

    assert (facts_of("x"), facts_by_number()) == ((), {})


def test_of_two_who_act_at_once_the_second_is_refused_with_all_they_wrote():
    keep_facts([fact(sequence=1), fact(sequence=2)])

    with pytest.raises(Refusal) as raised, transaction.atomic():
        keep_facts([fact("2026-2", 1), fact(sequence=2, by="another")])

    assert raised.value.code == "RCM-010"
    assert [one.by for one in facts_of("2026-1")] == ["lead", "lead"]
    assert facts_of("2026-2") == ()


def test_the_database_refuses_to_alter_or_take_away_a_fact():
    keep_facts([fact()])

    for deed in (
        lambda: RecommendationFact.objects.update(by="x"),
        lambda: RecommendationFact.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()

    assert facts_of("2026-1") == (fact(),)


# --- around cases ------------------------------------------------------------------------------------------


def around(*cases: CaseKey, known_at: datetime | None = None) -> tuple[list[str], dict[RecordKey, str]]:
    events, whose = facts_around(cases, known_at)
    names = [one.event_id for one in events]
    assert len(names) == len(set(names))
    return sorted(names), whose


@pytest.fixture
def cases() -> None:
    """A child of the first case who is in the second too, by another record; a suspect and a victim beside them."""
    arrive(*(person(name, number=number) for number, name in enumerate("ABCD")))
    arrive(
        event("E1", case_ref="C1"), ties("E1", ("A", "child"), ("C", "suspect")),
        event("E2", case_ref="C2", number=2), ties("E2", ("B", "child")),
        event("E3", number=3), ties("E3", ("B", "offender"), ("D", "child")),
        event("E4", case_ref="C2", number=4), ties("E4", ("C", "suspect")),
        event("E5", case_ref="C1", number=5), ties("E5", ("D", "victim")),
    )  # fmt: skip
    linked(("A", "one"), ("B", "one"))


def test_every_event_of_the_cases_and_of_their_children_wherever_it_lies(cases):
    assert around(C1) == (["E1", "E2", "E3", "E5"], {A: "one", B: "one", D: record_person_id(D)})
    assert around(C2) == (["E1", "E2", "E3", "E4"], {A: "one", B: "one"})
    assert around(C1, C2)[0] == ["E1", "E2", "E3", "E4", "E5"]


def test_around_no_case_and_an_unknown_one_is_nothing(cases):
    assert around() == ([], {})
    assert around(CaseKey("niche", "C1")) == ([], {})


def test_it_is_what_was_known_at_a_moment(cases):
    arrive(ties("E5", ("C", "victim"), at=after(5)), event("E6", at=after(9)), ties("E6", ("A", "child"), at=after(9)))
    micro = timedelta(microseconds=1)

    assert around(C1, known_at=NINE - micro) == ([], {})
    assert around(C1, known_at=after(5) - micro) == (
        ["E1", "E2", "E3", "E5"],
        {A: "one", B: "one", D: record_person_id(D)},
    )
    assert around(C1, known_at=after(9) - micro) == (
        ["E1", "E2", "E3", "E4", "E5"],
        {A: "one", B: "one", C: record_person_id(C)},
    )
    assert "E6" in around(C1, known_at=after(9))[0]


def test_an_event_that_has_left_the_case_makes_nobody_a_child_of_it(cases):
    arrive(event("E5", case_ref="C2", at=after(5)))

    events, whose = around(C1)
    assert D not in whose
    assert "E5" in events  # some version of it was named under the case
