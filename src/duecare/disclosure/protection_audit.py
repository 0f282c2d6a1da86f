"""The audit of protection: whether a reader of everything published, or of one area's own figures, can narrow a small count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from duecare.disclosure.alternative_tables import STEPS, CountMove, KnownSums, Price
from duecare.disclosure.cell_bounds import LinkedCells
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System

NOBODY: Final = ""
"""The reader who knows what is public and no area's own figures."""
CORRECTIONS: Final = "the corrections"
"""The reader who also knows by how much each later count corrects the earlier ones."""
FEW_CELLS: Final = 12
"""So often, after a form was changed, one is asked by itself; only then is it worth while to set up all that hang together."""
NEAR_LIMITS: Final = (250, 40)
"""How many counts around it are looked at where one is asked by itself, and how many of each sum."""
_NEAR_FIRST: Final = Price(1.0)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A count that can be narrowed too far, to which bounds, and by a reader who knows which area's figures."""

    number: int
    insider: str
    low: int
    high: int


@dataclass(slots=True)
class _Reach:
    low: int
    high: int


@dataclass(slots=True)
class Audit:
    """What has been proved so far of one system, by alternative tables found and checked in whole numbers.

    Shape:   a count is safe if for every reader there are worlds in which it is higher and lower, by enough; each world
             fits every row and every bound, and leaves what the reader knows as it is. That no world was found is taken for
             narrowed, so the auditor errs on the safe side. `proofs`: the worlds on which each count's safety rests;
             `rests_on`: those whose safety rested, once or still, on this one's moving. Not `is_thorough`: a world is looked
             for among the counts near by alone, which errs on the safe side again.
    """

    system: System
    policy: DisclosurePolicy
    grounds: dict[bool, KnownSums] = field(default_factory=dict)
    worlds: list[tuple[CountMove, frozenset[str], bool]] = field(default_factory=list)
    proofs: dict[int, set[int]] = field(default_factory=dict)
    shown: dict[int, tuple[int, int]] = field(default_factory=dict)
    insiders: tuple[str, ...] = ()
    tolerated: set[int] = field(default_factory=set)
    rests_on: dict[int, set[int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    is_thorough: bool = True
    _by_count: dict[int, list[int]] = field(default_factory=dict)
    _fields: dict[tuple[int, bool], LinkedCells] = field(default_factory=dict)
    _of_version: int = -1
    _asked: int = 0

    def __post_init__(self) -> None:
        loose = [
            replace(variable, low=-NO_END, high=NO_END) if variable.role == "correction" else variable
            for variable in self.system.variables
        ]
        unsure = System(loose, self.system.rows, self.system.current)
        self.grounds = {False: KnownSums(self.system, self.policy.least_hidden)}
        has_corrections = any(variable.role == "correction" for variable in self.system.variables)
        self.insiders = tuple(sorted({variable.place for variable in self.system.variables} - {"", ELSEWHERE}))
        self.grounds[True] = KnownSums(unsure, self.policy.least_hidden) if has_corrections else self.grounds[False]
        self.touched = self._told_of()

    def _told_of(self) -> set[int]:
        """The counts that the last release could reveal something about: all, where there was none."""
        system = self.system
        if not system.fresh:
            return set(range(len(system.variables)))
        nearby_cells = {
            neighbour
            for equation_row in system.rows
            if any(neighbour in system.fresh for neighbour, _ in equation_row.terms)
            for neighbour, _ in equation_row.terms
        }
        return system.fresh | self.grounds[False].reached_cells(
            nearby_cells, lambda neighbour: not system.is_fixed(neighbour) or system.variables[neighbour].may_hide
        )

    def target_counts(self) -> list[int]:
        """The counts that have to be safe, in the order of their cells: those the last release could reveal."""
        target_numbers = [
            variable_number
            for variable_number in sorted(self.touched)
            if self.is_small(variable_number) or self.is_hidden(variable_number)
        ]
        return sorted(
            target_numbers,
            key=lambda variable_number: (self.system.variables[variable_number].key.order, variable_number),
        )

    def is_small(self, variable_number: int) -> bool:
        """Whether this is a small count of children, printed or only implied."""
        variable = self.system.variables[variable_number]
        if not variable.is_child:
            return False
        if variable.role == "correction":
            return 0 < abs(variable.truth) < self.policy.threshold
        if variable.low == variable.high and not variable.may_hide:
            return False
        return self.policy.is_small(variable.truth)

    def is_hidden(self, variable_number: int) -> bool:
        """Whether it is printed in another form than its own number."""
        variable = self.system.variables[variable_number]
        return variable.role == "printed" and variable.low < variable.high

    def first_narrowed(self, variable_number: int) -> Narrowed | None:
        """The first reader by whom this count can be narrowed too far; None if there is none.

        Shape:   a count that is not small must not be recovered by a reader who knows no area's figures; nor must a total
                 over areas, since what it tells one who knows some of its parts are the others, which are held themselves.
        """
        variable = self.system.variables[variable_number]
        readers = [NOBODY]
        if self.is_small(variable_number) and variable.place and variable.role != "correction":
            readers += [place for place in self.insiders if place != variable.place]
        proof: set[int] = set()
        narrowed = self._by_any(variable_number, readers, True, proof)
        knows = self.grounds[False] is not self.grounds[True] and variable_number not in self.tolerated
        if narrowed is None and knows and self.is_small(variable_number) and variable.role != "correction":
            narrowed = self._by_any(variable_number, [CORRECTIONS], False, proof)
        if narrowed is None:
            self.proofs[variable_number] = proof
            for table_number in proof:
                for other_cell in self.worlds[table_number][0]:
                    self.rests_on.setdefault(other_cell, set()).add(variable_number)
        return narrowed

    def _by_any(self, variable_number: int, readers: list[str], loose: bool, proof: set[int]) -> Narrowed | None:
        truth = self.system.variables[variable_number].truth
        reach = {reader: _Reach(truth, truth) for reader in readers}
        waiting = set(readers)
        for table_number in self._by_count.get(variable_number, ()):
            self._learn_reach(variable_number, table_number, loose, reach, waiting, proof)
        for reader in readers:
            while reader in waiting:
                if not self._find_further(variable_number, reader, loose, reach, waiting, proof):
                    return Narrowed(variable_number, reader, reach[reader].low, reach[reader].high)
        if NOBODY in reach:
            self.shown[variable_number] = (reach[NOBODY].low, reach[NOBODY].high)
        return None

    def _find_further(
        self,
        variable_number: int,
        reader: str,
        loose: bool,
        reach: dict[str, _Reach],
        waiting: set[str],
        proof: set[int],
    ) -> bool:
        """Search for a table that this reader cannot rule out and that takes the count further, up first."""
        has_found = False
        for direction in (1, -1):
            if reader not in waiting:
                return True
            goal_value = self.safe_goal(variable_number, direction, reach[reader])
            count_move = self._search_table(variable_number, direction, goal_value, reader, loose)
            if count_move is not None:
                self._learn_reach(variable_number, self._keep_table(count_move, loose), loose, reach, waiting, proof)
                has_found = True
        return has_found and reader not in waiting

    def safe_goal(self, variable_number: int, direction: int, reach: _Reach) -> int:
        """How far the count must move this way to be safe."""
        truth = self.system.variables[variable_number].truth
        width = self.policy.protection - 1
        if direction > 0:
            least_count = self.policy.threshold if self._wants_height(variable_number) else truth
            return max(least_count, reach.low + width) - truth
        return truth - (reach.high - width)

    def used_tables(self) -> list[tuple[CountMove, bool]]:
        """The alternative tables on which the proofs rest."""
        return [
            (self.worlds[table_number][0], self.worlds[table_number][2])
            for table_number in sorted({table_number for proof in self.proofs.values() for table_number in proof})
        ]

    def try_first(self, worlds: Iterable[tuple[CountMove, bool]]) -> None:
        """Take worlds found elsewhere, those that fit all that is public here too."""
        for count_move, loose in worlds:
            if all(variable_number < len(self.system.variables) for variable_number in count_move) and self.grounds[
                loose
            ].fits_rows(count_move):
                self._keep_table(count_move, loose)

    def goal_of(self, narrowed: Narrowed, direction: int) -> int:
        """How far this narrowed count must move this way."""
        return self.safe_goal(narrowed.number, direction, _Reach(narrowed.low, narrowed.high))

    def _wants_height(self, variable_number: int) -> bool:
        variable = self.system.variables[variable_number]
        return self.policy.mode == "suppress" and variable.role != "correction" and self.is_small(variable_number)

    def _is_enough(self, variable_number: int, reach: _Reach) -> bool:
        if self._wants_height(variable_number) and reach.high < self.policy.threshold:
            return False
        return reach.high - reach.low + 1 >= self.policy.protection

    def _search_table(
        self, variable_number: int, direction: int, goal_value: int, reader: str, loose: bool
    ) -> CountMove | None:
        ground = self.grounds[loose]
        variables = ground.system.variables

        def may_move(other_cell: int) -> bool:
            variable = variables[other_cell]
            return variable.low < variable.high and (not reader or variable.place != reader)

        if self._of_version != self.system.version:
            self._fields.clear()
            self._of_version, self._asked = self.system.version, 0
        self._asked += 1
        if not self.is_thorough or (self._asked <= FEW_CELLS and (variable_number, loose) not in self._fields):
            nearby_cells = ground.cells_around(variable_number, NEAR_LIMITS, may_move)
            found_move = ground.find_move(variable_number, direction, goal_value, nearby_cells, lambda _: _NEAR_FIRST)
            if (
                found_move is not None
                and found_move[1]
                and abs(found_move[0].get(variable_number, 0)) >= goal_value
                and ground.fits_rows(found_move[0])
            ):
                return found_move[0]
        if not self.is_thorough:
            return None
        made_by_field = self._linked_field(variable_number, loose).furthest_move(
            variable_number, direction, goal_value, reader
        )
        if made_by_field is not None and ground.fits_rows(made_by_field):
            return made_by_field if made_by_field.get(variable_number) else None
        best_move: CountMove | None = None
        move_size = 0
        for step_limits in STEPS:
            nearby_cells = ground.cells_around(variable_number, step_limits, may_move)
            if len(nearby_cells) == move_size:
                break
            move_size = len(nearby_cells)
            found_move = ground.find_move(variable_number, direction, goal_value, nearby_cells, lambda _: _NEAR_FIRST)
            if (
                found_move is None
                or not found_move[1]
                or not found_move[0].get(variable_number)
                or not ground.fits_rows(found_move[0])
            ):
                continue
            if best_move is None or abs(found_move[0][variable_number]) > abs(best_move[variable_number]):
                best_move = found_move[0]
            if abs(best_move[variable_number]) >= goal_value:
                break
        return best_move

    def _linked_field(self, variable_number: int, loose: bool) -> LinkedCells:
        if (variable_number, loose) not in self._fields:
            ground = self.grounds[loose]
            variables = ground.system.variables
            members = ground.cells_around(
                variable_number,
                (NO_END, NO_END),
                lambda other_cell: variables[other_cell].low < variables[other_cell].high,
            )
            field_of_all = LinkedCells(ground, members)
            self._fields.update({(member, loose): field_of_all for member in members})
        return self._fields[variable_number, loose]

    def _keep_table(self, count_move: CountMove, loose: bool) -> int:
        ground = self.grounds[loose]
        table_number = len(self.worlds)
        for signed_move in (
            count_move,
            {variable_number: -change_by for variable_number, change_by in count_move.items()},
        ):
            if signed_move is count_move or ground.fits_rows(signed_move):
                self.worlds.append((signed_move, ground.places_moved(signed_move), loose))
                for variable_number in signed_move:
                    self._by_count.setdefault(variable_number, []).append(len(self.worlds) - 1)
        return table_number

    def _learn_reach(
        self,
        variable_number: int,
        table_number: int,
        loose: bool,
        reach: dict[str, _Reach],
        waiting: set[str],
        proof: set[int],
    ) -> None:
        count_move, places, is_loose = self.worlds[table_number]
        if is_loose is not loose or not waiting:
            return
        value = self.system.variables[variable_number].truth + count_move[variable_number]
        further = [
            waiting_reader
            for waiting_reader in waiting
            if waiting_reader not in places and not reach[waiting_reader].low <= value <= reach[waiting_reader].high
        ]
        if not further or not self._is_possible(count_move, loose):
            return
        for reader in further:
            reader_reach = reach[reader]
            proof.add(table_number)
            reader_reach.low, reader_reach.high = min(reader_reach.low, value), max(reader_reach.high, value)
            if self._is_enough(variable_number, reader_reach):
                waiting.discard(reader)

    def _is_possible(self, count_move: CountMove, loose: bool) -> bool:
        variables = self.grounds[loose].system.variables
        return all(
            variables[neighbour].low <= variables[neighbour].truth + change_by <= variables[neighbour].high
            for neighbour, change_by in count_move.items()
        )
