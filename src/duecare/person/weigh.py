"""What one pair of records weighs by a trained model, without an engine: what each level of agreement adds, and the sum."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from duecare.person.agreement_levels import comparison_levels
from duecare.person.comparable_record import Compared
from duecare.person.pair import HOUSEHOLD

TERM_FREQUENCIES: Final[dict[tuple[str, str], str]] = {
    ("given", "in full"): "given",
    ("given", "same"): "given",
    ("given", "other middle"): "given",
    ("given", "short form"): "given_class",
    ("family", "same"): "family",
    ("born", "same"): "born",
    ("home", "same home"): "home_key",
    ("home", "same postcode"): "postcode",
}
"""Which column's frequency weighs a level: agreeing on a rare name says more than on a common one."""

SAME_TERM: Final = {
    column: term_pair
    for term_pair, column in reversed(TERM_FREQUENCIES.items())
    if term_pair[1] not in {"in full", "other middle"}
}
"""Which level tells how often two people share a term of this column, and no more than that?"""

COUNTED: Final = tuple(dict.fromkeys(TERM_FREQUENCIES.values()))

Frequency = Callable[[str, str], float]
"""How frequent is this term in this column? A proportion, above 0."""


@dataclass(frozen=True, slots=True)
class HouseholdWeights:
    """How much likelier each level is between two people of one household than between two records of one person.

    Shape:   `prior` is how much more often two records are of two people of one household than of one person; `levels` by
             comparison, as in `COMPARISONS`.
    Units:   bits.
    """

    prior: float
    levels: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of agreement and disagreement, as plain data out of a trained model.

    Shape:   `levels[comparison][level]` before the frequency of a term is counted; `chances[column]` is the trained chance
             that two people share a term of it, behind which stand `world` unseen records. Without `household`, two
             records are of one person or of two who have nothing to do with one another.
    Units:   bits; `prior` too.
    """

    prior: float
    levels: Mapping[str, Mapping[str, float]]
    chances: Mapping[str, float]
    log_chances: Mapping[tuple[str, str], float]
    world: int
    household: HouseholdWeights | None = None

    def frequency(self, column: str, count: int, total: int) -> float:
        """The frequency of a term that so many of so many records have, one of the pair being among them.

        Units:   proportion, above 0.
        """
        return (count - 1 + self.world * self.chances[column]) / (max(total - 1, 1) + self.world)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight of a pair, its levels, and what each comparison adds.

    Shape:   beside the parts of the comparisons stands `household`, never above 0: what is taken back because two people of
             one household would agree so, too.
    Units:   bits; the weight is the sum of the parts and the prior.
    """

    weight: float
    levels: dict[str, str]
    parts: dict[str, float]


def weigh_pair(record_a: Compared, record_b: Compared, weights: Weights, frequency: Frequency) -> Weighed:
    """Weigh the evidence for and against these two records being of one person.

    Unknown: what one side is silent on weighs nothing.
    """
    agreed = comparison_levels(record_a, record_b)
    parts = {}
    for comparison, level in agreed.items():
        level_weight = weights.levels[comparison][level]
        column = TERM_FREQUENCIES.get((comparison, level))
        if column is not None:
            terms = {term_value for term_value in (getattr(record_a, column), getattr(record_b, column)) if term_value}
            if terms:
                most_frequent = max(frequency(column, term_value) for term_value in terms)
                level_weight += weights.log_chances[comparison, level] - math.log2(most_frequent)
        parts[comparison] = level_weight
    weight = weights.prior + sum(parts.values())
    if weights.household is not None:
        parts[HOUSEHOLD] = taken_back(weight, agreed, weights.household)
        weight += parts[HOUSEHOLD]
    return Weighed(weight, agreed, parts)


def taken_back(weight: float, agreed: Mapping[str, str], household: HouseholdWeights) -> float:
    """How much of this weight is taken back, because two people of one household would agree so, too.

    Shape:   the odds of one person are 1 / (1 / 2^weight + the odds of one household): two records of two people are
             either of one household or of none.
    Units:   bits, at most 0.
    Example:
        >>> round(taken_back(10.0, {}, HouseholdWeights(-4.0, {})), 2), taken_back(-9.0, {}, HouseholdWeights(-999.0, {}))
        (-6.02, 0.0)
    """
    household_odds = household.prior + sum(household.levels[comparison][level] for comparison, level in agreed.items())
    more_odds, less_odds = max(-weight, household_odds), min(-weight, household_odds)
    return min(0.0, -weight - more_odds - math.log2(1.0 + 2.0 ** (less_odds - more_odds)))
