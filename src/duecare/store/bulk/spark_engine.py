"""Spark as the engine that duties are judged on: the same SQL, put into Spark's words by sqlglot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot

from duecare.duty.engine.engine_protocol import EngineRow
from duecare.store.bulk.duckdb_engine import TYPES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

AT_HAND = 100_000
# One task each, and no code written for it: for few rows that takes longer than the work.
FEW_SETTINGS = {
    "spark.sql.leafNodeDefaultParallelism": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@dataclass(slots=True)
class Spark:
    """Spark, by the session that works it out.

    Shape:   a table of no more than `at_hand` rows is held by the driver, and what reads only such tables is worked out
             in one task; any other is worked out where its rows lie, and its lineage is cut, or plans would grow with every
             statement.
    """

    session: SparkSession
    at_hand: int = AT_HAND
    _held: dict[str, bool] = field(default_factory=dict)
    _usual: dict[str, str | None] | None = None

    def keep(self, name: str, select: str) -> None:
        """Work out this SELECT and keep it as the table `name`, in place of one of that name."""
        frame, is_few = self._worked_out(select)
        if is_few:
            self._put(name, frame.toArrow())
            return
        frame = frame.localCheckpoint(eager=True)
        if len(first_rows := frame.limit(self.at_hand + 1).toArrow()) <= self.at_hand:
            self._put(name, first_rows)
        else:
            self._put(name, frame)

    def rows(self, select: str) -> list[EngineRow]:
        """The rows of this SELECT."""
        return [tuple(spark_row) for spark_row in self._worked_out(select)[0].collect()]

    def stream(self, select: str) -> Iterator[EngineRow]:
        """The same, a few at a time; several may be read side by side."""
        for spark_row in self._worked_out(select)[0].toLocalIterator():
            yield tuple(spark_row)

    def load(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Keep these rows as the table `name`."""
        kept_rows = list(rows)
        sheet = [list(column) for column in zip(*kept_rows, strict=True)] or [[] for _ in columns]
        arrays = [
            pa.array(values, TYPES[column_type]) for values, column_type in zip(sheet, columns.values(), strict=True)
        ]
        self._put(name, pa.table(dict(zip(columns, arrays, strict=True))))

    def json(self, column: str, field: str) -> str:
        """The expression for the JSON text of this field of a column of JSON text; NULL where it is not there."""
        json_path = '$["' + field.replace("'", "''") + '"]'
        return f"to_json(try_variant_get(try_parse_json({column}), '{json_path}', 'variant'))"

    def forget(self, *names: str) -> None:
        """Let these tables go; one that is not there is no fault."""
        for table_name in names:
            if self._held.pop(table_name, None) is not None:
                self.session.catalog.dropTempView(table_name)

    def read(self, name: str, path: Path) -> None:
        """Keep the rows of this Parquet file as the table `name`."""
        is_few = pq.read_metadata(path).num_rows <= self.at_hand
        self._put(name, pq.read_table(path) if is_few else self.session.read.parquet(str(path)))

    def write(self, name: str, folder: Path) -> None:
        """Write the table `name` as Parquet files into a folder that is not there yet."""
        self.session.table(name).write.parquet(str(folder))

    def _put(self, table_name: str, table_or_frame: pa.Table | DataFrame) -> None:
        is_small = isinstance(table_or_frame, pa.Table)
        frame = self.session.createDataFrame(table_or_frame) if is_small else table_or_frame
        frame.createOrReplaceTempView(table_name)
        self._held[table_name] = is_small

    def _worked_out(self, select: str) -> tuple[DataFrame, bool]:
        spark_text, names = in_spark(select)
        is_few = all(self._held.get(table_name, True) for table_name in names)
        self._turn(is_few)
        return self.session.sql(spark_text), is_few

    def _turn(self, is_few: bool) -> None:
        """Set the session for few rows, or back to what it was."""
        if is_few and self._usual is None:
            self._usual = {setting_name: self.session.conf.get(setting_name, None) for setting_name in FEW_SETTINGS}
            for setting_name, value in FEW_SETTINGS.items():
                self.session.conf.set(setting_name, value)
        elif not is_few and self._usual is not None:
            for name, usual in self._usual.items():
                if usual is None:
                    self.session.conf.unset(name)
                else:
                    self.session.conf.set(name, usual)
            self._usual = None


@lru_cache(maxsize=1000)
def in_spark(select: str) -> tuple[str, frozenset[str]]:
    """This SELECT in Spark's words, and the tables that it may read."""
    parsed = sqlglot.parse_one(select, read="duckdb")
    tables = frozenset(table.name for table in parsed.find_all(sqlglot.exp.Table))
    return parsed.transform(_any_number).sql(dialect="spark"), tables


def _any_number(sql_node: sqlglot.exp.Expr) -> sqlglot.exp.Expr:
    """A number of each row's own, in no order: Spark has another name for it."""
    is_number = isinstance(sql_node, sqlglot.exp.Window) and isinstance(sql_node.this, sqlglot.exp.RowNumber)
    if is_number and not any(sql_node.args.get(part_name) for part_name in ("order", "partition_by", "alias")):
        return sqlglot.exp.func("monotonically_increasing_id")
    return sql_node
