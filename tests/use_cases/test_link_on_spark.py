"""The made-up force, linked by DuckDB and by Spark: the same people, ids and pairs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made.stores import Store, asking

from duecare.synthetic.write import write_synthetic
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage.link_all import link_all_records

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.spark, pytest.mark.filterwarnings("ignore")]


def kept() -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], tuple[float, str, str]]]:
    """Whose is each record, and what was found of each pair that is kept?"""
    from duecare.store.database.sql_rows import select_rows
    from duecare.store.linkage.linked_people import link_run_in_force

    run = [link_run_in_force()]
    people = select_rows('SELECT "source", "record_id", "person" FROM "membership" WHERE "run_id" = %s', run)
    pairs = select_rows('SELECT "a", "b", "weight", "levels", "held" FROM "candidate_pair" WHERE "run_id" = %s', run)
    return {(a, b): person for a, b, person in people}, {(a, b): (w, levels, held) for a, b, w, levels, held in pairs}


def test_people_and_pairs_are_the_same_by_either(store: Store, tmp_path: Path) -> None:
    made = write_synthetic(tmp_path / "force", scale="small")
    receive_files(asking(), store.config, list(made.paths))
    by_duckdb = link_all_records(asking(), store.config), *kept()

    by_spark = link_all_records(asking(), store.config, engine="spark"), *kept()

    assert by_duckdb[0] == by_spark[0]
    assert by_duckdb[1] == by_spark[1]
    assert len(set(by_duckdb[1].values())) < len(by_duckdb[1])
    assert by_duckdb[2].keys() == by_spark[2].keys()
    for pair, (weight, levels, held) in by_duckdb[2].items():
        assert by_spark[2][pair] == (pytest.approx(weight, abs=1e-9), levels, held)
