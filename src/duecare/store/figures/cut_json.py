"""A cut of a figure (such as an area and an age group) as the text of a stored row, and back."""

from __future__ import annotations

from functools import lru_cache

import orjson

from duecare.figure import CutKey, Dimension, cut_of


@lru_cache(maxsize=65_536)
def cut_text(cut_key: CutKey) -> str:
    """The text under which this cut is kept: JSON of dimension and value, in the order of their names."""
    return orjson.dumps({dimension.value: value for dimension, value in cut_key}, option=orjson.OPT_SORT_KEYS).decode()


@lru_cache(maxsize=20_000)
def read_cut(json_text: str) -> CutKey:
    """Read the cut that is kept as this text."""
    return cut_of({Dimension(dimension): value for dimension, value in orjson.loads(json_text).items()})
