"""Groups of records connected by weighed pairs, and their partition, in SQL as far as it can express it. The result is that of
`person.cluster` for the same pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from duecare.linkage.join_thresholds import Thresholds
from duecare.linkage.prepared_records import query_rows
from duecare.person.cluster import Evidence, RecordPair, part_group, smallest_connected
from duecare.person.group_part import LARGEST_WEIGHED
from duecare.person.guard import Force, GuardResult, Guards, guard_pair
from duecare.person.pair import read_levels

Numbers = npt.NDArray[np.int32]
MISSING: Final = "missing_pairs"

_HELD_FORCE, _BARRED = 1, 2


def hang_together(first_records: Numbers, second_records: Numbers) -> tuple[Numbers, Numbers]:
    """The groups connected by the pairs (a[i], b[i]): the records of the pairs, in order, and the group of each.

    Shape:   a group is named by its smallest record, as by `connected_groups`.
    Example:
        >>> hang_together(np.array([1, 3], np.int32), np.array([3, 2], np.int32))
        (array([1, 2, 3], dtype=int32), array([1, 1, 1], dtype=int32))
    """
    records, places = np.unique(np.concatenate([first_records, second_records]), return_inverse=True)
    smallest = smallest_connected(len(records), places[: len(first_records)], places[len(first_records) :])
    return records, records[smallest]


def load_judgements(
    connection: duckdb.DuckDBPyConnection, held_pairs: Iterable[RecordPair], barred: Iterable[RecordPair]
) -> None:
    """Make the table `judged` of the pairs humans keep apart."""
    judged_rows = [(first_record, second_record, _HELD_FORCE) for first_record, second_record in held_pairs] + [
        (first_record, second_record, _BARRED) for first_record, second_record in barred
    ]
    # Raw, as all in this module: a DuckDB connection, which has no ORM.
    connection.execute("create or replace table judged (uid_l integer, uid_r integer, force tinyint)")
    if judged_rows:
        connection.executemany("insert into judged values (?, ?, ?)", judged_rows)


def apply_guards(connection: duckdb.DuckDBPyConnection, table: str, guards: Guards) -> None:
    """Make the table `…_guarded` of the pairs in `table`, each pattern of levels put to the guards once.

    Shape:   uid_l, uid_r, weight, levels, force (0 none, 1 holds, 2 bars), held (why, else empty).
    """
    patterns = [levels for (levels,) in query_rows(connection, f"select distinct levels from {table}")]
    kept_apart: list[tuple[str, GuardResult]] = []
    for levels in patterns:
        guard_result = guard_pair(read_levels(levels), guards)
        if guard_result is not None:
            kept_apart.append((levels, guard_result))
    guarded = pa.table(
        {
            "levels": pa.array([levels for levels, _ in kept_apart], pa.string()),
            "force": pa.array(
                [_HELD_FORCE if guard_held.force is Force.HOLD else _BARRED for _, guard_held in kept_apart], pa.int8()
            ),
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


def group_records(connection: duckdb.DuckDBPyConnection, glued: Sequence[RecordPair], bounds: Thresholds) -> int:
    """Make the table `grouped` of records connected by strong pairs of `scored_guarded`, and count the pairs yet to be
    weighed.

    Shape:   `grouped`: uid, grp (the smallest record), size. `within`: grp, uid_l, uid_r, weight, barred, the pairs
             weighed so far. `missing_pairs`: those of a group of 3 to 200 records that are not weighed yet.
    """
    strong = connection.sql(f"""
        select uid_l, uid_r from scored_guarded anti join judged using (uid_l, uid_r)
        where weight >= {bounds.join} and force = 0
    """).fetchnumpy()
    glued_pairs = np.array(glued, np.int32).reshape(-1, 2)
    pair_ends = [
        np.concatenate([strong[column_name], glued_pairs[:, end_number]]).astype(np.int32)
        for end_number, column_name in enumerate(("uid_l", "uid_r"))
    ]
    records, group_names = hang_together(*pair_ends)
    connection.register("grouped_now", pa.table({"uid": pa.array(records), "grp": pa.array(group_names)}))
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
    ((missing,),) = query_rows(connection, f"select count(*) from {MISSING}")
    return int(missing)


def take_in(connection: duckdb.DuckDBPyConnection, table: str, bounds: Thresholds) -> None:
    """Take the pairs of this guarded table that lie within a group as evidence.

    Shape:   a pair that is held, by a guard or a human, speaks at most for nothing.
    """
    connection.execute(f"""
        insert into within
        select
            l.grp, s.uid_l, s.uid_r,
            case when s.force > 0 or j.force = {_HELD_FORCE}
                then least(s.weight, {min(bounds.join - 1.0, 0.0)}) else s.weight end,
            s.force = {_BARRED} or coalesce(j.force = {_BARRED}, false)
        from {table} s join grouped l on l.uid = s.uid_l join grouped r on r.uid = s.uid_r and r.grp = l.grp
        left join judged j on j.uid_l = s.uid_l and j.uid_r = s.uid_r
    """)


def person_numbers(
    connection: duckdb.DuckDBPyConnection,
    count: int,
    glued: Sequence[RecordPair],
    bounds: Thresholds,
    most_records: int,
) -> Numbers:
    """The person of each record, named by the person's smallest record.

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
    person_of = np.arange(count, dtype=np.int32)
    plain = connection.sql("select uid, grp from grouped anti join unsure using (grp)").fetchnumpy()
    person_of[plain["uid"]] = plain["grp"]
    for members, evidence in _unsure_groups(connection, glued):
        parts = part_group(members, evidence, join_threshold=bounds.join, split=bounds.split, most_records=most_records)
        for person_part in parts:
            person_of[person_part] = person_part[0]
    return person_of


def _unsure_groups(
    connection: duckdb.DuckDBPyConnection, glued: Sequence[RecordPair]
) -> Iterable[tuple[list[int], Evidence]]:
    """The groups that may have to be parted, each with the evidence on its own records."""
    members: dict[int, list[int]] = {}
    group_of: dict[int, int] = {}
    for group_number, record_number in query_rows(
        connection, "select grp, uid from grouped semi join unsure using (grp) order by grp, uid"
    ):
        members.setdefault(group_number, []).append(record_number)
        group_of[record_number] = group_number
    evidence = {group_number: Evidence() for group_number in members}
    for first_record, second_record in glued:
        if first_record in group_of:
            evidence[group_of[first_record]].glued.append((first_record, second_record))
    for first_record, second_record in query_rows(
        connection, f"select uid_l, uid_r from judged where force = {_BARRED}"
    ):
        if first_record in group_of and group_of[first_record] == group_of.get(second_record):
            evidence[group_of[first_record]].told_apart.add((first_record, second_record))
            evidence[group_of[first_record]].barred.add((first_record, second_record))
    evidence_rows = connection.sql("select * from within semi join unsure using (grp)").fetchnumpy()
    for grp, first_record, second_record, weight, barred in zip(
        *(column.tolist() for column in evidence_rows.values()), strict=True
    ):
        evidence[grp].weights[first_record, second_record] = weight
        if barred:
            evidence[grp].barred.add((first_record, second_record))
    for grp, group_members in members.items():
        yield group_members, evidence[grp]
