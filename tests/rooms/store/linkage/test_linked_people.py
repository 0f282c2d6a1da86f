"""Who is who by the run of linkage in force: members, lone records, old ids, runs begun and dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.made.landed import RECEIVED, SOURCE, after, arrive, begun, case, gone, linked, person, ties

from duecare.person.identity import record_person_id
from duecare.record.pole import RecordKey
from duecare.store.facts.delivery_landing import land_delivery
from duecare.store.linkage.linkage_runs import keep_terms
from duecare.store.linkage.linked_people import (
    aliases_of,
    all_records_of,
    begin_run,
    current_link_run,
    drop_run,
    every_membership,
    founders_of,
    id_in_force,
    keep_members,
    keep_pairs,
    link_run_in_force,
    linked_as,
    linked_handles,
    members_of,
    old_runs,
    pairs_of,
    put_in_force,
    records_named,
    runs_kept,
    whose_are,
)
from duecare.store.models import Handle, LinkMove, LinkRun, LinkTerm, Membership, Pair

pytestmark = pytest.mark.django_db

A, B, C, D = (RecordKey(SOURCE, name) for name in "ABCD")


def own(record: RecordKey) -> str:
    return record_person_id(record)


@pytest.fixture
def people() -> None:
    arrive(person("A"), person("B", number=2), person("C", number=3), ties("E1", ("D", "child")), case("C1"))


# --- which run ---------------------------------------------------------------------------------------------


def test_before_anything_was_linked_no_run_is_in_force_and_every_record_is_its_own_person(people):
    assert (link_run_in_force(), current_link_run(), runs_kept(), old_runs()) == (0, None, [], [])
    assert whose_are([A, D]) == {A: own(A), D: own(D)}
    assert (members_of(own(A)), members_of(own(D)), id_in_force(own(A))) == ((A,), (D,), own(A))
    assert all_records_of([own(A)]) == set()


def test_a_run_that_was_begun_is_not_in_force_until_it_is_put_there(people):
    run = begin_run(RECEIVED, "model", 7, "guards")
    keep_members(run, [(SOURCE, "A", "one")])
    assert (link_run_in_force(), whose_are([A])) == (0, {A: own(A)})

    put_in_force(run, [])

    assert (link_run_in_force(), whose_are([A])) == (run.id, {A: "one"})
    kept = current_link_run()
    assert (kept.id, kept.model, kept.upto_delivery, kept.guards) == (run.id, "model", 7, "guards")


def test_inside_people_are_as_an_earlier_run_had_them_and_outside_as_now(people):
    first, second = linked(("A", "one"), ("B", "one")), linked(("A", "two"))

    with linked_as(first.id):
        assert (link_run_in_force(), whose_are([A])) == (first.id, {A: "one"})
        with linked_as(None):
            assert whose_are([A]) == {A: "two"}
        assert members_of("one") == (A, B)
    assert (link_run_in_force(), whose_are([A])) == (second.id, {A: "two"})
    with pytest.raises(ZeroDivisionError), linked_as(first.id):
        _ = 1 / 0
    assert link_run_in_force() == second.id


def test_runs_that_are_kept_come_oldest_first_and_none_later_than_the_one_in_force():
    first, second = linked(("A", "one")), linked(("A", "two"))
    later = begin_run(RECEIVED + timedelta(days=1), "m", 0)

    assert runs_kept() == [(first.id, RECEIVED), (second.id, RECEIVED)]
    put_in_force(later, [])
    assert [number for number, _ in runs_kept()] == [first.id, second.id, later.id]


def test_old_runs_are_all_but_the_one_in_force_and_the_one_before_it():
    runs = [linked(("A", f"p{number}")) for number in range(4)]
    begin_run(RECEIVED, "m", 0)

    assert old_runs() == [runs[1].id, runs[0].id]


def test_a_run_that_is_dropped_leaves_nothing_and_others_keep_theirs():
    first, second = linked(("A", "one")), linked(("A", "two"))
    for run in (first, second):
        keep_pairs(run, [("s:a", "s:b", 1.0, 0.5, "", "")])
        keep_terms(run, [("given", "x", 2)])
        LinkMove.objects.create(run_id=run.id, source="s", record_id="a", was="", now="x")

    drop_run(first.id)

    for table in (Membership, Pair, LinkTerm, LinkMove):
        assert list(table.objects.values_list("run_id", flat=True)) == [second.id]
    assert list(LinkRun.objects.values_list("pk", flat=True)) == [second.id]


# --- who is who --------------------------------------------------------------------------------------------


def test_members_come_in_order_and_only_those_of_the_run_in_force(people):
    linked(("C", "one"))
    linked(("B", "one"), ("niche", "Z", "one"), ("A", "one"), ("C", "two"))

    assert members_of("one") == (RecordKey("niche", "Z"), A, B)
    assert all_records_of(["one", "two", "none"]) == {RecordKey("niche", "Z"), A, B, C}
    assert all_records_of([]) == set()


def test_an_id_that_nobody_has_has_no_members(people):
    assert (members_of("0" * 16), id_in_force("0" * 16), members_of("")) == ((), None, ())


def test_an_old_id_answers_for_whoever_holds_its_founding_record_now(people):
    linked(("A", own(A)), ("B", own(A)))
    put_in_force(current_link_run(), [(own(A), A)])
    second = begin_run(RECEIVED, "m", 0)
    keep_members(second, [(SOURCE, "A", "new"), (SOURCE, "C", "new")])
    put_in_force(second, [("new", A)])

    assert members_of(own(A)) == (A, C)
    assert id_in_force(own(A)) == id_in_force("new") == "new"
    assert aliases_of([A, C], "new") == (own(A),)
    assert aliases_of([C], "new") == ()


def test_an_old_id_whose_record_is_linked_no_more_answers_for_that_record_alone(people):
    run = linked(("A", "old"), ("B", "old"))
    put_in_force(run, [("old", A)])
    linked(("B", "other"))

    assert members_of("old") == (A,)
    assert id_in_force("old") == own(A)


def test_the_first_founding_record_of_an_id_is_kept(people):
    put_in_force(linked(("A", "one")), [("one", A)])
    put_in_force(linked(("B", "one")), [("one", B)])
    linked(("C", "other"))

    assert members_of("one") == (A,)


def test_records_are_told_apart_by_source(people):
    linked(("niche", "A", "one"))

    assert whose_are([A, RecordKey("niche", "A")]) == {A: own(A), RecordKey("niche", "A"): "one"}
    assert whose_are([]) == {}


def test_records_that_have_an_id_of_their_own_linked_or_not(people):
    linked(("A", "one"))

    assert records_named([own(A), own(D), "one", ""]) == {A, D}
    assert records_named([]) == records_named([""]) == set()  # a case has no person's id


def test_more_than_one_statement_takes_are_all_found():
    arrive(*(person(f"N{number}", number=number) for number in range(950)))
    keys = [RecordKey(SOURCE, f"N{number}") for number in range(950)]
    linked(*((f"N{number}", f"p{number}") for number in range(950)))

    assert len(set(whose_are(keys).values())) == 950
    assert len(all_records_of([f"p{number}" for number in range(950)])) == 950
    assert len(records_named(map(own, keys))) == 950


def test_the_names_under_which_the_ledger_knows_the_records_of_people(people):
    linked(("A", "one"), ("B", "one"))

    assert all_records_of(["one", own(C), "none"]) | records_named(["one", own(C), "none"]) == {A, B, C}


# --- what is gone through ----------------------------------------------------------------------------------


def test_every_standing_record_comes_with_its_person_and_handle_in_order(people):
    arrive(person("Z"), source="niche")
    arrive(gone("persons", "B", at=after(1)))
    land_delivery(begun(), [person("L")])
    linked(("A", "one"))
    handles = dict(Handle.objects.values_list("key", "handle"))

    assert list(every_membership()) == [
        ("niche", "Z", own(RecordKey("niche", "Z")), handles["Z"]),
        (SOURCE, "A", "one", handles["A"]),
        (SOURCE, "C", own(C), handles["C"]),
    ]


def test_the_founders_of_a_run_are_people_who_bear_the_id_of_one_of_their_records(people):
    run = linked(("A", own(A)), ("B", own(A)), ("C", "other"))

    assert list(founders_of(run)) == [(own(A), A)]


def test_the_handles_of_records_that_a_run_joined_with_others(people):
    run = linked(("A", "one"), ("B", "one"), ("C", "two"))
    linked(("C", "three"), ("A", "three"))
    handles = dict(Handle.objects.values_list("key", "handle"))

    assert linked_handles(run) == {handles["A"], handles["B"]}


def test_the_evidence_of_records_comes_strongest_first_each_once():
    run = linked(("A", "one"))
    other = linked(("A", "one"))
    put_in_force(run, [])
    keep_pairs(run, [("pole:A", "pole:B", 1.0, 0.5, "", ""), ("pole:C", "pole:A", 9.0, 0.9, "x=y", "why"),
                     ("pole:B", "pole:C", 5.0, 0.7, "", ""), ("pole:A", "pole:D", 9.0, 0.9, "", "")])  # fmt: skip
    keep_pairs(other, [("pole:A", "pole:Z", 99.0, 1.0, "", "")])

    def shown(*records: RecordKey) -> list[tuple[str, str, float]]:
        return [(one.a, one.b, one.weight) for one in pairs_of(records)]

    assert shown(A) == [("pole:A", "pole:D", 9.0), ("pole:C", "pole:A", 9.0), ("pole:A", "pole:B", 1.0)]
    assert shown(B, C) == [("pole:C", "pole:A", 9.0), ("pole:B", "pole:C", 5.0), ("pole:A", "pole:B", 1.0)]
    assert shown() == shown(RecordKey("niche", "A")) == []
