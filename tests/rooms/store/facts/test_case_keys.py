"""Cases under which events were named, and cases that were ever called restricted."""

from __future__ import annotations

import pytest
from tests.made.landed import SOURCE, after, arrive, case, event, gone, person, row

from duecare.record.pole import CaseKey
from duecare.store.facts.case_keys import cases_of_events, ever_restricted

pytestmark = pytest.mark.django_db

C1, C2 = CaseKey(SOURCE, "C1"), CaseKey(SOURCE, "C2")


def test_an_event_was_under_every_case_that_some_version_named():
    arrive(event("E1", case_ref="C1"), event("E2", case_ref="C1", number=2), event("E3", number=3))
    arrive(event("E1", case_ref="C2", at=after(1)), event("E2", at=after(1), number=2))
    arrive(event("E1", case_ref="C1", case_source="merlin"), source="niche")

    assert cases_of_events([(SOURCE, "E1"), (SOURCE, "E2"), (SOURCE, "E3"), ("niche", "E1"), (SOURCE, "none")]) == {
        (SOURCE, "E1"): {C1, C2},
        (SOURCE, "E2"): {C1},
        ("niche", "E1"): {CaseKey("merlin", "C1")},
    }


def test_a_withdrawn_event_stays_under_the_case_it_was_named_under():
    arrive(event("E1", case_ref="C1"))
    arrive(gone("events", "E1", at=after(1)))

    assert cases_of_events([(SOURCE, "E1")]) == {(SOURCE, "E1"): {C1}}


def test_nothing_but_an_event_is_under_a_case():
    arrive(case("E1"), person("E1"), row("ties", "E1", {"ties": []}))

    assert cases_of_events([(SOURCE, "E1")]) == {}
    assert cases_of_events([]) == {}


def test_a_case_is_ever_restricted_where_any_version_called_it_so():
    arrive(case("C1", restricted=True), case("C2"), case("C3", restricted=False))
    arrive(case("C1", at=after(1)), case("C4", at=after(1), restricted=True))
    arrive(gone("cases", "C4", at=after(2)))
    arrive(case("C2", restricted=True), source="niche")

    asked = [C1, C2, CaseKey(SOURCE, "C3"), CaseKey(SOURCE, "C4"), CaseKey("niche", "C2"), CaseKey("niche", "C1")]
    assert ever_restricted(asked) == {C1, CaseKey(SOURCE, "C4"), CaseKey("niche", "C2")}
    assert ever_restricted([C2]) == set()
    assert ever_restricted([]) == set()


def test_a_restricted_record_of_a_person_is_no_restricted_case():
    arrive(person("C1", restricted=True))

    assert ever_restricted([C1]) == set()


def test_more_keys_than_one_statement_takes_are_all_looked_up():
    arrive(*(event(f"E{number}", case_ref=f"C{number}", number=number) for number in range(950)))
    arrive(*(case(f"C{number}", restricted=True) for number in range(950)))

    assert len(cases_of_events([(SOURCE, f"E{number}") for number in range(950)])) == 950
    assert len(ever_restricted([CaseKey(SOURCE, f"C{number}") for number in range(950)])) == 950
