"""Percentages: how they are printed, and what a printed one reveals of the two counts behind it."""

from __future__ import annotations

from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.table_cell import Share


def percent_text(part_number: int, whole: int, decimals: int) -> str | None:
    """The printed text of this share, halves rounded up; of 0 there is no share.

    Units:   per cent.
    Example:
        >>> percent_text(39, 40, 1)
        '97.5'
    """
    if whole <= 0:
        return None
    scale = 10**decimals
    scaled = (2 * 100 * scale * part_number + whole) // (2 * whole)
    return f"{scaled // scale}.{scaled % scale:0{decimals}d}" if decimals else str(scaled)


def printed_bounds(system: System, part_number: int, whole: int, share_text: str) -> None:
    """What a printed percentage reveals, linear in the two counts, however they are printed.

    Shape:   nothing where both counts are public, since it then says no more than they do.
    """
    if system.is_fixed(part_number) and system.is_fixed(whole):
        return
    before, _, after = share_text.partition(".")
    scale = 10 ** len(after)
    said_tenths = int(before + after)
    # Halves are rounded up: (2 said - 1) whole <= 200 scale part < (2 said + 1) whole.
    system.add_row([(part_number, 200 * scale), (whole, -(2 * said_tenths - 1))], 0, NO_END)
    system.add_row([(part_number, -200 * scale), (whole, 2 * said_tenths + 1)], 1, NO_END)


def complement_share(system: System, part_number: int, whole: int, share: Share) -> None:
    """Those of the whole who are not in the part: printed nowhere, implied by the two."""
    variables = system.variables
    count_left = variables[whole].truth - variables[part_number].truth
    place = variables[whole].place
    rest_variable = system.add_variable(
        Variable(share.whole, "rest", count_left, min(0, count_left), NO_END, place=place)
    )
    system.add_row([(whole, 1), (part_number, -1), (rest_variable, -1)], 0, 0)
