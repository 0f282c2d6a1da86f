"""Which areas form which borough command: the force's own grouping, above the areas that sources name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Commands:
    """The borough commands, and the areas of each.

    Shape:   in the order of the policy; an area belongs to one command at most.
    """

    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the commands."""
        return tuple(command_name for command_name, _ in self.areas)

    @property
    def every_area(self) -> tuple[str, ...]:
        """The areas of all commands together."""
        return tuple(area_name for _, areas in self.areas for area_name in areas)

    def of(self, area_name: str) -> str:
        """The command to which this area belongs, however it is written; empty where no command has it."""
        wanted_area = plain_area(area_name)
        return next((command_name for command_name, areas in self.areas if wanted_area in map(plain_area, areas)), "")

    def named(self, area_name: str) -> str:
        """The policy's own name of this area, however it is written; empty where it has none."""
        wanted_area = plain_area(area_name)
        return next((area_name for area_name in self.every_area if plain_area(area_name) == wanted_area), "")


NO_COMMANDS = Commands()


def read_commands(areas_table: object, faults: list[str]) -> Commands:
    """Read the policy's table `areas`; what is wrong with it is added to the faults."""
    if not isinstance(areas_table, Mapping):
        faults.append("areas is not a table of commands")
        return NO_COMMANDS
    command_list: list[tuple[str, tuple[str, ...]]] = []
    seen_areas: set[str] = set()
    for command_name, areas in areas_table.items():
        if not isinstance(areas, list) or not all(
            isinstance(area_name, str) and area_name.strip() for area_name in areas
        ):
            faults.append(f"areas.{command_name} is not a list of areas")
            continue
        twice = [areas_twice for areas_twice in areas if plain_area(areas_twice) in seen_areas]
        faults += [f"areas.{command_name} names {area_name}, which a command has already" for area_name in twice]
        seen_areas |= {plain_area(area_name) for area_name in areas}
        command_list.append((str(command_name), tuple(areas)))
    return Commands(tuple(command_list))
