"""The auditor: what can a reader not rule out, who knows all that was ever published, the rule, and one area's figures?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from duecare.disclosure.alternative_tables import STEPS, Ground, Move, Price
from duecare.disclosure.disclosure_policy import DisclosurePolicy
from duecare.disclosure.equation_system import ELSEWHERE, NO_END, System
from duecare.disclosure.linked_cells import Field

NOBODY: Final = ""
"""The reader who knows what is public and no area's own figures."""
CORRECTIONS: Final = "the corrections"
"""The reader who also knows by how much each later count corrects the earlier ones."""
FEW: Final = 12
"""So often, after a form was changed, one is asked by itself; only then is it worth while to set up all that hang together."""
NEAR: Final = (250, 40)
"""How many counts around it are looked at where one is asked by itself, and how many of each sum."""
_NEAR_FIRST: Final = Price(1.0)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which count can be narrowed too far, to what, and by a reader who knows which area's figures?"""

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
    """What is shown so far of one system, by worlds that were found and checked in whole numbers.

    Shape:   a count is safe if for every reader there are worlds in which it is higher and lower, by enough; each world
             fits every row and every bound, and leaves what the reader knows as it is. That no world was found is taken for
             narrowed, so the auditor errs on the safe side. `proofs`: the worlds on which each count's safety rests;
             `rests_on`: those whose safety rested, once or still, on this one's moving. Not `is_thorough`: a world is looked
             for among the counts near by alone, which errs on the safe side again.
    """

    system: System
    policy: DisclosurePolicy
    grounds: dict[bool, Ground] = field(default_factory=dict)
    worlds: list[tuple[Move, frozenset[str], bool]] = field(default_factory=list)
    proofs: dict[int, set[int]] = field(default_factory=dict)
    shown: dict[int, tuple[int, int]] = field(default_factory=dict)
    insiders: tuple[str, ...] = ()
    tolerated: set[int] = field(default_factory=set)
    rests_on: dict[int, set[int]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    is_thorough: bool = True
    _by_count: dict[int, list[int]] = field(default_factory=dict)
    _fields: dict[tuple[int, bool], Field] = field(default_factory=dict)
    _of_version: int = -1
    _asked: int = 0

    def __post_init__(self) -> None:
        loose = [replace(v, low=-NO_END, high=NO_END) if v.role == "correction" else v for v in self.system.variables]
        unsure = System(loose, self.system.rows, self.system.current)
        self.grounds = {False: Ground(self.system, self.policy.least_hidden)}
        has_corrections = any(v.role == "correction" for v in self.system.variables)
        self.insiders = tuple(sorted({v.place for v in self.system.variables} - {"", ELSEWHERE}))
        self.grounds[True] = Ground(unsure, self.policy.least_hidden) if has_corrections else self.grounds[False]
        self.touched = self._told_of()

    def _told_of(self) -> set[int]:
        """Of which counts could the last release tell something? Of all, where there was none."""
        system = self.system
        if not system.fresh:
            return set(range(len(system.variables)))
        near = {n for row in system.rows if any(n in system.fresh for n, _ in row.terms) for n, _ in row.terms}
        return system.fresh | self.grounds[False].reached(
            near, lambda n: not system.is_fixed(n) or system.variables[n].may_hide
        )

    def targets(self) -> list[int]:
        """Which counts have to be safe, in the order of their cells? Those that the last release could tell of."""
        found = [number for number in sorted(self.touched) if self.is_small(number) or self.is_hidden(number)]
        return sorted(found, key=lambda number: (self.system.variables[number].key.order, number))

    def is_small(self, number: int) -> bool:
        """Is this a small count of children, printed or only implied?"""
        variable = self.system.variables[number]
        if not variable.is_child:
            return False
        if variable.role == "correction":
            return 0 < abs(variable.truth) < self.policy.threshold
        if variable.low == variable.high and not variable.may_hide:
            return False
        return self.policy.is_small(variable.truth)

    def is_hidden(self, number: int) -> bool:
        """Is it printed in another form than its own number?"""
        variable = self.system.variables[number]
        return variable.role == "printed" and variable.low < variable.high

    def narrowed(self, number: int) -> Narrowed | None:
        """By whom, first, can this count be narrowed too far? None if by nobody.

        Shape:   a count that is not small must not be recovered by a reader who knows no area's figures; nor must a total
                 over areas, since what it tells one who knows some of its parts are the others, which are held themselves.
        """
        variable = self.system.variables[number]
        readers = [NOBODY]
        if self.is_small(number) and variable.place and variable.role != "correction":
            readers += [place for place in self.insiders if place != variable.place]
        proof: set[int] = set()
        narrowed = self._by_any(number, readers, True, proof)
        knows = self.grounds[False] is not self.grounds[True] and number not in self.tolerated
        if narrowed is None and knows and self.is_small(number) and variable.role != "correction":
            narrowed = self._by_any(number, [CORRECTIONS], False, proof)
        if narrowed is None:
            self.proofs[number] = proof
            for at in proof:
                for other in self.worlds[at][0]:
                    self.rests_on.setdefault(other, set()).add(number)
        return narrowed

    def _by_any(self, number: int, readers: list[str], loose: bool, proof: set[int]) -> Narrowed | None:
        truth = self.system.variables[number].truth
        reach = {reader: _Reach(truth, truth) for reader in readers}
        waiting = set(readers)
        for at in self._by_count.get(number, ()):
            self._learn(number, at, loose, reach, waiting, proof)
        for reader in readers:
            while reader in waiting:
                if not self._further(number, reader, loose, reach, waiting, proof):
                    return Narrowed(number, reader, reach[reader].low, reach[reader].high)
        if NOBODY in reach:
            self.shown[number] = (reach[NOBODY].low, reach[NOBODY].high)
        return None

    def _further(
        self, number: int, reader: str, loose: bool, reach: dict[str, _Reach], waiting: set[str], proof: set[int]
    ) -> bool:
        """Look for a world that this reader cannot rule out and that takes the count further, up first."""
        found = False
        for step in (1, -1):
            if reader not in waiting:
                return True
            goal = self.goal(number, step, reach[reader])
            move = self._search(number, step, goal, reader, loose)
            if move is not None:
                self._learn(number, self._keep(move, loose), loose, reach, waiting, proof)
                found = True
        return found and reader not in waiting

    def goal(self, number: int, step: int, reach: _Reach) -> int:
        """How far would the count have to move this way to be safe?"""
        truth = self.system.variables[number].truth
        width = self.policy.protection - 1
        if step > 0:
            least = self.policy.threshold if self._wants_height(number) else truth
            return max(least, reach.low + width) - truth
        return truth - (reach.high - width)

    def used(self) -> list[tuple[Move, bool]]:
        """On which worlds does what was shown rest?"""
        return [
            (self.worlds[at][0], self.worlds[at][2])
            for at in sorted({at for proof in self.proofs.values() for at in proof})
        ]

    def try_first(self, worlds: Iterable[tuple[Move, bool]]) -> None:
        """Take worlds found elsewhere, those that fit all that is public here too."""
        for move, loose in worlds:
            if all(number < len(self.system.variables) for number in move) and self.grounds[loose].fits(move):
                self._keep(move, loose)

    def goal_of(self, narrowed: Narrowed, step: int) -> int:
        """How far would this count have to move this way, where it is narrowed so?"""
        return self.goal(narrowed.number, step, _Reach(narrowed.low, narrowed.high))

    def _wants_height(self, number: int) -> bool:
        variable = self.system.variables[number]
        return self.policy.mode == "suppress" and variable.role != "correction" and self.is_small(number)

    def _is_enough(self, number: int, reach: _Reach) -> bool:
        if self._wants_height(number) and reach.high < self.policy.threshold:
            return False
        return reach.high - reach.low + 1 >= self.policy.protection

    def _search(self, number: int, step: int, goal: int, reader: str, loose: bool) -> Move | None:
        ground = self.grounds[loose]
        variables = ground.system.variables

        def may_move(other: int) -> bool:
            variable = variables[other]
            return variable.low < variable.high and (not reader or variable.place != reader)

        if self._of_version != self.system.version:
            self._fields.clear()
            self._of_version, self._asked = self.system.version, 0
        self._asked += 1
        if not self.is_thorough or (self._asked <= FEW and (number, loose) not in self._fields):
            near = ground.around(number, NEAR, may_move)
            made = ground.move(number, step, goal, near, lambda _: _NEAR_FIRST)
            if made is not None and made[1] and abs(made[0].get(number, 0)) >= goal and ground.fits(made[0]):
                return made[0]
        if not self.is_thorough:
            return None
        made_by_field = self._field(number, loose).furthest(number, step, goal, reader)
        if made_by_field is not None and ground.fits(made_by_field):
            return made_by_field if made_by_field.get(number) else None
        best: Move | None = None
        size = 0
        for most in STEPS:
            near = ground.around(number, most, may_move)
            if len(near) == size:
                break
            size = len(near)
            made = ground.move(number, step, goal, near, lambda _: _NEAR_FIRST)
            if made is None or not made[1] or not made[0].get(number) or not ground.fits(made[0]):
                continue
            if best is None or abs(made[0][number]) > abs(best[number]):
                best = made[0]
            if abs(best[number]) >= goal:
                break
        return best

    def _field(self, number: int, loose: bool) -> Field:
        if (number, loose) not in self._fields:
            ground = self.grounds[loose]
            variables = ground.system.variables
            members = ground.around(
                number, (NO_END, NO_END), lambda other: variables[other].low < variables[other].high
            )
            field_of_all = Field(ground, members)
            self._fields.update({(member, loose): field_of_all for member in members})
        return self._fields[number, loose]

    def _keep(self, move: Move, loose: bool) -> int:
        ground = self.grounds[loose]
        at = len(self.worlds)
        for one in (move, {number: -by for number, by in move.items()}):
            if one is move or ground.fits(one):
                self.worlds.append((one, ground.places(one), loose))
                for number in one:
                    self._by_count.setdefault(number, []).append(len(self.worlds) - 1)
        return at

    def _learn(
        self, number: int, at: int, loose: bool, reach: dict[str, _Reach], waiting: set[str], proof: set[int]
    ) -> None:
        move, places, is_loose = self.worlds[at]
        if is_loose is not loose or not waiting:
            return
        value = self.system.variables[number].truth + move[number]
        further = [one for one in waiting if one not in places and not reach[one].low <= value <= reach[one].high]
        if not further or not self._stands(move, loose):
            return
        for reader in further:
            mine = reach[reader]
            proof.add(at)
            mine.low, mine.high = min(mine.low, value), max(mine.high, value)
            if self._is_enough(number, mine):
                waiting.discard(reader)

    def _stands(self, move: Move, loose: bool) -> bool:
        variables = self.grounds[loose].system.variables
        return all(variables[n].low <= variables[n].truth + by <= variables[n].high for n, by in move.items())
