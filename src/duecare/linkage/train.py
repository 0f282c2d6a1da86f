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

from duecare.linkage.model import Household, Model, Thresholds
from duecare.linkage.prepare import TABLE, ask
from duecare.linkage.scoring import make_linker, score
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
             postcode and year of birth; the partners of a record are counted afterwards by `count_partners`. The household
             class from pairs at one home, as `measure_household` has it.
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
        # Where records never differ a chance sinks to nothing, and Splink refuses it: such a pass has nothing to teach.
        with suppress(ValueError):
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
    model = Model(
        name=name,
        chances={n: _whole(levels) for n, levels in chances.items()},
        partners=1.0,
        trained_records=records,
        thresholds=thresholds,
        card={**card, "seed": str(seed), "records": str(records), "comparisons": ", ".join(spoken)},
    )
    progress("two people of one household, from pairs at one home with other forename and other birth date")
    return measure_household(connection, model)


def measure_household(connection: duckdb.DuckDBPyConnection, model: Model) -> Model:
    """How do records of two people of one household agree? Nobody need have said who lives with whom.

    Shape:   from pairs at one home, or of one postcode and family name: home, family name, numbers, contacts and sex from
             those whose given names and birth dates both differ; given names from those whose birth dates differ, birth
             dates from those whose given names and sex do; none that share an identifying number. A tenth of what was set
             by hand is kept. The model as it is where fewer than 200 such pairs have one home and one family name: then
             what looks like one home is none, as a number and a postcode without a street.
    """
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
    ((every,),) = ask(connection, "select count(*) from household_pairs")
    if every > _HOUSEHOLD_PAIRS:
        some = f"select * from household_pairs order by hash(join_key_l, join_key_r) limit {_HOUSEHOLD_PAIRS}"
        connection.execute(f"create or replace table household_pairs as {some}")
    score(connection, model, least=None, into="at_one_home", pairs="household_pairs")
    rows = ask(connection, "select levels, count(*) from at_one_home group by levels order by levels")
    told = [(read, count) for levels, count in rows if (read := read_levels(levels)).get("identifier") != "shared"]
    for table in ("of_one_home", "household_pairs", "at_one_home"):
        connection.execute(f"drop table {table}")
    other_given = [(levels, n) for levels, n in told if levels.get("given") in _OTHER_GIVEN]
    other_birth = [(levels, n) for levels, n in told if levels.get("born") == "different"]
    apart = [(levels, n) for levels, n in other_given if levels.get("born") == "different"]
    measured = sum(n for _, n in apart)
    if sum(n for levels, n in apart if levels.items() >= _OF_ONE_FAMILY) < LEAST_HOUSEHOLD_PAIRS:
        return model
    of_other_sex = [(levels, n) for levels, n in other_given if levels.get("sex") == "different"]
    seen = {
        name: _shares(name, other_birth if name == "given" else of_other_sex if name == "born" else apart)
        for name in COMPARISONS
    }
    is_apart = sum(seen["given"][level] for level in _OTHER_GIVEN) * seen["born"]["different"]
    silent = sum(n for levels, n in told if "given" not in levels or "born" not in levels) / sum(n for _, n in told)
    part = min(1.0, _HOUSEHOLD_PAIRS / every)
    partners = 2.0 * measured / (is_apart * (1.0 - silent) * part) / model.trained_records
    card = {
        **model.card,
        "household": f"measured on {measured} pairs at one home, or of one postcode and family name, with other forename and"
        f" other birth date; {partners:.3f} records of others of the household a record",
    }
    return replace(model, household=Household(seen, round(partners, 4)), card=card)


def _shares(name: str, told: list[tuple[dict[str, str], int]]) -> dict[str, float]:
    """How often is each level met, what was set by hand counted in?"""
    start = dict(zip(COMPARISONS[name], HOUSEHOLD_START[name], strict=True))
    seen = Counter(dict.fromkeys(start, 0))
    for levels, count in told:
        if name in levels:
            seen[levels[name]] += count
    total = seen.total()
    if total < LEAST_HOUSEHOLD_PAIRS:
        return start
    kept = _HOUSEHOLD_HUMILITY
    return {level: (1 - kept) * seen[level] / total + kept * start[level] for level in start}


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
        found = 2.0 * sum(n * probability_of(float(w) + shift) for w, n in bins) / records
        if abs(found - partners) < 1e-4 * partners or found <= 0:
            break
        partners = found
    return float(min(max(partners, 0.01), 50.0))
