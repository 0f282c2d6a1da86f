"""In SQL: the readings that uncertain facts allow, every line of every duty once for each, its facts placed."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.duty.engine.duty_groups import PARTS, DutyShape
from duecare.duty.engine.engine_protocol import Engine
from duecare.duty.engine.facts_sql import FIRST_CLOSING
from duecare.duty.readings import Doubt, every_choice

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Packing:
    """How a moment and a fact are one number, so that the least number is the first fact in the one order.

    Shape:   `sheet` numbers a reading of a line of a duty: (duty, line, reading) as one number.
    """

    base: int
    facts: int
    line_base: int
    lines: int
    readings: int

    def spot(self, moment_sql: str, event: str) -> str:
        """The number of a fact at a moment."""
        return f"(({moment_sql} - {self.base}) // {MICROS} * {self.facts} + {event})"

    def at(self, spot_sql: str) -> str:
        """The moment of such a number."""
        return f"({self.base} + {spot_sql} // {self.facts} * {MICROS})"

    def event(self, spot_sql: str) -> str:
        """The fact of such a number."""
        return f"({spot_sql} % {self.facts})"

    def sheet(self, duty_sql: str, line_sql: str, reading: str) -> str:
        """The number of a reading of a line of a duty."""
        of_duty = f"CAST({duty_sql} AS BIGINT) * {self.lines} + {line_sql} - {self.line_base}"
        return f"(({of_duty}) * {self.readings} + {reading})"

    def line(self, sheet: str) -> str:
        """The line of such a number."""
        return f"({sheet} // {self.readings} % {self.lines} + {self.line_base})"

    def duty(self, sheet: str) -> str:
        """The duty of such a number."""
        return f"CAST({sheet} // {self.readings * self.lines} AS INTEGER)"

    def reading(self, sheet: str) -> str:
        """The reading of such a number; 0 is the plainest."""
        return f"({sheet} % {self.readings})"


def make_readings(engine: Engine, parts: dict[str, int]) -> Packing:
    """Make `started`, `doubt`, `reading` and `chosen` of the candidates; returns how moments and facts are packed.

    Shape:   `started(duty, line)` has a start; `doubt(duty, line, i, event, is_time, reason)` in the judge's order, and
             `unsure(duty, line, n)` how many; `reading(duty, line, k)` for lines with doubts, `chosen(duty, line, k, i,
             event, is_time, reason)` which of them reading k takes the other way.
    """
    engine.load("part_of", {"part": "VARCHAR", "part_no": "INTEGER"}, [*PARTS.items(), *parts.items()])
    engine.keep("started", "SELECT DISTINCT duty, line FROM candidate WHERE part = 'start'")
    engine.keep("doubt", _DOUBTS)
    engine.keep("unsure", "SELECT duty, line, count(*) AS n FROM doubt GROUP BY duty, line")
    sizes = [int(unsure_count) for (unsure_count,) in engine.rows("SELECT DISTINCT n FROM unsure")]
    table_rows = [choice_row for fact_count in sizes for choice_row in _reading_choices(fact_count)]
    types = {"n": "INTEGER", "k": "INTEGER", "i": "INTEGER", "is_time": "BOOLEAN"}
    engine.load("choice_of", types, table_rows)
    engine.load(
        "reading_of",
        {"n": "INTEGER", "k": "INTEGER"},
        [
            (unsure_count, reading_number)
            for unsure_count in sizes
            for reading_number in range(_reading_count(unsure_count))
        ],
    )
    engine.keep("reading", "SELECT u.duty, u.line, r.k FROM unsure u JOIN reading_of r ON r.n = u.n")
    engine.keep(
        "chosen",
        "SELECT d.duty, d.line, c.k, d.i, d.event, d.is_time, d.reason FROM doubt d"
        " JOIN unsure u ON u.duty = d.duty AND u.line = d.line"
        " JOIN choice_of c ON c.n = u.n AND c.i = d.i AND c.is_time = d.is_time",
    )
    ((facts, first_moment),) = engine.rows("SELECT max(event), min(earliest) FROM fact")
    ((line_base, last_line),) = engine.rows("SELECT min(line), max(line) FROM started")
    readings = max((_reading_count(fact_count) for fact_count in sizes), default=1)
    return Packing(
        first_moment or 0, (facts or 0) + 1, line_base or 0, (last_line or 0) - (line_base or 0) + 1, readings
    )


_DOUBTS = f"""
WITH said AS (
    SELECT c.duty, c.line, c.event, f.earliest, c.place, TRUE AS is_time,
        'only the day of ' || replace(f.kind, '_', ' ') || ' is known' AS reason
    FROM candidate c JOIN fact f ON f.event = c.event JOIN started s ON s.duty = c.duty AND s.line = c.line
    WHERE f.earliest <> f.latest
    UNION ALL
    SELECT c.duty, c.line, c.event, f.earliest, c.place, FALSE, replace(c.reason, '_', ' ')
    FROM candidate c JOIN fact f ON f.event = c.event JOIN started s ON s.duty = c.duty AND s.line = c.line
    WHERE c.counts IS NULL
), once AS (
    SELECT duty, line, event, is_time, reason, min(earliest) AS earliest, min(place) AS place FROM said
    GROUP BY duty, line, event, is_time, reason
)
SELECT duty, line, event, is_time, reason, row_number() OVER (PARTITION BY duty, line ORDER BY
    CASE WHEN place >= {FIRST_CLOSING} THEN place ELSE 0 END, earliest, event, CASE WHEN is_time THEN 0 ELSE 1 END, place
) AS i FROM once
"""


def place_facts(engine: Engine, manner: DutyShape, packing: Packing, as_of: int) -> None:
    """Make the facts of every reading of these duties.

    Shape:   `M_placed(sheet, part, spot, moment, event, case_no)`, and of the starts `M_begun(sheet, level, spot, moment,
             event, case_no, origin)`, each once; `M_begun_all` where some may lie outside a state that they need.
    """
    own_duties = ", ".join(str(number) for number, _ in manner.duties)
    columns = "r.sheet, r.spot, r.moment, r.event, r.case_no"
    engine.keep(f"{manner.name}_facts", _placed_select(packing, own_duties, as_of))
    facts = f"{manner.name}_facts"
    engine.keep(
        f"{manner.name}_placed",
        f"SELECT {columns}, r.part FROM {facts} r WHERE r.part <> {PARTS['start']}",
    )
    engine.keep(
        f"{manner.name}_begun_all" if manner.needs_a_state else f"{manner.name}_begun",
        f"SELECT DISTINCT {columns}, r.level, r.origin FROM {facts} r WHERE r.part = {PARTS['start']}",
    )
    engine.forget(facts)


def _placed_select(packing: Packing, own_duties: str, as_of: int) -> str:
    def said_moment(sheet: str, moment_at: str) -> str:
        return (
            f"SELECT {sheet} AS sheet, {packing.spot(moment_at, 'c.event')} AS spot, {moment_at} AS "
            f"moment, c.event, f.case_no, f.origin,"
            " p.part_no AS part, c.level FROM candidate c JOIN fact f ON f.event = c.event JOIN part_of p ON p.part = c.part"
        )

    known_select = (
        f"{said_moment(packing.sheet('c.duty', 'c.line', '0'), 'f.earliest')}"
        f" JOIN started s ON s.duty = c.duty AND s.line = c.line WHERE c.duty IN ({own_duties})"
        " AND NOT EXISTS (SELECT 1 FROM unsure u WHERE u.duty = c.duty AND u.line = c.line)"
    )
    moment_sql = "CASE WHEN t.event IS NULL THEN f.earliest ELSE f.latest END"
    unsure = (
        f"{said_moment(packing.sheet('c.duty', 'c.line', 'r.k'), moment_sql)} JOIN reading r ON "
        f"r.duty = c.duty AND r.line = c.line"
        " LEFT JOIN chosen t ON t.duty = c.duty AND t.line = c.line AND t.k = r.k AND t.event = c.event AND t.is_time"
        " LEFT JOIN chosen y ON y.duty = c.duty AND y.line = c.line AND y.k = r.k AND y.event = c.event AND NOT y.is_time"
        f" AND y.reason = replace(c.reason, '_', ' ') WHERE c.duty IN ({own_duties})"
        f" AND (c.counts OR y.event IS NOT NULL) AND {moment_sql} <= {as_of}"
    )
    return f"{known_select} UNION ALL {unsure}"


def _reading_choices(fact_count: int) -> list[tuple[int, int, int, bool]]:
    """The doubts each reading takes the other way, of so many: reading, place from 1, and whether it is about time."""
    choice_rows = []
    for is_time in (False, True):
        doubts = [Doubt("", str(number), "", is_time) for number in range(fact_count)]
        for reading, choice in enumerate(every_choice(doubts)):
            choice_rows += [
                (fact_count, reading, place, is_time)
                for place, fact_doubts in enumerate(doubts, 1)
                if choice[fact_doubts]
            ]
    return choice_rows


def _reading_count(fact_count: int) -> int:
    return sum(1 for _ in every_choice([Doubt("", str(number), "", False) for number in range(fact_count)]))
