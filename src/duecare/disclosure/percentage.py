"""Percentages: how they are printed, and what one that is printed says of the two counts behind it."""

from __future__ import annotations

from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.table_cell import Share


def percent_text(part: int, whole: int, decimals: int) -> str | None:
    """What is printed of this share? Halves are rounded up; of nothing there is no share.

    Units:   per cent.
    Example:
        >>> percent_text(39, 40, 1)
        '97.5'
    """
    if whole <= 0:
        return None
    scale = 10**decimals
    scaled = (2 * 100 * scale * part + whole) // (2 * whole)
    return f"{scaled // scale}.{scaled % scale:0{decimals}d}" if decimals else str(scaled)


def printed_bounds(system: System, part: int, whole: int, text: str) -> None:
    """What does a printed percentage say? It is linear in the two counts, however they are printed.

    Shape:   nothing where both counts are public, since it then says no more than they do.
    """
    if system.is_fixed(part) and system.is_fixed(whole):
        return
    before, _, after = text.partition(".")
    scale = 10 ** len(after)
    said = int(before + after)
    # Halves are rounded up: (2 said - 1) whole <= 200 scale part < (2 said + 1) whole.
    system.tie([(part, 200 * scale), (whole, -(2 * said - 1))], 0, NO_END)
    system.tie([(part, -200 * scale), (whole, 2 * said + 1)], 1, NO_END)


def complement(system: System, part: int, whole: int, share: Share) -> None:
    """Those of the whole who are not in the part: printed nowhere, implied by the two."""
    variables = system.variables
    left = variables[whole].truth - variables[part].truth
    place = variables[whole].place
    rest = system.add(Variable(share.whole, "rest", left, min(0, left), NO_END, place=place))
    system.tie([(whole, 1), (part, -1), (rest, -1)], 0, 0)
