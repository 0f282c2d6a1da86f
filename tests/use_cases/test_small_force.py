"""The made-up force, received, linked and assessed: one case alone, one person alone and the whole agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.laws.test_known_then import one_by_one_is_the_whole, said
from tests.made.stores import NOW, Store, asking

from duecare.assessment.all_findings import every_finding
from duecare.assessment.full_run import run_full_assessment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.store.findings import assessment_runs
from duecare.synthetic.write import write_synthetic
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.linkage.link_all import link_all_records

SAMPLE = 25
pytestmark = pytest.mark.usefixtures("read_in_process")


@pytest.mark.long
def test_the_made_up_force_is_the_same_from_every_side(store: Store, tmp_path: Path):
    made = write_synthetic(tmp_path / "force", scale="small")

    took = receive_files(asking(), store.config, list(made.paths))
    linked = link_all_records(asking(), store.config)
    assessed = run_full_assessment(asking(), store.config)

    assert {one.status for one in took} == {"accepted"}
    assert all(o.rows_in == o.accepted + o.set_aside + o.stale + o.unchanged + o.refused for o in took)
    assert linked.records > linked.people > 0
    by = AssessmentContext.at(store.config, NOW, None)
    run = assessment_runs.run_in_force()
    assert run is not None
    kept = said(assessment_runs.findings_where(run.id))
    assert kept == said(every_finding(by))
    assert assessed.findings == len(kept)
    cases, persons = one_by_one_is_the_whole(store.config, by, SAMPLE)
    assert cases > SAMPLE
    assert persons > SAMPLE
