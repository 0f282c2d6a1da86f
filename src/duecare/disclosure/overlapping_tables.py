"""Tables that cut the same children in a ring, and so bound counts that none of them prints."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.disclosure.table_cell import CellKey


def overlapping_cuts(cells: Iterable[CellKey]) -> tuple[str, ...]:
    """The dimensions by which these cells of one measure overlap in a cycle; none if their sums are all there is.

    Shape:   by area and kind, and by area and age, is no ring: counts that fit both tables fit together. With kind and age
             beside them it is one: what fits each two need not fit all three, and a reader could work out with that.
    Source:  the reduction of Graham and of Yu and Ozsoyoglu, by which acyclic sets of margins are known; Beeri, Fagin, Maier
             and Yannakakis, Journal of the ACM 30 (1983) 479-513; read about, not read.
    """
    table_cuts = sorted({tuple(sorted(dimension for dimension, _ in cell_key.at)) for cell_key in cells})
    cuts_left = [set(table_cut) for table_cut in table_cuts]
    before = None
    while before != cuts_left:
        before = [set(table_cut) for table_cut in cuts_left]
        for table_cut in cuts_left:
            table_cut -= {
                cut_name for cut_name in table_cut if sum(cut_name in other_cut for other_cut in cuts_left) == 1
            }
        kept_cuts: list[set[str]] = []
        for position, cut in enumerate(cuts_left):
            if cut and not any(cut < other_cut for other_cut in cuts_left) and cut not in cuts_left[:position]:
                kept_cuts.append(cut)
        cuts_left = kept_cuts
    return tuple(sorted(set().union(*cuts_left))) if len(cuts_left) > 1 else ()
