"""Each SQL statement in the server log, as written in the code: its values are left out."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from duecare.server_log import server_logger

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def log_statements() -> None:
    """Log each statement that a connection of this process runs from now on, with its time."""
    connection_created.connect(_log_connection, dispatch_uid="duecare.statement_log")
    if connection.connection is not None:
        _log_connection(connection=connection)


def statements_recorded(statements: list[tuple[str, float]]) -> AbstractContextManager[None]:
    """Inside, each statement of this process's connection is added to the list, with its time in milliseconds."""

    def record(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            statements.append((sql, round((time.monotonic() - began) * 1000, 1)))

    return connection.execute_wrapper(record)


def _log_connection(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    if _log_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(_log_statement)


def _log_statement(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    began = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        server_logger().info("sql", sql=sql, milliseconds=round((time.monotonic() - began) * 1000, 1))
