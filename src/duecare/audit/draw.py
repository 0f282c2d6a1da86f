"""The draw: which files are examined, by a rule that anyone can repeat from the frame, the sizes and the seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import rfc8785

from duecare.audit.frame import Case, Frame, Stratum
from duecare.audit.seed import combined, hashed
from duecare.vocabulary.refusals import Refusal

RULE: Final = "duecare draw 1"
REASONS: Final = ("not_in_scope", "not_found", "every_grader_conflicted")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many files are to be drawn of each stratum of which frame? Fixed before any seed is known.

    Shape:   made by `plan`; `sizes` names every stratum of the frame, in order.
    """

    frame_hash: str
    sizes: tuple[tuple[Stratum, int], ...]

    @property
    def hash(self) -> str:
        """The SHA-256 of [rule, frame's hash, [[stratum, size] ...]] as RFC 8785 JSON, in lower-case hex."""
        written = [RULE, self.frame_hash, [[list(stratum), size] for stratum, size in self.sizes]]
        return hashed(rfc8785.dumps(written).decode())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which file was drawn, at what place in its stratum's order, and how likely was that?

    Shape:   `rank` counts from 1; `probability` is exact.
    """

    case: Case
    rank: int
    probability: Fraction


@dataclass(frozen=True, slots=True)
class Replaced:
    """Which file was taken out of the sample, for which of the reasons, and which stands in its place?"""

    out: Case
    reason: str
    by: Case


@dataclass(frozen=True, slots=True)
class Sample:
    """Which files are examined, and which were replaced on the way?

    Shape:   by stratum, then rank.
    """

    drawn: tuple[Drawn, ...]
    replaced: tuple[Replaced, ...] = ()


def plan(frame: Frame, sizes: Mapping[Stratum, int]) -> Plan:
    """The plan to draw so many files of each stratum.

    Raises:  AUD-007 if a stratum is missing or unknown, or its size is below nought or more than it holds.
    """
    held = {stratum: len(cases) for stratum, cases in frame.strata.items()}
    faults = [f"no size is given for {_words(stratum)}" for stratum in sorted(set(held) - set(sizes))]
    faults += [f"{_words(stratum)} is not in the frame" for stratum in sorted(set(sizes) - set(held))]
    faults += [
        f"{size} files of {_words(stratum)}, which holds {held[stratum]}"
        for stratum, size in sorted(sizes.items())
        if not 0 <= size <= held.get(stratum, size)
    ]
    if faults:
        raise Refusal("AUD-007", faults=tuple(faults))
    return Plan(frame.hash, tuple((stratum, sizes[stratum]) for stratum in sorted(sizes)))


def ranked(cases: Iterable[Case], seed: str) -> list[Case]:
    """These files of one stratum in the order in which they are drawn.

    Shape:   by the SHA-256 of rule, seed, stratum, source and case_ref joined by U+001F; lowest first.
    """
    return sorted(cases, key=lambda case: hashed(RULE, seed, *case.stratum, case.source, case.case_ref))


def draw(frame: Frame, of: Plan, seed: str, taken_out: Sequence[tuple[Key, str]] = ()) -> Sample:
    """The sample: the first files of each stratum's order, with those taken out replaced by the next in it.

    Shape:   `taken_out` names files and reasons in the order in which they were taken out. A probability is the share
             of its stratum that was drawn, replaced files with it: each file had the same chance to come so far.
    Raises:  AUD-008 if the plan is of another frame. AUD-011 if a file taken out is not in the sample, the reason is
             none of REASONS, or its stratum has no file left.
    """
    if of.frame_hash != frame.hash:
        raise Refusal("AUD-008", found=f"a plan of the frame {of.frame_hash[:16]}, a frame {frame.hash[:16]}")
    strata = frame.strata
    orders = {stratum: ranked(strata[stratum], seed) for stratum, _ in of.sizes}
    kept = {stratum: list(range(size)) for stratum, size in of.sizes}
    reached = dict(of.sizes)
    places = {case.key: (stratum, at) for stratum, order in orders.items() for at, case in enumerate(order)}
    replaced: list[Replaced] = []
    for key, reason in taken_out:
        stratum, at = places.get(key, ((), -1))
        if reason not in REASONS:
            raise Refusal("AUD-011", where=":".join(key), found="a reason that is not among those agreed")
        if at not in kept.get(stratum, ()):
            raise Refusal("AUD-011", where=":".join(key), found="a file that is not in the sample")
        order = orders[stratum]
        if reached[stratum] == len(order):
            raise Refusal("AUD-011", where=":".join(key), found="a stratum of which every file has been drawn")
        kept[stratum].remove(at)
        kept[stratum].append(reached[stratum])
        replaced.append(Replaced(order[at], reason, order[reached[stratum]]))
        reached[stratum] += 1
    drawn = tuple(
        Drawn(orders[stratum][at], at + 1, Fraction(reached[stratum], len(orders[stratum])))
        for stratum, _ in of.sizes
        for at in kept[stratum]
    )
    return Sample(drawn, tuple(replaced))


def verify_draw(
    frame: Frame,
    of: Plan,
    commitments: Mapping[str, str],
    revealed: Mapping[str, str],
    listed: Iterable[Key],
    taken_out: Sequence[tuple[Key, str]] = (),
) -> tuple[str, ...]:
    """What is wrong with this list of files, said to be the sample of that plan and those numbers? Nothing: empty.

    Shape:   refusals of the frame, the numbers or the replacements come as faults, not as refusals.
    """
    try:
        rightly = draw(frame, of, combined(of.hash, commitments, revealed), taken_out)
    except Refusal as wrong:
        return (str(wrong),)
    given = list(listed)
    due = {drawn.case.key for drawn in rightly.drawn}
    faults = [f"{':'.join(key)} is listed and was not drawn" for key in sorted(set(given) - due)]
    faults += [f"{':'.join(key)} was drawn and is not listed" for key in sorted(due - set(given))]
    faults += [f"{':'.join(key)} is listed more than once" for key in sorted(set(given)) if given.count(key) > 1]
    return tuple(faults)


def _words(stratum: Stratum) -> str:
    return "the stratum " + " / ".join(stratum)
