"""Which grader is given which file, and who is refused one: nobody who worked, supervised or commanded its case grades it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.rounds.draw_seed import hash_parts
from duecare.audit.rounds.frame_file import Case, FrameKey
from duecare.vocabulary.refusals import Refusal

ALLOTMENT_RULE: Final = "duecare allotment 1"
TIE_KINDS: Final = ("worked", "supervised", "commanded")


@dataclass(frozen=True, slots=True)
class GraderConflict:
    """An officer's involvement in a case: a reason not to give them its file. `case_ties` finds them.

    Shape:   an officer number, never a name; `how` is one of TIE_KINDS.
    """

    case: FrameKey
    officer: str
    how: str


def allot_files(
    cases: Sequence[Case], graders: Sequence[str], conflict_ties: Iterable[GraderConflict], draw_seed: str
) -> dict[FrameKey, str]:
    """Give each case a grader who has no tie to it, and share the load as evenly as that allows.

    Shape:   every case has one grader; the fullest load is the least there can be. Among graders who are free, the
             seed decides, so that nobody picks their files and anyone can repeat it.
    Raises:  AUD-010 naming every case that no grader may grade, with each grader's tie. Nothing is allotted.
    """
    tied_graders: dict[tuple[FrameKey, str], list[str]] = {}
    for conflict_tie in conflict_ties:
        tied_graders.setdefault((conflict_tie.case, conflict_tie.officer), []).append(conflict_tie.how)
    free_graders = {
        drawn_case.key: _in_turn(
            drawn_case,
            [grader_name for grader_name in graders if (drawn_case.key, grader_name) not in tied_graders],
            draw_seed,
        )
        for drawn_case in cases
    }
    stuck = [drawn_case for drawn_case in cases if not free_graders[drawn_case.key]]
    if stuck:
        raise Refusal("AUD-010", faults=tuple(_why_stuck(drawn_case, graders, tied_graders) for drawn_case in stuck))
    most_files = -(-len(cases) // max(1, len(set(graders))))
    while True:
        allotment = _allot_within(most_files, free_graders)
        if allotment is not None:
            return allotment
        most_files += 1


def _allot_within(most_files: int, free_graders: Mapping[FrameKey, Sequence[str]]) -> dict[FrameKey, str] | None:
    """One grader to a case, nobody with more than `most_files`; none where that cannot be."""
    loads: dict[str, list[FrameKey]] = {
        grader_name: [] for able_graders in free_graders.values() for grader_name in able_graders
    }

    def place_case(case_key: FrameKey, seen_graders: set[str]) -> bool:
        able_graders = [grader_name for grader_name in free_graders[case_key] if grader_name not in seen_graders]
        for grader_name in sorted(able_graders, key=lambda free_grader: len(loads[free_grader]) >= most_files):
            seen_graders.add(grader_name)
            if len(loads[grader_name]) < most_files:
                loads[grader_name].append(case_key)
                return True
            for held_case in list(loads[grader_name]):
                if place_case(held_case, seen_graders):
                    loads[grader_name][loads[grader_name].index(held_case)] = case_key
                    return True
        return False

    if not all(place_case(case_key, set()) for case_key in free_graders):
        return None
    holder = {case_key: grader_name for grader_name, cases in loads.items() for case_key in cases}
    return {case_key: holder[case_key] for case_key in free_graders}


def _in_turn(drawn_case: Case, able_graders: Iterable[str], draw_seed: str) -> list[str]:
    return sorted(
        able_graders,
        key=lambda grader_name: hash_parts(
            ALLOTMENT_RULE, draw_seed, drawn_case.source, drawn_case.case_ref, grader_name
        ),
    )


def _why_stuck(
    drawn_case: Case, graders: Sequence[str], tied_graders: Mapping[tuple[FrameKey, str], Sequence[str]]
) -> str:
    tied_words = "; ".join(
        f"{grader_name} {' and '.join(tied_graders[drawn_case.key, grader_name])} it"
        for grader_name in graders
        if (drawn_case.key, grader_name) in tied_graders
    )
    return f"{drawn_case}: {tied_words or 'there are no graders'}"
