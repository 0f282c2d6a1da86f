"""The kept model: what each level of agreement weighs, where it was learnt, and its three thresholds."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from duecare.linkage.join_thresholds import Thresholds
from duecare.person.pair import COMPARISONS
from duecare.person.weigh import SAME_TERM, TERM_FREQUENCIES, HouseholdWeights, Weights
from duecare.vocabulary.refusals import Refusal

SHIPPED: Final = "made-up-force-2"
_VERSION: Final = 2
_WORLD: Final = 5_000
"""At most so many unseen records stand behind the frequency of a term, at the trained chance of agreement."""


@dataclass(frozen=True, slots=True)
class Household:
    """How records of two people of one household agree, and how many such records a record has.

    Shape:   `chances[comparison][level]` is how often two such records agree so far; `partners` how many other records of
             people of the same household a record has on average, among as many records as the model was trained on.
    """

    chances: dict[str, dict[str, float]]
    partners: float


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of agreement and disagreement, and the weight from which two records are one person.

    Shape:   `chances[comparison][level]` is (m, u): how often records of one person, and of two, agree so far. `card`
             says what it was trained on, with which seed and when. `household` is the third class: None where the
             records told of too few households to measure it.
    Units:   weights in bits, the prior included. `partners` is how many other records of the same person a record has
             on average; `trained_records` how many there were. A smaller store is taken as a sample from as large a
             world, so that two lone records are not thought one because nobody else is there.
    """

    name: str
    chances: dict[str, dict[str, tuple[float, float]]]
    partners: float
    trained_records: int
    thresholds: Thresholds
    card: dict[str, str] = field(default_factory=dict)
    household: Household | None = None

    def prior(self, records: int) -> float:
        """The probability that two records drawn at random are of one person.

        Units:   proportion, above 0 and below 1.
        """
        world = max(records, self.trained_records, 2)
        return min(0.5, max(1e-12, self.partners / (world - 1)))

    def weight(self, comparison: str, level: str) -> float:
        """The weight of this level before the frequency of the term is counted; 0 where unknown.

        Units:   bits.
        """
        match_chance, chance_match = self.chances[comparison].get(level, (1.0, 1.0))
        return math.log2(match_chance / chance_match)

    def household_weights(self) -> HouseholdWeights | None:
        """The weight of each level for one household and against one person; None where households were not measured.

        Shape:   numbers that differ speak once, against one person, and not for a household, too: twins who have numbers of
                 their own would be hidden from whoever must look at them.
        Units:   bits.
        """
        if self.household is None:
            return None
        chances = self.household.chances
        return HouseholdWeights(
            prior=math.log2(self.household.partners / self.partners),
            levels={
                comparison_name: {
                    level: math.log2(chances[comparison_name][level] / self.chances[comparison_name][level][0])
                    if comparison_name != "identifier" or level == "shared"
                    else 0.0
                    for level in levels
                }
                for comparison_name, levels in COMPARISONS.items()
            },
        )

    @property
    def world(self) -> int:
        """The number of unseen records behind the frequency of a term, so that a small store has rare names too."""
        return min(_WORLD, self.trained_records // 10)

    def weights(self, records: int) -> Weights:
        """The weights of this model among so many records, as the plain data by which one pair is weighed."""
        prior = self.prior(records)
        return Weights(
            prior=math.log2(prior / (1 - prior)),
            levels={
                comparison_name: {level: self.weight(comparison_name, level) for level in levels}
                for comparison_name, levels in COMPARISONS.items()
            },
            chances={column: self.chances[comparison][level][1] for column, (comparison, level) in SAME_TERM.items()},
            log_chances={
                frequency_level: math.log2(self.chances[frequency_level[0]][frequency_level[1]][1])
                for frequency_level in TERM_FREQUENCIES
            },
            world=self.world,
            household=self.household_weights(),
        )

    def to_json(self) -> str:
        """The model as it is kept: JSON, sorted, the same bytes for the same model."""
        return json.dumps(
            {
                "version": _VERSION,
                "name": self.name,
                "card": self.card,
                "partners": self.partners,
                "trained_records": self.trained_records,
                "thresholds": asdict(self.thresholds),
                "chances": {
                    comparison_name: {level_name: list(level_chances) for level_name, level_chances in levels.items()}
                    for comparison_name, levels in self.chances.items()
                },
                "household": asdict(self.household) if self.household else None,
            },
            indent=2,
            sort_keys=True,
        )


def read_model(model_text: str, where: str = "the model") -> Model:
    """Read the model in this JSON.

    Raises:  LNK-001 where it is of another version, or lacks a level that is compared.
    """
    try:
        model_json = json.loads(model_text)
        if model_json["version"] != _VERSION:
            raise Refusal("LNK-001", where=where, found=f"version {int(model_json['version'])}, not {_VERSION}")
        return Model(
            name=str(model_json["name"]),
            chances={
                comparison_name: {
                    level: (
                        float(model_json["chances"][comparison_name][level][0]),
                        float(model_json["chances"][comparison_name][level][1]),
                    )
                    for level in levels
                }
                for comparison_name, levels in COMPARISONS.items()
            },
            partners=float(model_json["partners"]),
            trained_records=int(model_json["trained_records"]),
            thresholds=Thresholds(
                **{
                    threshold_name: float(model_json["thresholds"][threshold_name])
                    for threshold_name in ("join", "split", "review")
                }
            ),
            card={str(card_name): str(card_text) for card_name, card_text in model_json["card"].items()},
            household=_read_household(model_json["household"]),
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Refusal("LNK-001", where=where, found=f"nothing usable ({type(error).__name__})") from error


def _read_household(household_json: Any) -> Household | None:
    if household_json is None:
        return None
    return Household(
        chances={
            comparison_name: {level: float(household_json["chances"][comparison_name][level]) for level in levels}
            for comparison_name, levels in COMPARISONS.items()
        },
        partners=float(household_json["partners"]),
    )


def load_model(model_path: Path) -> Model:
    """The model kept in this file.

    Raises:  LNK-001 where it cannot be used.
    """
    if not model_path.is_file():
        raise Refusal("LNK-001", where=model_path.name, found="no such file")
    return read_model(model_path.read_text(encoding="utf-8"), model_path.name)


def shipped_model() -> Model:
    """The model shipped with Duecare, trained on the made-up force."""
    model_file = resources.files("duecare.linkage") / "models" / f"{SHIPPED}.json"
    return read_model(model_file.read_text(encoding="utf-8"), model_file.name)
