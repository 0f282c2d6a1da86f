"""How the model learns: chances by Splink from random and from blocked pairs, the number of partners by counting."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

import duckdb
from splink import block_on

from duecare.linkage.join_thresholds import Thresholds
from duecare.linkage.linkage_model import Household, Model
from duecare.linkage.pair_weights import make_linker, score_pairs
from duecare.linkage.prepared_records import TABLE, query_rows
from duecare.person.pair import COMPARISONS, probability_of, read_levels
from duecare.vocabulary.refusals import Refusal

LEAST_RECORDS: Final = 200
RANDOM_PAIRS: Final = 1_500_000
_EM_PAIRS: Final = 1_000_000
_HUMILITY: Final = 0.03
"""How much of what was set by hand is kept beside what was learnt: no sample shows every slip there is."""

START: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    "given": ((0.15, 0.0008), (0.545, 0.005), (0.005, 0.001), (0.01, 0.00001), (0.005, 0.0003), (0.04, 0.003), (0.1, 0.002),
              (0.02, 0.001), (0.01, 0.001), (0.02, 0.01), (0.02, 0.02), (0.02, 0.01), (0.055, 0.94)),
    "family": ((0.8, 0.003), (0.1, 0.001), (0.02, 0.0005), (0.005, 0.05), (0.01, 0.001), (0.02, 0.01), (0.045, 0.93)),
    "born": ((0.85, 0.0001), (0.01, 0.001), (0.01, 0.0001), (0.05, 0.001), (0.035, 0.003), (0.01, 0.002), (0.01, 0.04),
             (0.025, 0.95)),
    "home": ((0.45, 0.00001), (0.05, 0.00005), (0.02, 0.001), (0.05, 0.003), (0.08, 0.01), (0.35, 0.98)),
    "identifier": ((0.94, 0.00001), (0.04, 0.6), (0.02, 0.4)),
    "contact": ((0.5, 0.00001), (0.05, 0.001), (0.45, 0.999)),
    "sex": ((0.98, 0.5), (0.02, 0.5)),
}  # fmt: skip
"""Where learning starts, and what stands for a comparison that the records say nothing of: set by hand."""

HOUSEHOLD_START: Final[dict[str, tuple[float, ...]]] = {
    "given": (0.0005, 0.006, 0.004, 0.0005, 0.002, 0.006, 0.004, 0.003, 0.002, 0.008, 0.02, 0.03, 0.914),
    "family": (0.6, 0.05, 0.02, 0.03, 0.03, 0.01, 0.26),
    "born": (0.01, 0.005, 0.0005, 0.003, 0.002, 0.001, 0.06, 0.9185),
    "home": (0.75, 0.05, 0.03, 0.02, 0.05, 0.1),
    "identifier": (0.001, 0.4, 0.599),
    "contact": (0.35, 0.05, 0.6),
    "sex": (0.5, 0.5),
}
"""What stands for two people of one household where the records say nothing of it: set by hand."""
LEAST_HOUSEHOLD_PAIRS: Final = 200
_HOUSEHOLD_HUMILITY: Final = 0.1
_LARGEST_HOME: Final = 60
_HOUSEHOLD_PAIRS: Final = 2_000_000
_OTHER_GIVEN: Final = frozenset({"alike", "different"})
_OF_ONE_FAMILY: Final = frozenset({("home", "same home"), ("family", "same")})

_PASSES: Final = (("born_whole",), ("given", "family"), ("postcode", "born_year"))


def starting_chances() -> dict[str, dict[str, tuple[float, float]]]:
    """The chances learning starts from, by comparison and level."""
    return {
        comparison_name: dict(zip(levels, START[comparison_name], strict=True))
        for comparison_name, levels in COMPARISONS.items()
    }


def learn_model(
    connection: duckdb.DuckDBPyConnection,
    *,
    model_name: str,
    random_seed: int,
    thresholds: Thresholds,
    model_card: dict[str, str],
    random_pairs: int = RANDOM_PAIRS,
    progress: Callable[[str], None] = lambda _: None,
) -> Model:
    """Learn a model from the records in the table `standard`.

    Shape:   u from random pairs; m by expectation-maximisation over pairs that share a birth date, both names, or
             postcode and year of birth; the partners of a record are counted afterwards by `count_partners`. The household
             class from pairs at one home, as `measure_household` has it.
    Raises:  LNK-002 for fewer than 200 records.
    """
    ((records,),) = query_rows(connection, f"select count(*) from {TABLE}")
    if records < LEAST_RECORDS:
        raise Refusal("LNK-002", found=f"{records} records, at least {LEAST_RECORDS} needed")
    chances = starting_chances()
    spoken = tuple(comparison_name for comparison_name in COMPARISONS if _is_spoken_of(connection, comparison_name))
    linker = make_linker(connection, prior=1.0 / records, chances=chances, names=spoken)
    progress("chance agreement, from random pairs")
    linker.training.estimate_u_using_random_sampling(
        max_pairs=random_pairs, seed=random_seed, min_count_per_level=None, num_chunks=1
    )
    for columns in _PASSES:
        filled = " and ".join(f"{column} is not null" for column in columns)
        shared = f"select 1 from {TABLE} where {filled} group by {', '.join(columns)} having count(*) > 1 limit 1"
        if not query_rows(connection, shared):
            continue
        progress(f"agreement of one person's records, from pairs with the same {' and '.join(columns)}")
        # Where records never differ a chance sinks to nothing, and Splink refuses it: such a pass has nothing to teach.
        with suppress(ValueError):
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*columns), estimate_without_term_frequencies=True, max_pairs=_EM_PAIRS
            )
    learnt = linker.misc.save_model_to_json()
    for comparison in learnt["comparisons"]:
        own_chances = chances[comparison["output_column_name"]]
        for level in comparison["comparison_levels"]:
            label = level["label_for_charts"]
            if label in own_chances:
                match_chance, chance_match = own_chances[label]
                learnt_m = _sound_chance(level.get("m_probability"), match_chance)
                own_chances[label] = (
                    (1 - _HUMILITY) * learnt_m + _HUMILITY * match_chance,
                    _sound_chance(level.get("u_probability"), chance_match),
                )
    model = Model(
        name=model_name,
        chances={comparison_name: _whole_levels(levels) for comparison_name, levels in chances.items()},
        partners=1.0,
        trained_records=records,
        thresholds=thresholds,
        card={**model_card, "seed": str(random_seed), "records": str(records), "comparisons": ", ".join(spoken)},
    )
    progress("two people of one household, from pairs at one home with other forename and other birth date")
    return measure_household(connection, model)


def measure_household(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """Measure how records of two people of one household agree; nobody need have judged who lives with whom.

    Shape:   from pairs at one home, or of one postcode and family name: home, family name, numbers, contacts and sex from
             those whose given names and birth dates both differ; given names from those whose birth dates differ, birth
             dates from those whose given names and sex do; none that share an identifying number. A tenth of what was set
             by hand is kept. The model as it is where fewer than 200 such pairs have one home and one family name: then
             what looks like one home is none, as a number and a postcode without a street.
    """
    # Raw, as all in this module: a DuckDB connection, which has no ORM.
    connection.execute(f"""
        create or replace temp table of_one_home as
        select uid, 'h' || home_key as k from {TABLE} where home_key is not null
        union all select uid, 'p' || postcode || '|' || family from {TABLE} where postcode is not null and family is not null
    """)
    connection.execute(f"""
        create or replace table household_pairs as
        with counted as (select *, count(*) over (partition by k) as n from of_one_home)
        select distinct l.uid as join_key_l, r.uid as join_key_r, '0' as match_key
        from counted l join counted r on l.k = r.k and l.uid < r.uid
        where l.n <= {_LARGEST_HOME}
    """)
    ((pair_total,),) = query_rows(connection, "select count(*) from household_pairs")
    if pair_total > _HOUSEHOLD_PAIRS:
        some_pairs = f"select * from household_pairs order by hash(join_key_l, join_key_r) limit {_HOUSEHOLD_PAIRS}"
        connection.execute(f"create or replace table household_pairs as {some_pairs}")
    score_pairs(connection, model, least_weight=None, into_table="at_one_home", pairs="household_pairs")
    level_rows = query_rows(connection, "select levels, count(*) from at_one_home group by levels order by levels")
    levels_counted = [
        (levels_read, count)
        for levels, count in level_rows
        if (levels_read := read_levels(levels)).get("identifier") != "shared"
    ]
    for table in ("of_one_home", "household_pairs", "at_one_home"):
        connection.execute(f"drop table {table}")
    other_given = [(levels, pair_count) for levels, pair_count in levels_counted if levels.get("given") in _OTHER_GIVEN]
    other_birth = [(levels, pair_count) for levels, pair_count in levels_counted if levels.get("born") == "different"]
    apart = [(levels, pair_count) for levels, pair_count in other_given if levels.get("born") == "different"]
    measured = sum(pair_count for _, pair_count in apart)
    if sum(pair_count for levels, pair_count in apart if levels.items() >= _OF_ONE_FAMILY) < LEAST_HOUSEHOLD_PAIRS:
        return model
    of_other_sex = [(levels, pair_count) for levels, pair_count in other_given if levels.get("sex") == "different"]
    level_shares = {
        comparison_name: _level_shares(
            comparison_name,
            other_birth if comparison_name == "given" else of_other_sex if comparison_name == "born" else apart,
        )
        for comparison_name in COMPARISONS
    }
    is_apart = sum(level_shares["given"][level] for level in _OTHER_GIVEN) * level_shares["born"]["different"]
    silent = sum(
        pair_count for levels, pair_count in levels_counted if "given" not in levels or "born" not in levels
    ) / sum(silent_share for _, silent_share in levels_counted)
    sampled_share = min(1.0, _HOUSEHOLD_PAIRS / pair_total)
    partners = 2.0 * measured / (is_apart * (1.0 - silent) * sampled_share) / model.trained_records
    household_card = {
        **model.card,
        "household": f"measured on {measured} pairs at one home, or of one postcode and family name, with other forename and"
        f" other birth date; {partners:.3f} records of others of the household a record",
    }
    return replace(model, household=Household(level_shares, round(partners, 4)), card=household_card)


def _level_shares(comparison_name: str, levels_counted: list[tuple[dict[str, str], int]]) -> dict[str, float]:
    """The frequency of each level, counting in what was set by hand."""
    start = dict(zip(COMPARISONS[comparison_name], HOUSEHOLD_START[comparison_name], strict=True))
    seen_counts = Counter(dict.fromkeys(start, 0))
    for levels, count in levels_counted:
        if comparison_name in levels:
            seen_counts[levels[comparison_name]] += count
    total = seen_counts.total()
    if total < LEAST_HOUSEHOLD_PAIRS:
        return start
    kept_count = _HOUSEHOLD_HUMILITY
    return {level: (1 - kept_count) * seen_counts[level] / total + kept_count * start[level] for level in start}


def _sound_chance(learnt: object, start: float) -> float:
    """The learnt chance; where no pair showed the level, the smallest that the sample could have shown."""
    if isinstance(learnt, int | float):
        return max(float(learnt), 1e-7)
    return min(start, 1.0 / RANDOM_PAIRS) if start < 0.01 else start


def _whole_levels(levels: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    match_sum, chance_sum = (
        sum(match_chance for match_chance, _ in levels.values()),
        sum(chance_match for _, chance_match in levels.values()),
    )
    return {
        level: (match_chance / match_sum, chance_match / chance_sum)
        for level, (match_chance, chance_match) in levels.items()
    }


_SPOKEN: Final = {
    "given": "given", "family": "family", "born": "born", "home": "coalesce(postcode, uprn, address_words::varchar)",
    "identifier": "ids", "contact": "coalesce(emails, phones, online_names)", "sex": "sex",
}  # fmt: skip


def _is_spoken_of(connection: duckdb.DuckDBPyConnection, comparison: str) -> bool:
    ((is_spoken,),) = query_rows(connection, f"select count({_SPOKEN[comparison]}) * 50 > count(*) from {TABLE}")
    return bool(is_spoken)


def count_partners(connection: duckdb.DuckDBPyConnection, scored: str, model: Model) -> float:
    """The expected number of other records of the same person, judged by the weights of the pairs in `scored`.

    Shape:   the fixed point: as many as the pairs' probabilities add up to, when that many are expected.
    """
    weight_bins = query_rows(connection, f"select round(weight, 1) as w, count(*) from {scored} group by w")
    ((records,),) = query_rows(connection, f"select count(*) from {TABLE}")
    assumed = partners = model.partners
    for _ in range(50):
        shift = math.log2(partners / assumed)
        partner_count = (
            2.0
            * sum(pair_count * probability_of(float(bin_weight) + shift) for bin_weight, pair_count in weight_bins)
            / records
        )
        if abs(partner_count - partners) < 1e-4 * partners or partner_count <= 0:
            break
        partners = partner_count
    return float(min(max(partners, 0.01), 50.0))
