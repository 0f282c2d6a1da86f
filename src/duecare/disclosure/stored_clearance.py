"""An earlier release as plain data, to be kept inside and read back when the next is cleared."""

from __future__ import annotations

from typing import Any, cast

from duecare.disclosure.count_table import ClearedTable, Earlier, Printed
from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share


def as_kept(earlier: Earlier) -> dict[str, Any]:
    """What is kept of a release, as JSON would hold it? The same release gives the same data."""
    return {
        "release": earlier.release,
        "tables": [_table(table) for table in earlier.tables],
        "truth": [[_cell(cell), earlier.truth[cell]] for cell in sorted(earlier.truth, key=lambda cell: cell.order)],
    }


def from_kept(kept: dict[str, Any]) -> Earlier:
    """Which release was kept?"""
    return Earlier(
        kept["release"],
        tuple(_table_of(table) for table in kept["tables"]),
        {_cell_of(cell): count for cell, count in kept["truth"]},
    )


def _cell(cell: CellKey) -> list[Any]:
    return [cell.measure, [list(pair) for pair in sorted(cell.at)]]


def _cell_of(kept: list[Any]) -> CellKey:
    return CellKey(kept[0], frozenset((name, category) for name, category in kept[1]))


def _table(table: ClearedTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "kind": table.kind.value,
        "dimensions": [
            [dimension.name, [[whole, list(parts)] for whole, parts in dimension.sums]]
            for dimension in table.dimensions
        ],
        "cells": [
            [_cell(cell), printed.form, printed.value, printed.low, printed.high]
            for cell, printed in table.cells.items()
        ],
        "shares": [
            [_cell(share.part), _cell(share.whole), share.decimals, text] for share, text in table.shares.items()
        ],
    }


def _table_of(kept: dict[str, Any]) -> ClearedTable:
    return ClearedTable(
        kept["name"],
        CountClass(kept["kind"]),
        tuple(
            Dimension(name, tuple((whole, tuple(parts)) for whole, parts in sums)) for name, sums in kept["dimensions"]
        ),
        {_cell_of(cell): Printed(cast(Any, form), value, low, high) for cell, form, value, low, high in kept["cells"]},
        {Share(_cell_of(part), _cell_of(whole), decimals): text for part, whole, decimals, text in kept["shares"]},
    )
