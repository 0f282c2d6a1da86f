"""How the model learns: chances by Splink from random and from blocked pairs, the number of partners by counting."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import duckdb
from splink import block_on

from duecare.linkage.model import Model, Thresholds
from duecare.linkage.prepare import TABLE, ask
from duecare.linkage.scoring import make_linker
from duecare.person.pair import COMPARISONS, probability
from duecare.vocabulary.refusals import Refusal

LEAST_RECORDS: Final = 200
RANDOM_PAIRS: Final = 1_500_000
_EM_PAIRS: Final = 1_000_000
_HUMILITY: Final = 0.03
"""How much of what was set by hand is kept beside what was learnt: no sample shows every slip there is."""

START: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "given": ((0.15, 0.0008), (0.55, 0.005), (0.01, 0.00001), (0.005, 0.0003), (0.04, 0.003),
              (0.1, 0.002), (0.03, 0.002), (0.02, 0.01), (0.02, 0.02), (0.02, 0.01), (0.06, 0.94)),
    "family": ((0.8, 0.003), (0.1, 0.001), (0.02, 0.0005), (0.01, 0.001), (0.02, 0.01), (0.05, 0.98)),
    "born": ((0.85, 0.0001), (0.01, 0.001), (0.01, 0.0001), (0.05, 0.001), (0.04, 0.004), (0.01, 0.04), (0.03, 0.95)),
    "home": ((0.45, 0.00001), (0.05, 0.00005), (0.02, 0.001), (0.05, 0.003), (0.08, 0.01), (0.35, 0.98)),
    "identifier": ((0.94, 0.00001), (0.04, 0.6), (0.02, 0.4)),
    "contact": ((0.5, 0.00001), (0.05, 0.001), (0.45, 0.999)),
    "sex": ((0.98, 0.5), (0.02, 0.5)),
}  # fmt: skip
"""Where learning starts, and what stands for a comparison that the records say nothing of: set by hand."""

_PASSES: Final = (("born_whole",), ("given", "family"), ("postcode", "born_year"))


def starting_chances() -> dict[str, dict[str, tuple[float, float]]]:
    """The chances learning starts from, by comparison and level."""
    return {name: dict(zip(levels, START[name], strict=True)) for name, levels in COMPARISONS.items()}


def learn(
    connection: duckdb.DuckDBPyConnection,
    *,
    name: str,
    seed: int,
    thresholds: Thresholds,
    card: dict[str, str],
    random_pairs: int = RANDOM_PAIRS,
    progress: Callable[[str], None] = lambda _: None,
) -> Model:
    """Which model do the records in the table `standard` teach?

    Shape:   u from random pairs; m by expectation-maximisation over pairs that share a birth date, both names, or
             postcode and year of birth; the partners of a record are counted afterwards by `count_partners`.
    Raises:  LNK-002 for fewer than 200 records.
    """
    ((records,),) = ask(connection, f"select count(*) from {TABLE}")
    if records < LEAST_RECORDS:
        raise Refusal("LNK-002", found=f"{records} records, at least {LEAST_RECORDS} needed")
    chances = starting_chances()
    spoken = tuple(n for n in COMPARISONS if _is_spoken_of(connection, n))
    linker = make_linker(connection, prior=1.0 / records, chances=chances, names=spoken)
    progress("chance agreement, from random pairs")
    linker.training.estimate_u_using_random_sampling(
        max_pairs=random_pairs, seed=seed, min_count_per_level=None, num_chunks=1
    )
    for columns in _PASSES:
        filled = " and ".join(f"{column} is not null" for column in columns)
        shared = f"select 1 from {TABLE} where {filled} group by {', '.join(columns)} having count(*) > 1 limit 1"
        if not ask(connection, shared):
            continue
        progress(f"agreement of one person's records, from pairs with the same {' and '.join(columns)}")
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), estimate_without_term_frequencies=True, max_pairs=_EM_PAIRS
        )
    learnt = linker.misc.save_model_to_json()
    for comparison in learnt["comparisons"]:
        own = chances[comparison["output_column_name"]]
        for level in comparison["comparison_levels"]:
            label = level["label_for_charts"]
            if label in own:
                m, u = own[label]
                learnt_m = _sound(level.get("m_probability"), m)
                own[label] = ((1 - _HUMILITY) * learnt_m + _HUMILITY * m, _sound(level.get("u_probability"), u))
    return Model(
        name=name,
        chances={n: _whole(levels) for n, levels in chances.items()},
        partners=1.0,
        trained_records=records,
        thresholds=thresholds,
        card={**card, "seed": str(seed), "records": str(records), "comparisons": ", ".join(spoken)},
    )


def _sound(learnt: object, start: float) -> float:
    """The learnt chance; where no pair showed the level, the smallest that the sample could have shown."""
    if isinstance(learnt, int | float):
        return max(float(learnt), 1e-7)
    return min(start, 1.0 / RANDOM_PAIRS) if start < 0.01 else start


def _whole(levels: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    ms, us = sum(m for m, _ in levels.values()), sum(u for _, u in levels.values())
    return {level: (m / ms, u / us) for level, (m, u) in levels.items()}


_SPOKEN: Final = {
    "given": "given", "family": "family", "born": "born", "home": "coalesce(postcode, uprn, address_words::varchar)",
    "identifier": "ids", "contact": "coalesce(emails, phones, online_names)", "sex": "sex",
}  # fmt: skip


def _is_spoken_of(connection: duckdb.DuckDBPyConnection, comparison: str) -> bool:
    ((is_spoken,),) = ask(connection, f"select count({_SPOKEN[comparison]}) * 50 > count(*) from {TABLE}")
    return bool(is_spoken)


def count_partners(connection: duckdb.DuckDBPyConnection, scored: str, model: Model) -> float:
    """How many other records of the same person has a record, judged by the weights of the pairs in `scored`?

    Shape:   the fixed point: as many as the pairs' probabilities add up to, when that many are expected.
    """
    bins = ask(connection, f"select round(weight, 1) as w, count(*) from {scored} group by w")
    ((records,),) = ask(connection, f"select count(*) from {TABLE}")
    assumed = partners = model.partners
    for _ in range(50):
        shift = math.log2(partners / assumed)
        found = 2.0 * sum(n * probability(float(w) + shift) for w, n in bins) / records
        if abs(found - partners) < 1e-4 * partners or found <= 0:
            break
        partners = found
    return float(min(max(partners, 0.01), 50.0))
