"""Groups as the engine makes them: exactly those that the plain rules of `person.cluster` make of the same pairs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.linkage import grouping
from duecare.linkage.grouping import (
    MISSING,
    apply_guards,
    group_records,
    hang_together,
    load_judgements,
    person_numbers,
    take_in,
)
from duecare.linkage.join_thresholds import Thresholds
from duecare.linkage.prepared_records import open_engine, query_rows
from duecare.person.cluster import Evidence, RecordPair, connected_groups, groups_of_two, is_plain, part_group
from duecare.person.guard import Force, Guards, guard_pair
from duecare.person.pair import read_levels

COUNT = 12
TWOS = [(a, b) for a in range(COUNT) for b in range(a + 1, COUNT)]
LEVELS = ("", "born=same;", "born=different;", "identifier=conflict;")
"""Nothing to follow, which is held; nothing held; barred; barred."""

PAIR = st.tuples(st.sampled_from([-9.0, -3.0, -0.5, 0.5, 5.9, 6.0, 6.1, 20.0]), st.sampled_from(LEVELS))
SOME = st.dictionaries(st.sampled_from(TWOS), PAIR, max_size=40)
TOLD = st.dictionaries(st.sampled_from(TWOS), st.sampled_from(["glued", "held", "barred"]), max_size=4)
GUARDS = Guards(most_records=5)

Found = Mapping[RecordPair, tuple[float, str]]
Told = Mapping[RecordPair, str]


def scored(
    connection: duckdb.DuckDBPyConnection, table: str, pairs: Iterable[tuple[RecordPair, tuple[float, str]]]
) -> None:
    rows = [(a, b, weight, levels) for (a, b), (weight, levels) in pairs]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    kinds = (pa.int32(), pa.int32(), pa.float64(), pa.string())
    names = ("uid_l", "uid_r", "weight", "levels")
    made = pa.table({n: pa.array(v, k) for n, v, k in zip(names, columns, kinds, strict=True)})
    connection.register("made_now", made)
    connection.execute(f"create or replace table {table} as select * from made_now")
    connection.unregister("made_now")


def by_engine(found: Found, told: Told, later: Found, bounds: Thresholds) -> list[int]:
    said = {kind: [two for two, was in told.items() if was == kind] for kind in ("glued", "held", "barred")}
    with tempfile.TemporaryDirectory() as spill:
        connection = open_engine(1, "500MB", spill)
        scored(connection, "scored", found.items())
        load_judgements(connection, said["held"], said["barred"])
        apply_guards(connection, "scored", GUARDS)
        if group_records(connection, said["glued"], bounds):
            missing = query_rows(connection, f"select join_key_l, join_key_r from {MISSING}")
            scored(connection, "filled", ((two, later[two]) for two in missing))
            apply_guards(connection, "filled", GUARDS)
            take_in(connection, "filled_guarded", bounds)
        person = person_numbers(connection, COUNT, said["glued"], bounds, GUARDS.most_records)
        connection.close()
    return [int(one) for one in person]


def plainly(found: Found, told: Told, later: Found, bounds: Thresholds) -> list[int]:
    """What the engine should say: the same, pair by pair and group by group."""
    evidence = Evidence(
        barred={two for two, was in told.items() if was == "barred"},
        told_apart={two for two, was in told.items() if was == "barred"},
        glued=[two for two, was in told.items() if was == "glued"],
    )

    def take(pairs: Iterable[tuple[RecordPair, tuple[float, str]]]) -> None:
        for two, (weight, levels) in pairs:
            kept = guard_pair(read_levels(levels), GUARDS)
            if kept is not None and kept.force is Force.BAR:
                evidence.barred.add(two)
            is_held = kept is not None or told.get(two) == "held"
            evidence.weights[two] = min(weight, bounds.join - 1.0, 0.0) if is_held else weight

    take(found.items())
    strong = [two for two, weight in evidence.weights.items() if weight >= bounds.join and two not in evidence.barred]
    loose = groups_of_two(connected_groups(COUNT, [*strong, *evidence.glued]))
    for members in loose.values():
        if 2 < len(members) <= grouping.LARGEST_WEIGHED:
            inside = [(a, b) for place, a in enumerate(members) for b in members[place + 1 :]]
            take((two, later[two]) for two in inside if two not in evidence.weights)
    person = list(range(COUNT))
    for members in loose.values():
        if is_plain(members, evidence, split=bounds.split, most_records=GUARDS.most_records):
            parts = [members]
        else:
            parts = part_group(
                members, evidence, join_threshold=bounds.join, split=bounds.split, most_records=GUARDS.most_records
            )
        for part in parts:
            for one in part:
                person[one] = part[0]
    return person


EVERY = st.fixed_dictionaries(dict.fromkeys(TWOS, PAIR))
BOUNDS = st.sampled_from([Thresholds(6.0, 0.0, 1.0), Thresholds(5.0, 6.05, 1.0)])


@settings(max_examples=settings.default.max_examples * 2, deadline=None)
@given(SOME, TOLD, EVERY, BOUNDS, st.sampled_from([200, 4]))
def test_the_engine_makes_the_groups_that_the_plain_rules_make(
    found: Found, told: Told, later: Found, bounds: Thresholds, largest_filled: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grouping, "LARGEST_WEIGHED", largest_filled)

        assert by_engine(found, told, later, bounds) == plainly(found, told, later, bounds)


def test_groups_taken_as_plain_unseen_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter: two tight groups tied by one pair, and an engine that parts nothing."""
    tight = dict.fromkeys([(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)], (15.0, "born=same;"))
    found = tight | {(2, 3): (9.0, "born=same;")}
    later = dict.fromkeys(TWOS, (-12.0, "born=same;"))
    bounds = Thresholds(6.0, 0.0, 1.0)
    assert by_engine(found, {}, later, bounds)[:6] == plainly(found, {}, later, bounds)[:6] == [0, 0, 0, 3, 3, 3]

    monkeypatch.setattr(grouping, "part_group", lambda members, evidence, **bounds: [list(members)])

    assert by_engine(found, {}, later, bounds) != plainly(found, {}, later, bounds)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_what_hangs_together_is_what_components_say(pairs: list[RecordPair]) -> None:
    ends = np.array(pairs, np.int32).reshape(-1, 2)

    records, named = hang_together(ends[:, 0], ends[:, 1])

    whole = connected_groups(31, pairs)
    assert records.tolist() == sorted({one for two in pairs for one in two})
    assert named.tolist() == [whole[one] for one in records]


def test_a_long_chain_hangs_together() -> None:
    chain = np.random.default_rng(3).permutation(5_000).astype(np.int32)

    _, named = hang_together(chain[:-1], chain[1:])

    assert set(named.tolist()) == {0}
