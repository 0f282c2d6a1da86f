"""A map of areas as tiles of one size, each where its neighbours are: large areas of few people do not shout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.figure.charts.funnel_chart import Funnel
from duecare.figure.counted_share import Counted
from duecare.report.agreement_words import in_percent
from duecare.report.figure_words import place_words
from duecare.vocabulary.unknown import Unknown

TILE: Final = 94
GAP: Final = 4
WIDEST: Final = 8
LONGEST: Final = 12
PLACES: Final = {
    "below the 99.8% limits": ("#b5d8df", "▼▼"),
    "below the 95% limits": ("#e0f0f3", "▼"),
    "within the limits": ("#ffffff", ""),
    "above the 95% limits": ("#fff7bf", "▲"),
    "above the 99.8% limits": ("#f6c9a8", "▲▲"),
    "no cases": ("#f3f2f1", "–"),
    "not known": ("#f3f2f1", "?"),
}
"""Where an area lies, how its tile is filled, and the sign on it: colour says nothing that the sign does not."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One area: where its tile stands, its name on one or two lines, its value, where it lies, fill and sign."""

    x: int
    y: int
    number: int
    name: tuple[str, ...]
    value: str
    place: str
    fill: str
    sign: str
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map, and whether its tiles stand where the areas are or only in the order of their names."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    is_laid_out: bool
    size: int = TILE


def tile_map(areas: Sequence[Counted], funnel: Funnel | Unknown, rows: Sequence[Sequence[str]] = ()) -> TileMap:
    """The map of these areas by where they lie within the limits, laid out in these rows of names.

    Shape:   an empty name in a row is a gap; areas that no row names stand below, in order. Without rows all do. Tiles are
             numbered as the areas are.
    """
    at = _laid_out(areas, rows)
    tiles = tuple(_tile(number, area, funnel, at[area.label]) for number, area in enumerate(areas, 1))
    wide = max((column for _, column in at.values()), default=0) + 1
    tall = max((row for row, _ in at.values()), default=0) + 1
    named_areas = {name for row in rows for name in row}
    return TileMap(
        wide * (TILE + GAP) + GAP, tall * (TILE + GAP) + GAP, tiles, any(area.label in named_areas for area in areas)
    )


def _laid_out(areas: Sequence[Counted], rows: Sequence[Sequence[str]]) -> Mapping[str, tuple[int, int]]:
    at = {name: (down, across) for down, row in enumerate(rows) for across, name in enumerate(row) if name}
    unplaced = [area.label for area in areas if area.label not in at]
    positions = {area.label: at[area.label] for area in areas if area.label in at}
    for place, name in enumerate(unplaced):
        positions[name] = (len(rows) + place // WIDEST, place % WIDEST)
    return positions


def _tile(number: int, area: Counted, funnel: Funnel | Unknown, at: tuple[int, int]) -> Tile:
    place = place_words(funnel, area)
    fill, sign = PLACES.get(place, PLACES["not known"])
    return Tile(
        at[1] * (TILE + GAP) + GAP,
        at[0] * (TILE + GAP) + GAP,
        number,
        _lines(area.label),
        "" if isinstance(area.share, Unknown) else in_percent(area.share),
        place,
        fill,
        sign,
        isinstance(funnel, Funnel) and funnel.is_flagged(area),
    )


def _lines(name: str) -> tuple[str, ...]:
    """The name on at most two lines of a tile's width; what does not fit is told by the table."""
    words = name.split(" ", 1) if len(name) > LONGEST else [name]
    return tuple(word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}…" for word in words)
