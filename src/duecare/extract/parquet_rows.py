"""Reads a Parquet file row by row, every value as the text that a CSV of the same would contain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import orjson

from duecare.extract.reading_limits import Limits
from duecare.extract.table_reader import Broken, Cells, HowRead
from duecare.vocabulary.refusals import Refusal

BATCH = 2_000


class Columnar:
    """A Parquet file opened for reading.

    Raises:  EXT-013 when it is no whole Parquet file, or holds a column that cannot be read as text.
    """

    def __init__(self, file_path: Path, limits: Limits) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._name = file_path.name
        try:
            self._file = pq.ParquetFile(file_path, memory_map=False, pre_buffer=False)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _broken_file(file_path.name, error) from None
        if len(schema.names) > limits.columns:
            raise Refusal("EXT-012", where=f"file {file_path.name}", found=f"more than {limits.columns} columns")
        self.header = tuple(str(column_name).strip() for column_name in schema.names)
        self.how = HowRead("parquet")

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows, in order; row 2 is the first, as in a spreadsheet with a header."""
        import pyarrow as pa

        row_number = 1
        try:
            for batch in self._file.iter_batches(batch_size=BATCH, use_threads=False):
                columns = [_column_texts(column) for column in batch.columns]
                for row_in_batch in range(batch.num_rows):
                    row_number += 1
                    yield Cells(row_number, [column[row_in_batch] for column in columns])
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            raise _broken_file(self._name, error) from None


def _column_texts(column: object) -> list[str]:
    import pyarrow as pa

    column_type = column.type  # type: ignore[attr-defined]
    if pa.types.is_timestamp(column_type) and column_type.unit == "ns":
        column = column.cast(pa.timestamp("us", column_type.tz), safe=False)  # type: ignore[attr-defined]
    if pa.types.is_null(column_type):
        return [""] * len(column)  # type: ignore[arg-type]
    return [value if type(value) is str else as_text(value) for value in column.to_pylist()]  # type: ignore[attr-defined]


def as_text(value: object) -> str:
    """The text of this value in a CSV file; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, list | tuple):
        if value and all(isinstance(map_entry, tuple) and len(map_entry) == 2 for map_entry in value):
            return _object_text(dict(value))
        return ";".join(as_text(list_item) for list_item in value)
    if isinstance(value, dict):
        return _object_text(value)
    return str(value)


def _object_text(value: dict[object, object]) -> str:
    kept_fields = {str(field_name): field_value for field_name, field_value in value.items() if field_value is not None}
    try:
        return orjson.dumps(kept_fields, default=str).decode()
    except TypeError:
        return "{"  # not JSON: its row is set aside


def _broken_file(file_name: str, error: Exception) -> Refusal:
    return Refusal("EXT-013", where=f"file {file_name}", found=f"not a whole Parquet file ({type(error).__name__})")
