"""The same SQL in Spark's words, and what Spark needs of a machine; no Spark is run."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from duecare.store.bulk import local_spark
from duecare.store.bulk.local_spark import require_spark
from duecare.store.bulk.spark_engine import Spark, in_spark
from duecare.vocabulary.refusals import Refusal


@pytest.mark.parametrize(
    ("select", "tables"),
    [
        ("SELECT a FROM b", {"b"}),
        ("SELECT 1", set()),
        ("WITH x AS (SELECT * FROM y) SELECT * FROM x JOIN z USING (k)", {"x", "y", "z"}),
        ("SELECT a FROM b UNION ALL SELECT a FROM c ORDER BY 1", {"b", "c"}),
    ],
)
def test_the_tables_that_a_select_may_read_are_told(select: str, tables: set[str]):
    assert in_spark(select)[1] == tables


def test_the_words_of_one_engine_become_those_of_the_other():
    text, _ = in_spark("SELECT list_contains(x, 'a'), epoch_us(t), a // 2 FROM b")

    assert "ARRAY_CONTAINS(x, 'a')" in text
    assert "//" not in text


def test_a_number_in_no_order_is_one_of_sparks_own_and_any_other_is_not():
    assert "MONOTONICALLY_INCREASING_ID()" in in_spark("SELECT row_number() OVER () AS i FROM b")[0].upper()
    for window in ("ORDER BY a", "PARTITION BY a"):
        text = in_spark(f"SELECT row_number() OVER ({window}) AS i FROM b")[0].upper()
        assert "MONOTONICALLY" not in text
        assert "ROW_NUMBER()" in text
    assert "MONOTONICALLY" not in in_spark("SELECT sum(a) OVER () AS i FROM b")[0].upper()


def test_a_field_of_json_is_asked_for_without_its_quotes_ending_the_text():
    engine = Spark(session=None)

    assert engine.json("body", "it's") == "to_json(try_variant_get(try_parse_json(body), '$[\"it''s\"]', 'variant'))"


class Session:
    """A session of Spark that notes how it is set."""

    def __init__(self, **values: str) -> None:
        self.values = {f"spark.sql.{name}": said for name, said in values.items()}
        self.conf = self

    def get(self, name: str, other: str | None) -> str | None:
        return self.values.get(name, other)

    def set(self, name: str, value: str) -> None:
        self.values[name] = value

    def unset(self, name: str) -> None:
        del self.values[name]


def test_a_session_is_set_for_few_rows_and_back_to_what_it_was():
    session = Session(**{"shuffle.partitions": "8"})
    engine = Spark(session=session)
    before = dict(session.values)

    engine._turn(False)
    assert session.values == before
    engine._turn(True)
    few = dict(session.values)
    assert (few["spark.sql.shuffle.partitions"], few["spark.sql.codegen.wholeStage"]) == ("1", "false")
    engine._turn(True)
    assert session.values == few
    engine._turn(False)
    assert session.values == before
    engine._turn(True)
    assert session.values == few


# --- what Spark needs --------------------------------------------------------------------------------------


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Any:
    def make(
        *, pyspark: bool = True, java: str | None = "/usr/bin/java", says: str = 'openjdk version "17.0.9"'
    ) -> None:
        monkeypatch.setattr(local_spark, "find_spec", lambda name: object() if pyspark else None)
        monkeypatch.setattr(local_spark.shutil, "which", lambda name, path=None: java)
        asked = subprocess.CompletedProcess([], 0, "", says)
        monkeypatch.setattr(local_spark, "subprocess", type("Run", (), {"run": staticmethod(lambda *a, **k: asked)}))

    return make


@pytest.mark.parametrize(
    ("lacking", "found"),
    [
        ({"pyspark": False}, "PySpark is not installed"),
        ({"java": None}, "Java is not installed"),
        ({"says": 'openjdk version "16.0.1" 2021'}, "a Java older than 17"),
        ({"says": 'java version "1.8.0_391"'}, "a Java older than 17"),
        ({"says": "no version at all"}, "a Java older than 17"),
    ],
)
def test_where_something_is_missing_spark_is_refused_and_the_refusal_says_what(machine, lacking, found: str):
    machine(**lacking)

    with pytest.raises(Refusal) as raised:
        require_spark("STO-001")
    assert (raised.value.code, raised.value.found) == ("STO-001", found)


@pytest.mark.parametrize("says", ['openjdk version "17" 2021-09-14', 'openjdk version "21.0.2"'])
def test_where_nothing_is_missing_spark_may_run(machine, says: str):
    machine(says=says)

    require_spark("STO-001")
