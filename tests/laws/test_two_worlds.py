"""Two worlds that differ only in the ethnicity of those in them owe the same duties, in the same order, at the same times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import InProcess, Store, Stores, asking

from duecare.assessment import full_run as assessing
from duecare.assessment.full_run import run_full_assessment
from duecare.extract import delivery
from duecare.figure import Dimension
from duecare.store.findings import assessment_runs
from duecare.store.models import Membership, VisitRow, WorkRow
from duecare.synthetic import household
from duecare.synthetic.scale import SCALES, Scale
from duecare.synthetic.write import write_synthetic
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.linkage.link_all import link_all_records

TINY = Scale(140, 50, 70, 34, 8, 5, 18, 36, 9, 1.0, 1)
OTHER = {"W1": "B1", "W2": "A1", "W9": "M1", "B1": "W1", "B2": "W2", "A1": "B2", "A2": "W9", "A3": "O1", "M1": "A2"}
PARTS = (
    "late-local-see-the-child", "seen-after", "custody-held-overnight", "return-interview-within-72-hours",
    "visits-overdue",
)  # fmt: skip
pytestmark = [pytest.mark.one_engine, pytest.mark.long]


def make_both(folder: Path) -> list[list[Path]]:
    """A small force, and the same with every ethnicity another."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SCALES, "small", TINY)
        made.append(list(write_synthetic(folder / "one", scale="small").paths))
        other = {
            tongue: tuple(OTHER.get(code, "O9") for code in codes) for tongue, codes in household._ETHNICITY.items()
        }
        patch.setattr(household, "_ETHNICITY", other)
        made.append(list(write_synthetic(folder / "other", scale="small").paths))
    return made


@pytest.fixture(scope="module")
def both(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Store]]:
    """Both received and linked, each in a store of its own."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("worlds")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "Child", InProcess)
        stores, made = Stores(folder), make_both(folder)
        with stores.some(2) as pair:
            for store, paths in zip(pair, made, strict=True):
                with store() as config:
                    assert {one.status for one in receive_files(asking(), config, paths)} == {"accepted"}
                    link_all_records(asking(), config)
            yield list(pair)
        stores.drop()


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def reckoned(store: Store, *, counted: bool = True) -> dict[str, Any]:
    """What the chain says from here: people, findings, worklist, visits, and figures but for who it was."""
    with store() as config:
        run_full_assessment(asking(), config)
        run = assessment_runs.run_in_force()
        assert run is not None
        said = {
            "people": list(Membership.objects.order_by("source", "record_id").values_list("record_id", "person")),
            "findings": [one.as_json() for one in assessment_runs.findings_where(run.id)],
            "worklist": list(WorkRow.objects.filter(run=run.id).order_by("pk").values_list()),
            "visits": list(VisitRow.objects.filter(run=run.id).order_by("pk").values_list()),
        }
        if counted:
            kept = take_snapshot(asking(), config, "2026-Q3")
            said["figures"] = {name: kept.of(name).value for name in PARTS}
            said["by ethnicity"] = kept.by("custody-held-overnight", Dimension.ETHNICITY_SELF)
        return said


def differing(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {part for part in one if one[part] != other[part]}


def test_two_worlds_that_differ_only_in_ethnicity_owe_the_same(both):
    here, there = map(reckoned, both)

    assert len(here["findings"]) > 300
    assert here["worklist"]
    assert here["visits"]
    assert differing(here, there) == {"by ethnicity"}, "only the figures of fairness may look at it"


def test_a_duty_that_looked_at_ethnicity_would_be_seen(both, monkeypatch):
    """The counter: for whoever is said to be Black, seeing the child counts for nothing."""
    real = assessing.weave_person

    def weave(person: str, records: Any, events: Any, cases: Any, persons: Any, whose: Any) -> Any:
        if any(one.ethnicity.startswith("B") for key, one in persons.items() if whose.get(key) == person):
            events = [event for event in events if event.kind != "child_seen"]
        return real(person, records, events, cases, persons, whose)

    monkeypatch.setattr(assessing, "weave_person", weave)

    assert "findings" in differing(*(reckoned(one, counted=False) for one in both))
