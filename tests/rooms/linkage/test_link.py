"""Records to people: the cases of the acceptance list, and what may not change the answer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from duecare.linkage import Linked, Thresholds, link_records, shipped_model
from duecare.person.guard import IDENTIFIERS, Guards
from duecare.person.identity import record_person_id
from duecare.person.judgement import Judgement, Verdict
from duecare.record.pole import RecordKey

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
COLUMNS = (
    *("source", "record_id", "written_at", "given_names", "family_name", "date_of_birth", "sex", "address", "postcode"),
    *("pnc_id", "nhs_number", "email"),
)


def table(*rows: dict[str, str]) -> pa.Table:
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS})


def record(key: str, name: str, **said: str) -> dict[str, str]:
    source, record_id = key.split(":")
    given, _, family = name.rpartition(" ")
    return {"source": source, "record_id": record_id, "given_names": given, "family_name": family, **said}


def people(linked: Linked) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in linked.clusters.to_pylist():
        found.setdefault(row["person"], set()).add(f"{row['source']}:{row['record_id']}")
    return {frozenset(keys) for keys in found.values()}


def together(linked: Linked, a: str, b: str) -> bool:
    return any(a in keys and b in keys for keys in people(linked))


HOME = {"address": "4 Ash Road", "postcode": "NM1 4AA"}
TWINS = (
    record("merlin:t1", "Ana Kovac", date_of_birth="2010-01-02", nhs_number="9990000018", **HOME),
    record("merlin:t2", "Anna Kovac", date_of_birth="2010-01-02", nhs_number="9990000026", **HOME),
)
SPELLINGS = (
    record("merlin:1", "Jon Smith", pnc_id="99/123456X"),
    record("custody:2", "Jon Smyth", pnc_id="1999/0123456X"),
    record("visor:3", "Jon SMITH", pnc_id="99/0123456x"),
)
SEVERAL = (
    *TWINS,
    *SPELLINGS,
    record("merlin:4", "Robert Ashby", date_of_birth="2008-03-04", written_at="2026-02-01T10:00:00+00:00"),
    record("pole:5", "Bob Ashby", date_of_birth="2008-03-04", written_at="2025-02-01T10:00:00+00:00"),
    record("pole:6", "Ashby Robert", date_of_birth="2008-04-03", **HOME),
    record("pole:7", "Ruth Poole"),
)


def test_one_pnc_id_in_three_spellings_is_one_person_of_three_records() -> None:
    assert people(link_records(table(*SPELLINGS))) == {frozenset({"merlin:1", "custody:2", "visor:3"})}


@pytest.mark.parametrize("number", ["99/123456Y", "90/570L"])
def test_a_number_whose_check_letter_fails_joins_nobody(number: str) -> None:
    linked = link_records(
        table(record("merlin:1", "Peter Hall", pnc_id=number), record("visor:2", "Peter Hall", pnc_id=number))
    )

    assert linked.people == 2
    assert "identifier" not in "".join(linked.pairs["levels"].to_pylist())


def test_twins_are_shown_to_a_human_with_the_reason_and_not_joined() -> None:
    linked = link_records(table(*TWINS))

    assert linked.people == 2
    assert linked.for_review == 1
    assert linked.pairs.to_pylist()[0]["held"] == IDENTIFIERS.reason


def test_twins_without_identifiers_are_not_joined_either() -> None:
    assert link_records(table(*({**twin, "nhs_number": ""} for twin in TWINS))).people == 2


def test_twins_with_a_number_each_are_not_joined_by_one_that_both_bear() -> None:
    """A family's number, or one that was written down of the wrong child."""
    linked = link_records(table(*({**twin, "other_ids": "family:12"} for twin in TWINS)))

    assert linked.people == 2
    assert linked.pairs.to_pylist()[0]["held"] == IDENTIFIERS.reason


def test_without_its_guards_the_same_twins_are_joined() -> None:
    """The counter of the two tests above: the guards keep twins apart, and so does the household class, not the other weights."""
    down, alone = Guards(twins=False, conflicting_identifiers=False), replace(shipped_model(), household=None)
    twins = table(*({**twin, "nhs_number": ""} for twin in TWINS))

    assert link_records(twins, model=alone, guards=down).people == 1
    assert link_records(twins, guards=down).people == 2


def test_a_third_record_that_fits_both_twins_does_not_tie_them() -> None:
    third = record("visor:9", "Anna Kovac", date_of_birth="2010-01-02", **HOME)

    assert not together(link_records(table(*TWINS, third)), "merlin:t1", "merlin:t2")


def test_father_and_son_of_one_name_at_one_home_are_two() -> None:
    father = record("merlin:1", "Idris Hale", date_of_birth="1979-06-07", sex="M", **HOME)
    son = record("merlin:2", "Idris Hale", date_of_birth="2011-10-21", sex="M", **HOME)

    assert link_records(table(father, son)).people == 2


def test_names_alone_join_nobody_unless_policy_takes_the_guard_down() -> None:
    records = table(record("merlin:1", "Wilhelmina Quill", **HOME), record("visor:2", "Wilhelmina Quill", **HOME))

    held = link_records(records)
    loose = link_records(records, guards=Guards(too_little_to_compare=False))

    assert (held.people, held.for_review) == (2, 1)
    assert (loose.people, loose.for_review) == (1, 0)


def test_the_order_of_the_records_changes_nothing() -> None:
    rows = list(SEVERAL)
    first = link_records(table(*rows))
    random.Random(4).shuffle(rows)

    again = link_records(table(*rows))

    assert again.clusters.equals(first.clusters)
    assert again.pairs.equals(first.pairs)
    assert again.for_review == first.for_review


def test_a_person_has_the_id_of_the_earliest_record() -> None:
    linked = link_records(table(*SEVERAL))

    ids = {f"{row['source']}:{row['record_id']}": row["person"] for row in linked.clusters.to_pylist()}

    assert ids["merlin:4"] == ids["pole:5"] == record_person_id(RecordKey("pole", "5"))


def judged(number: int, a: str, b: str, verdict: Verdict) -> Judgement:
    keys = [RecordKey(*key.split(":")) for key in (a, b)]
    return Judgement(f"j{number}", keys[0], keys[1], verdict, "NM1", NOON, "both were seen")


def test_a_human_joins_what_a_guard_bars_and_parts_what_the_machine_joins() -> None:
    judgements = [judged(1, "merlin:t1", "merlin:t2", Verdict.SAME), judged(2, "merlin:4", "pole:5", Verdict.DIFFERENT)]

    linked = link_records(table(*SEVERAL), judgements=judgements)

    assert together(linked, "merlin:t1", "merlin:t2")
    assert not together(linked, "merlin:4", "pole:5")


@pytest.mark.long
def test_undone_a_judgement_leaves_exactly_the_people_there_were() -> None:
    before = link_records(table(*SEVERAL))
    judgement = judged(1, "merlin:t1", "pole:7", Verdict.SAME)

    joined = link_records(table(*SEVERAL), judgements=[judgement])
    undone = link_records(table(*SEVERAL), judgements=[replace(judgement, undone_at=NOON)])

    assert joined.people == before.people - 1
    assert undone.clusters.equals(before.clusters)


def test_the_ids_of_people_a_judgement_does_not_touch_stay() -> None:
    before = {tuple(row.values())[:2]: row["person"] for row in link_records(table(*SEVERAL)).clusters.to_pylist()}

    linked = link_records(table(*SEVERAL), judgements=[judged(1, "merlin:t1", "pole:7", Verdict.SAME)])

    after = {tuple(row.values())[:2]: row["person"] for row in linked.clusters.to_pylist()}
    assert {key for key in before if before[key] != after[key]} <= {("merlin", "t1"), ("pole", "7")}


def test_a_person_never_grows_over_the_cap() -> None:
    rows = [record(f"pole:{n}", "Robert Ashby", date_of_birth="2008-03-04", pnc_id="99/123456X") for n in range(12)]

    linked = link_records(table(*rows), guards=Guards(most_records=5))

    assert max(map(len, people(linked))) == 5


def test_policy_may_set_the_thresholds() -> None:
    records = table(*SEVERAL)

    assert link_records(records, guards=Guards(join_weight=500.0)).people == len(SEVERAL)
    assert link_records(records, thresholds=Thresholds(join=500.0, split=0.0, review=-1.0)).people == len(SEVERAL)


def test_no_records_are_no_people() -> None:
    linked = link_records(table())

    assert (linked.people, linked.for_review, linked.clusters.num_rows, linked.pairs.num_rows) == (0, 0, 0, 0)


def test_records_that_say_nothing_are_each_their_own_person() -> None:
    rows = [{"source": "pole", "record_id": str(n)} for n in range(5)]

    assert link_records(pa.Table.from_pylist(rows)).people == 5
