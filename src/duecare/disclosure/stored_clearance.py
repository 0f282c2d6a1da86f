"""An earlier release as plain data, to be kept inside and read back when the next is cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from duecare.disclosure.count_table import ClearedTable, Earlier, Printed
from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share


def as_kept(earlier: Earlier) -> dict[str, Any]:
    """The JSON stored of a release; the same release gives the same data."""
    return {
        "release": earlier.release,
        "tables": [_table_json(table) for table in earlier.tables],
        "truth": [
            [_cell_json(cell_key), earlier.truth[cell_key]]
            for cell_key in sorted(earlier.truth, key=lambda cell_key: cell_key.order)
        ],
    }


def from_kept(kept_table: Mapping[str, Any]) -> Earlier:
    """Read a stored release."""
    return Earlier(
        kept_table["release"],
        tuple(_table_of(table) for table in kept_table["tables"]),
        {_cell_of(cell_key): count for cell_key, count in kept_table["truth"]},
    )


def _cell_json(cell_key: CellKey) -> list[Any]:
    return [cell_key.measure, [list(category_pair) for category_pair in sorted(cell_key.at)]]


def _cell_of(kept_table: list[Any]) -> CellKey:
    return CellKey(kept_table[0], frozenset((category_name, category) for category_name, category in kept_table[1]))


def _table_json(table: ClearedTable) -> dict[str, Any]:
    return {
        "name": table.name,
        "kind": table.kind.value,
        "dimensions": [
            [dimension.name, [[whole, list(parts)] for whole, parts in dimension.sums]]
            for dimension in table.dimensions
        ],
        "cells": [
            [_cell_json(cell_key), printed.form, printed.value, printed.low, printed.high]
            for cell_key, printed in table.cells.items()
        ],
        "shares": [
            [_cell_json(share.part), _cell_json(share.whole), share.decimals, share_text]
            for share, share_text in table.shares.items()
        ],
    }


def _table_of(kept_table: dict[str, Any]) -> ClearedTable:
    return ClearedTable(
        kept_table["name"],
        CountClass(kept_table["kind"]),
        tuple(
            Dimension(dimension_name, tuple((whole, tuple(parts)) for whole, parts in part_sums))
            for dimension_name, part_sums in kept_table["dimensions"]
        ),
        {
            _cell_of(cell_key): Printed(cast(Any, printed_form), value, lowest_value, highest_value)
            for cell_key, printed_form, value, lowest_value, highest_value in kept_table["cells"]
        },
        {
            Share(_cell_of(part_cell), _cell_of(whole), decimals): share_text
            for part_cell, whole, decimals, share_text in kept_table["shares"]
        },
    )
