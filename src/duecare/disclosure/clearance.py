"""Clearance: the one way from true counts to what may be printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from duecare.disclosure.controlled_rounding import round_all
from duecare.disclosure.count_table import (
    Bound,
    Cleared,
    ClearedTable,
    DraftTable,
    Earlier,
    Printed,
    Summary,
    exact_form,
    hidden_form,
    rounded_form,
)
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.percentage import percent_text
from duecare.disclosure.protection_audit import Audit, Narrowed
from duecare.disclosure.release_history import read_book
from duecare.disclosure.secondary_suppression import Suppressor
from duecare.disclosure.table_cell import CellKey, CountClass, Share
from duecare.vocabulary.refusals import Refusal

UNPRINTED: Final[Mapping[str, str]] = {
    "implied": "printed nowhere, but follows from sums",
    "rest": "what is left when the parts that are printed are taken off",
    "correction": "by how much it was corrected",
}
"""How is a count named to those who clear a release, where no table prints it?"""


def clear_tables(draft: Sequence[DraftTable], history: Sequence[Earlier], policy: DisclosurePolicy) -> Cleared:
    """Clear these tables for print, given everything ever released.

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
    truth = {cell_key: count for table in draft for cell_key, count in table.counts.items()}
    forms = {cell_key: _printed_form(count, cell_key, system, policy) for cell_key, count in truth.items()}
    tables = tuple(_cleared_table(table, forms) for table in draft)
    released = Earlier("draft", tables, truth)
    bounds, narrowed = look_through(released, history, policy, suppressor.audit)
    already = _already_narrowed(narrowed, history, policy) if narrowed else ()
    newly_narrowed = [narrowed_cell for narrowed_cell in narrowed if narrowed_cell not in already]
    if newly_narrowed:
        raise Refusal(
            "REP-011", where="the draft", found=f"{len(newly_narrowed)} counts", faults=_narrowed_words(newly_narrowed)
        )
    return Cleared(
        tables,
        bounds,
        _clearance_summary(tables, truth, policy, tuple(narrowed_cell[0] for narrowed_cell in already)),
        truth,
    )


def look_through(
    released: Earlier, history: Sequence[Earlier], policy: DisclosurePolicy, first_audit: Audit | None = None
) -> tuple[tuple[Bound, ...], tuple[tuple[CellKey, str, int, int], ...]]:
    """The auditor's answer on a release as it would be published, and on all that it would make known of earlier ones.

    Shape:   worlds of `first_audit` are tried first, each only if it fits what would be public; what none of them shows is looked
             for. What `first_audit` could not hide from those who know the corrections is tolerated. A bound for every hidden or
             rounded cell of the release; then what is narrowed too far: cell, by whom, bounds.
    """
    audit = Audit(read_book((*history, released), (), policy), policy)
    if first_audit is not None:
        audit.try_first(first_audit.used_tables())
        audit.tolerated = first_audit.tolerated
    narrowed_cells: list[Narrowed] = [
        narrowed_result
        for number in audit.target_counts()
        if (narrowed_result := audit.first_narrowed(number)) is not None
    ]
    variables = audit.system.variables
    printed = {cell_key for table in released.tables for cell_key in table.cells}
    bounds = tuple(
        Bound(variables[number].key, *audit.shown[number])
        for number in audit.target_counts()
        if number in audit.shown and audit.is_hidden(number) and variables[number].key in printed
    )
    return bounds, tuple(
        (
            _cell_key(variables[narrowed_result.number]),
            narrowed_result.insider,
            narrowed_result.low,
            narrowed_result.high,
        )
        for narrowed_result in narrowed_cells
    )


def _hide_small(system: System, policy: DisclosurePolicy) -> None:
    for variable in system.variables:
        if variable.may_hide and (policy.is_small(variable.truth) or variable.is_changed):
            variable.low, variable.high = policy.least_hidden, NO_END


def _cell_key(variable: Variable) -> CellKey:
    if variable.role == "printed":
        return variable.key
    return CellKey(f"{variable.key.measure} ({UNPRINTED[variable.role]})", variable.key.at)


def _already_narrowed(
    narrowed: Sequence[tuple[CellKey, str, int, int]], history: Sequence[Earlier], policy: DisclosurePolicy
) -> tuple[tuple[CellKey, str, int, int], ...]:
    """Those that were public before this draft, to the same readers and no less narrowly."""
    if not history:
        return ()
    _, before = look_through(Earlier("none", (), {}), history, policy)
    known_bounds = {
        (cell_key, insider): (lowest_value, highest_value) for cell_key, insider, lowest_value, highest_value in before
    }
    already_narrowed = []
    for narrowed_cell in narrowed:
        earlier_bounds = known_bounds.get((narrowed_cell[0], narrowed_cell[1]))
        if (
            earlier_bounds is not None
            and narrowed_cell[2] <= earlier_bounds[0]
            and narrowed_cell[3] >= earlier_bounds[1]
        ):
            already_narrowed.append(narrowed_cell)
    return tuple(already_narrowed)


def _narrowed_words(newly_narrowed: Sequence[tuple[CellKey, str, int, int]]) -> tuple[str, ...]:
    """The counts, and to whom they are narrowed: never the bounds, for those who read a refusal may see no small count."""
    return tuple(
        cell_key.text + (f", to those who know the figures of {insider}" if insider else "")
        for cell_key, insider, _lowest, _highest in newly_narrowed[:10]
    )


def _cleared_table(table: DraftTable, forms: dict[CellKey, Printed]) -> ClearedTable:
    cells = {cell_key: forms[cell_key] for cell_key in sorted(table.counts, key=lambda cell_key: cell_key.order)}
    return ClearedTable(
        table.name, table.kind, table.dimensions, cells, {share: _share_text(share, forms) for share in table.shares}
    )


def _printed_form(count: int, cell_key: CellKey, system: System, policy: DisclosurePolicy) -> Printed:
    number = system.current.get(cell_key)
    if number is None:
        return exact_form(count)
    variable = system.variables[number]
    if variable.low == variable.high:
        return exact_form(count)
    if variable.rounded_to is not None and variable.high < NO_END:
        return rounded_form(variable.rounded_to, policy.base)
    return hidden_form(policy.least_hidden)


def _share_text(share: Share, forms: dict[CellKey, Printed]) -> str | None:
    """A percentage, worked out from what is printed and so no more telling than that."""
    part_printed, whole = (forms.get(share_cell) for share_cell in (share.part, share.whole))
    if part_printed is None or whole is None or part_printed.value is None or whole.value is None:
        return None
    return percent_text(part_printed.value, whole.value, share.decimals)


def _clearance_summary(
    tables: Sequence[ClearedTable], truth: dict[CellKey, int], policy: DisclosurePolicy, exposed: tuple[CellKey, ...]
) -> Summary:
    forms = {
        cell_key: printed
        for table in tables
        if table.kind is CountClass.CHILDREN
        for cell_key, printed in table.cells.items()
    }
    hidden_cells = [cell_key for cell_key, printed in forms.items() if printed.form == "hidden"]
    small = sum(policy.is_small(truth[small_count]) for small_count in hidden_cells)
    is_rounded = sum(printed.form == "rounded" for printed in forms.values())
    return Summary(len(forms), small, len(hidden_cells) - small, is_rounded, exposed)
