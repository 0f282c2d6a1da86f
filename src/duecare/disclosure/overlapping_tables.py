"""Tables that cut the same children in a ring, and so bound counts that none of them prints."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.disclosure.table_cell import CellKey


def ring(cells: Iterable[CellKey]) -> tuple[str, ...]:
    """By which dimensions do these cells of one measure stand in a ring? None if their sums say all there is to say.

    Shape:   by area and kind, and by area and age, is no ring: counts that fit both tables fit together. With kind and age
             beside them it is one: what fits each two need not fit all three, and a reader could reckon with that.
    Source:  the reduction of Graham and of Yu and Ozsoyoglu, by which acyclic sets of margins are known; Beeri, Fagin, Maier
             and Yannakakis, Journal of the ACM 30 (1983) 479-513; read about, not read.
    """
    cuts = sorted({tuple(sorted(dimension for dimension, _ in cell.at)) for cell in cells})
    left = [set(cut) for cut in cuts]
    before = None
    while before != left:
        before = [set(cut) for cut in left]
        for cut in left:
            cut -= {name for name in cut if sum(name in other for other in left) == 1}
        kept: list[set[str]] = []
        for at, cut in enumerate(left):
            if cut and not any(cut < other for other in left) and cut not in left[:at]:
                kept.append(cut)
        left = kept
    return tuple(sorted(set().union(*left))) if len(left) > 1 else ()
