"""The made-up force, assessed by the judge, by DuckDB and by Spark: the same rows are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.made.stores import Store, asking
from tests.use_cases.test_assess_engine import kept

from duecare.assessment.full_run import run_full_assessment
from duecare.synthetic.write import write_synthetic
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage.link_all import link_all_records

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.spark, pytest.mark.filterwarnings("ignore")]


def test_what_is_kept_is_the_same_by_any(store: Store, tmp_path: Path, capsys):
    made = write_synthetic(tmp_path / "force", scale="small")
    receive_files(asking(), store.config, list(made.paths))
    link_all_records(asking(), store.config)

    assessed, rows = {}, {}
    for engine in ("memory", "duckdb", "spark"):
        assessed[engine] = replace(run_full_assessment(asking(), store.config, engine=engine), engine="")
        rows[engine] = kept()
    with capsys.disabled():
        print(" ", *(f"{engine}: {found.findings:,} findings" for engine, found in assessed.items()), sep="  ")

    assert assessed["memory"].findings > 1000
    for engine in ("duckdb", "spark"):
        assert assessed[engine] == assessed["memory"]
        for name, wanted in rows["memory"].items():
            assert wanted
            assert rows[engine][name] == wanted
