"""The chains of occurrences: one turn after another of all that still run, until none does."""

from __future__ import annotations

from dataclasses import dataclass, field

from duecare.duty.engine.episodes import take_until
from duecare.duty.engine.following import following
from duecare.duty.engine.handed import Engine
from duecare.duty.engine.limits import Calendar
from duecare.duty.engine.manners import PARTS, Lies, Manner
from duecare.duty.engine.readings import Packing
from duecare.duty.engine.turns import Turn

AT_ONCE = 24
"""So many turns are put together into one table at a time."""


@dataclass(slots=True)
class Chains:
    """All chains of a manner; `M_start` is there. Keeps `M_row`, every occurrence, with the `turn_no` that made it."""

    engine: Engine
    manner: Manner
    packing: Packing
    calendar: Calendar
    as_of: int
    _made: list[str] = field(default_factory=list)

    def follow(self) -> bool:
        """Work out every occurrence; is there any?"""
        m = self.manner.name
        if self.manner.lies is Lies.AFTER_EPISODES:
            self._find_until()
        self._run()
        if not self._made:
            return False
        self._put_together(f"{m}_row")
        self._made = []
        return True

    def _find_until(self) -> None:
        """Which starts begin a chain, where one at which the last chain of its case still runs begins none?"""
        m = self.manner.name
        self.engine.keep(f"{m}_all", f"SELECT * FROM {m}_start")
        waits = f"SELECT DISTINCT sheet, p FROM {m}_start WHERE idx > 1"
        self.engine.keep(f"{m}_start", f"SELECT s.* FROM {m}_all s JOIN ({waits}) w ON w.sheet = s.sheet AND w.p = s.p")
        began = self._run()
        self._forget()
        begun = " UNION ".join(
            [f"SELECT sheet, c FROM {m}_all WHERE idx = 1", *(f"SELECT sheet, c FROM {t}" for t in began)]
        )
        self.engine.keep(f"{m}_start", f"SELECT * FROM {m}_all")
        take_until(self.engine, self.manner, begun)
        self.engine.forget(f"{m}_all", *began)

    def _run(self) -> list[str]:
        """Follow every chain of `M_start`; which tables hold the starts that began one after another of their group?"""
        m = self.manner.name
        turn = Turn(self.engine, self.manner, self.packing, self.calendar, self.as_of)
        self._closings()
        self.engine.keep(f"{m}_rest", f"SELECT * FROM {m}_start WHERE idx > 1")
        rests = self._any(f"{m}_rest")
        self.engine.keep(f"{m}_front", f"{self._front(f'{m}_start s', turn)} WHERE s.idx = 1")
        began: list[str] = []
        past: str | None = None
        number = 0
        while self._any(f"{m}_front"):
            number += 1
            made = f"{m}_made_{number}"
            turn.take(f"{m}_front", past if self.manner.spends else None, made)
            self._made.append(made)
            if rests or self.manner.spends:
                past = self._remember(made, past)
            self._go_on(made, past, turn, rests)
            if rests and self.manner.lies is Lies.AFTER_EPISODES:
                began.append(f"{m}_began_{number}")
                self.engine.keep(began[-1], f"SELECT sheet, c FROM {m}_front WHERE turn = 0")
            if len(self._made) >= AT_ONCE:
                self._put_together(f"{m}_made_to_{number}")
        self.engine.forget(f"{m}_rest", f"{m}_front", f"{m}_past_0", f"{m}_past_1", f"{m}_closing")
        return began

    # --- from one turn to the next ----------------------------------------------------------------------------------

    def _front(self, starts: str, turn: Turn) -> str:
        """The SELECT of the first turn of these starts."""
        first = {
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
        columns = [f"{first.get(name, 's.' + name)} AS {name}" for name in turn.kept()]
        return f"SELECT {', '.join(columns)} FROM {starts}"

    def _closings(self) -> None:
        """Make `M_closing`: the closings that no later reopening of the same case undoes."""
        if not self.manner.ends_with_case:
            return
        m = self.manner.name
        closed, told_by_row, reopened = (PARTS[part] for part in ("case_closed", "row_closed", "case_reopened"))
        self.engine.keep(
            f"{m}_closing",
            f"SELECT x.sheet, x.case_no, x.spot, x.moment, x.part = {told_by_row} AS is_row FROM {m}_placed x LEFT JOIN (SELECT"
            f" sheet, case_no, max(spot) AS spot FROM {m}_placed WHERE part = {reopened} GROUP BY sheet, case_no) r"
            " ON r.sheet = x.sheet AND r.case_no = x.case_no"
            f" WHERE x.part IN ({closed}, {told_by_row}) AND (r.spot IS NULL OR x.spot > r.spot)",
        )

    def _remember(self, made: str, past: str | None) -> str:
        """Keep what later starts and turns of the groups still at work must know of the occurrences so far."""
        m = self.manner.name
        beside = ", origin, is_return, begun_at" if self.manner.lies is Lies.BESIDE_ABSENCES else ""
        select = f"SELECT sheet, p, c, start, stopped_at, met AS event{beside} FROM {made}"
        if past is not None:
            select += f" UNION ALL SELECT x.* FROM {past} x JOIN {m}_front f ON f.sheet = x.sheet AND f.p = x.p"
        now = f"{m}_past_1" if past == f"{m}_past_0" else f"{m}_past_0"
        self.engine.keep(now, select)
        if past is not None:
            self.engine.forget(past)
        return now

    def _go_on(self, made: str, past: str | None, turn: Turn, rests: bool) -> None:
        """Make the next `M_front`: the chains that go on, and where one has ended, the next start that may begin one."""
        m = self.manner.name
        if self.manner.is_long:
            self.engine.keep(f"{m}_on", following(self.manner, self.packing, self.as_of, made, turn.kept()))
        if rests:
            assert past is not None
            self.engine.keep(f"{m}_new", self._next_starts(past, turn))
        tables = [f"{m}_on"] * self.manner.is_long + [f"{m}_new"] * rests
        if tables:
            self.engine.keep(f"{m}_front", " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables))
        else:
            self.engine.keep(f"{m}_front", f"SELECT * FROM {m}_front WHERE FALSE")
        self.engine.forget(f"{m}_on", f"{m}_new")

    def _next_starts(self, past: str, turn: Turn) -> str:
        """Of the groups whose chain has ended, the next start at which no occurrence runs."""
        m = self.manner.name
        on = f"{m}_on" if self.manner.is_long else None
        done = f"SELECT f.sheet, f.p, f.idx, f.c FROM {m}_front f"
        if on is not None:
            done += f" WHERE NOT EXISTS (SELECT 1 FROM {on} o WHERE o.sheet = f.sheet AND o.p = f.p)"
        runs = "s.moment >= x.start AND (s.moment = x.start OR x.stopped_at IS NULL OR s.moment < x.stopped_at)"
        match self.manner.lies:
            case Lies.AFTER_EPISODES:
                hinders = f"x.c = s.last_c AND {runs}"
            case Lies.BESIDE_ABSENCES:
                same = "s.is_return OR (x.is_return AND s.first_at <= x.begun_at) OR (NOT x.is_return AND x.origin = s.origin)"
                hinders = f"({same}) AND (s.once OR ({runs}))"
            case Lies.WITHIN_EPISODES:
                hinders = runs
            case _:
                hinders = f"(s.once OR ({runs}))"
        waiting = (
            f"SELECT s.*, d.c AS last_c, w.once FROM {m}_rest s JOIN ({done}) d ON d.sheet = s.sheet AND d.p = s.p"
            f" AND s.idx > d.idx JOIN duty_way w ON w.duty = {self.packing.duty('s.sheet')}"
        )
        free = (
            f"SELECT s.*, row_number() OVER (PARTITION BY s.sheet, s.p ORDER BY s.idx) AS first FROM ({waiting}) s"
            f" WHERE NOT EXISTS (SELECT 1 FROM {past} x WHERE x.sheet = s.sheet AND x.p = s.p AND {hinders})"
        )
        return f"{self._front(f'({free}) s', turn)} WHERE s.first = 1"

    # --- tables -----------------------------------------------------------------------------------------------------

    def _put_together(self, name: str) -> None:
        self.engine.keep(name, " UNION ALL ".join(f"SELECT * FROM {made}" for made in self._made))
        self._forget()
        self._made = [name]

    def _forget(self) -> None:
        self.engine.forget(*self._made)
        self._made = []

    def _any(self, table: str) -> bool:
        return bool(self.engine.rows(f"SELECT 1 FROM {table} LIMIT 1"))
