"""Made-up forces for the attacker: children one by one, and the quarterly tables that are drafted of them."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

from tests.disclosure.attacker import Page

from duecare.disclosure import CellKey, ClearedTable, CountClass, Dimension, DraftTable, Share

QUARTERS = [f"{year}-Q{quarter}" for year in (2026, 2027) for quarter in (1, 2, 3, 4)]


def to_date(number: int) -> str:
    """The name of the year to date that ends with this quarter; of a first quarter its own."""
    name = QUARTERS[number]
    return name if name.endswith("Q1") else f"{name[:4]}-to-Q{name[-1]}"


PERIOD = Dimension(
    "period",
    tuple((to_date(n), (to_date(n - 1), QUARTERS[n])) for n in range(8) if not QUARTERS[n].endswith("Q1")),
)


@dataclass
class Force:
    """Areas, perhaps in groups, the cuts that are printed, and how many children of each class came in each quarter."""

    dice: random.Random
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    cuts: list[tuple[str, ...]] = field(default_factory=list)
    children: dict[tuple, int] = field(default_factory=dict)

    @property
    def areas(self) -> list[str]:
        return finest(self.dimensions["area"])


def finest(dimension: Dimension) -> list[str]:
    wholes = {whole for whole, _ in dimension.sums}
    return [category for category in dimension.categories if category not in wholes]


def made(seed: int, quarters: int) -> Force:
    """A force of this seed: 3 to 7 areas, flat or in groups, cut by kind, by age, by neither or by both."""
    dice = random.Random(seed)
    names = [f"area {letter}" for letter in "ABCDEFG"[: dice.randint(3, 7)]]
    sums: list[tuple[str, tuple[str, ...]]] = [("", tuple(names))]
    if len(names) >= 5 and dice.random() < 0.5:
        sums = [("", ("North", "South")), ("North", tuple(names[:2])), ("South", tuple(names[2:]))]
    force = Force(dice)
    force.dimensions["area"] = Dimension("area", tuple(sums))
    force.dimensions["kind"] = Dimension("kind", (("", ("missing", "neglect", "online")[: dice.randint(2, 3)]),))
    force.dimensions["age"] = Dimension("age", (("", ("under 10", "10 to 15", "16 and 17")[: dice.randint(2, 3)]),))
    force.cuts = dice.choice(
        [
            [("area",)],
            [("area", "kind")],
            [("area", "kind"), ("area", "age")],
            [("area", "kind", "age")],
            [("area",), ("kind",)],
        ]
    )
    used = sorted({name for cut in force.cuts for name in cut})
    force.dimensions = {name: force.dimensions[name] for name in sorted({*used, "area"})}
    mean = dice.choice([0.7, 2, 5, 12])
    for number in range(quarters):
        for one in itertools.product(*(finest(dimension) for dimension in force.dimensions.values())):
            force.children[(QUARTERS[number], *one)] = few(dice, mean)
    return force


def few(dice: random.Random, mean: float) -> int:
    return 0 if dice.random() < 0.2 else int(dice.expovariate(1 / mean))


def correct(force: Force, number: int) -> set[tuple]:
    """Before this quarter's release a few children of earlier quarters turn up late, or turn out to be counted twice.

    Which classes that were, as the attacker names them.
    """
    found = set()
    names = ["period", *force.dimensions]
    for name, count in list(force.children.items()):
        if QUARTERS.index(name[0]) < number and force.dice.random() < 0.03:
            force.children[name] = max(0, count + force.dice.choice([-1, 1, 1, 2, 8]))
            found.add(("children", *(category for _, category in sorted(zip(names, name, strict=True)))))
    return found


def counted(force: Force, periods: list[str], by: tuple[str, ...]) -> dict[CellKey, int]:
    """True counts of one table: every category of the cuts, with all totals, for these periods."""
    names = ["period", *force.dimensions]
    held: dict[CellKey, int] = {}
    for label in periods:
        within = _within(PERIOD, label)
        spans = [["", *force.dimensions[name].categories] for name in by]
        for chosen in itertools.product(*spans):
            allowed = {
                name: _within(force.dimensions[name], category) for name, category in zip(by, chosen, strict=True)
            }
            allowed["period"] = within
            count = sum(
                children
                for one, children in force.children.items()
                if all(one[names.index(name)] in span for name, span in allowed.items())
            )
            at = {(name, category) for name, category in zip(by, chosen, strict=True) if category}
            held[CellKey("children", frozenset({*at, ("period", label)}))] = count
    return held


def _within(dimension: Dimension, category: str) -> set[str]:
    sums = dict(dimension.sums)
    if category not in sums:
        return {category}
    return {one for part in sums[category] for one in _within(dimension, part)}


def drafted(force: Force, number: int) -> list[DraftTable]:
    """The tables of one quarter: this quarter, the year to date, sometimes the quarter before again; with percentages."""
    periods = [QUARTERS[number]]
    if to_date(number) != QUARTERS[number]:
        periods.append(to_date(number))
        if force.dice.random() < 0.4:
            periods.append(QUARTERS[number - 1])
    tables = []
    for at, by in enumerate(force.cuts):
        counts = counted(force, periods, by)
        dimensions = (*(force.dimensions[name] for name in by), PERIOD)
        shares = tuple(
            Share(cell, cell.moved(by[-1], ""), force.dice.choice([0, 1])) for cell in counts if cell.category(by[-1])
        )
        tables.append(DraftTable(f"table {at + 1}", CountClass.CHILDREN, dimensions, counts, shares))
    return tables


def page(table: ClearedTable) -> Page:
    """What anyone can read of a cleared table."""
    return Page(
        table.kind is CountClass.CHILDREN,
        {dimension.name: list(dimension.sums) for dimension in table.dimensions},
        {(cell.measure, cell.at): printed.text for cell, printed in table.cells.items()},
        {
            ((share.part.measure, share.part.at), (share.whole.measure, share.whole.at)): text or "c"
            for share, text in table.shares.items()
        },
    )
