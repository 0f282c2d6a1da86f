"""The report of a round: whole, for those who may compare, and of nothing while the round is blind."""

from __future__ import annotations

import dataclasses
import io

import pytest
from python_calamine import CalamineWorkbook
from tests.made.rounds import a_file, a_round, graded
from tests.made.stores import asking
from tests.use_cases.test_compare_grades import PAIRS, grades_file, lead, rows, simulated
from tests.use_cases.test_machine_beside import drawn
from tests.use_cases.test_reconcile import MEETING, key

from duecare.access.viewer import Viewer
from duecare.audit.rounds.frame_file import Case
from duecare.store.models import SampledFile
from duecare.use_cases.audit.import_grades import import_audit
from duecare.use_cases.audit.reconcile_grades import settle_grade
from duecare.use_cases.audit.report_round import report_round, write_report
from duecare.vocabulary.refusals import Refusal

__all__ = ["drawn"]

pytestmark = pytest.mark.usefixtures("read_in_process")


def words(paper):
    cells = [str(cell) for section in paper.sections for table in section.tables for row in table.rows for cell in row]
    return "\n".join([paper.notice, *(one for section in paper.sections for one in section.sentences), *cells])


def test_a_round_drawn_here_is_reported_whole(store):
    graded(a_round(), PAIRS)
    settle_grade(lead(), "spring 2016", key(20), MEETING)
    paper = report_round(lead(), store.config, "spring 2016")

    assert [section.heading for section in paper.sections] == [
        "The round",
        "How far the two sides agree",
        "The optimism gap",
        "Disagreements, and how they were reconciled",
        "Duties in the same files",
        "Rounds over time",
        "Basis",
    ]
    said = words(paper)
    assert "not for publication" in said
    assert "Both sides gave the same grade to 20 of the 40 files" in said
    assert "20 paired files were graded differently; 1 of these have been reconciled" in said
    assert "to another grade: 1" in said
    assert "2017-Q3" in said


def test_it_says_how_many_files_were_taken_out_and_why(store):
    (file, *_) = graded(a_round(), PAIRS)
    for number, reason in ((1, "not_in_scope"), (2, "not_found"), (3, "not_in_scope")):
        a_file(file.round, Case("cris", f"OUT{number}", ()))
        SampledFile.objects.filter(case_ref=f"OUT{number}").update(
            out_reason=reason, out_number=number, out_at=file.round.drawn_at
        )
    said = words(report_round(lead(), store.config, "spring 2016"))

    assert "Files replaced by the next in their stratum: 3 (2 not in scope, 1 not found)." in said
    assert "OUT1" not in said
    assert "before anybody" not in said


def test_it_names_no_grader(store):
    simulated()
    said = words(report_round(lead(), store.config, "simulated 2016"))

    assert "IN3" not in said
    assert "FA1" not in said
    assert "+31.1 points" in said or "points" in said


def test_good_with_a_breach_of_allocation_is_counted_and_put_to_both(drawn):
    said = words(report_round(lead(), drawn.config, "spring 2016"))

    assert 'Grades of "good" for a file in which an investigator was allocated late or not at all: 1.' in said
    assert "s:C1" in said
    assert "late by" in said


def test_a_round_run_elsewhere_is_reported_without_what_is_not_known(store, tmp_path):
    import_audit(asking(), grades_file(tmp_path, rows()))
    paper = report_round(lead(), store.config, "autumn 2016")

    assert "Duties in the same files" not in [section.heading for section in paper.sections]
    assert "How the files were drawn is not known here" in words(paper)


def test_it_is_written_in_every_format(store, tmp_path):
    graded(a_round(), PAIRS)
    files = write_report(lead(), store.config, "spring 2016", tmp_path / "out")

    assert {path.name for path in files} >= {"report.html", "report.ods"}
    book = CalamineWorkbook.from_filelike(io.BytesIO((tmp_path / "out" / "report.ods").read_bytes()))
    assert len(book.sheet_names) > 5
    assert sorted((tmp_path / "out").iterdir()) == sorted(files)


def test_where_no_pdf_can_be_made_the_other_formats_are_written(store, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    graded(a_round(), PAIRS)
    files = write_report(lead(), store.config, "spring 2016", tmp_path)

    assert [path.name for path in files] == ["report.html", "report.ods"]


@pytest.mark.parametrize(("name", "code"), [("spring 2016", "AUD-042"), ("never", "AUD-041"), ("2017-Q3", "REP-002")])
def test_there_is_none_of_a_blind_round_of_no_round_and_of_totals(store, tmp_path, name, code):
    graded(a_round(), PAIRS, opened_at=None)

    with pytest.raises(Refusal) as refused:
        write_report(lead(), store.config, name, tmp_path / "out")

    assert refused.value.code == code
    assert not (tmp_path / "out").exists()


def test_who_may_not_compare_gets_none(store):
    graded(a_round(), PAIRS)
    inspector = dataclasses.replace(lead(), viewer=Viewer(account="x", roles=frozenset({"inspector"})))

    with pytest.raises(Refusal) as refused:
        report_round(inspector, store.config, "spring 2016")

    assert refused.value.code == "ACC-003"


def test_a_folder_that_cannot_be_written_to_is_refused(store, tmp_path):
    graded(a_round(), PAIRS)
    (tmp_path / "out").write_text("a file")

    with pytest.raises(Refusal) as refused:
        write_report(lead(), store.config, "spring 2016", tmp_path / "out")

    assert refused.value.code == "CFG-001"
