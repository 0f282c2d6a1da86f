"""In SQL: the chains of occurrences, one turn after another of all that still run, until none does."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.duty.engine.duty_groups import PARTS, DutyShape, TimePlace
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.episodes_sql import take_until
from duecare.duty.engine.limits_sql import Calendar
from duecare.duty.engine.next_occurrence import next_occurrence_select
from duecare.duty.engine.readings_sql import Packing
from duecare.duty.engine.turns import TurnStep

AT_ONCE = 24
"""So many turns are put together into one table at a time."""


@dataclass(slots=True)
class Chains:
    """All chains of a manner; `M_start` is there. Keeps `M_row`, every occurrence, with the `turn_no` that made it."""

    engine: Engine
    manner: DutyShape
    packing: Packing
    calendar: Calendar
    as_of: int
    _made: list[str] = field(default_factory=list)

    def follow(self) -> bool:
        """Work out every occurrence; True if there is any."""
        prefix = self.manner.name
        if self.manner.lies is TimePlace.AFTER_EPISODES:
            self._find_until()
        self._run()
        if not self._made:
            return False
        self._put_together(f"{prefix}_row")
        self._made = []
        return True

    def _find_until(self) -> None:
        """Find the starts that begin a chain: one at which the last chain of its case still runs begins none."""
        prefix = self.manner.name
        self.engine.keep(f"{prefix}_all", f"SELECT * FROM {prefix}_start")
        waits = f"SELECT DISTINCT sheet, p FROM {prefix}_start WHERE idx > 1"
        self.engine.keep(
            f"{prefix}_start", f"SELECT s.* FROM {prefix}_all s JOIN ({waits}) w ON w.sheet = s.sheet AND w.p = s.p"
        )
        began = self._run()
        self._forget()
        begun_selects = " UNION ".join(
            [
                f"SELECT sheet, c FROM {prefix}_all WHERE idx = 1",
                *(f"SELECT sheet, c FROM {begun_table}" for begun_table in began),
            ]
        )
        self.engine.keep(f"{prefix}_start", f"SELECT * FROM {prefix}_all")
        take_until(self.engine, self.manner, begun_selects)
        self.engine.forget(f"{prefix}_all", *began)

    def _run(self) -> list[str]:
        """Follow every chain of `M_start`; returns the tables of the starts that began one after another of their group."""
        prefix = self.manner.name
        turn_step = TurnStep(self.engine, self.manner, self.packing, self.calendar, self.as_of)
        self._closings()
        self.engine.keep(f"{prefix}_rest", f"SELECT * FROM {prefix}_start WHERE idx > 1")
        rests = self._any(f"{prefix}_rest")
        self.engine.keep(f"{prefix}_front", f"{self._front(f'{prefix}_start s', turn_step)} WHERE s.idx = 1")
        began: list[str] = []
        past_table: str | None = None
        number = 0
        while self._any(f"{prefix}_front"):
            number += 1
            made_table = f"{prefix}_made_{number}"
            turn_step.take(f"{prefix}_front", past_table if self.manner.spends else None, made_table)
            self._made.append(made_table)
            if rests or self.manner.spends:
                past_table = self._remember(made_table, past_table)
            self._go_on(made_table, past_table, turn_step, rests)
            if rests and self.manner.lies is TimePlace.AFTER_EPISODES:
                began.append(f"{prefix}_began_{number}")
                self.engine.keep(began[-1], f"SELECT sheet, c FROM {prefix}_front WHERE turn = 0")
            if len(self._made) >= AT_ONCE:
                self._put_together(f"{prefix}_made_to_{number}")
        self.engine.forget(
            f"{prefix}_rest", f"{prefix}_front", f"{prefix}_past_0", f"{prefix}_past_1", f"{prefix}_closing"
        )
        return began

    # --- from one turn to the next ----------------------------------------------------------------------------------

    def _front(self, starts: str, turn_step: TurnStep) -> str:
        """The SELECT of the first turn of these starts."""
        first_columns = {
            "duty": self.packing.duty("s.sheet"),
            "n": "CAST(1 AS INTEGER)",
            "trigger": "s.event",
            "number": "CAST(1 AS INTEGER)",
            "start": "s.moment",
            "turn": "CAST(0 AS INTEGER)",
            "again": "FALSE",
            "first_case": "s.case_no",
            "base": "CAST(NULL AS BIGINT)",
            "begun_at": "s.moment",
            "is_absence": "FALSE",
        }
        columns = [
            f"{first_columns.get(column_name, 's.' + column_name)} AS {column_name}" for column_name in turn_step.kept()
        ]
        return f"SELECT {', '.join(columns)} FROM {starts}"

    def _closings(self) -> None:
        """Make `M_closing`: the closings that no later reopening of the same case undoes."""
        if not self.manner.ends_with_case:
            return
        prefix = self.manner.name
        closed, told_by_row, reopened = (
            PARTS[part_name] for part_name in ("case_closed", "row_closed", "case_reopened")
        )
        self.engine.keep(
            f"{prefix}_closing",
            f"SELECT x.sheet, x.case_no, x.spot, x.moment, x.part = {told_by_row} AS is_row FROM "
            f"{prefix}_placed x LEFT JOIN (SELECT"
            f" sheet, case_no, max(spot) AS spot FROM {prefix}_placed WHERE part = {reopened} GROUP BY sheet, case_no) r"
            " ON r.sheet = x.sheet AND r.case_no = x.case_no"
            f" WHERE x.part IN ({closed}, {told_by_row}) AND (r.spot IS NULL OR x.spot > r.spot)",
        )

    def _remember(self, made_table: str, past_table: str | None) -> str:
        """Keep what later starts and turns of the groups still at work must know of the occurrences so far."""
        prefix = self.manner.name
        beside = ", origin, is_return, begun_at" if self.manner.lies is TimePlace.BESIDE_ABSENCES else ""
        select = f"SELECT sheet, p, c, start, stopped_at, met AS event{beside} FROM {made_table}"
        if past_table is not None:
            select += (
                f" UNION ALL SELECT x.* FROM {past_table} x JOIN {prefix}_front f ON f.sheet = x.sheet AND f.p = x.p"
            )
        next_past = f"{prefix}_past_1" if past_table == f"{prefix}_past_0" else f"{prefix}_past_0"
        self.engine.keep(next_past, select)
        if past_table is not None:
            self.engine.forget(past_table)
        return next_past

    def _go_on(self, made_table: str, past_table: str | None, turn_step: TurnStep, rests: bool) -> None:
        """Make the next `M_front`: the chains that go on, and where one has ended, the next start that may begin one."""
        prefix = self.manner.name
        if self.manner.is_long:
            self.engine.keep(
                f"{prefix}_on",
                next_occurrence_select(self.manner, self.packing, self.as_of, made_table, turn_step.kept()),
            )
        if rests:
            assert past_table is not None
            self.engine.keep(f"{prefix}_new", self._next_starts(past_table, turn_step))
        tables = [f"{prefix}_on"] * self.manner.is_long + [f"{prefix}_new"] * rests
        if tables:
            self.engine.keep(f"{prefix}_front", " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables))
        else:
            self.engine.keep(f"{prefix}_front", f"SELECT * FROM {prefix}_front WHERE FALSE")
        self.engine.forget(f"{prefix}_on", f"{prefix}_new")

    def _next_starts(self, past_table: str, turn_step: TurnStep) -> str:
        """Of the groups whose chain has ended, the next start at which no occurrence runs."""
        prefix = self.manner.name
        on_table = f"{prefix}_on" if self.manner.is_long else None
        done_select = f"SELECT f.sheet, f.p, f.idx, f.c FROM {prefix}_front f"
        if on_table is not None:
            done_select += f" WHERE NOT EXISTS (SELECT 1 FROM {on_table} o WHERE o.sheet = f.sheet AND o.p = f.p)"
        runs_clause = "s.moment >= x.start AND (s.moment = x.start OR x.stopped_at IS NULL OR s.moment < x.stopped_at)"
        match self.manner.lies:
            case TimePlace.AFTER_EPISODES:
                hinders = f"x.c = s.last_c AND {runs_clause}"
            case TimePlace.BESIDE_ABSENCES:
                same_clause = (
                    "s.is_return OR (x.is_return AND s.first_at <= x.begun_at) OR (NOT x.is_return AND "
                    "x.origin = s.origin)"
                )
                hinders = f"({same_clause}) AND (s.once OR ({runs_clause}))"
            case TimePlace.WITHIN_EPISODES:
                hinders = runs_clause
            case _:
                hinders = f"(s.once OR ({runs_clause}))"
        waiting = (
            f"SELECT s.*, d.c AS last_c, w.once FROM {prefix}_rest s JOIN ({done_select}) d ON d.sheet = s.sheet AND d.p = s.p"
            f" AND s.idx > d.idx JOIN duty_way w ON w.duty = {self.packing.duty('s.sheet')}"
        )
        free_clause = (
            f"SELECT s.*, row_number() OVER (PARTITION BY s.sheet, s.p ORDER BY s.idx) AS first FROM ({waiting}) s"
            f" WHERE NOT EXISTS (SELECT 1 FROM {past_table} x WHERE x.sheet = s.sheet AND x.p = s.p AND {hinders})"
        )
        return f"{self._front(f'({free_clause}) s', turn_step)} WHERE s.first = 1"

    # --- tables -----------------------------------------------------------------------------------------------------

    def _put_together(self, table_name: str) -> None:
        self.engine.keep(table_name, " UNION ALL ".join(f"SELECT * FROM {made_table}" for made_table in self._made))
        self._forget()
        self._made = [table_name]

    def _forget(self) -> None:
        self.engine.forget(*self._made)
        self._made = []

    def _any(self, table: str) -> bool:
        return bool(self.engine.rows(f"SELECT 1 FROM {table} LIMIT 1"))
