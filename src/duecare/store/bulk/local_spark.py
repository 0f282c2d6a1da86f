"""A Spark of this machine's own, that nobody else can reach."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from duecare.store.bulk.duckdb_engine import Duck
from duecare.vocabulary.refusals import Refusal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from duecare.store.bulk.spark_engine import Spark

JAVA_VERSION = 17
GIVEN = ("given_event", "given_tie", "given_record", "given_case")
FOUND = ("finding", "found_evidence", "found_told", "found_told_later")


def require_spark(otherwise: str) -> None:
    """Check that Spark can run here.

    Raises:  the refusal of this code where PySpark or Java is not installed, or is too old.
    """
    if missing := _missing_part():
        raise Refusal(otherwise, found=missing)


def _missing_part() -> str:
    if find_spec("pyspark") is None:
        return "PySpark is not installed"
    java_home = os.environ.get("JAVA_HOME")
    java_program = shutil.which("java", path=f"{java_home}/bin" if java_home else None)
    if java_program is None:
        return "Java is not installed"
    version_text = subprocess.run([java_program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', version_text)
    if version is None or int(version[1]) < JAVA_VERSION:
        return f"a Java older than {JAVA_VERSION}"
    return ""


@contextmanager
def spark_here(folder: Path, memory: str = "4g") -> Iterator[SparkSession]:
    """A session for as long as it is needed; it listens on this machine only, writes no page, and spills into `folder`."""
    from pyspark.sql import SparkSession

    cores = str(os.cpu_count() or 1)
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    building = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("duecare")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", cores)
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        # A statement here holds many small tables at once; the usual 64 MiB a piece would be the whole of the memory.
        .config("spark.buffer.pageSize", "4m")
        # Spark's own optimiser loses a column of a long UNION ALL where this is on (seen in 4.3.0).
        .config("spark.sql.constraintPropagation.enabled", "false")
        .config("spark.local.dir", str(folder / "spill"))
        .config("spark.sql.warehouse.dir", str(folder / "tables"))
    )
    session = building.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def on_spark(duck_engine: Duck) -> Iterator[Spark]:
    """The given tables of this DuckDB on Spark; what is found there is carried back at the end.

    Shape:   both ways as Parquet, in a folder that goes with it.
    """
    from duecare.store.bulk.spark_engine import Spark

    with tempfile.TemporaryDirectory(prefix="duecare-spark-") as folder_name, spark_here(Path(folder_name)) as session:
        spark = Spark(session)
        for table in GIVEN:
            table_file = Path(folder_name) / f"{table}.parquet"
            duck_engine.connection.execute(f"COPY {table} TO '{table_file}' (FORMAT parquet)")
            spark.read(table, table_file)
            duck_engine.forget(table)
        yield spark
        for table in FOUND:
            spark.write(table, Path(folder_name) / table)
            duck_engine.keep(table, f"SELECT * FROM '{folder_name}/{table}/*.parquet'")
