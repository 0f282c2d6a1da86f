"""The SQL statements of one request, for the trace page of whoever changes the site: no value, so nothing to authorise or log."""

from __future__ import annotations

from contextlib import AbstractContextManager

from duecare.store.database import statement_log


def statements_recorded(statements: list[tuple[str, float]]) -> AbstractContextManager[None]:
    """Inside, each SQL statement is added to the list as written in the code, with its time in milliseconds."""
    return statement_log.statements_recorded(statements)
