"""The made-up force, assessed by the judge and by the engine: the same findings, worklist and visits are kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.made.stores import Store, asking

from duecare.assessment.full_run import DUCKDB, MEMORY, run_full_assessment
from duecare.store.findings import assessment_runs
from duecare.store.models import FindingRow, VisitRow, WorkRow
from duecare.synthetic.write import write_synthetic
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage.link_all import link_all_records

pytestmark = [pytest.mark.usefixtures("read_in_process"), pytest.mark.one_engine]


def kept():
    """Everything kept under the assessment in force, but for its number."""
    run = assessment_runs.run_in_force()
    assert run is not None
    found = {}
    for model in (FindingRow, WorkRow, VisitRow):
        rows = [
            {name: value for name, value in row.items() if name not in {"id", "run_id"}}
            for row in model.objects.filter(run=run.id).values()
        ]
        found[model.__name__] = sorted(map(repr, rows))
    return found


@pytest.mark.long
def test_what_is_kept_is_the_same_by_either(store: Store, tmp_path: Path):
    made = write_synthetic(tmp_path / "force", scale="small")
    receive_files(asking(), store.config, list(made.paths))
    link_all_records(asking(), store.config)

    by_judge = run_full_assessment(asking(), store.config, engine=MEMORY), kept()
    by_engine = run_full_assessment(asking(), store.config, engine=DUCKDB), kept()

    assert by_judge[0].findings > 1000
    for name, rows in by_judge[1].items():
        assert rows
        assert by_engine[1][name] == rows
    assert by_engine[0] == replace(by_judge[0], engine=DUCKDB)
