"""The sets of a round: which files are graded by both sides, which by one alone, and how many of each stratum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from duecare.audit.rounds.frame_file import Stratum
from duecare.audit.rounds.sample_size import in_proportion
from duecare.vocabulary.refusals import Refusal

SET_NAMES: Final = ("paired", "inspector_only", "force_only")
SIDES: Final = ("force", "inspectorate")
GRADED_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"paired": SIDES, "inspector_only": ("inspectorate",), "force_only": ("force",)}
)

StratumSets = Mapping[Stratum, Mapping[str, int]]


def sets_of(grader_side: str) -> tuple[str, ...]:
    """The sets whose files this side grades."""
    return tuple(set_name for set_name in SET_NAMES if grader_side in GRADED_BY[set_name])


def sides_of(names: Iterable[str]) -> tuple[str, ...]:
    """The sides that grade files of these sets."""
    wanted_sets = set(names)
    return tuple(grader_side for grader_side in SIDES if wanted_sets & set(sets_of(grader_side)))


def shared_out(stratum_counts: Mapping[Stratum, int], wanted_sets: Mapping[str, int]) -> dict[Stratum, dict[str, int]]:
    """The number of files of each set from each stratum, if the sets are shared out as the frame is.

    Shape:   at least two files of every stratum that has them, and two paired ones where there are enough.
    Raises:  AUD-007 if they are more than the frame holds or fewer than the strata need, or a set is unknown or below
             0.
    """
    faults = [
        f"{set_name} is not a set. Use one of: {', '.join(SET_NAMES)}"
        for set_name in sorted(set(wanted_sets) - set(SET_NAMES))
    ]
    faults += [f"{files} files of the set {set_name}" for set_name, files in sorted(wanted_sets.items()) if files < 0]
    if faults:
        raise Refusal("AUD-007", faults=tuple(faults))
    sizes = in_proportion(stratum_counts, sum(wanted_sets.values()))
    least_files = (
        2 if sum(min(2, stratum_size) for stratum_size in sizes.values()) <= wanted_sets.get("paired", 0) else 0
    )
    sets_by_stratum: dict[Stratum, dict[str, int]] = {stratum: {} for stratum in sizes}
    sizes_left = sizes
    for set_name in SET_NAMES:
        shares = in_proportion(
            sizes_left, wanted_sets.get(set_name, 0), at_least=least_files if set_name == "paired" else 0
        )
        for stratum, files in shares.items():
            sets_by_stratum[stratum][set_name] = files
        sizes_left = {stratum: sizes_left[stratum] - shares[stratum] for stratum in sizes_left}
    return sets_by_stratum
