"""All releases, read as one system: which cell is which count, and what each release publishes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duecare.disclosure.count_table import ClearedTable, DraftTable, Earlier, Printed, exact_form
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.overlapping_tables import overlapping_cuts
from duecare.disclosure.percentage import complement_share, percent_text, printed_bounds
from duecare.disclosure.table_cell import CellKey, CountClass, Share
from duecare.disclosure.table_sums import Sums
from duecare.vocabulary.refusals import Refusal

AnyTable = ClearedTable | DraftTable


def read_book(history: Sequence[Earlier], draft: Sequence[DraftTable], policy: DisclosurePolicy) -> System:
    """Read all releases and the draft into one system of counts and rows.

    Shape:   cells of the draft stand as they truly are; which of them `may_hide` is for the suppressor to choose.
    Raises:  REP-012 when counts of the draft differ, are negative or do not add up.
    """
    release_book = _Book(policy, [*(table for earlier in history for table in earlier.tables), *draft])
    for earlier in history:
        forms: list[tuple[AnyTable, dict[CellKey, Printed]]] = [(table, dict(table.cells)) for table in earlier.tables]
        release_book.enter_table(forms, earlier.truth, is_draft=False)
    counts = _agreed_counts(draft)
    release_book.check_sums(counts)
    release_book.enter_table(
        [(table, {cell_key: exact_form(table.counts[cell_key]) for cell_key in table.counts}) for table in draft],
        counts,
        is_draft=True,
    )
    return release_book.system


def _agreed_counts(draft: Iterable[DraftTable]) -> dict[CellKey, int]:
    counts: dict[CellKey, int] = {}
    faults: set[str] = set()
    for table in draft:
        for cell_key, count in table.counts.items():
            if counts.setdefault(cell_key, count) != count:
                faults.add(f"{cell_key.text} has two counts")
            if count < 0:
                faults.add(f"{cell_key.text} is negative")
    if faults:
        raise Refusal("REP-012", where="the draft", faults=tuple(sorted(faults)[:10]))
    return counts


class _Book:
    def __init__(self, policy: DisclosurePolicy, tables: Sequence[AnyTable]) -> None:
        self.policy = policy
        self.system = System()
        self.sums = Sums(policy.insider)
        self.children = {
            cell_key.measure
            for table in tables
            if table.kind is CountClass.CHILDREN
            for cell_key in _table_cells(table)
        }
        for table in tables:
            for measure in sorted({cell_key.measure for cell_key in _table_cells(table)} & self.children):
                for dimension in table.dimensions:
                    self.sums.learn_dimensions(measure, dimension)

    def check_sums(self, counts: Mapping[CellKey, int]) -> None:
        wrong_sums = sorted({cell_key.text for cell_key in self.sums.do_not_add_up(counts)})
        faults = [f"{sum_text} is not the sum of its parts" for sum_text in wrong_sums[:10]]
        faults += [
            f"{measure} is cut in a ring by {', '.join(names)}: give one table of all of these"
            for measure in sorted(self.children & {cell_key.measure for cell_key in counts})
            if (names := overlapping_cuts(cell_key for cell_key in counts if cell_key.measure == measure))
        ]
        if faults:
            raise Refusal("REP-012", where="the draft", faults=tuple(faults))

    def enter_table(
        self, forms: list[tuple[AnyTable, dict[CellKey, Printed]]], truth: Mapping[CellKey, int], *, is_draft: bool
    ) -> None:
        shown_cells: dict[CellKey, tuple[Printed, bool]] = {}
        for table, cells in forms:
            is_child = table.kind is CountClass.CHILDREN
            for cell_key, printed in cells.items():
                if cell_key.measure in self.children:
                    before = shown_cells.get(cell_key)
                    shown_cells[cell_key] = (printed, is_child and (before is None or before[1]))
        before_it = len(self.system.rows)
        self.system.fresh = set()
        together = sorted(shown_cells, key=lambda cell_key: cell_key.order)
        for cell in together:
            self._enter_cell(cell, truth[cell], *shown_cells[cell], is_draft)
            self.system.fresh.add(self.system.current[cell])
        self.sums.write_sums(
            self.system, together, self.policy.threshold, protect=self.policy.corrections == "protected"
        )
        for table, _ in forms:
            self._enter_shares(table, shown_cells)
        self.system.fresh |= {
            variable_number
            for equation_row in self.system.rows[before_it:]
            for variable_number, _ in equation_row.terms
        }

    def _enter_cell(self, cell_key: CellKey, truth: int, printed: Printed, is_child: bool, is_draft: bool) -> None:
        system, policy = self.system, self.policy
        zero_is_public = truth == 0 and policy.least_hidden == 1
        may_hide = is_draft and is_child and not zero_is_public
        place = self.sums.reader_place(cell_key)
        multiple = printed.value if printed.form == "rounded" else None
        variable_number = system.current.get(cell_key)
        if variable_number is None:
            fresh = Variable(
                cell_key,
                "printed",
                truth,
                printed.low,
                _printed_end(printed),
                is_child,
                may_hide,
                False,
                place,
                multiple,
            )
            system.current[cell_key] = system.add_variable(fresh)
            return
        old_variable = system.variables[variable_number]
        if old_variable.truth == truth:
            if old_variable.role == "printed" and is_draft:
                return
            old_variable.is_child, old_variable.may_hide = is_child, may_hide
            old_variable.role = "printed"
            old_variable.rounded_to = old_variable.rounded_to if multiple is None else multiple
            old_variable.low, old_variable.high = (
                max(old_variable.low, printed.low),
                min(old_variable.high, _printed_end(printed)),
            )
            return
        # What it was corrected by is not public: a number that was, corrected by few, would tell it.
        by_few = abs(truth - old_variable.truth) < policy.threshold and old_variable.low == old_variable.high
        changed = by_few and is_child and policy.corrections == "protected"
        fresh = Variable(
            cell_key, "printed", truth, printed.low, _printed_end(printed), is_child, may_hide, changed, place, multiple
        )
        system.current[cell_key] = system.add_variable(fresh)

    def _enter_shares(self, table: AnyTable, shown_cells: Mapping[CellKey, tuple[Printed, bool]]) -> None:
        texts = table.shares if isinstance(table, ClearedTable) else dict.fromkeys(table.shares)
        for share, share_text in texts.items():
            numbers = [self.system.current.get(cell_key) for cell_key in (share.part, share.whole)]
            part_cell, whole = numbers
            if part_cell is None or whole is None:
                continue
            if table.kind is CountClass.CHILDREN:
                complement_share(self.system, part_cell, whole, share)
            if share_text is not None and share_text != _of_printed(share, shown_cells):
                printed_bounds(self.system, part_cell, whole, share_text)


def _of_printed(share: Share, shown_cells: Mapping[CellKey, tuple[Printed, bool]]) -> str | None:
    """The percentage of the two numbers as printed: one that is exactly that reveals no more than they do."""
    part_value, whole = (
        shown_cells[cell_key][0].value if cell_key in shown_cells else None for cell_key in (share.part, share.whole)
    )
    return None if part_value is None or whole is None else percent_text(part_value, whole, share.decimals)


def _table_cells(table: AnyTable) -> Iterable[CellKey]:
    return table.cells if isinstance(table, ClearedTable) else table.counts


def _printed_end(printed: Printed) -> int:
    return NO_END if printed.high is None else printed.high
