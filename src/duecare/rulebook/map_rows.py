"""Where areas lie beside each other: rows of a map of tiles, as the force lays them out."""

from __future__ import annotations

from collections.abc import Mapping

from duecare.vocabulary.areas import plain_area

Rows = tuple[tuple[str, ...], ...]


def read_map_rows(said: object, faults: list[str]) -> Rows:
    """Which rows of areas does the policy's table `map` set? What is wrong with it is added to the faults.

    Shape:   north on top, west on the left; an empty name is a gap.
    """
    rows = said.get("rows", []) if isinstance(said, Mapping) else None
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and all(isinstance(area, str) for area in row) for row in rows
    ):
        faults.append("map.rows is not a list of rows, each a list of areas")
        return ()
    seen: set[str] = set()
    for area in (area for row in rows for area in row if area):
        if plain_area(area) in seen:
            faults.append(f"map.rows names {area} twice")
        seen.add(plain_area(area))
    return tuple(tuple(row) for row in rows)
