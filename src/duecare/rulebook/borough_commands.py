"""Which areas form which borough command: the force's own grouping, above the areas that sources name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Commands:
    """Which borough commands are there, and which areas has each?

    Shape:   in the order of the policy; an area belongs to one command at most.
    """

    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Which commands are there?"""
        return tuple(name for name, _ in self.areas)

    @property
    def every_area(self) -> tuple[str, ...]:
        """Which areas have they together?"""
        return tuple(area for _, areas in self.areas for area in areas)

    def of(self, area: str) -> str:
        """To which command does this area belong, however it is written? Empty where no command has it."""
        wanted = plain_area(area)
        return next((name for name, areas in self.areas if wanted in map(plain_area, areas)), "")

    def named(self, area: str) -> str:
        """By which name does the policy know this area, however it is written? Empty where it does not."""
        wanted = plain_area(area)
        return next((one for one in self.every_area if plain_area(one) == wanted), "")


NO_COMMANDS = Commands()


def read_commands(said: object, faults: list[str]) -> Commands:
    """Which commands does the policy's table `areas` set? What is wrong with it is added to the faults."""
    if not isinstance(said, Mapping):
        faults.append("areas is not a table of commands")
        return NO_COMMANDS
    found: list[tuple[str, tuple[str, ...]]] = []
    seen: set[str] = set()
    for name, areas in said.items():
        if not isinstance(areas, list) or not all(isinstance(area, str) and area.strip() for area in areas):
            faults.append(f"areas.{name} is not a list of areas")
            continue
        twice = [area for area in areas if plain_area(area) in seen]
        faults += [f"areas.{name} names {area}, which a command has already" for area in twice]
        seen |= {plain_area(area) for area in areas}
        found.append((str(name), tuple(areas)))
    return Commands(tuple(found))
