"""Reads a Parquet file row by row, every value as the text that a CSV of the same would hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import orjson

from duecare.extract.kinds import Broken, Cells, HowRead
from duecare.extract.limits import Limits
from duecare.vocabulary.refusals import Refusal

BATCH = 2_000


class Columnar:
    """A Parquet file opened for reading.

    Raises:  EXT-013 when it is no whole Parquet file, or holds a column that cannot be read as text.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._name = path.name
        try:
            self._file = pq.ParquetFile(path, memory_map=False, pre_buffer=False)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError) as wrong:
            raise _broken(path.name, wrong) from None
        if len(schema.names) > limits.columns:
            raise Refusal("EXT-012", where=f"file {path.name}", found=f"more than {limits.columns} columns")
        self.header = tuple(str(name).strip() for name in schema.names)
        self.how = HowRead("parquet")

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows, in order; row 2 is the first, as in a spreadsheet with a header."""
        import pyarrow as pa

        row = 1
        try:
            for batch in self._file.iter_batches(batch_size=BATCH, use_threads=False):
                columns = [_texts(column) for column in batch.columns]
                for i in range(batch.num_rows):
                    row += 1
                    yield Cells(row, [column[i] for column in columns])
        except (pa.ArrowException, OSError, ValueError, OverflowError) as wrong:
            raise _broken(self._name, wrong) from None


def _texts(column: object) -> list[str]:
    import pyarrow as pa

    kind = column.type  # type: ignore[attr-defined]
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)  # type: ignore[attr-defined]
    if pa.types.is_null(kind):
        return [""] * len(column)  # type: ignore[arg-type]
    return [value if type(value) is str else as_text(value) for value in column.to_pylist()]  # type: ignore[attr-defined]


def as_text(value: object) -> str:
    """What would a CSV file hold for this value? Empty for none."""
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
        if value and all(isinstance(one, tuple) and len(one) == 2 for one in value):
            return _object(dict(value))
        return ";".join(as_text(one) for one in value)
    if isinstance(value, dict):
        return _object(value)
    return str(value)


def _object(value: dict[object, object]) -> str:
    kept = {str(name): one for name, one in value.items() if one is not None}
    try:
        return orjson.dumps(kept, default=str).decode()
    except TypeError:
        return "{"  # not JSON: its row is set aside


def _broken(name: str, wrong: Exception) -> Refusal:
    return Refusal("EXT-013", where=f"file {name}", found=f"not a whole Parquet file ({type(wrong).__name__})")
