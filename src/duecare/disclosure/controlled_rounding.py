"""Controlled rounding: every count to a multiple next to it, so chosen that what added up still does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from duecare.disclosure.count_table import rounded_form
from duecare.disclosure.equation_system import System
from duecare.disclosure.linear_program import Programme, whole_numbers

OFF_PRICE: Final = 1_000.0
"""What a sum costs that is off by one multiple, in children rounded away."""


def round_all(system: System, rounding_base: int) -> None:
    """Round each count of the draft to a multiple: nearest on the whole, as far as sums allow.

    Shape:   multiples stay; the others go to the multiple above or below. A sum that cannot be kept is off by a multiple.
    Source:  zero-restricted controlled rounding: Cox and Ernst, Controlled rounding, INFOR 20 (1982) 423-432; read about,
             not read.
    """
    chosen = [variable_number for variable_number, variable in enumerate(system.variables) if variable.may_hide]
    for group in _cell_groups(system, chosen):
        rounded_up = _rounded_up(system, group, rounding_base)
        for variable_number in group:
            variable = system.variables[variable_number]
            variable.rounded_to = rounding_base * (variable.truth // rounding_base + rounded_up[variable_number])
            printed = rounded_form(variable.rounded_to, rounding_base)
            variable.low, variable.high = printed.low, variable.rounded_to + rounding_base - 1


def _cell_groups(system: System, chosen: list[int]) -> Iterator[list[int]]:
    """Counts that stand in sums together, however far apart."""
    member = {variable_number: variable_number for variable_number in chosen}

    def top_member(variable_number: int) -> int:
        while member[variable_number] != variable_number:
            member[variable_number] = member[member[variable_number]]
            variable_number = member[variable_number]
        return variable_number

    for equation_row in system.rows:
        member_tops = [
            top_member(variable_number) for variable_number, _ in equation_row.terms if variable_number in member
        ]
        for other_top in member_tops[1:]:
            member[top_member(other_top)] = top_member(member_tops[0])
    groups: dict[int, list[int]] = defaultdict(list)
    for variable_number in chosen:
        groups[top_member(variable_number)].append(variable_number)
    yield from groups.values()


def _rounded_up(system: System, group: list[int], rounding_base: int) -> dict[int, int]:
    variables = system.variables
    remainders = {variable_number: variables[variable_number].truth % rounding_base for variable_number in group}
    split = [variable_number for variable_number in group if remainders[variable_number]]
    column = {variable_number: position for position, variable_number in enumerate(split)}
    costs = [float(rounding_base - 2 * remainders[variable_number]) for variable_number in split]
    equation_rows: list[tuple[list[tuple[int, int]], float, float]] = []
    inside = set(group)
    extra = len(split)
    for equation_row in system.rows:
        numbers = [variable_number for variable_number, _ in equation_row.terms]
        if not inside & set(numbers) or not all(
            variable_number in inside
            or variables[variable_number].rounded_to is not None
            or variables[variable_number].low == variables[variable_number].high
            for variable_number in numbers
        ):
            continue
        stands = sum(
            times * _rounded_below(system, variable_number, rounding_base, inside)
            for variable_number, times in equation_row.terms
        )
        if stands % rounding_base or equation_row.low != equation_row.high:
            continue
        terms = [
            (column[variable_number], times)
            for variable_number, times in equation_row.terms
            if variable_number in column
        ]
        equation_rows.append(
            ([*terms, (extra, 1), (extra + 1, -1)], -stands // rounding_base, -stands // rounding_base)
        )
        extra += 2
    most_values = [1.0] * len(split) + [float("inf")] * (extra - len(split))
    costs += [OFF_PRICE] * (extra - len(split))
    programme = Programme(most_values, equation_rows)
    values = programme.cheapest_values(costs)
    whole = whole_numbers(values) if values is not None else None
    if whole is None:
        values = programme.cheapest_values(costs, whole=range(extra))
        whole = whole_numbers(values) if values is not None else None
    if whole is None:
        return {variable_number: int(2 * remainders[variable_number] >= rounding_base) for variable_number in group}
    return {
        variable_number: whole[column[variable_number]] if variable_number in column else 0 for variable_number in group
    }


def _rounded_below(system: System, variable_number: int, rounding_base: int, inside: set[int]) -> int:
    variable = system.variables[variable_number]
    if variable_number in inside:
        return rounding_base * (variable.truth // rounding_base)
    return variable.truth if variable.rounded_to is None else variable.rounded_to
