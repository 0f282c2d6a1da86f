"""Sources handled as a pointer: most see that there is something, and whom to call; nothing else."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.made.stores import NOW, Store, asking

from duecare.access.viewer import Viewer
from duecare.assessment.full_run import run_full_assessment
from duecare.config import Config
from duecare.record.layouts import LAYOUTS
from duecare.record.pole import RecordKey
from duecare.store.linkage.linked_people import whose_are
from duecare.use_cases.casework.count_worklist_after_run import worklist_counts
from duecare.use_cases.casework.view_case import read_case
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.deliveries.receive_delivery import receive_files
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.use_cases.linkage.explain_link import explain_pair_link
from duecare.use_cases.people.view_person import read_person
from duecare.visibility import pointer_only
from duecare.vocabulary.refusals import Refusal

# Within reach of all that follows by its team, as no shipped role reaches a managed offender otherwise than by name.
TEAM = frozenset({"Unit 7"})
INVESTIGATOR = Viewer(account="inv", roles=frozenset({"investigator"}), officer="W2", teams=TEAM)
NAMED = Viewer(account="named", roles=frozenset({"investigator"}), officer="w1")
MANAGER = Viewer(account="omg", roles=frozenset({"offender_manager"}), officer="W1", teams=TEAM)
RECORD = RecordKey("visor", "V1")
HIDDEN = ("Quillbright", "QUILLBRIGHT", "Canary", "Ashmere", "offenders.csv", "visits.csv", "offender_registered")


@pytest.fixture
def config(store: Store, tmp_path: Path) -> Any:
    """A store in use, with one managed offender received and assessed."""
    with store() as config:
        _deliver(tmp_path, config)
        run_full_assessment(asking(NOW), config)
        yield config


def _deliver(folder: Path, config: Config) -> None:
    mapped = folder / "mapped"
    mapped.mkdir()
    shipped = next(place / "visor.toml" for place in config.sources if (place / "visor.toml").is_file())
    said_so = 'officer = "manager"\nteam = { value = "Unit 7" }\n'
    mapping = shipped.read_text("utf-8").replace('officer = "manager"\n', said_so)
    assert said_so in mapping
    (mapped / "visor.toml").write_text(mapping, "utf-8")
    config = dataclasses.replace(config, sources=(mapped, *config.sources))
    made = folder / "visor-2026-11-01"
    made.mkdir()
    said = {
        "offenders": {
            "visor_ref": "V1", "surname": "Quillbright", "forenames": "Zeb", "area": "Ashmere",
            "registered_at": "2026-01-01T09:00:00+00:00", "manager": "W1", "manager_from": "2026-01-02T09:00:00+00:00",
            "last_updated": "2026-01-02T09:00:00+00:00",
        },
        "visits": {
            "visit_ref": "X1", "visor_ref": "V1", "visited_at": "2026-02-01T09:00:00+00:00", "outcome": "not_seen",
            "address": "4 Canary Row", "last_updated": "2026-02-01T09:00:00+00:00",
        },
    }  # fmt: skip
    for layout in LAYOUTS["visor"]:
        if layout.file in said:
            with (made / f"{layout.file}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, layout.columns, restval="")
                writer.writeheader()
                writer.writerow(said[layout.file])
    (shown,) = receive_files(asking(), config, [made])
    assert shown.status == "accepted", shown.reasons


def test_an_investigator_sees_a_pointer_and_whom_to_call(config: Config) -> None:
    person = whose_are([RECORD])[RECORD]
    page = read_person(asking(NOW, INVESTIGATOR), person)

    said = repr(page)
    assert [word for word in HIDDEN if word in said] == []
    assert page.timeline
    assert all(row.is_hidden and row.file == "" and row.row == 0 for row in page.timeline)
    assert page.label == "Managed offender, call W1"
    assert any(words == "Managed offender, call W1" for words, _, _ in page.warnings)
    assert page.notices == ("What visor says is not shown to you: Managed offender, call W1.",)
    assert page.findings == ()
    assert read_findings(asking(NOW, INVESTIGATOR), config, Wanted(person=person)) == []
    assert read_findings(asking(NOW, INVESTIGATOR), config, Wanted()) == []


@pytest.mark.usefixtures("config")
def test_of_a_case_an_investigator_sees_only_that_it_exists() -> None:
    page = read_case(asking(NOW, INVESTIGATOR), "visor", "V1")

    assert [word for word in HIDDEN if word in repr(page)] == []
    assert (page.case, page.people, page.owner, page.danger_words) == (None, (), "", "")
    assert (page.timeline, page.findings) == ((), ())
    assert page.notices == ("What visor says is not shown to you: Managed offender, call W1.",)


@pytest.mark.usefixtures("config")
def test_the_worklist_has_no_line_of_it_and_does_not_count_it() -> None:
    page = read_worklist(asking(NOW, INVESTIGATOR))

    assert (page.items, page.total, page.areas) == ((), 0, ())
    assert set(page.counts.values()) == {0}
    assert set(worklist_counts(asking(NOW, INVESTIGATOR)).values()) == {0}


def test_why_of_its_records_is_as_if_they_were_not_there(config: Config) -> None:
    for other in (RecordKey("visor", "V2"), RecordKey("never", "was")):
        with pytest.raises(Refusal, match="ACC-001"):
            explain_pair_link(asking(NOW, INVESTIGATOR), config, RECORD, other)


@pytest.mark.parametrize("viewer", [MANAGER, NAMED], ids=lambda viewer: viewer.account)
def test_the_manager_and_whoever_is_named_see_all_of_it(config: Config, viewer: Viewer) -> None:
    person = whose_are([RECORD])[RECORD]
    page = read_person(asking(NOW, viewer), person)
    case = read_case(asking(NOW, viewer), "visor", "V1")
    line = read_worklist(asking(NOW, viewer))

    assert "QUILLBRIGHT" in page.label
    assert not any(row.is_hidden for row in (*page.timeline, *case.timeline))
    assert page.findings
    assert page.notices == case.notices == ()
    assert case.case is not None
    assert case.people
    assert case.findings
    assert line.total == len(line.items) == 1
    assert line.items[0].findings
    assert read_findings(asking(NOW, viewer), config, Wanted(person=person))


def test_why_of_its_records_is_shown_to_whoever_is_named(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """They come as far as the other record, which is not there: the ledger then has both asked for."""
    asked = []
    real = pointer_only.PointerOnlyFilter.hides_record
    monkeypatch.setattr(
        pointer_only.PointerOnlyFilter, "hides_record", lambda self, key: asked.append(key) or real(self, key)
    )
    with pytest.raises(Refusal, match="ACC-001"):
        explain_pair_link(asking(NOW, NAMED), config, RECORD, RecordKey("visor", "V2"))

    assert asked == [RECORD]


@pytest.mark.usefixtures("config")
def test_counter_without_the_mapping_saying_so_it_is_all_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    plain: Callable[..., str] = lambda *_: "plain"  # noqa: E731
    monkeypatch.setattr(pointer_only, "_handling_of", plain)

    assert read_case(asking(NOW, INVESTIGATOR), "visor", "V1").people
    assert read_worklist(asking(NOW, INVESTIGATOR)).total == 1
