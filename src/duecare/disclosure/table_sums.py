"""Which sums hold between the cells of one measure, printed or implied: along every dimension, again and again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey, Dimension


@dataclass(slots=True)
class Sums:
    """By which dimensions is each measure cut, and which sums were already written down?

    Shape:   sums are those of all tables that ever cut the measure so, by the name of the dimension.
    """

    insider: str
    wholes: dict[str, dict[str, dict[str, list[tuple[str, ...]]]]] = field(default_factory=dict)
    partings: dict[str, dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]]] = field(default_factory=dict)
    leaves: set[str] = field(default_factory=set)
    _written: set[tuple[int, tuple[int, ...]]] = field(default_factory=set)
    _together: set[CellKey] = field(default_factory=set)
    _threshold: int = 0
    _protect: bool = True

    def learn(self, measure: str, dimension: Dimension) -> None:
        """This measure is cut by this dimension."""
        wholes = self.wholes.setdefault(measure, {}).setdefault(dimension.name, {})
        partings = self.partings.setdefault(measure, {}).setdefault(dimension.name, {})
        for whole, parts in dimension.sums:
            ordered = tuple(sorted(parts))
            if ordered in wholes.setdefault(whole, []):
                continue
            wholes[whole].append(ordered)
            for part in parts:
                partings.setdefault(part, []).append((whole, ordered))
        if dimension.name == self.insider:
            every = {name for name in dimension.categories if name not in wholes}
            self.leaves = {name for name in self.leaves | every if name not in wholes}

    def place(self, key: CellKey) -> str:
        """Whose own figure is it, among those of whom one may know their own?"""
        category = key.category(self.insider)
        return category if category in self.leaves else ""

    def touching(self, key: CellKey) -> Iterator[tuple[CellKey, str, tuple[str, ...]]]:
        """In which sums does this cell stand, as the whole or as a part?"""
        for name, wholes in self.wholes.get(key.measure, {}).items():
            category = key.category(name)
            for parts in wholes.get(category, ()):
                yield key, name, parts
            if category:
                for whole, parts in self.partings[key.measure][name].get(category, ()):
                    yield key.moved(name, whole), name, parts

    def write(self, system: System, together: list[CellKey], threshold: int, protect: bool) -> None:
        """Write down every sum that the cells printed together complete, and the cells that are implied by sums.

        Shape:   a whole of which one part is printed nowhere implies that part; of which several, their rest; parts that
                 are all known imply their whole. An only part that is printed nowhere is the whole by another name, and tells
                 nothing more; were it implied, it would be so across every other dimension.
        """
        self._together, self._threshold, self._protect = set(together), threshold, protect
        queue, open_sums = list(reversed(together)), {}
        while queue:
            key = queue.pop()
            for whole, name, parts in self.touching(key):
                cells = [whole.moved(name, part) for part in parts]
                missing = [cell for cell in cells if cell not in system.current]
                has_whole = whole in system.current
                if len(missing) + (not has_whole) > 1:
                    if has_whole:
                        open_sums[whole, name, parts] = cells
                    continue
                if not has_whole:
                    truth = sum(system.variables[system.current[cell]].truth for cell in cells)
                    queue.append(self._imply(system, whole, truth))
                elif missing and len(parts) == 1:
                    continue
                elif missing:
                    known = [system.current[cell] for cell in cells if cell in system.current]
                    truth = system.variables[system.current[whole]].truth
                    truth -= sum(system.variables[number].truth for number in known)
                    queue.append(self._imply(system, missing[0], truth))
                self._tie(system, whole, name, cells)
        for (whole, name, _parts), cells in open_sums.items():
            if len([cell for cell in cells if cell not in system.current]) > 1:
                self._tie(system, whole, name, cells)

    def _imply(self, system: System, key: CellKey, truth: int) -> CellKey:
        system.current[key] = system.add(Variable(key, "implied", truth, min(0, truth), NO_END, place=self.place(key)))
        return key

    def _tie(self, system: System, whole: CellKey, name: str, cells: list[CellKey]) -> None:
        variables = system.variables
        top = system.current[whole]
        known = [system.current[cell] for cell in cells if cell in system.current]
        if (top, tuple(known)) in self._written:
            return
        self._written.add((top, tuple(known)))
        left = variables[top].truth - sum(variables[number].truth for number in known)
        terms = [(top, 1), *((number, -1) for number in known)]
        if len(known) < len(cells):
            if not known:
                return
            place = self.place(whole) or (ELSEWHERE if name == self.insider else "")
            rest = Variable(whole, "rest", left, min(0, left), NO_END, place=place)
            terms.append((system.add(rest), -1))
        elif left:
            if whole not in self._together or abs(left) >= self._threshold:
                return
            wrong = Variable(whole, "correction", left, left, left, is_child=self._protect, place=self.place(whole))
            terms.append((system.add(wrong), -1))
        system.tie(terms, 0, 0)

    def do_not_add_up(self, counts: Mapping[CellKey, int]) -> Iterator[CellKey]:
        """Which wholes printed together with all their parts are not the sum of them, or less than some of them?"""
        for key, count in counts.items():
            for whole, name, parts in self.touching(key):
                if whole == key:
                    known = [counts[cell] for part in parts if (cell := whole.moved(name, part)) in counts]
                    if sum(known) > count or (len(known) == len(parts) and sum(known) < count):
                        yield key
