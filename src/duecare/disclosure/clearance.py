"""Clearance: the one way from true counts to what may be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from duecare.disclosure.cell_suppression import Suppressor
from duecare.disclosure.controlled_rounding import round_all
from duecare.disclosure.count_table import (
    Bound,
    Cleared,
    ClearedTable,
    DraftTable,
    Earlier,
    Printed,
    Summary,
    exact,
    hidden,
    rounded,
)
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.percentage import percent_text
from duecare.disclosure.protection_audit import Audit, Narrowed
from duecare.disclosure.release_history import read_book
from duecare.disclosure.table_cell import CellKey, CountClass, Share
from duecare.vocabulary.refusals import Refusal

UNPRINTED: Final[Mapping[str, str]] = {
    "implied": "printed nowhere, but follows from sums",
    "rest": "what is left when the parts that are printed are taken off",
    "correction": "by how much it was corrected",
}
"""How is a count named to those who clear a release, where no table prints it?"""


def clear(draft: Sequence[DraftTable], history: Sequence[Earlier], policy: DisclosurePolicy) -> Cleared:
    """What may be printed of these tables, given everything ever released?

    Shape:   the same cell has the same form in every table, and the form it had when first released.
    Raises:  REP-012 when the tables do not fit each other; REP-011 when the auditor can narrow a count too far, and nothing
             in the draft that may be hidden would prevent it.
    """
    system = read_book(history, draft, policy)
    if policy.mode == "round":
        round_all(system, policy.base)
    else:
        _hide_small(system, policy)
    suppressor = Suppressor(Audit(system, policy))
    suppressor.run()
    truth = {cell: count for table in draft for cell, count in table.counts.items()}
    forms = {cell: _form(count, cell, system, policy) for cell, count in truth.items()}
    tables = tuple(_cleared(table, forms) for table in draft)
    released = Earlier("draft", tables, truth)
    bounds, narrowed = look_through(released, history, policy, suppressor.audit)
    already = _already(narrowed, history, policy) if narrowed else ()
    wrong = [one for one in narrowed if one not in already]
    if wrong:
        raise Refusal("REP-011", where="the draft", found=f"{len(wrong)} counts", faults=_told(wrong))
    return Cleared(tables, bounds, _summary(tables, truth, policy, tuple(one[0] for one in already)), truth)


def look_through(
    released: Earlier, history: Sequence[Earlier], policy: DisclosurePolicy, first: Audit | None = None
) -> tuple[tuple[Bound, ...], tuple[tuple[CellKey, str, int, int], ...]]:
    """The auditor's answer on a release as it would be published, and on all that it would make known of earlier ones.

    Shape:   worlds of `first` are tried first, each only if it fits what would be public; what none of them shows is looked
             for. What `first` could not hide from those who know the corrections is tolerated. A bound for every hidden or
             rounded cell of the release; then what is narrowed too far: cell, by whom, bounds.
    """
    audit = Audit(read_book((*history, released), (), policy), policy)
    if first is not None:
        audit.try_first(first.used())
        audit.tolerated = first.tolerated
    found: list[Narrowed] = [one for number in audit.targets() if (one := audit.narrowed(number)) is not None]
    variables = audit.system.variables
    printed = {cell for table in released.tables for cell in table.cells}
    bounds = tuple(
        Bound(variables[number].key, *audit.shown[number])
        for number in audit.targets()
        if number in audit.shown and audit.is_hidden(number) and variables[number].key in printed
    )
    return bounds, tuple((_key(variables[one.number]), one.insider, one.low, one.high) for one in found)


def _hide_small(system: System, policy: DisclosurePolicy) -> None:
    for variable in system.variables:
        if variable.may_hide and (policy.is_small(variable.truth) or variable.is_changed):
            variable.low, variable.high = policy.least_hidden, NO_END


def _key(variable: Variable) -> CellKey:
    if variable.role == "printed":
        return variable.key
    return CellKey(f"{variable.key.measure} ({UNPRINTED[variable.role]})", variable.key.at)


def _already(
    narrowed: Sequence[tuple[CellKey, str, int, int]], history: Sequence[Earlier], policy: DisclosurePolicy
) -> tuple[tuple[CellKey, str, int, int], ...]:
    """Which of these were public before this draft, to the same readers and no less narrowly?"""
    if not history:
        return ()
    _, before = look_through(Earlier("none", (), {}), history, policy)
    known = {(cell, insider): (low, high) for cell, insider, low, high in before}
    found = []
    for one in narrowed:
        was = known.get((one[0], one[1]))
        if was is not None and one[2] <= was[0] and one[3] >= was[1]:
            found.append(one)
    return tuple(found)


def _told(wrong: Sequence[tuple[CellKey, str, int, int]]) -> tuple[str, ...]:
    """Which counts, and to whom: never within which bounds, for those who read a refusal may see no small count."""
    return tuple(
        cell.text + (f", to those who know the figures of {insider}" if insider else "")
        for cell, insider, _low, _high in wrong[:10]
    )


def _cleared(table: DraftTable, forms: dict[CellKey, Printed]) -> ClearedTable:
    cells = {cell: forms[cell] for cell in sorted(table.counts, key=lambda cell: cell.order)}
    return ClearedTable(
        table.name, table.kind, table.dimensions, cells, {share: _share(share, forms) for share in table.shares}
    )


def _form(count: int, cell: CellKey, system: System, policy: DisclosurePolicy) -> Printed:
    number = system.current.get(cell)
    if number is None:
        return exact(count)
    variable = system.variables[number]
    if variable.low == variable.high:
        return exact(count)
    if variable.rounded_to is not None and variable.high < NO_END:
        return rounded(variable.rounded_to, policy.base)
    return hidden(policy.least_hidden)


def _share(share: Share, forms: dict[CellKey, Printed]) -> str | None:
    """A percentage is reckoned from what is printed, and so tells no more than that."""
    part, whole = (forms.get(cell) for cell in (share.part, share.whole))
    if part is None or whole is None or part.value is None or whole.value is None:
        return None
    return percent_text(part.value, whole.value, share.decimals)


def _summary(
    tables: Sequence[ClearedTable], truth: dict[CellKey, int], policy: DisclosurePolicy, exposed: tuple[CellKey, ...]
) -> Summary:
    forms = {
        cell: printed for table in tables if table.kind is CountClass.CHILDREN for cell, printed in table.cells.items()
    }
    gone = [cell for cell, printed in forms.items() if printed.form == "hidden"]
    small = sum(policy.is_small(truth[cell]) for cell in gone)
    is_rounded = sum(printed.form == "rounded" for printed in forms.values())
    return Summary(len(forms), small, len(gone) - small, is_rounded, exposed)
