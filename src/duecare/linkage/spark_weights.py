"""The same model on Spark: candidate pairs and Splink's weights are worked out there, from and to Parquet files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa
import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from splink import Linker, SettingsCreator, SparkAPI
from sqlglot import exp

from duecare.linkage.blocking import BLOCKS, NAMED, NAMES, Block, block_budget
from duecare.linkage.linkage_model import Model
from duecare.linkage.pair_weights import frequency_tables, linker_settings, take_scored
from duecare.linkage.prepared_records import TABLE, query_rows

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_RENAMED: Final = {"LIST_INTERSECT": "ARRAY_INTERSECT"}
_SCORED_COLUMNS: Final = {"uid_l", "uid_r", "match_weight", "match_key"}
_PLANS: Final = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
"""The weighing of a pair is one long expression, too long for the code that Spark would write of it."""
_KEYED: Final = "block_keys"
_PAIRS: Final = "spark_pairs"


@dataclass(frozen=True, slots=True)
class OnSpark:
    """The session in which pairs are found and weighed, and the folder through which records and pairs pass.

    Shape:   every worker reaches `folder` under this path; what goes through it is Parquet, and personal data in the clear.
    """

    session: SparkSession
    folder: Path


def score_on_spark(
    connection: duckdb.DuckDBPyConnection,
    spark: OnSpark,
    model: Model,
    *,
    least_weight: float,
    largest: int,
    into_table: str,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Make the table `into_table` of all candidate pairs that weigh at least `least_weight`, found and weighed on Spark.

    Units:   bits.
    """
    session, folder = spark.session, spark.folder
    for plan_name, value in _PLANS.items():
        session.conf.set(plan_name, value)
    _register_measures(session)
    _carry_table(connection, session, TABLE, folder)
    frequencies = frequency_tables(connection, model)
    for table in frequencies.values():
        _carry_table(connection, session, table, folder)
    ((records,),) = query_rows(connection, f"select count(*) from {TABLE}")
    progress("pairs by every key")
    _block_pairs(session, records, largest, folder)
    progress("weighing pairs")
    settings = linker_settings(prior=model.prior(records), chances=model.chances, write=in_sparks_words)
    # Our own measures, not those of Splink's jar, which count a common beginning of long names otherwise.
    spark_api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
    linker = Linker(spark_api.register(TABLE), SettingsCreator(**settings), log_level=None, validate_settings=False)
    for column, table in frequencies.items():
        linker.table_management.register_term_frequency_lookup(spark_api.register(table), column)
    linker.table_management.register_blocked_pairs_for_predict(spark_api.register(_PAIRS))
    predicted = linker.inference.predict(threshold_match_weight=least_weight, warning_mode="never")
    frame = predicted.as_spark_dataframe()
    scored_columns = [
        column_name
        for column_name in frame.columns
        if column_name in _SCORED_COLUMNS or column_name.startswith(("gamma_", "mw_"))
    ]
    frame.select(*scored_columns).write.mode("overwrite").parquet(str(folder / "predicted"))
    # Raw, as all in this module: a DuckDB connection, which has no ORM.
    connection.execute(f"create or replace view predicted as from read_parquet('{folder}/predicted/*.parquet')")
    take_scored(connection, "predicted", model, least_weight=least_weight, into_table=into_table)
    connection.execute("drop view predicted")


def _carry_table(connection: duckdb.DuckDBPyConnection, session: SparkSession, table: str, folder: Path) -> None:
    parquet_path = folder / f"{table}.parquet"
    connection.execute(f"copy {table} to '{parquet_path}' (format parquet)")
    session.read.parquet(str(parquet_path)).createOrReplaceTempView(table)


def _register_measures(session: SparkSession) -> None:
    """The two measures of text that Spark has not, the very ones by which a pair is weighed alone."""
    from pyspark.sql.functions import arrow_udf

    session.udf.register("jarowinkler_similarity", arrow_udf(_similar_names, "double"))
    session.udf.register("damerau_levenshtein", arrow_udf(_days_apart, "bigint"))


def _similar_names(first_values: pa.Array, second_values: pa.Array) -> pa.Array:
    return _measured_pairs(JaroWinkler.similarity, first_values, second_values, pa.float64())


def _days_apart(first_values: pa.Array, second_values: pa.Array) -> pa.Array:
    return _measured_pairs(DamerauLevenshtein.distance, first_values, second_values, pa.int64())


def _measured_pairs(
    measure: Callable[[Any, Any], Any], first_values: pa.Array, second_values: pa.Array, column_type: pa.DataType
) -> pa.Array:
    pairs = zip(first_values.to_pylist(), second_values.to_pylist(), strict=True)
    return pa.array(
        [
            None if first_value is None or second_value is None else measure(first_value, second_value)
            for first_value, second_value in pairs
        ],
        column_type,
    )


def _block_pairs(session: SparkSession, records: int, largest: int, folder: Path) -> None:
    """Make the view of candidate pairs, by the rules by which DuckDB makes its table of them.

    Shape:   all blocks in one pass over the records: key by key, Spark's planning would take longer than the work.
    """
    session.sql(in_sparks_words(NAMES)).createOrReplaceTempView(NAMED)
    block_selects = " union all ".join(_block_keys(number, block_rule) for number, block_rule in enumerate(BLOCKS))
    counted = (
        "select block, uid, k, n from (select block, uid, k, count(*) over (partition by block, k) as n from"
        f" ({block_selects})) where n between 2 and {largest}"
    )
    keyed = str(folder / _KEYED)
    session.sql(counted).write.mode("overwrite").parquet(keyed)
    session.read.parquet(keyed).createOrReplaceTempView(_KEYED)
    most_sql = " ".join(
        f"when {block_number} then {block_budget(records, is_broad=block_rule.is_broad)}"
        for block_number, block_rule in enumerate(BLOCKS)
    )
    bounds = (
        "select block, max(n) as bound from (select block, n, sum(pairs) over (partition by block order by n) as pairs"
        f" from (select block, n, count(*) * (n - 1) / 2 as pairs from {_KEYED} group by block, n)) where pairs <="
        f" case block {most_sql} end group by block"
    )
    pairs = (
        f"select l.uid as join_key_l, r.uid as join_key_r, cast(min(l.block) as string) as match_key from {_KEYED} l join"
        f" {_KEYED} r on l.block = r.block and l.k = r.k and l.uid < r.uid join ({bounds}) b on b.block = l.block and"
        " l.n <= b.bound group by l.uid, r.uid"
    )
    pairs_path = str(folder / _PAIRS)
    session.sql(pairs).write.mode("overwrite").parquet(pairs_path)
    session.read.parquet(pairs_path).createOrReplaceTempView(_PAIRS)


def _block_keys(number: int, block_rule: Block) -> str:
    """The records of one block, each with the hash of what it shares."""
    names = [f"k{place}" for place in range(len(block_rule.keys))]
    key_columns = ", ".join(
        f"{in_sparks_words(key_sql)} as {column_name}"
        for key_sql, column_name in zip(block_rule.keys, names, strict=True)
    )
    known_keys = " and ".join(f"{column_name} is not null" for column_name in names)
    return (
        f"select {number} as block, uid, xxhash64({number}, {', '.join(names)}) as k from (select uid, {key_columns} from"
        f" {block_rule.of}) where {known_keys}"
    )


def in_sparks_words(condition: str) -> str:
    """The same condition in Spark's SQL."""
    # The size of a list, not the length of a text: only Spark tells the two apart.
    parsed_condition = sqlglot.parse_one(re.sub(r"\blen\(", "size(", condition), read="duckdb")
    return parsed_condition.transform(_renamed_node).sql("spark")


def _renamed_node(sql_node: exp.Expression) -> exp.Expression:
    if isinstance(sql_node, exp.ArrayOverlaps):
        return exp.Anonymous(this="ARRAYS_OVERLAP", expressions=[sql_node.this, sql_node.expression])
    if isinstance(sql_node, exp.ArrayConcat):
        # There a list that is not known is passed over; here nothing at all would be.
        lists = [
            exp.func("COALESCE", list_node, exp.Array(expressions=[]))
            for list_node in (sql_node.this, *sql_node.expressions)
        ]
        return exp.Anonymous(this="CONCAT", expressions=lists)
    if isinstance(sql_node, exp.Anonymous) and str(sql_node.this).upper() in _RENAMED:
        return exp.Anonymous(this=_RENAMED[str(sql_node.this).upper()], expressions=sql_node.expressions)
    return sql_node
