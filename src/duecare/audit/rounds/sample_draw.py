"""The draw: which files are examined, by a rule that anyone can repeat from the frame, the sizes and the seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import rfc8785

from duecare.audit.rounds.draw_seed import Beacon, combined_seed, hash_parts
from duecare.audit.rounds.file_replacement import Replaced, replace_taken_out
from duecare.audit.rounds.frame_file import Case, Frame, FrameKey, Stratum
from duecare.vocabulary.refusals import Refusal

DRAW_RULE: Final = "duecare draw 1"

Shares = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The number of files to draw from each stratum of a frame, fixed before any seed is known.

    Shape:   made by `make_plan`; `sizes` names every stratum of the frame, in order; `sets` says of each, in the same order,
             into which sets its files go, first set first. None where there is one set only.
    """

    frame_hash: str
    sizes: tuple[tuple[Stratum, int], ...]
    sets: tuple[Shares, ...] = ()
    beacon: Beacon | None = None

    @property
    def hash(self) -> str:
        """The SHA-256 of [rule, frame's hash, [[stratum, size] ...]] as RFC 8785 JSON, in lower-case hex.

        Shape:   with sets, [stratum, size, [[set, files] ...]]; with a beacon, [beacon's name, time of pulse] follows.
        """
        plan_rows: list[object] = [[list(stratum), stratum_size] for stratum, stratum_size in self.sizes]
        if self.sets:
            plan_rows = [
                [list(stratum), stratum_size, [list(share) for share in shares]]
                for (stratum, stratum_size), shares in zip(self.sizes, self.sets, strict=True)
            ]
        written: list[object] = [DRAW_RULE, self.frame_hash, plan_rows]
        if self.beacon is not None:
            written.append([self.beacon.name, self.beacon.pulse_at])
        return hash_parts(rfc8785.dumps(written).decode())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SampleDraw:
    """A file that was drawn, its place in its stratum's order, and its chance of being drawn.

    Shape:   `rank` counts from 1; `probability` is exact, and that of being drawn at all; `set` is empty where the plan
             names none.
    """

    case: Case
    rank: int
    probability: Fraction
    set: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """The files that are examined, and those replaced on the way.

    Shape:   by stratum, then rank.
    """

    drawn: tuple[SampleDraw, ...]
    replaced: tuple[Replaced, ...] = ()


def make_plan(
    frame: Frame,
    sizes: Mapping[Stratum, int],
    sample_sets: Mapping[Stratum, Mapping[str, int]] | None = None,
    beacon: Beacon | None = None,
) -> Plan:
    """Plan how many files to draw from each stratum, and how to split them into sets.

    Raises:  AUD-007 if a stratum is missing or unknown, its size is below 0 or more than it holds, or its sets do
             not add up to it.
    """
    stratum_counts = {stratum: len(cases) for stratum, cases in frame.strata.items()}
    faults = [f"no size is given for {_stratum_words(stratum)}" for stratum in sorted(set(stratum_counts) - set(sizes))]
    faults += [f"{_stratum_words(stratum)} is not in the frame" for stratum in sorted(set(sizes) - set(stratum_counts))]
    faults += [
        f"{stratum_size} files of {_stratum_words(stratum)}, which has {stratum_counts[stratum]}"
        for stratum, stratum_size in sorted(sizes.items())
        if not 0 <= stratum_size <= stratum_counts.get(stratum, stratum_size)
    ]
    faults += [
        f"the sets of {_stratum_words(stratum)} do not add up to its {stratum_size} files"
        for stratum, stratum_size in sorted(sizes.items())
        if sample_sets is not None and not _adds_up(sample_sets.get(stratum, {}), stratum_size)
    ]
    if faults:
        raise Refusal("AUD-007", faults=tuple(faults))
    ordered = sorted(sizes)
    parted = () if sample_sets is None else tuple(tuple(sample_sets[stratum].items()) for stratum in ordered)
    return Plan(frame.hash, tuple((stratum, sizes[stratum]) for stratum in ordered), parted, beacon)


def is_left_to_chance(frame: Frame, draw_plan: Plan) -> bool:
    """Whether any file may or may not be drawn, or may fall into one set or another."""
    stratum_counts = {stratum: len(cases) for stratum, cases in frame.strata.items()}
    every_file = all(stratum_size == stratum_counts[stratum] for stratum, stratum_size in draw_plan.sizes)
    return not every_file or any(sum(files > 0 for _, files in shares) > 1 for shares in draw_plan.sets)


def seed_of(
    frame: Frame, draw_plan: Plan, commitments: Mapping[str, str], revealed: Mapping[str, str], pulse: str | None = None
) -> str:
    """The seed of this plan's draw: of the numbers of both sides; of the plan alone where nothing is left to chance.

    Raises:  AUD-006 as `combined`, and if a pulse is given where the plan names no beacon, or the other way about.
    """
    if not is_left_to_chance(frame, draw_plan) and not commitments:
        return draw_plan.hash
    if (pulse is None) != (draw_plan.beacon is None):
        seed_result = (
            "a beacon's value that the plan does not name" if pulse else "no value of the beacon that the plan names"
        )
        raise Refusal("AUD-006", found=seed_result)
    return combined_seed(draw_plan.hash, commitments, revealed, pulse=pulse)


def ranked_cases(cases: Iterable[Case], draw_seed: str) -> list[Case]:
    """These files of one stratum in the order in which they are drawn.

    Shape:   by the SHA-256 of rule, seed, stratum, source and case_ref joined by U+001F; lowest first.
    """
    return sorted(
        cases,
        key=lambda frame_case: hash_parts(
            DRAW_RULE, draw_seed, *frame_case.stratum, frame_case.source, frame_case.case_ref
        ),
    )


def draw_sample(
    frame: Frame, draw_plan: Plan, draw_seed: str, taken_out: Sequence[tuple[FrameKey, str]] = ()
) -> Sample:
    """The sample: the first files of each stratum's order, with those taken out replaced by the next in it.

    Shape:   `taken_out` names files and reasons in the order in which they were taken out. A probability is the share
             of its stratum that was drawn, replaced files with it: each file had the same chance to come so far. Within
             a stratum the first files are of its first set, and so on.
    Raises:  AUD-008 if the plan is of another frame. AUD-011 as `replace_taken_out`.
    """
    if draw_plan.frame_hash != frame.hash:
        raise Refusal("AUD-008", found=f"a plan of the frame {draw_plan.frame_hash[:16]}, a frame {frame.hash[:16]}")
    strata = frame.strata
    orders = {stratum: ranked_cases(strata[stratum], draw_seed) for stratum, _ in draw_plan.sizes}
    sets_by_place = {
        stratum: dict(enumerate(_set_names(stratum_size, shares)))
        for (stratum, stratum_size), shares in _plan_rows(draw_plan)
    }
    replaced, reached = replace_taken_out(orders, sets_by_place, draw_plan.sizes, taken_out)
    drawn = tuple(
        SampleDraw(
            orders[stratum][draw_position],
            draw_position + 1,
            Fraction(reached[stratum], len(orders[stratum])),
            set_name,
        )
        for stratum, _ in draw_plan.sizes
        for draw_position, set_name in sets_by_place[stratum].items()
    )
    return Sample(drawn, replaced)


def verify_draw(
    frame: Frame,
    draw_plan: Plan,
    commitments: Mapping[str, str],
    revealed: Mapping[str, str],
    listed: Iterable[FrameKey],
    taken_out: Sequence[tuple[FrameKey, str]] = (),
    *,
    pulse: str | None = None,
    sample_sets: Mapping[FrameKey, str] | None = None,
) -> tuple[str, ...]:
    """What is wrong with this list as the sample of that plan and those numbers; empty when nothing is.

    Shape:   refusals of the frame, the numbers or the replacements come as faults, not as refusals. `sample_sets`, where given,
             says in which set each file is said to be.
    """
    try:
        rightly = draw_sample(frame, draw_plan, seed_of(frame, draw_plan, commitments, revealed, pulse), taken_out)
    except Refusal as error:
        return (str(error),)
    listed_keys = list(listed)
    due_sets = {drawn.case.key: drawn.set for drawn in rightly.drawn}
    faults = [
        f"{':'.join(case_key)} is listed and was not drawn" for case_key in sorted(set(listed_keys) - due_sets.keys())
    ]
    faults += [
        f"{':'.join(case_key)} was drawn and is not listed" for case_key in sorted(due_sets.keys() - set(listed_keys))
    ]
    faults += [
        f"{':'.join(case_key)} is listed more than once"
        for case_key in sorted(set(listed_keys))
        if listed_keys.count(case_key) > 1
    ]
    if sample_sets is not None:
        faults += [
            f"{':'.join(case_key)} is of the set {due_sets[case_key]}, not {sample_sets.get(case_key, '')}"
            for case_key in sorted(due_sets.keys() & set(listed_keys))
            if sample_sets.get(case_key, "") != due_sets[case_key]
        ]
    return tuple(faults)


def _adds_up(shares: Mapping[str, int], stratum_size: int) -> bool:
    return sum(shares.values()) == stratum_size and all(files >= 0 for files in shares.values())


def _plan_rows(draw_plan: Plan) -> list[tuple[tuple[Stratum, int], Shares]]:
    return list(zip(draw_plan.sizes, draw_plan.sets or ((),) * len(draw_plan.sizes), strict=True))


def _set_names(stratum_size: int, shares: Shares) -> list[str]:
    return [set_name for set_name, files in shares for _ in range(files)] if shares else [""] * stratum_size


def _stratum_words(stratum: Stratum) -> str:
    return "the stratum " + " / ".join(stratum)
