"""The sums between the cells of one measure, printed or implied, along every dimension in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System, Variable
from duecare.disclosure.table_cell import CellKey, Dimension


@dataclass(slots=True)
class Sums:
    """The dimensions by which each measure is cut, and the sums already written down.

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

    def learn_dimensions(self, measure: str, dimension: Dimension) -> None:
        """This measure is cut by this dimension."""
        wholes = self.wholes.setdefault(measure, {}).setdefault(dimension.name, {})
        partings = self.partings.setdefault(measure, {}).setdefault(dimension.name, {})
        for whole, parts in dimension.sums:
            ordered = tuple(sorted(parts))
            if ordered in wholes.setdefault(whole, []):
                continue
            wholes[whole].append(ordered)
            for part_name in parts:
                partings.setdefault(part_name, []).append((whole, ordered))
        if dimension.name == self.insider:
            every_name = {category_name for category_name in dimension.categories if category_name not in wholes}
            self.leaves = {category_name for category_name in self.leaves | every_name if category_name not in wholes}

    def reader_place(self, cell_key: CellKey) -> str:
        """The reader who knows this figure as their own."""
        category = cell_key.category(self.insider)
        return category if category in self.leaves else ""

    def sums_touching(self, dimension_name: CellKey) -> Iterator[tuple[CellKey, str, tuple[str, ...]]]:
        """The sums in which this cell stands, as the whole or as a part."""
        for cut_name, wholes in self.wholes.get(dimension_name.measure, {}).items():
            category = dimension_name.category(cut_name)
            for parts in wholes.get(category, ()):
                yield dimension_name, cut_name, parts
            if category:
                for whole, parts in self.partings[dimension_name.measure][cut_name].get(category, ()):
                    yield dimension_name.moved(cut_name, whole), cut_name, parts

    def write_sums(self, system: System, together: list[CellKey], threshold: int, protect: bool) -> None:
        """Write down every sum that the cells printed together complete, and the cells that are implied by sums.

        Shape:   a whole of which one part is printed nowhere implies that part; of which several, their rest; parts that
                 are all known imply their whole. An only part that is printed nowhere is the whole by another name, and tells
                 nothing more; were it implied, it would be so across every other dimension.
        """
        self._together, self._threshold, self._protect = set(together), threshold, protect
        queue, open_sums = list(reversed(together)), {}
        while queue:
            cell_key = queue.pop()
            for whole, dimension_name, parts in self.sums_touching(cell_key):
                cells = [whole.moved(dimension_name, part_name) for part_name in parts]
                missing = [part_cell for part_cell in cells if part_cell not in system.current]
                has_whole = whole in system.current
                if len(missing) + (not has_whole) > 1:
                    if has_whole:
                        open_sums[whole, dimension_name, parts] = cells
                    continue
                if not has_whole:
                    truth = sum(system.variables[system.current[part_cell]].truth for part_cell in cells)
                    queue.append(self._imply_cell(system, whole, truth))
                elif missing and len(parts) == 1:
                    continue
                elif missing:
                    known_numbers = [system.current[part_cell] for part_cell in cells if part_cell in system.current]
                    truth = system.variables[system.current[whole]].truth
                    truth -= sum(system.variables[variable_number].truth for variable_number in known_numbers)
                    queue.append(self._imply_cell(system, missing[0], truth))
                self._add_row(system, whole, dimension_name, cells)
        for (whole, dimension_name, _parts), cells in open_sums.items():
            if len([part_cell for part_cell in cells if part_cell not in system.current]) > 1:
                self._add_row(system, whole, dimension_name, cells)

    def _imply_cell(self, system: System, cell_key: CellKey, truth: int) -> CellKey:
        system.current[cell_key] = system.add_variable(
            Variable(cell_key, "implied", truth, min(0, truth), NO_END, place=self.reader_place(cell_key))
        )
        return cell_key

    def _add_row(self, system: System, whole: CellKey, dimension_name: str, cells: list[CellKey]) -> None:
        variables = system.variables
        whole_number = system.current[whole]
        known_numbers = [system.current[part_cell] for part_cell in cells if part_cell in system.current]
        if (whole_number, tuple(known_numbers)) in self._written:
            return
        self._written.add((whole_number, tuple(known_numbers)))
        count_left = variables[whole_number].truth - sum(
            variables[variable_number].truth for variable_number in known_numbers
        )
        terms = [(whole_number, 1), *((variable_number, -1) for variable_number in known_numbers)]
        if len(known_numbers) < len(cells):
            if not known_numbers:
                return
            place = self.reader_place(whole) or (ELSEWHERE if dimension_name == self.insider else "")
            rest_variable = Variable(whole, "rest", count_left, min(0, count_left), NO_END, place=place)
            terms.append((system.add_variable(rest_variable), -1))
        elif count_left:
            if whole not in self._together or abs(count_left) >= self._threshold:
                return
            correction = Variable(
                whole,
                "correction",
                count_left,
                count_left,
                count_left,
                is_child=self._protect,
                place=self.reader_place(whole),
            )
            terms.append((system.add_variable(correction), -1))
        system.add_row(terms, 0, 0)

    def do_not_add_up(self, counts: Mapping[CellKey, int]) -> Iterator[CellKey]:
        """Wholes printed together with all their parts that are not the sum of them, or less than some of them."""
        for cell_key, count in counts.items():
            for whole, dimension_name, parts in self.sums_touching(cell_key):
                if whole == cell_key:
                    known_counts = [
                        counts[part_cell]
                        for part_name in parts
                        if (part_cell := whole.moved(dimension_name, part_name)) in counts
                    ]
                    if sum(known_counts) > count or (len(known_counts) == len(parts) and sum(known_counts) < count):
                        yield cell_key
