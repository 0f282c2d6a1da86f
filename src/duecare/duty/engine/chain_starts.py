"""In SQL: which facts begin occurrences of a duty: the preferred starts of each case, and returns from an absence."""

from __future__ import annotations

from duecare.duty.engine.duty_groups import PARTS, DutyShape, TimePlace
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.readings_sql import Packing

STARTS = "sheet, p, idx, c, lead, event, moment, case_no"
"""The columns of every `M_start`: `p` names a group of starts of a sheet that wait for each other, in the order of `idx`;
`c` the chain that a start's occurrences are of, which begins with that fact; `lead` orders the chains of a sheet."""


def drop_starts_outside(engine: Engine, manner: DutyShape, packing: Packing) -> None:
    """Leave out the starts at which the state that they need does not stand."""
    if not manner.needs_a_state:
        return
    prefix = manner.name
    within = [number for number, duty in manner.duties if duty.during is not None]
    began, ceased = PARTS["began"], PARTS["ceased"]
    engine.load(f"{prefix}_during", {"duty": "INTEGER"}, [(number,) for number in within])
    engine.keep(
        f"{prefix}_outside",
        f"SELECT s.sheet, s.event, max(CASE WHEN x.part = {began} THEN x.spot END) AS began,"
        f" max(CASE WHEN x.part = {ceased} THEN x.spot END) AS ceased FROM {prefix}_begun_all s LEFT JOIN {prefix}_placed x"
        f" ON x.sheet = s.sheet AND x.part IN ({began}, {ceased}) AND x.moment <= s.moment GROUP BY s.sheet, s.event",
    )
    engine.keep(
        f"{prefix}_begun",
        f"SELECT s.* FROM {prefix}_begun_all s JOIN {prefix}_outside o ON o.sheet = s.sheet AND o.event = s.event"
        f" LEFT JOIN {prefix}_during d ON d.duty = {packing.duty('s.sheet')} WHERE d.duty IS NULL"
        " OR o.began >= coalesce(o.ceased, -1)",
    )
    engine.forget(f"{prefix}_begun_all", f"{prefix}_outside", f"{prefix}_during")


def starts_by_case(engine: Engine, manner: DutyShape) -> None:
    """Make `M_start`: the preferred starts of each case; those of one case wait for each other."""
    prefix = manner.name
    engine.keep(
        f"{prefix}_start",
        "SELECT sheet, first_value(event) OVER w AS p, row_number() OVER w AS idx, event AS c, spot AS lead, event, moment,"
        f" case_no FROM ({preferred_rows(f'{prefix}_begun', 'sheet, origin')}) WINDOW w AS (PARTITION "
        f"BY sheet, origin ORDER BY spot)",
    )


def preferred_rows(table: str, partition: str) -> str:
    """The starts of the best level in each group."""
    return (
        f"SELECT * FROM (SELECT *, min(level) OVER (PARTITION BY {partition}) AS best FROM {table}) WHERE level = best"
    )


def starts_beside_absences(engine: Engine, manner: DutyShape) -> None:
    """Make `M_start` with the returns that no ending followed; all of a sheet wait for each other.

    Shape:   further `origin`, `is_return`, and `first_at`, when the first start of the same case is.
    """
    assert manner.lies is TimePlace.BESIDE_ABSENCES
    prefix = manner.name
    left_part, returned, ended = PARTS["left"], PARTS["returned"], PARTS["ended"]
    engine.keep(
        f"{prefix}_chosen",
        f"SELECT sheet, spot, moment, event, case_no, origin, min(moment) OVER (PARTITION BY sheet, origin) AS first_at FROM"
        f" ({preferred_rows(f'{prefix}_begun', 'sheet, origin')})",
    )
    engine.keep(
        f"{prefix}_return",
        "SELECT b.sheet, b.spot, b.moment, b.event, b.case_no FROM (SELECT x.sheet, x.spot, x.moment, x.event, x.case_no,"
        f" max(s.moment) AS begun_at FROM {prefix}_placed x JOIN {prefix}_chosen s ON s.sheet = x.sheet AND s.moment <= x.moment"
        f" WHERE x.part = {returned} GROUP BY x.sheet, x.spot, x.moment, x.event, x.case_no) b WHERE NOT EXISTS (SELECT 1"
        f" FROM {prefix}_placed e WHERE e.sheet = b.sheet AND e.part = {ended} AND e.moment > "
        f"b.begun_at AND e.moment <= b.moment)",
    )
    engine.keep(
        f"{prefix}_either",
        f"SELECT s.*, FALSE AS is_return FROM {prefix}_chosen s WHERE NOT EXISTS (SELECT 1 FROM {prefix}_return r WHERE"
        f" r.sheet = s.sheet AND r.event = s.event) UNION ALL SELECT sheet, spot, moment, event, case_no, 0, moment, TRUE"
        f" FROM {prefix}_return",
    )
    gone_sql = f"max(CASE WHEN x.part = {left_part} AND x.moment < e.moment THEN x.moment END) AS left_at"
    here_sql = f"max(CASE WHEN x.part = {returned} AND x.moment <= e.moment THEN x.moment END) AS back_at"
    columns = "e.sheet, e.spot, e.moment, e.event, e.case_no, e.origin, e.first_at, e.is_return"
    engine.keep(
        f"{prefix}_start",
        "SELECT sheet, first_value(event) OVER w AS p, row_number() OVER w AS idx, event AS c, spot AS lead, event, moment,"
        f" case_no, origin, is_return, first_at FROM (SELECT {columns}, {gone_sql}, {here_sql} FROM {prefix}_either e"
        f" LEFT JOIN {prefix}_placed x ON x.sheet = e.sheet AND x.part IN ({left_part}, {returned}) GROUP BY {columns})"
        " WHERE left_at IS NULL OR back_at >= left_at WINDOW w AS (PARTITION BY sheet ORDER BY spot)",
    )
    engine.forget(f"{prefix}_chosen", f"{prefix}_return", f"{prefix}_either")
