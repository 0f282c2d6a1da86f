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

from duecare.linkage.blocking import BLOCKS, NAMED, NAMES, Block, budget
from duecare.linkage.model import Model
from duecare.linkage.prepare import TABLE, ask
from duecare.linkage.scoring import frequency_tables, linker_settings, take

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_RENAMED: Final = {"LIST_INTERSECT": "ARRAY_INTERSECT"}
_TOLD: Final = {"uid_l", "uid_r", "match_weight", "match_key"}
_PLANS: Final = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
"""The weighing of a pair is one long expression, too long for the code that Spark would write of it."""
_KEYED: Final = "block_keys"
_PAIRS: Final = "spark_pairs"


@dataclass(frozen=True, slots=True)
class OnSpark:
    """In which session are pairs found and weighed, and through which folder do records and pairs go?

    Shape:   every worker reaches `folder` under this path; what goes through it is Parquet, and personal data in the clear.
    """

    session: SparkSession
    folder: Path


def score_on_spark(
    connection: duckdb.DuckDBPyConnection,
    spark: OnSpark,
    model: Model,
    *,
    least: float,
    largest: int,
    into: str,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Make the table `into` of all candidate pairs that weigh at least `least`, found and weighed on Spark; as `score` does.

    Units:   bits.
    """
    session, folder = spark.session, spark.folder
    for name, value in _PLANS.items():
        session.conf.set(name, value)
    _register_measures(session)
    _carry(connection, session, TABLE, folder)
    frequencies = frequency_tables(connection, model)
    for table in frequencies.values():
        _carry(connection, session, table, folder)
    ((records,),) = ask(connection, f"select count(*) from {TABLE}")
    progress("pairs by every key")
    _block(session, records, largest, folder)
    progress("weighing pairs")
    settings = linker_settings(prior=model.prior(records), chances=model.chances, write=in_sparks_words)
    # Our own measures, not those of Splink's jar, which count a common beginning of long names otherwise.
    api = SparkAPI(spark_session=session, break_lineage_method="persist", register_udfs_automatically=False)
    linker = Linker(api.register(TABLE), SettingsCreator(**settings), log_level=None, validate_settings=False)
    for column, table in frequencies.items():
        linker.table_management.register_term_frequency_lookup(api.register(table), column)
    linker.table_management.register_blocked_pairs_for_predict(api.register(_PAIRS))
    predicted = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
    frame = predicted.as_spark_dataframe()
    told = [name for name in frame.columns if name in _TOLD or name.startswith(("gamma_", "mw_"))]
    frame.select(*told).write.mode("overwrite").parquet(str(folder / "predicted"))
    connection.execute(f"create or replace view predicted as from read_parquet('{folder}/predicted/*.parquet')")
    take(connection, "predicted", model, least=least, into=into)
    connection.execute("drop view predicted")


def _carry(connection: duckdb.DuckDBPyConnection, session: SparkSession, table: str, folder: Path) -> None:
    path = folder / f"{table}.parquet"
    connection.execute(f"copy {table} to '{path}' (format parquet)")
    session.read.parquet(str(path)).createOrReplaceTempView(table)


def _register_measures(session: SparkSession) -> None:
    """The two measures of text that Spark has not, the very ones by which a pair is weighed alone."""
    from pyspark.sql.functions import arrow_udf

    session.udf.register("jarowinkler_similarity", arrow_udf(_alike, "double"))
    session.udf.register("damerau_levenshtein", arrow_udf(_apart, "bigint"))


def _alike(a: pa.Array, b: pa.Array) -> pa.Array:
    return _measured(JaroWinkler.similarity, a, b, pa.float64())


def _apart(a: pa.Array, b: pa.Array) -> pa.Array:
    return _measured(DamerauLevenshtein.distance, a, b, pa.int64())


def _measured(measure: Callable[[Any, Any], Any], a: pa.Array, b: pa.Array, kind: pa.DataType) -> pa.Array:
    pairs = zip(a.to_pylist(), b.to_pylist(), strict=True)
    return pa.array([None if x is None or y is None else measure(x, y) for x, y in pairs], kind)


def _block(session: SparkSession, records: int, largest: int, folder: Path) -> None:
    """Make the view of candidate pairs, by the rules by which DuckDB makes its table of them.

    Shape:   all blocks in one pass over the records: key by key, Spark's planning would take longer than the work.
    """
    session.sql(in_sparks_words(NAMES)).createOrReplaceTempView(NAMED)
    each = " union all ".join(_keys(number, rule) for number, rule in enumerate(BLOCKS))
    counted = (
        "select block, uid, k, n from (select block, uid, k, count(*) over (partition by block, k) as n from"
        f" ({each})) where n between 2 and {largest}"
    )
    keyed = str(folder / _KEYED)
    session.sql(counted).write.mode("overwrite").parquet(keyed)
    session.read.parquet(keyed).createOrReplaceTempView(_KEYED)
    most = " ".join(f"when {n} then {budget(records, is_broad=rule.is_broad)}" for n, rule in enumerate(BLOCKS))
    bounds = (
        "select block, max(n) as bound from (select block, n, sum(pairs) over (partition by block order by n) as pairs"
        f" from (select block, n, count(*) * (n - 1) / 2 as pairs from {_KEYED} group by block, n)) where pairs <="
        f" case block {most} end group by block"
    )
    pairs = (
        f"select l.uid as join_key_l, r.uid as join_key_r, cast(min(l.block) as string) as match_key from {_KEYED} l join"
        f" {_KEYED} r on l.block = r.block and l.k = r.k and l.uid < r.uid join ({bounds}) b on b.block = l.block and"
        " l.n <= b.bound group by l.uid, r.uid"
    )
    path = str(folder / _PAIRS)
    session.sql(pairs).write.mode("overwrite").parquet(path)
    session.read.parquet(path).createOrReplaceTempView(_PAIRS)


def _keys(number: int, rule: Block) -> str:
    """The records of one block, each with the hash of what it shares."""
    names = [f"k{place}" for place in range(len(rule.keys))]
    told = ", ".join(f"{in_sparks_words(key)} as {name}" for key, name in zip(rule.keys, names, strict=True))
    known = " and ".join(f"{name} is not null" for name in names)
    return (
        f"select {number} as block, uid, xxhash64({number}, {', '.join(names)}) as k from (select uid, {told} from"
        f" {rule.of}) where {known}"
    )


def in_sparks_words(condition: str) -> str:
    """The same condition in Spark's SQL."""
    # The size of a list, not the length of a text: only Spark tells the two apart.
    read = sqlglot.parse_one(re.sub(r"\blen\(", "size(", condition), read="duckdb")
    return read.transform(_renamed).sql("spark")


def _renamed(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.ArrayOverlaps):
        return exp.Anonymous(this="ARRAYS_OVERLAP", expressions=[node.this, node.expression])
    if isinstance(node, exp.ArrayConcat):
        # There a list that is not known is passed over; here nothing at all would be.
        lists = [exp.func("COALESCE", one, exp.Array(expressions=[])) for one in (node.this, *node.expressions)]
        return exp.Anonymous(this="CONCAT", expressions=lists)
    if isinstance(node, exp.Anonymous) and str(node.this).upper() in _RENAMED:
        return exp.Anonymous(this=_RENAMED[str(node.this).upper()], expressions=node.expressions)
    return node
