"""What linkage answers: people with their lasting ids, and the pairs that a human may want to see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from duecare.linkage.grouping import Numbers
from duecare.linkage.prepared_records import TABLE, WRITTEN, query_rows
from duecare.person.cluster import RecordPair
from duecare.vocabulary.london_clock import read_time

_NEVER: Final = np.iinfo(np.int64).max
_PLAIN_TIME: Final = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
"""An instant that the engine reads as `read_time` would."""


def cluster_table(connection: duckdb.DuckDBPyConnection, person: Numbers) -> pa.Table:
    """The person of each record, in order of source and record_id.

    Shape:   source, record_id, person, the lasting id of whoever the record is, as `record_person_id` of its `founder`.
    """
    founders = _cluster_founders(connection, person)
    record_numbers = np.arange(len(person), dtype=np.int32)
    connection.register("person_now", pa.table({"uid": record_numbers, "founder": founders[person]}))
    cluster_rows = connection.sql(f"""
        select o.source, o.record_id, left(sha256(f.source || chr(31) || f.record_id), 16) as person
        from person_now p join {TABLE} o on o.uid = p.uid join {TABLE} f on f.uid = p.founder
        order by o.uid
    """).to_arrow_table()
    connection.unregister("person_now")
    return cluster_rows.cast(pa.schema([(column_name, pa.string()) for column_name in cluster_rows.column_names]))


def _cluster_founders(connection: duckdb.DuckDBPyConnection, person: Numbers) -> Numbers:
    """The founding record of each person, by the number of the person's smallest record: the earliest, then the smallest."""
    group_sizes = np.bincount(person, minlength=len(person))
    several = np.flatnonzero(group_sizes[person] > 1).astype(np.int32)
    founders = np.arange(len(person), dtype=np.int32)
    if len(several) == 0:
        return founders
    times = _written_times(connection, several)
    order = np.lexsort((several, times, person[several]))
    names, places = np.unique(person[several][order], return_index=True)
    founders[names] = several[order][places]
    return founders


def _written_times(connection: duckdb.DuckDBPyConnection, records: Numbers) -> np.ndarray[Any, np.dtype[np.int64]]:
    """When each of these was written, as far as is known; later than ever where it is not."""
    connection.register("asked_now", pa.table({"uid": records}))
    ((column_type,),) = query_rows(connection, f"select any_value(typeof(written_at)) from {WRITTEN}")
    if column_type.startswith("TIMESTAMP"):
        written_rows = connection.sql(
            f"select written_at from {WRITTEN} semi join asked_now using (uid) order by uid"
        ).to_arrow_table()
        column = written_rows.column("written_at").cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
        times: np.ndarray[Any, np.dtype[np.int64]] = column.fill_null(_NEVER).to_numpy()
    else:
        written_rows = connection.sql(f"""
            select
                written_at,
                case when regexp_full_match(written_at, '{_PLAIN_TIME}') then epoch_us(try_cast(written_at as timestamptz)) end
                    as us
            from (select uid, written_at::varchar as written_at from {WRITTEN} semi join asked_now using (uid))
            order by uid
        """).to_arrow_table()
        times = written_rows.column("us").fill_null(_NEVER).to_numpy().copy()
        texts = written_rows.column("written_at").filter(written_rows.column("us").is_null()).to_pylist()
        for place, cell_text in zip(np.flatnonzero(times == _NEVER), texts, strict=True):
            earliest = read_time(cell_text).when.earliest if cell_text else None
            if earliest is not None:
                times[place] = round(earliest.timestamp()) * 1_000_000
    connection.unregister("asked_now")
    return times


def seen_pairs(
    connection: duckdb.DuckDBPyConnection, person: Numbers, judged_pairs: Iterable[RecordPair], review: float
) -> tuple[pa.Table, int]:
    """The pairs from the review threshold on, and how many of them a human should review.

    Shape:   a, b, weight, probability, levels, held, in order; to be looked at are those that are not of one person and
             of which no human has `judged_pairs`.
    """
    record_numbers = np.arange(len(person), dtype=np.int32)
    judged = np.array([*judged_pairs], np.int32).reshape(-1, 2)
    connection.register("person_now", pa.table({"uid": record_numbers, "person": person}))
    connection.register("told_now", pa.table({"uid_l": judged[:, 0], "uid_r": judged[:, 1]}))
    pairs = connection.sql(f"""
        select
            l.source || ':' || l.record_id as a, r.source || ':' || r.record_id as b, weight,
            case when weight >= 0 then 1 / (1 + pow(2.0, -weight)) else pow(2.0, weight) / (1 + pow(2.0, weight)) end
                as probability,
            levels, held
        from scored_guarded join {TABLE} l on l.uid = uid_l join {TABLE} r on r.uid = uid_r
        where weight >= {review}
        order by uid_l, uid_r
    """).to_arrow_table()
    ((for_review,),) = query_rows(
        connection,
        f"""
        select count(*)
        from (select uid_l, uid_r from scored_guarded where weight >= {review}) anti join told_now using (uid_l, uid_r)
        join person_now l on l.uid = uid_l join person_now r on r.uid = uid_r
        where l.person <> r.person
    """,
    )
    connection.unregister("told_now")
    connection.unregister("person_now")
    return pairs, int(for_review)
