"""The standard records as a table of the engine: parts of dates, places and identifiers that comparisons and blocks read."""

from __future__ import annotations

from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from duecare.linkage.standard_columns import KEY_COLUMNS, standard_columns

TABLE = "standard"
WRITTEN: Final = "written"
_AT_ONCE: Final = 250_000
"""So many records are brought to standard form at once: what that takes of memory does not grow with their number."""

_STANDARD = """
select
    * replace ((uid + {first})::integer as uid),
    split_part(family, ' ', 1) as family_first,
    case when length(born) = 10 then born end as born_whole,
    born[1:4]::integer as born_year,
    case when length(born) >= 7 then born[6:7]::integer end as born_month,
    case when length(born) = 10 then born[9:10]::integer end as born_day,
    case when postcode like '% %' then left(postcode, length(postcode) - 2) end as sector,
    case when postcode like '% %' then split_part(postcode, ' ', 1) end as outcode,
    case when uprn is not null then 'u' || uprn
         when postcode is not null and home_number is not null then postcode || '#' || home_number
         when home_number is not null and len(address_words) >= 3 then array_to_string(address_words, ' ') end as home_key,
    emails[1] as email,
    case when cro not like 'SF%' then cro end as cro_sure,
    case when regexp_matches(upn, '[0-9]$') then upn end as upn_lasting,
    nullif(list_concat(
        list_filter([('pnc:' || pnc), ('cro:' || cro), ('nhs:' || nhs), ('upn:' || upn)], lambda x: x is not null),
        coalesce(other_ids, [])
    ), []) as ids,
    list_distinct(list_transform(ids, lambda x: split_part(x, ':', 1))) as id_kinds
from standard_columns_given
"""


def prepare_records(connection: duckdb.DuckDBPyConnection, records: pa.Table) -> int:
    """Make the tables `standard` and `written` of these records, and count them.

    Shape:   `standard` as `standard_columns`, with the parts that the comparisons read. `written`: uid, written_at, as given.
    """
    order = pc.sort_indices(records, sort_keys=[(column_name, "ascending") for column_name in KEY_COLUMNS])
    has_time = "written_at" in records.column_names
    for first_row in range(0, max(records.num_rows, 1), _AT_ONCE):
        some_records = records.take(order.slice(first_row, _AT_ONCE))
        times = some_records.column("written_at") if has_time else pa.nulls(some_records.num_rows, pa.string())
        written = {
            "uid": pa.array(range(first_row, first_row + some_records.num_rows), pa.int32()),
            "written_at": times,
        }
        for table, made_columns, select in (
            (TABLE, standard_columns(some_records), _STANDARD.format(first=first_row)),
            (WRITTEN, pa.table(written), "select * from standard_columns_given"),
        ):
            connection.register("standard_columns_given", made_columns)
            into_sql = f"insert into {table}" if first_row else f"create or replace table {table} as"
            # Raw, as all in this module: a DuckDB connection, which has no ORM.
            connection.execute(f"{into_sql} {select}")
            connection.unregister("standard_columns_given")
    return records.num_rows


def open_engine(threads: int, memory: str, spill: str) -> duckdb.DuckDBPyConnection:
    """An engine in memory, with so many threads and so much memory, that spills into the folder `spill`."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": spill,
            "preserve_insertion_order": False,
        },
    )
    # Its bar goes to standard output, where nothing but the answer may stand.
    connection.execute("SET enable_progress_bar = false")
    return connection


def query_rows(connection: duckdb.DuckDBPyConnection, query_text: str) -> list[tuple[Any, ...]]:
    """All rows of this answer. The engine lets nothing else happen on a connection while an answer is half read."""
    return connection.execute(query_text).fetchall()
