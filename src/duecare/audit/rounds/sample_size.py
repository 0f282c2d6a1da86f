"""How many files to draw: for a stated precision, and shared out over the strata."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

from duecare.audit.rounds.frame_file import Stratum
from duecare.stats.distributions import normal_quantile
from duecare.stats.interval import CONFIDENCE
from duecare.vocabulary.refusals import Refusal


def size_for(half_width: float, population: int, expected: float = 0.5, confidence: float = CONFIDENCE) -> int:
    """The number of files to draw for a share to be known to this half-width.

    Shape:   the worst case unless a share is expected; never more than there are.
    Units:   proportions: 0.05 for five percentage points.
    Raises:  AUD-007 if the half-width, the share or the confidence is not between 0 and one.
    Source:  Cochran 1977, Sampling Techniques, 3rd edition, 4.4.
    Example:
        >>> size_for(0.05, 100_000), size_for(0.05, 500)
        (383, 218)
    """
    if not (0 < half_width < 1 and 0 < expected < 1 and 0 < confidence < 1):
        raise Refusal("AUD-007", found="a precision, share or confidence that is not between 0 and 1")
    unbounded = normal_quantile(confidence) ** 2 * expected * (1 - expected) / half_width**2
    return min(population, ceil(unbounded / (1 + (unbounded - 1) / population))) if population else 0


def in_proportion(population: Mapping[Stratum, int], draw_count: int, at_least: int = 2) -> dict[Stratum, int]:
    """The number of files to draw from each stratum, in proportion to the frame.

    Shape:   never fewer than `at_least` of a stratum that has them, so that each can tell its own spread; what is left
             over goes to the largest remainders, first stratum first.
    Raises:  AUD-007 if n is more than the frame holds or fewer than the strata need.
    """
    floor = {stratum: min(at_least, stratum_size) for stratum, stratum_size in population.items()}
    if not sum(floor.values()) <= draw_count <= sum(population.values()):
        fault_words = (
            f"{draw_count} files to draw, {sum(population.values())} in the frame, at least "
            f"{sum(floor.values())} needed"
        )
        raise Refusal("AUD-007", found=fault_words)
    total, fixed = draw_count, dict[Stratum, int]()
    # A stratum whose share falls short of its floor is set to the floor, and the others share what is left.
    while True:
        free_graders = {stratum: stratum_size for stratum, stratum_size in population.items() if stratum not in fixed}
        files_left, files = total - sum(fixed.values()), sum(free_graders.values())
        shares = {
            stratum: Fraction(files_left * stratum_size, files or 1) for stratum, stratum_size in free_graders.items()
        }
        short = {stratum: floor[stratum] for stratum, share in shares.items() if share < floor[stratum]}
        if not short:
            break
        fixed |= short
    sizes = fixed | {stratum: int(share) for stratum, share in shares.items()}
    files_over = total - sum(sizes.values())
    for stratum in sorted(
        shares, key=lambda stratum_key: (int(shares[stratum_key]) - shares[stratum_key], stratum_key)
    )[:files_over]:
        sizes[stratum] += 1
    return {stratum: sizes[stratum] for stratum in sorted(sizes)}
