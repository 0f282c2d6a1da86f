"""The book of all releases, read as one system: which cell is which count, and what each release says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from duecare.disclosure.count_table import ClearedTable, DraftTable, Earlier, Printed, exact
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import NO_END, System, Variable
from duecare.disclosure.overlapping_tables import ring
from duecare.disclosure.percentage import complement, percent_text, printed_bounds
from duecare.disclosure.table_cell import CellKey, CountClass, Share
from duecare.disclosure.table_sums import Sums
from duecare.vocabulary.refusals import Refusal

AnyTable = ClearedTable | DraftTable


def read_book(history: Sequence[Earlier], draft: Sequence[DraftTable], policy: DisclosurePolicy) -> System:
    """Which counts are there, which of them are public, and what ties them?

    Shape:   cells of the draft stand as they truly are; which of them `may_hide` is for the suppressor to choose.
    Raises:  REP-012 when counts of the draft differ, are negative or do not add up.
    """
    book = _Book(policy, [*(table for earlier in history for table in earlier.tables), *draft])
    for earlier in history:
        forms: list[tuple[AnyTable, dict[CellKey, Printed]]] = [(table, dict(table.cells)) for table in earlier.tables]
        book.enter(forms, earlier.truth, is_draft=False)
    counts = _agreed(draft)
    book.check(counts)
    book.enter(
        [(table, {cell: exact(table.counts[cell]) for cell in table.counts}) for table in draft], counts, is_draft=True
    )
    return book.system


def _agreed(draft: Iterable[DraftTable]) -> dict[CellKey, int]:
    counts: dict[CellKey, int] = {}
    faults: set[str] = set()
    for table in draft:
        for cell, count in table.counts.items():
            if counts.setdefault(cell, count) != count:
                faults.add(f"{cell.text} has two counts")
            if count < 0:
                faults.add(f"{cell.text} is negative")
    if faults:
        raise Refusal("REP-012", where="the draft", faults=tuple(sorted(faults)[:10]))
    return counts


class _Book:
    def __init__(self, policy: DisclosurePolicy, tables: Sequence[AnyTable]) -> None:
        self.policy = policy
        self.system = System()
        self.sums = Sums(policy.insider)
        self.children = {
            cell.measure for table in tables if table.kind is CountClass.CHILDREN for cell in _cells(table)
        }
        for table in tables:
            for measure in sorted({cell.measure for cell in _cells(table)} & self.children):
                for dimension in table.dimensions:
                    self.sums.learn(measure, dimension)

    def check(self, counts: Mapping[CellKey, int]) -> None:
        wrong = sorted({cell.text for cell in self.sums.do_not_add_up(counts)})
        faults = [f"{text} is not the sum of its parts" for text in wrong[:10]]
        faults += [
            f"{measure} is cut in a ring by {', '.join(names)}: give one table of all of these"
            for measure in sorted(self.children & {cell.measure for cell in counts})
            if (names := ring(cell for cell in counts if cell.measure == measure))
        ]
        if faults:
            raise Refusal("REP-012", where="the draft", faults=tuple(faults))

    def enter(
        self, forms: list[tuple[AnyTable, dict[CellKey, Printed]]], truth: Mapping[CellKey, int], *, is_draft: bool
    ) -> None:
        shown: dict[CellKey, tuple[Printed, bool]] = {}
        for table, cells in forms:
            is_child = table.kind is CountClass.CHILDREN
            for cell, printed in cells.items():
                if cell.measure in self.children:
                    before = shown.get(cell)
                    shown[cell] = (printed, is_child and (before is None or before[1]))
        before_it = len(self.system.rows)
        self.system.fresh = set()
        together = sorted(shown, key=lambda cell: cell.order)
        for cell in together:
            self._one(cell, truth[cell], *shown[cell], is_draft)
            self.system.fresh.add(self.system.current[cell])
        self.sums.write(self.system, together, self.policy.threshold, protect=self.policy.corrections == "protected")
        for table, _ in forms:
            self._shares(table, shown)
        self.system.fresh |= {number for row in self.system.rows[before_it:] for number, _ in row.terms}

    def _one(self, cell: CellKey, truth: int, printed: Printed, is_child: bool, is_draft: bool) -> None:
        system, policy = self.system, self.policy
        zero_is_public = truth == 0 and policy.least_hidden == 1
        may_hide = is_draft and is_child and not zero_is_public
        place = self.sums.place(cell)
        multiple = printed.value if printed.form == "rounded" else None
        number = system.current.get(cell)
        if number is None:
            fresh = Variable(
                cell, "printed", truth, printed.low, _end(printed), is_child, may_hide, False, place, multiple
            )
            system.current[cell] = system.add(fresh)
            return
        old = system.variables[number]
        if old.truth == truth:
            if old.role == "printed" and is_draft:
                return
            old.is_child, old.may_hide = is_child, may_hide
            old.role = "printed"
            old.rounded_to = old.rounded_to if multiple is None else multiple
            old.low, old.high = max(old.low, printed.low), min(old.high, _end(printed))
            return
        # What it was corrected by is not public: a number that was, corrected by few, would tell it.
        by_few = abs(truth - old.truth) < policy.threshold and old.low == old.high
        changed = by_few and is_child and policy.corrections == "protected"
        fresh = Variable(
            cell, "printed", truth, printed.low, _end(printed), is_child, may_hide, changed, place, multiple
        )
        system.current[cell] = system.add(fresh)

    def _shares(self, table: AnyTable, shown: Mapping[CellKey, tuple[Printed, bool]]) -> None:
        texts = table.shares if isinstance(table, ClearedTable) else dict.fromkeys(table.shares)
        for share, text in texts.items():
            numbers = [self.system.current.get(cell) for cell in (share.part, share.whole)]
            part, whole = numbers
            if part is None or whole is None:
                continue
            if table.kind is CountClass.CHILDREN:
                complement(self.system, part, whole, share)
            if text is not None and text != _of_printed(share, shown):
                printed_bounds(self.system, part, whole, text)


def _of_printed(share: Share, shown: Mapping[CellKey, tuple[Printed, bool]]) -> str | None:
    """What the percentage is of the two numbers as printed: one that is just that tells no more than they do."""
    part, whole = (shown[cell][0].value if cell in shown else None for cell in (share.part, share.whole))
    return None if part is None or whole is None else percent_text(part, whole, share.decimals)


def _cells(table: AnyTable) -> Iterable[CellKey]:
    return table.cells if isinstance(table, ClearedTable) else table.counts


def _end(printed: Printed) -> int:
    return NO_END if printed.high is None else printed.high
