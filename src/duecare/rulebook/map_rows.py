"""Where areas lie beside each other: rows of a map of tiles, as the force lays them out."""

from __future__ import annotations

from collections.abc import Mapping

from duecare.vocabulary.areas import plain_area

AreaRows = tuple[tuple[str, ...], ...]


def read_map_rows(map_table: object, faults: list[str]) -> AreaRows:
    """Read the rows of areas from the policy's table `map`; what is wrong with it is added to the faults.

    Shape:   north on top, west on the left; an empty name is a gap.
    """
    area_rows = map_table.get("rows", []) if isinstance(map_table, Mapping) else None
    if not isinstance(area_rows, list) or not all(
        isinstance(area_row, list) and all(isinstance(area_name, str) for area_name in area_row)
        for area_row in area_rows
    ):
        faults.append("map.rows is not a list of rows, each a list of areas")
        return ()
    seen_areas: set[str] = set()
    for area_name in (area_name for area_row in area_rows for area_name in area_row if area_name):
        if plain_area(area_name) in seen_areas:
            faults.append(f"map.rows names {area_name} twice")
        seen_areas.add(plain_area(area_name))
    return tuple(tuple(area_row) for area_row in area_rows)
