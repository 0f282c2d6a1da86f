"""The weight of every candidate pair, from Splink; with `train`, the only file that uses it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator

from duecare.linkage.blocking import PAIRS
from duecare.linkage.linkage_model import Model
from duecare.linkage.prepared_records import TABLE, query_rows
from duecare.linkage.splink_comparisons import comparison_settings, vector_value
from duecare.person.pair import COMPARISONS, HOUSEHOLD
from duecare.person.weigh import SAME_TERM, TERM_FREQUENCIES


def linker_settings(
    *,
    prior: float,
    chances: dict[str, dict[str, tuple[float, float]]] | None,
    names: tuple[str, ...] = tuple(COMPARISONS),
    with_parts: bool = False,
    write: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Splink's settings for these comparisons; `with_parts` keeps what each one weighs, `write` puts a condition into SQL."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    comparisons = [
        comparison_setting
        for comparison_setting in comparison_settings(chances)
        if comparison_setting["output_column_name"] in names
    ]
    for comparison in comparisons:
        for level in comparison["comparison_levels"]:
            if level["sql_condition"] != "ELSE":
                level["sql_condition"] = write(level["sql_condition"])
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "uid",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [],
        "probability_two_random_records_match": prior,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": with_parts,
        "additional_columns_to_retain": [],
    }


def make_linker(
    connection: duckdb.DuckDBPyConnection,
    *,
    prior: float,
    chances: dict[str, dict[str, tuple[float, float]]] | None,
    names: tuple[str, ...] = tuple(COMPARISONS),
    with_parts: bool = False,
) -> Linker:
    """A Splink linker over the standard records, with these comparisons; `with_parts` keeps what each one weighs."""
    settings = linker_settings(prior=prior, chances=chances, names=names, with_parts=with_parts)
    return Linker(
        DuckDBAPI(connection).register(TABLE), SettingsCreator(**settings), log_level=None, validate_settings=False
    )


def frequency_tables(connection: duckdb.DuckDBPyConnection, model: Model) -> dict[str, str]:
    """The frequency of each term, smoothed by the trained chance, so that a small store has rare names too.

    Shape:   the table made for each column.
    """
    world, made_tables = model.world, {}
    for column, (comparison, level) in SAME_TERM.items():
        chance = model.chances[comparison][level][1]
        made_tables[column] = table = f"frequency_{column}"
        # Raw, as all in this module: a DuckDB connection, which has no ORM.
        connection.execute(f"""
            create or replace table {table} as
            with counted as (select {column}, count(*) as n from {TABLE} where {column} is not null group by all)
            select {column}, (n - 1 + {world * chance}) / (greatest(sum(n) over () - 1, 1) + {world}) as tf_{column}
            from counted
        """)
    return made_tables


def score_pairs(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    *,
    least_weight: float | None,
    into_table: str,
    pairs: str = PAIRS,
    with_parts: bool = False,
) -> None:
    """Make the table `into_table` of the pairs in `pairs` that weigh at least `least_weight`.

    Shape:   uid_l, uid_r, weight, levels (`given=same;born=slip;…`, unknown ones left out); with parts, also what each
             comparison weighs, the frequency of its term counted in, and what the household takes back.
    Units:   bits.
    """
    ((records,),) = query_rows(connection, f"select count(*) from {TABLE}")
    linker = make_linker(connection, prior=model.prior(records), chances=model.chances, with_parts=with_parts)
    for column, table in frequency_tables(connection, model).items():
        linker.table_management.register_term_frequency_lookup(linker._db_api.register(table), column)
    linker.table_management.register_blocked_pairs_for_predict(linker._db_api.register(pairs))
    predicted = linker.inference.predict(threshold_match_weight=least_weight, warning_mode="never")
    take_scored(
        connection,
        predicted.physical_name,
        model,
        least_weight=least_weight,
        into_table=into_table,
        with_parts=with_parts,
    )
    linker._db_api.delete_tables_created_by_splink_from_db()


def take_scored(
    connection: duckdb.DuckDBPyConnection,
    predicted: str,
    model: Model,
    *,
    least_weight: float | None,
    into_table: str,
    with_parts: bool = False,
) -> None:
    """Make the table `into_table` of Splink's predictions, less what a household explains; the rest as for `score_pairs`."""
    parts = f", {parts_sql()}, weight - alone as {HOUSEHOLD}" if with_parts else ""
    enough = "" if least_weight is None else f"where weight >= {least_weight}"
    connection.execute(f"""
        create or replace table {into_table} as
        with by_splink as (
            select *, match_weight as alone, {household_sql(model)} as of_household from {predicted}
        ),
        weighed as (
            select *, least(alone, -greatest(-alone, of_household) - log2(1 + pow(2.0, -abs(alone + of_household)))) as weight
            from by_splink
        )
        select least(uid_l, uid_r) as uid_l, greatest(uid_l, uid_r) as uid_r, weight, {levels_sql()} as levels{parts}
        from weighed {enough}
    """)


def levels_sql() -> str:
    """SQL that spells the numbers of Splink's levels as words."""
    parts = []
    for comparison_name, levels in COMPARISONS.items():
        whens = " ".join(
            f"when {vector_value(comparison_name, level)} then '{comparison_name}={level};'" for level in levels
        )
        parts.append(f"case gamma_{comparison_name} {whens} else '' end")
    return " || ".join(parts)


def household_sql(model: Model) -> str:
    """SQL for the odds of two people of one household against one person, in bits; none at all where not measured."""
    household = model.household_weights()
    if household is None:
        return "-1e6::double"
    terms = [f"{household.prior}::double"]
    for comparison_name, levels in COMPARISONS.items():
        whens = " ".join(
            f"when {vector_value(comparison_name, level)} then {household.levels[comparison_name][level]}::double"
            for level in levels
        )
        terms.append(f"case gamma_{comparison_name} {whens} else 0.0 end")
    return " + ".join(terms)


def parts_sql() -> str:
    """SQL for what each comparison weighs, in the order of `COMPARISONS`."""
    weighed = {comparison for comparison, _ in TERM_FREQUENCIES}
    return ", ".join(
        f"mw_{comparison_name} + mw_tf_adj_{comparison_name} as {comparison_name}"
        if comparison_name in weighed
        else f"mw_{comparison_name} as {comparison_name}"
        for comparison_name in COMPARISONS
    )
