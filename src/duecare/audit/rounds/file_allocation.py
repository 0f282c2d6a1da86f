"""Who grades what: no one grades a file that they, or those they command, worked on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.rounds.draw_seed import hashed
from duecare.audit.rounds.frame_file import Case
from duecare.audit.rounds.sample_draw import Key
from duecare.vocabulary.refusals import Refusal

RULE: Final = "duecare allotment 1"
TIES: Final = ("worked", "supervised", "commanded")


@dataclass(frozen=True, slots=True)
class Tie:
    """Which officer has what to do with which case?

    Shape:   an officer number, never a name; `how` is one of TIES.
    """

    case: Key
    officer: str
    how: str


def allot(cases: Sequence[Case], graders: Sequence[str], ties: Iterable[Tie], seed: str) -> dict[Key, str]:
    """Which grader gets which case, with no conflict of interest and as even a load as that allows?

    Shape:   every case has one grader; the fullest load is the least there can be. Among graders who are free, the
             seed decides, so that nobody picks their files and anyone can repeat it.
    Raises:  AUD-010 naming every case that no grader may grade, with each grader's tie. Nothing is allotted.
    """
    tied: dict[tuple[Key, str], list[str]] = {}
    for tie in ties:
        tied.setdefault((tie.case, tie.officer), []).append(tie.how)
    free = {case.key: _in_turn(case, [who for who in graders if (case.key, who) not in tied], seed) for case in cases}
    stuck = [case for case in cases if not free[case.key]]
    if stuck:
        raise Refusal("AUD-010", faults=tuple(_why(case, graders, tied) for case in stuck))
    most = -(-len(cases) // max(1, len(set(graders))))
    while True:
        found = _within(most, free)
        if found is not None:
            return found
        most += 1


def _within(most: int, free: Mapping[Key, Sequence[str]]) -> dict[Key, str] | None:
    """One grader to a case, nobody with more than `most`; none where that cannot be."""
    loads: dict[str, list[Key]] = {who: [] for able in free.values() for who in able}

    def placed(case: Key, seen: set[str]) -> bool:
        able = [who for who in free[case] if who not in seen]
        for who in sorted(able, key=lambda one: len(loads[one]) >= most):
            seen.add(who)
            if len(loads[who]) < most:
                loads[who].append(case)
                return True
            for held in list(loads[who]):
                if placed(held, seen):
                    loads[who][loads[who].index(held)] = case
                    return True
        return False

    if not all(placed(case, set()) for case in free):
        return None
    holder = {case: who for who, cases in loads.items() for case in cases}
    return {case: holder[case] for case in free}


def _in_turn(case: Case, able: Iterable[str], seed: str) -> list[str]:
    return sorted(able, key=lambda who: hashed(RULE, seed, case.source, case.case_ref, who))


def _why(case: Case, graders: Sequence[str], tied: Mapping[tuple[Key, str], Sequence[str]]) -> str:
    each = "; ".join(f"{who} {' and '.join(tied[case.key, who])} it" for who in graders if (case.key, who) in tied)
    return f"{case}: {each or 'there are no graders'}"
