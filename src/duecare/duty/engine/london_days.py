"""Which day in London an instant falls on: looked up in a small table, so that no engine's own time zone counts."""

from __future__ import annotations

from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.units import day_of, to_micros, utc_day
from duecare.vocabulary.london_clock import start_of_day


def load_days(engine: Engine, table: str, select: str) -> None:
    """Load the table of the days on which the instants of this SELECT, of one column `moment`, may fall."""
    day_rows = [
        day_value
        for (day_value,) in engine.rows(
            f"SELECT DISTINCT {utc_day('moment')} AS n FROM ({select}) WHERE moment IS NOT NULL"
        )
    ]
    bounds = [
        (day_count, to_micros(start_of_day(day_of(day_count))), to_micros(start_of_day(day_of(day_count + 1))))
        for day_count in day_rows
    ]
    engine.load(table, {"utc_day": "INTEGER", "starts_at": "BIGINT", "next_at": "BIGINT"}, bounds)


def on_days(table: str, moment_column: str) -> str:
    """The condition that joins that table, as `table`, to an instant."""
    return f"{table}.utc_day = {utc_day(moment_column)}"


def london_day(table: str, moment_column: str) -> str:
    """The expression for the day of London on which an instant falls, that table being joined."""
    return (
        f"CAST({table}.utc_day + CASE WHEN {moment_column} < {table}.starts_at THEN -1 WHEN "
        f"{moment_column} >= {table}.next_at THEN 1 ELSE 0"
        " END AS INTEGER)"
    )
