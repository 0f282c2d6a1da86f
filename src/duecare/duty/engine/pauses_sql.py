"""In SQL: the spans in which a clock stands still, in every reading, and by how much they put off a limit in elapsed hours."""

from __future__ import annotations

from duecare.duty.engine.duty_groups import PARTS, DutyShape
from duecare.duty.engine.engine_protocol import Engine

PAUSED, RESUMED = PARTS["paused"], PARTS["resumed"]


def make_pauses(engine: Engine, manner: DutyShape) -> None:
    """Make `M_pause(sheet, spot, from_at, to_at, event)`; `to_at` NULL where nothing ends it."""
    prefix = manner.name
    partition = "PARTITION BY sheet ORDER BY spot"
    facts = (
        f"SELECT sheet, spot, moment, event, max(CASE WHEN part = {RESUMED} THEN 1 ELSE 0 END) AS resumes FROM {prefix}_placed"
        f" WHERE part IN ({PAUSED}, {RESUMED}) GROUP BY sheet, spot, moment, event"
    )
    engine.keep(
        f"{prefix}_pause",
        f"SELECT sheet, spot, moment AS from_at, to_at, event FROM (SELECT *, lag(resumes) OVER ({partition}) AS before,"
        f" min(CASE WHEN resumes = 1 THEN moment END) OVER ({partition} ROWS BETWEEN CURRENT ROW AND "
        f"UNBOUNDED FOLLOWING) AS to_at"
        f" FROM ({facts})) WHERE resumes = 0 AND coalesce(before, 1) = 1",
    )


def clipped_select(manner: DutyShape, table_rows: str, as_of: int, columns: str) -> str:
    """The SELECT of the stops of each row, within its start and what stopped it: from, to, and the pausing fact."""
    end_sql = f"least({as_of}, d.limit_until)"
    first_sql, last_sql = "greatest(x.from_at, d.start)", f"least(x.to_at, {end_sql})"
    return (
        f"SELECT {columns}, x.spot, x.event, {first_sql} AS stop_from, {last_sql} AS stop_to FROM {table_rows} d"
        f" JOIN {manner.name}_pause x ON x.sheet = d.sheet WHERE {first_sql} < {last_sql}"
    )


def put_off(engine: Engine, manner: DutyShape, due_table: str, as_of: int) -> None:
    """Make `M_longer(sheet, p, longer, stops)`: by how much its stops put off each limit of `due_table`, and how many they are.

    Shape:   a stop counts where it begins before the limit as the earlier ones have put it off.
    """
    partition = "PARTITION BY sheet, p ORDER BY spot ROWS BETWEEN UNBOUNDED PRECEDING AND"
    table_rows = f"(SELECT * FROM {due_table} WHERE put_at IS NOT NULL AND due_on IS NULL)"
    engine.keep(
        f"{manner.name}_longer",
        f"WITH s AS ({clipped_select(manner, table_rows, as_of, 'd.sheet, d.p, d.put_at')}),"
        f" t AS (SELECT *, coalesce(sum(stop_to - stop_from) OVER ({partition} 1 PRECEDING), 0) AS before FROM s),"
        f" u AS (SELECT *, max(CASE WHEN stop_from >= put_at + before THEN 1 ELSE 0 END) OVER ({partition} CURRENT ROW) AS past"
        " FROM t) SELECT sheet, p, CAST(sum(stop_to - stop_from) AS BIGINT) AS longer, count(*) AS stops FROM u"
        " WHERE past = 0 GROUP BY sheet, p",
    )
