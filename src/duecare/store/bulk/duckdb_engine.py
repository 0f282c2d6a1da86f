"""DuckDB as the engine that duties are judged on: runs the SQL and keeps its tables."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from duecare.duty.engine.engine_protocol import EngineRow
from duecare.duty.engine.units import sql_text

AT_ONCE = 10_000
TYPES = {
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DOUBLE": pa.float64(),
}


@dataclass(frozen=True, slots=True)
class Duck:
    """DuckDB, by the connection that works it out."""

    connection: duckdb.DuckDBPyConnection

    def keep(self, name: str, select: str) -> None:
        """Work out this SELECT and keep it as the table `name`, in place of one of that name."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {select}")

    def rows(self, select: str) -> list[EngineRow]:
        """The rows of this SELECT."""
        return self.connection.execute(select).fetchall()

    def stream(self, select: str) -> Iterator[EngineRow]:
        """The same, a few at a time; several may be read side by side.

        Shape:   all rows are written to a file first and read from there, in their order: a sorted result that is read
                 only in part keeps its memory, none of which can be spilled, and several together pass the limit.
        """
        with tempfile.TemporaryDirectory(prefix="duecare-") as folder:
            parquet_path = str(Path(folder) / "rows.parquet")
            with self.connection.cursor() as cursor:
                cursor.execute(
                    f"COPY ({select}) TO {sql_text(parquet_path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {AT_ONCE})"
                )
            with pq.ParquetFile(parquet_path) as written:
                for batch in written.iter_batches(AT_ONCE):
                    yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Keep these rows as the table `name`."""
        kept_rows = list(rows)
        sheet = [list(column) for column in zip(*kept_rows, strict=True)] or [[] for _ in columns]
        arrays = [
            pa.array(values, TYPES[column_type]) for values, column_type in zip(sheet, columns.values(), strict=True)
        ]
        self.connection.register("loading", pa.table(dict(zip(columns, arrays, strict=True))))
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM loading")
        self.connection.unregister("loading")

    def json(self, column: str, field: str) -> str:
        """The expression for the JSON text of this field of a column of JSON text; NULL where it is not there."""
        json_path = '$."' + field.replace("'", "''") + '"'
        return f"CAST(json_extract({column}, '{json_path}') AS VARCHAR)"

    def has(self, name: str) -> bool:
        """True where there is a table of this name."""
        return bool(self.rows(f"SELECT 1 FROM duckdb_tables() WHERE table_name = '{name}'"))

    def forget(self, *names: str) -> None:
        """Let these tables go; one that is not there is no fault."""
        for table_name in names:
            self.connection.execute(f"DROP TABLE IF EXISTS {table_name}")
