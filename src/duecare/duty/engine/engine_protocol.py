"""The protocol of an engine that judges duties, as DuckDB and Spark follow it: run SQL, keep its tables, load small ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

EngineRow = tuple[Any, ...]


class Engine(Protocol):
    """The engine that stores the tables and runs the SQL: a small part of DuckDB's SQL, read alike by others."""

    def keep(self, table_name: str, select: str) -> None:
        """Work out this SELECT and keep it as the table `table_name`, in place of one of that name."""

    def rows(self, select: str) -> list[EngineRow]:
        """The rows of this SELECT."""

    def stream(self, select: str) -> Iterator[EngineRow]:
        """The same, a few at a time; several may be read side by side."""

    def load(self, table_name: str, columns: Mapping[str, str], table_rows: Iterable[Sequence[object]]) -> None:
        """Keep these rows as the table `table_name`; `columns` are names with BIGINT, INTEGER, VARCHAR, BOOLEAN or DOUBLE."""

    def json(self, column: str, field: str) -> str:
        """The expression for the JSON text of this field of a column of JSON text; NULL where it is not there."""

    def forget(self, *names: str) -> None:
        """Let these tables go; one that is not there is no fault."""
