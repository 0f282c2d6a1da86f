"""Clearing the quarters of a made-up force: 30 tables by 32 boroughs in 12 groups, each with every quarter before it."""

from __future__ import annotations

import itertools
import os
import random
import resource
import time
from functools import cache

from duecare.disclosure import CellKey, CountClass, Dimension, DisclosurePolicy, DraftTable, Earlier, clear_tables

BOROUGHS = tuple(f"borough {number:02d}" for number in range(32))
GROUPS = {f"group {number:02d}": BOROUGHS[number::12] for number in range(12)}
AREA = Dimension("area", (("", tuple(GROUPS)), *GROUPS.items()))
CUTS = (
    Dimension("kind", (("", ("exploitation", "missing", "neglect", "domestic", "online")),)),
    Dimension("age", (("", ("0 to 4", "5 to 9", "10 to 15", "16 and 17")),)),
    Dimension("ethnicity", (("", ("Asian", "Black", "mixed", "other", "white", "not known")),)),
    Dimension("sex", (("", ("female", "male", "not known")),)),
)
MEASURES = {
    "kept overnight": 1.0,
    "missing": 6.0,
    "referred": 12.0,
    "interviewed": 4.0,
    "waiting": 2.0,
    "no action": 3.0,
}
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2026, 2027, 2028) for quarter in (1, 2, 3, 4))


def to_date(number: int) -> str:
    """The name of the year to date that ends with this quarter; of a first quarter its own."""
    name = QUARTERS[number]
    return name if name.endswith("Q1") else f"{name[:4]}-to-Q{name[-1]}"


PERIOD = Dimension(
    "period",
    tuple((to_date(n), (to_date(n - 1), QUARTERS[n])) for n in range(len(QUARTERS)) if n % 4),
)


@cache
def children(measure: str, number: int) -> tuple[dict[str, str], ...]:
    """The children counted in one quarter, each with their categories."""
    dice = random.Random(f"{measure} {number}")
    found = []
    for borough in BOROUGHS:
        size = dice.random() ** 2 * 2
        for kind in CUTS[0].sums[0][1]:
            mean = MEASURES[measure] * size * dice.random() * 2
            for _ in range(int(dice.expovariate(1 / mean)) if mean else 0):
                others = {cut.name: dice.choice(cut.sums[0][1]) for cut in CUTS[1:]}
                found.append({"area": borough, "kind": kind, **others})
    return tuple(found)


def table(measure: str, dimensions: tuple[Dimension, ...], number: int) -> DraftTable:
    """One table of one quarter, with its year to date."""
    spans = {QUARTERS[number]: range(number, number + 1), to_date(number): range(number // 4 * 4, number + 1)}
    counts = {}
    for label, span in spans.items():
        for at in itertools.product(*(("", *one.categories) for one in dimensions)):
            cut = {(one.name, category) for one, category in zip(dimensions, at, strict=True) if category}
            counts[CellKey(measure, frozenset({*cut, ("period", label)}))] = 0
        for child in itertools.chain(*(children(measure, quarter) for quarter in span)):
            for at in itertools.product(*(_above(one, child[one.name]) for one in dimensions)):
                cut = {(one.name, category) for one, category in zip(dimensions, at, strict=True) if category}
                counts[CellKey(measure, frozenset({*cut, ("period", label)}))] += 1
    name = f"{measure} by {' and '.join(one.name for one in dimensions)}"
    return DraftTable(name, CountClass.CHILDREN, (*dimensions, PERIOD), counts)


def _above(dimension: Dimension, category: str) -> list[str]:
    """The category, and every sum it is part of."""
    found = [category]
    for one in found:
        found += [whole for whole, parts in dimension.sums if one in parts]
    return found


def main() -> None:
    """Clear quarter after quarter. DUECARE_BENCH_QUARTERS names how many."""
    history: list[Earlier] = []
    print("| quarter | cells | small | hidden for others | seconds | of processor | peak memory, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for number in range(int(os.environ.get("DUECARE_BENCH_QUARTERS", "9"))):
        draft = [table(measure, (AREA, cut), number) for measure in MEASURES for cut in CUTS]
        draft += [table(measure, (CUTS[0],), number) for measure in MEASURES]
        wall, processor = time.perf_counter(), time.process_time()
        found = clear_tables(draft, history, DisclosurePolicy())
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        said = found.summary
        print(
            f"| {QUARTERS[number]} | {said.cells} | {said.small} | {said.hidden_for_others} | {wall:.1f} |"
            f" {processor:.1f} | {peak} |",
            flush=True,
        )
        history.append(found.as_earlier(QUARTERS[number]))
