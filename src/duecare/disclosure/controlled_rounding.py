"""Controlled rounding: every count to a multiple next to it, so chosen that what added up still does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from duecare.disclosure.count_table import rounded
from duecare.disclosure.equation_system import System
from duecare.disclosure.linear_program import Programme, whole_numbers

OFF: Final = 1_000.0
"""What a sum costs that is off by one multiple, in children rounded away."""


def round_all(system: System, base: int) -> None:
    """To which multiple is each count of the draft rounded? Nearest on the whole, as far as sums hold.

    Shape:   multiples stay; the others go to the multiple above or below. A sum that cannot be kept is off by a multiple.
    Source:  zero-restricted controlled rounding: Cox and Ernst, Controlled rounding, INFOR 20 (1982) 423-432; read about,
             not read.
    """
    chosen = [number for number, variable in enumerate(system.variables) if variable.may_hide]
    for group in _groups(system, chosen):
        ups = _ups(system, group, base)
        for number in group:
            variable = system.variables[number]
            variable.rounded_to = base * (variable.truth // base + ups[number])
            printed = rounded(variable.rounded_to, base)
            variable.low, variable.high = printed.low, variable.rounded_to + base - 1


def _groups(system: System, chosen: list[int]) -> Iterator[list[int]]:
    """Counts that stand in sums together, however far apart."""
    member = {number: number for number in chosen}

    def top(number: int) -> int:
        while member[number] != number:
            member[number] = member[member[number]]
            number = member[number]
        return number

    for row in system.rows:
        ours = [top(number) for number, _ in row.terms if number in member]
        for other in ours[1:]:
            member[top(other)] = top(ours[0])
    groups: dict[int, list[int]] = defaultdict(list)
    for number in chosen:
        groups[top(number)].append(number)
    yield from groups.values()


def _ups(system: System, group: list[int], base: int) -> dict[int, int]:
    variables = system.variables
    rest = {number: variables[number].truth % base for number in group}
    split = [number for number in group if rest[number]]
    column = {number: at for at, number in enumerate(split)}
    costs = [float(base - 2 * rest[number]) for number in split]
    rows: list[tuple[list[tuple[int, int]], float, float]] = []
    inside = set(group)
    extra = len(split)
    for row in system.rows:
        numbers = [number for number, _ in row.terms]
        if not inside & set(numbers) or not all(
            number in inside
            or variables[number].rounded_to is not None
            or variables[number].low == variables[number].high
            for number in numbers
        ):
            continue
        stands = sum(times * _below(system, number, base, inside) for number, times in row.terms)
        if stands % base or row.low != row.high:
            continue
        terms = [(column[number], times) for number, times in row.terms if number in column]
        rows.append(([*terms, (extra, 1), (extra + 1, -1)], -stands // base, -stands // base))
        extra += 2
    most = [1.0] * len(split) + [float("inf")] * (extra - len(split))
    costs += [OFF] * (extra - len(split))
    programme = Programme(most, rows)
    values = programme.cheapest(costs)
    whole = whole_numbers(values) if values is not None else None
    if whole is None:
        values = programme.cheapest(costs, whole=range(extra))
        whole = whole_numbers(values) if values is not None else None
    if whole is None:
        return {number: int(2 * rest[number] >= base) for number in group}
    return {number: whole[column[number]] if number in column else 0 for number in group}


def _below(system: System, number: int, base: int, inside: set[int]) -> int:
    variable = system.variables[number]
    if number in inside:
        return base * (variable.truth // base)
    return variable.truth if variable.rounded_to is None else variable.rounded_to
