"""How frequent each name, birth date and home is among the records linked, for whoever weighs one of them afterwards."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from duecare.linkage.prepared_records import TABLE
from duecare.person.weigh import COUNTED


def counted_terms(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The terms that two records or more have, and how many records have any of the column.

    Shape:   column, term, number; the term of a column as a whole is empty.
    """
    term_selects = " union all ".join(
        f"select '{column}' as \"column\", {column} as term, count(*) as number from {TABLE} where {column} is not null"
        f" group by all having count(*) > 1 union all select '{column}', '', count({column}) from {TABLE}"
        for column in COUNTED
    )
    return connection.sql(f"{term_selects} order by 1, 2").to_arrow_table()


def no_terms() -> pa.Table:
    """The terms of no records at all."""
    empty_text = pa.array([], pa.string())
    return pa.table({"column": empty_text, "term": empty_text, "number": pa.array([], pa.int64())})
