"""The draw: which files are examined, by a rule that anyone can repeat from the frame, the sizes and the seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import rfc8785

from duecare.audit.rounds.draw_seed import Beacon, combined, hashed
from duecare.audit.rounds.frame_file import Case, Frame, Stratum
from duecare.vocabulary.refusals import Refusal

RULE: Final = "duecare draw 1"
CONFLICTED: Final = "every_grader_conflicted"
REASONS: Final = ("not_in_scope", "not_found", CONFLICTED)

Key = tuple[str, str]
Shares = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many files are to be drawn of each stratum of which frame? Fixed before any seed is known.

    Shape:   made by `plan`; `sizes` names every stratum of the frame, in order; `sets` says of each, in the same order,
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
        rows: list[object] = [[list(stratum), size] for stratum, size in self.sizes]
        if self.sets:
            rows = [
                [list(stratum), size, [list(share) for share in shares]]
                for (stratum, size), shares in zip(self.sizes, self.sets, strict=True)
            ]
        written: list[object] = [RULE, self.frame_hash, rows]
        if self.beacon is not None:
            written.append([self.beacon.name, self.beacon.pulse_at])
        return hashed(rfc8785.dumps(written).decode())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which file was drawn, at what place in its stratum's order, and how likely was that?

    Shape:   `rank` counts from 1; `probability` is exact, and that of being drawn at all; `set` is empty where the plan
             names none.
    """

    case: Case
    rank: int
    probability: Fraction
    set: str = ""


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


def plan(
    frame: Frame,
    sizes: Mapping[Stratum, int],
    sets: Mapping[Stratum, Mapping[str, int]] | None = None,
    beacon: Beacon | None = None,
) -> Plan:
    """The plan to draw so many files of each stratum, and to part them into these sets.

    Raises:  AUD-007 if a stratum is missing or unknown, its size is below nought or more than it holds, or its sets do
             not add up to it.
    """
    held = {stratum: len(cases) for stratum, cases in frame.strata.items()}
    faults = [f"no size is given for {_words(stratum)}" for stratum in sorted(set(held) - set(sizes))]
    faults += [f"{_words(stratum)} is not in the frame" for stratum in sorted(set(sizes) - set(held))]
    faults += [
        f"{size} files of {_words(stratum)}, which holds {held[stratum]}"
        for stratum, size in sorted(sizes.items())
        if not 0 <= size <= held.get(stratum, size)
    ]
    faults += [
        f"the sets of {_words(stratum)} do not add up to its {size} files"
        for stratum, size in sorted(sizes.items())
        if sets is not None and not _adds_up(sets.get(stratum, {}), size)
    ]
    if faults:
        raise Refusal("AUD-007", faults=tuple(faults))
    ordered = sorted(sizes)
    parted = () if sets is None else tuple(tuple(sets[stratum].items()) for stratum in ordered)
    return Plan(frame.hash, tuple((stratum, sizes[stratum]) for stratum in ordered), parted, beacon)


def is_left_to_chance(frame: Frame, of: Plan) -> bool:
    """Is there a file that may or may not be drawn, or may fall into one set or another?"""
    held = {stratum: len(cases) for stratum, cases in frame.strata.items()}
    every = all(size == held[stratum] for stratum, size in of.sizes)
    return not every or any(sum(files > 0 for _, files in shares) > 1 for shares in of.sets)


def seed_of(
    frame: Frame, of: Plan, commitments: Mapping[str, str], revealed: Mapping[str, str], pulse: str | None = None
) -> str:
    """The seed of this plan's draw: of the numbers of both sides; of the plan alone where nothing is left to chance.

    Raises:  AUD-006 as `combined`, and if a pulse is given where the plan names no beacon, or the other way about.
    """
    if not is_left_to_chance(frame, of) and not commitments:
        return of.hash
    if (pulse is None) != (of.beacon is None):
        found = (
            "a beacon's value that the plan does not name" if pulse else "no value of the beacon that the plan names"
        )
        raise Refusal("AUD-006", found=found)
    return combined(of.hash, commitments, revealed, pulse=pulse)


def ranked(cases: Iterable[Case], seed: str) -> list[Case]:
    """These files of one stratum in the order in which they are drawn.

    Shape:   by the SHA-256 of rule, seed, stratum, source and case_ref joined by U+001F; lowest first.
    """
    return sorted(cases, key=lambda case: hashed(RULE, seed, *case.stratum, case.source, case.case_ref))


def draw(frame: Frame, of: Plan, seed: str, taken_out: Sequence[tuple[Key, str]] = ()) -> Sample:
    """The sample: the first files of each stratum's order, with those taken out replaced by the next in it.

    Shape:   `taken_out` names files and reasons in the order in which they were taken out. A probability is the share
             of its stratum that was drawn, replaced files with it: each file had the same chance to come so far. Within
             a stratum the first files are of its first set, and so on; who replaces a file takes its set.
    Raises:  AUD-008 if the plan is of another frame. AUD-011 if a file taken out is not in the sample, the reason is
             none of REASONS, or its stratum has no file left.
    """
    if of.frame_hash != frame.hash:
        raise Refusal("AUD-008", found=f"a plan of the frame {of.frame_hash[:16]}, a frame {frame.hash[:16]}")
    strata = frame.strata
    orders = {stratum: ranked(strata[stratum], seed) for stratum, _ in of.sizes}
    kept = {stratum: dict(enumerate(_named(size, shares))) for (stratum, size), shares in _rows(of)}
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
        kept[stratum][reached[stratum]] = kept[stratum].pop(at)
        replaced.append(Replaced(order[at], reason, order[reached[stratum]]))
        reached[stratum] += 1
    drawn = tuple(
        Drawn(orders[stratum][at], at + 1, Fraction(reached[stratum], len(orders[stratum])), name)
        for stratum, _ in of.sizes
        for at, name in kept[stratum].items()
    )
    return Sample(drawn, tuple(replaced))


def verify_draw(
    frame: Frame,
    of: Plan,
    commitments: Mapping[str, str],
    revealed: Mapping[str, str],
    listed: Iterable[Key],
    taken_out: Sequence[tuple[Key, str]] = (),
    *,
    pulse: str | None = None,
    sets: Mapping[Key, str] | None = None,
) -> tuple[str, ...]:
    """What is wrong with this list of files, said to be the sample of that plan and those numbers? Nothing: empty.

    Shape:   refusals of the frame, the numbers or the replacements come as faults, not as refusals. `sets`, where given,
             says in which set each file is said to be.
    """
    try:
        rightly = draw(frame, of, seed_of(frame, of, commitments, revealed, pulse), taken_out)
    except Refusal as wrong:
        return (str(wrong),)
    given = list(listed)
    due = {drawn.case.key: drawn.set for drawn in rightly.drawn}
    faults = [f"{':'.join(key)} is listed and was not drawn" for key in sorted(set(given) - due.keys())]
    faults += [f"{':'.join(key)} was drawn and is not listed" for key in sorted(due.keys() - set(given))]
    faults += [f"{':'.join(key)} is listed more than once" for key in sorted(set(given)) if given.count(key) > 1]
    if sets is not None:
        faults += [
            f"{':'.join(key)} is of the set {due[key]}, not {sets.get(key, '')}"
            for key in sorted(due.keys() & set(given))
            if sets.get(key, "") != due[key]
        ]
    return tuple(faults)


def _adds_up(shares: Mapping[str, int], size: int) -> bool:
    return sum(shares.values()) == size and all(files >= 0 for files in shares.values())


def _rows(of: Plan) -> list[tuple[tuple[Stratum, int], Shares]]:
    return list(zip(of.sizes, of.sets or ((),) * len(of.sizes), strict=True))


def _named(size: int, shares: Shares) -> list[str]:
    return [name for name, files in shares for _ in range(files)] if shares else [""] * size


def _words(stratum: Stratum) -> str:
    return "the stratum " + " / ".join(stratum)
