"""The lines of every figure as one table, and what each cut of each comes to, by grouping sets in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from duecare.figure.figure_count import Stratum, Tally, cuts_of
from duecare.figure.figure_definition import Definition, Dimension
from duecare.figure.figure_line import NOT_KNOWN, Member
from duecare.figure.figure_value import Cut

Row = tuple[object, ...]
DIMENSIONS = tuple(sorted(Dimension))
COLUMNS = {
    "figure": "VARCHAR",
    "counts": "BOOLEAN",
    "amount": "DOUBLE",
    "stratum": "VARCHAR",
    "frame": "BIGINT",
    "cuts": "INTEGER",
}
CUTS = {"cuts": "INTEGER", **{one.value: "VARCHAR" for one in DIMENSIONS}}
COUNTED = (
    "count(*) FILTER (WHERE counts), count(*) FILTER (WHERE counts IS NOT NULL), count(*) FILTER (WHERE counts IS NULL),"
    " list_sort(list(amount) FILTER (WHERE counts IS NOT NULL AND amount IS NOT NULL)), bool_and(frame > 0)"
)
SCORE = "CASE WHEN counts IS NULL THEN NULL WHEN amount IS NULL THEN CAST(counts AS INTEGER) ELSE CAST(amount AS INTEGER) END"


class Engine(Protocol):
    """What works it out: it keeps tables and answers in rows."""

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Keep these rows as the table `name`."""

    def rows(self, select: str) -> list[Row]:
        """The rows of this SELECT."""


def tallies(
    engine: Engine, definitions: Iterable[Definition], members: Iterable[Member]
) -> dict[str, dict[Cut, Tally]]:
    """What the lines of each cut of each figure come to; a figure without lines has none.

    Shape:   as `figure/count.tallies` of each.
    """
    wanted = {one.id: frozenset(cuts_of(one)) for one in definitions}
    numbers: dict[Cut, int] = {}
    rows = [
        (one.figure, one.counts, one.amount, one.stratum, one.frame, numbers.setdefault(one.cuts, len(numbers)))
        for one in members
    ]
    engine.load("figure_member", COLUMNS, rows)
    engine.load("cut_of_member", CUTS, (_row(number, cut) for cut, number in numbers.items()))
    sets = sorted({cut for cuts in wanted.values() for cut in cuts})
    drawn = _strata(engine, sets)
    found: dict[str, dict[Cut, Tally]] = {}
    for figure, cut, counted in _grouped(engine, sets, COUNTED, ""):
        if tuple(dimension for dimension, _ in cut) not in wanted.get(figure, ()):
            continue
        part, whole, unknown, amounts, is_drawn = counted
        strata = tuple(sorted(drawn.get((figure, cut), []))) if is_drawn else ()
        listed = tuple(amounts) if isinstance(amounts, list) else ()
        found.setdefault(figure, {})[cut] = Tally(_int(part), _int(whole), _int(unknown), listed, strata)
    return found


def _strata(engine: Engine, sets: Sequence[tuple[Dimension, ...]]) -> dict[tuple[str, Cut], list[Stratum]]:
    scores = ", ".join(f"count(*) FILTER (WHERE {SCORE} = {score})" for score in (1, 0, -1))
    found: dict[tuple[str, Cut], list[Stratum]] = {}
    for figure, cut, (stratum, frame, *scored) in _grouped(engine, sets, f"stratum, frame, {scores}", "stratum, frame"):
        ups, noughts, downs = map(_int, scored)
        found.setdefault((figure, cut), []).append((str(stratum), _int(frame), (ups, noughts, downs)))
    return found


def _grouped(
    engine: Engine, sets: Sequence[tuple[Dimension, ...]], counted: str, also: str
) -> Iterator[tuple[str, Cut, tuple[object, ...]]]:
    """Each figure and cut, with what is counted of it; grouping says which dimensions a row is cut by."""
    used = sorted({one for cut in sets for one in cut})
    names = [one.value for one in used]
    more = f", {also}" if also else ""
    grouping = ", ".join(f"({', '.join(['figure', *(one.value for one in cut)])}{more})" for cut in sets)
    where = " WHERE frame > 0" if also else ""
    rows = engine.rows(
        f"SELECT figure, {', '.join(names)}, {', '.join(f'grouping({one})' for one in names)}, {counted} FROM figure_member"
        f" JOIN cut_of_member USING (cuts){where} GROUP BY GROUPING SETS ({grouping})"
    )
    n = len(names)
    for figure, *rest in rows:
        said, left_out, counts = rest[:n], rest[n : 2 * n], rest[2 * n :]
        cut = tuple(
            (dimension, str(value))
            for dimension, value, without in zip(used, said, left_out, strict=True)
            if not without
        )
        yield str(figure), cut, tuple(counts)


def _row(number: int, cut: Cut) -> Sequence[object]:
    said = dict(cut)
    return number, *(said.get(dimension, NOT_KNOWN) for dimension in DIMENSIONS)


def _int(said: object) -> int:
    assert isinstance(said, int)
    return said
