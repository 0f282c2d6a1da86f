"""Which records hang together by the pairs weighed, and which of these groups have to be parted: in the engine, as far as
it can be said there. What it says is what `person.cluster` would say of the same pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from duecare.linkage.model import Thresholds
from duecare.linkage.prepare import ask
from duecare.person.cluster import Evidence, RecordPair, part_group
from duecare.person.guard import Force, Guards, Held, guard_pair
from duecare.person.pair import read_levels
from duecare.person.regroup import LARGEST_WEIGHED

Numbers = npt.NDArray[np.int32]
MISSING: Final = "missing_pairs"

_HELD, _BARRED = 1, 2


def hang_together(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Which records hang together by the pairs (a[i], b[i])? Those of the pairs, in order, and beside each its group.

    Shape:   a group is named by its smallest record, as by `components`.
    Example:
        >>> hang_together(np.array([1, 3], np.int32), np.array([3, 2], np.int32))
        (array([1, 2, 3], dtype=int32), array([1, 1, 1], dtype=int32))
    """
    records, places = np.unique(np.concatenate([a, b]), return_inverse=True)
    links = (places[: len(a)], places[len(a) :])
    graph = coo_array((np.ones(len(a), dtype=np.int8), links), shape=(len(records), len(records)))
    _, labels = connected_components(graph, directed=False)
    _, smallest, group_of = np.unique(labels, return_index=True, return_inverse=True)
    return records, records[smallest[group_of]]


def tell_judged(
    connection: duckdb.DuckDBPyConnection, held: Iterable[RecordPair], barred: Iterable[RecordPair]
) -> None:
    """Make the table `judged` of what humans hold and bar."""
    said = [(a, b, _HELD) for a, b in held] + [(a, b, _BARRED) for a, b in barred]
    connection.execute("create or replace table judged (uid_l integer, uid_r integer, force tinyint)")
    if said:
        connection.executemany("insert into judged values (?, ?, ?)", said)


def put_to_guards(connection: duckdb.DuckDBPyConnection, table: str, guards: Guards) -> None:
    """Make the table `…_guarded` of the pairs in `table`, each pattern of levels put to the guards once.

    Shape:   uid_l, uid_r, weight, levels, force (0 none, 1 holds, 2 bars), held (why, else empty).
    """
    patterns = [levels for (levels,) in ask(connection, f"select distinct levels from {table}")]
    kept_apart: list[tuple[str, Held]] = []
    for levels in patterns:
        found = guard_pair(read_levels(levels), guards)
        if found is not None:
            kept_apart.append((levels, found))
    guarded = pa.table(
        {
            "levels": pa.array([levels for levels, _ in kept_apart], pa.string()),
            "force": pa.array([_HELD if h.force is Force.HOLD else _BARRED for _, h in kept_apart], pa.int8()),
            "reason": pa.array([h.reason for _, h in kept_apart], pa.string()),
        }
    )
    connection.register("guarded_now", guarded)
    connection.execute(f"""
        create or replace table {table}_guarded as
        select uid_l, uid_r, weight, levels, coalesce(force, 0)::tinyint as force, coalesce(reason, '') as held
        from {table} left join guarded_now using (levels)
    """)
    connection.unregister("guarded_now")


def group(connection: duckdb.DuckDBPyConnection, glued: Sequence[RecordPair], bounds: Thresholds) -> int:
    """Make the table `grouped` of records that hang together by strong pairs of `scored_guarded`; how many pairs of them
    have yet to be weighed?

    Shape:   `grouped`: uid, grp (the smallest record), size. `within`: grp, uid_l, uid_r, weight, barred, the pairs
             weighed so far. `missing_pairs`: those of a group of 3 to 200 records that are not weighed yet.
    """
    strong = connection.sql(f"""
        select uid_l, uid_r from scored_guarded anti join judged using (uid_l, uid_r)
        where weight >= {bounds.join} and force = 0
    """).fetchnumpy()
    told = np.array(glued, np.int32).reshape(-1, 2)
    ends = [np.concatenate([strong[name], told[:, at]]).astype(np.int32) for at, name in enumerate(("uid_l", "uid_r"))]
    records, named = hang_together(*ends)
    connection.register("grouped_now", pa.table({"uid": pa.array(records), "grp": pa.array(named)}))
    connection.execute(
        "create or replace table grouped as select uid, grp, count(*) over (partition by grp) as size from grouped_now"
    )
    connection.unregister("grouped_now")
    connection.execute(
        "create or replace table within (grp integer, uid_l integer, uid_r integer, weight double, barred boolean)"
    )
    take_in(connection, "scored_guarded", bounds)
    connection.execute(f"""
        create or replace table {MISSING} as
        select l.uid as join_key_l, r.uid as join_key_r, '0' as match_key
        from grouped l join grouped r on l.grp = r.grp and l.uid < r.uid
        anti join within w on w.uid_l = l.uid and w.uid_r = r.uid
        where l.size between 3 and {LARGEST_WEIGHED}
    """)
    ((missing,),) = ask(connection, f"select count(*) from {MISSING}")
    return int(missing)


def take_in(connection: duckdb.DuckDBPyConnection, table: str, bounds: Thresholds) -> None:
    """Take the pairs of this guarded table that lie within a group as evidence.

    Shape:   a pair that is held, by a guard or a human, speaks at most for nothing.
    """
    connection.execute(f"""
        insert into within
        select
            l.grp, s.uid_l, s.uid_r,
            case when s.force > 0 or j.force = {_HELD} then least(s.weight, {min(bounds.join - 1.0, 0.0)}) else s.weight end,
            s.force = {_BARRED} or coalesce(j.force = {_BARRED}, false)
        from {table} s join grouped l on l.uid = s.uid_l join grouped r on r.uid = s.uid_r and r.grp = l.grp
        left join judged j on j.uid_l = s.uid_l and j.uid_r = s.uid_r
    """)


def persons(
    connection: duckdb.DuckDBPyConnection,
    count: int,
    glued: Sequence[RecordPair],
    bounds: Thresholds,
    most_records: int,
) -> Numbers:
    """Of which person is each record, named by the person's smallest record?

    Shape:   a group of whose pairs every one holds is one person, as `is_plain` says; the others are put to `parted`.
    """
    connection.execute(f"""
        create or replace table unsure as
        with sound as (
            select grp, count(*) as pairs from within where weight >= {bounds.split} and not barred group by grp
        )
        select grp from (select distinct grp, size from grouped) left join sound using (grp)
        where size > {most_records} or coalesce(pairs, 0) <> size * (size - 1) // 2
    """)
    found = np.arange(count, dtype=np.int32)
    plain = connection.sql("select uid, grp from grouped anti join unsure using (grp)").fetchnumpy()
    found[plain["uid"]] = plain["grp"]
    for members, evidence in _unsure(connection, glued):
        parts = part_group(members, evidence, join_threshold=bounds.join, split=bounds.split, most_records=most_records)
        for part in parts:
            found[part] = part[0]
    return found


def _unsure(connection: duckdb.DuckDBPyConnection, glued: Sequence[RecordPair]) -> Iterable[tuple[list[int], Evidence]]:
    """The groups that may have to be parted, each with the evidence on its own records."""
    members: dict[int, list[int]] = {}
    of: dict[int, int] = {}
    for grp, uid in ask(connection, "select grp, uid from grouped semi join unsure using (grp) order by grp, uid"):
        members.setdefault(grp, []).append(uid)
        of[uid] = grp
    evidence = {grp: Evidence() for grp in members}
    for a, b in glued:
        if a in of:
            evidence[of[a]].glued.append((a, b))
    for a, b in ask(connection, f"select uid_l, uid_r from judged where force = {_BARRED}"):
        if a in of and of[a] == of.get(b):
            evidence[of[a]].told_apart.add((a, b))
            evidence[of[a]].barred.add((a, b))
    rows = connection.sql("select * from within semi join unsure using (grp)").fetchnumpy()
    for grp, a, b, weight, barred in zip(*(column.tolist() for column in rows.values()), strict=True):
        evidence[grp].weights[a, b] = weight
        if barred:
            evidence[grp].barred.add((a, b))
    for grp, ones in members.items():
        yield ones, evidence[grp]
