"""The sets of a round: which files are graded by both sides, which by one alone, and how many of each stratum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_size import in_proportion
from duecare.vocabulary.refusals import Refusal

SETS: Final = ("paired", "inspector_only", "force_only")
SIDES: Final = ("force", "inspectorate")
GRADED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"paired": SIDES, "inspector_only": ("inspectorate",), "force_only": ("force",)}
)

Sets = Mapping[Stratum, Mapping[str, int]]


def sets_of(side: str) -> tuple[str, ...]:
    """Files of which sets does this side grade?"""
    return tuple(name for name in SETS if side in GRADED_BY[name])


def sides_of(names: Iterable[str]) -> tuple[str, ...]:
    """Which sides grade files of these sets?"""
    wanted = set(names)
    return tuple(side for side in SIDES if wanted & set(sets_of(side)))


def shared_out(held: Mapping[Stratum, int], wanted: Mapping[str, int]) -> dict[Stratum, dict[str, int]]:
    """How many files of each set does each stratum give, if the sets are shared out as the frame is?

    Shape:   at least two files of every stratum that has them, and two paired ones where there are enough.
    Raises:  AUD-007 if they are more than the frame holds or fewer than the strata need, or a set is unknown or below
             nought.
    """
    faults = [f"{name} is no set: {', '.join(SETS)}" for name in sorted(set(wanted) - set(SETS))]
    faults += [f"{files} files of the set {name}" for name, files in sorted(wanted.items()) if files < 0]
    if faults:
        raise Refusal("AUD-007", faults=tuple(faults))
    sizes = in_proportion(held, sum(wanted.values()))
    least = 2 if sum(min(2, size) for size in sizes.values()) <= wanted.get("paired", 0) else 0
    found: dict[Stratum, dict[str, int]] = {stratum: {} for stratum in sizes}
    left = sizes
    for name in SETS:
        shares = in_proportion(left, wanted.get(name, 0), at_least=least if name == "paired" else 0)
        for stratum, files in shares.items():
            found[stratum][name] = files
        left = {stratum: left[stratum] - shares[stratum] for stratum in left}
    return found
