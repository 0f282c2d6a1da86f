"""The machine meets the human afterwards: duties late as known at the draw, beside grades that are open, and never before."""

from __future__ import annotations

import pytest
from tests.made.rounds import a_file, a_round, grade
from tests.made.stores import asking
from tests.use_cases.test_changed import AL1, AL2, at, begin, event, take
from tests.use_cases.test_compare_grades import lead

from duecare.audit.rounds.frame_file import Case
from duecare.record.pole import CaseKey
from duecare.store.audit import comparable_grades, round_records
from duecare.store.models import LedgerEntry
from duecare.use_cases.audit.compare_grades import compare_round
from duecare.use_cases.audit.duties_beside_grades import beside_of
from duecare.use_cases.audit.reconcile_grades import read_disagreement
from duecare.use_cases.audit.report_round import report_round
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

pytestmark = pytest.mark.usefixtures("read_in_process")


@pytest.fixture
def drawn(store, tmp_path):
    """C1: a child reported on 1 March, nobody allocated until after the draw of 1 April; C2: allocated at once."""
    begin(store, tmp_path, event("E9", "investigator_allocated", at(1).replace(month=5), officer="X1"))
    second = [
        {**event("F1", "concern_reported", at(2)), "case_ref": "C2"},
        {**event("F2", "investigator_allocated", at(2, 10), officer="X2"), "case_ref": "C2"},
    ]
    take(store, tmp_path, *second, ties=[{"event_id": "F1", "record_id": "A", "role": "child"}])
    of = a_round()
    for ref, words in (("C1", ("good", "inadequate")), ("C2", ("good", "good"))):
        file = a_file(of, Case("s", ref, ()))
        for side, word in zip(("force", "inspectorate"), words, strict=True):
            grade(file, side, word)
    return store


def beside(drawn):
    """What the machine found of the round's files, beside their grades."""
    own = round_records.round_named("spring 2016")
    return beside_of(drawn.config, own, comparable_grades.as_files(own, comparable_grades.opened_files(own)))


def test_good_with_a_breach_of_allocation_is_put_to_both(drawn):
    found = beside(drawn)
    (question,) = found.questions

    assert (question.key, question.side, question.grade) == (("s", "C1"), "force", "good")
    assert [(breach.duty, breach.state.value) for breach in question.breaches] == [(AL1, "overdue")]
    assert {breach.duty for one in found.files if one.key[1] == "C1" for breach in one.breaches} >= {AL1, AL2}
    assert found.counts["force"][True][::2] == (2, 1)


def test_it_stands_beside_both_narratives_where_a_disagreement_is_settled(drawn, tmp_path):
    key = CaseKey("s", "C1")
    found = read_disagreement(lead(), drawn.config, "spring 2016", key)
    entry = LedgerEntry.objects.latest("number")
    take(drawn, tmp_path, cases=[{"case_ref": "C1", "kind": "crime", "sealed": "true", "written_at": iso_text(at(2))}])

    assert AL1 in {breach.duty for breach in found.breaches}
    assert [given.grade for given in found.file.pair] == ["good", "inadequate"]
    assert (entry.act, entry.count) == ("consultation", 1)
    assert read_disagreement(lead(), drawn.config, "spring 2016", key).breaches is None
    with pytest.raises(Refusal) as refused:
        read_disagreement(lead(), drawn.config, "spring 2016", CaseKey("s", "C2"))
    assert refused.value.code == "AUD-043"


def test_what_is_sealed_is_left_out_and_counted(drawn, tmp_path):
    take(drawn, tmp_path, cases=[{"case_ref": "C1", "kind": "crime", "sealed": "true", "written_at": iso_text(at(2))}])
    found = beside(drawn)

    assert ([one.key[1] for one in found.files], found.left_out, found.questions) == (["C2"], 1, ())


def test_of_a_sealed_child_no_finding_is_shown(drawn, tmp_path):
    take(drawn, tmp_path, persons=[{"record_id": "A", "sealed": "true", "written_at": iso_text(at(3))}])
    found = beside(drawn)

    assert AL2 not in {breach.duty for one in found.files for breach in one.breaches}


def test_the_gap_is_shown_by_the_area_that_the_case_or_its_first_event_names(drawn, tmp_path):
    take(drawn, tmp_path, {**event("G1", "information_received", at(3)), "case_ref": "C1", "area": "Eastmoor"})
    take(drawn, tmp_path, {**event("G2", "information_received", at(4)), "case_ref": "C1", "area": "Westmoor"})
    take(
        drawn, tmp_path, cases=[{"case_ref": "C2", "kind": "crime", "area": "Southmoor", "written_at": iso_text(at(2))}]
    )
    parts = compare_round(lead(), "spring 2016").by("area")

    assert [(part.name, part.gap.n) for part in parts] == [("Eastmoor", 1), ("Southmoor", 1)]
    assert [part.name for part in compare_round(lead(), "spring 2016").by("case_kind")] == ["", "crime"]


def test_before_grades_are_open_the_eyes_do_not_meet(drawn):
    of = a_round("blind 2016")
    grade(a_file(of, Case("s", "C1", ())), "force", "good", opened_at=None)

    with pytest.raises(Refusal) as refused:
        report_round(lead(), drawn.config, of.name)
    assert refused.value.code == "AUD-042"
    with pytest.raises(Refusal):
        report_round(lead(), drawn.config, "2016")


def test_the_files_put_in_question_are_in_the_ledger(drawn):
    report_round(asking(), drawn.config, "spring 2016")

    assert LedgerEntry.objects.latest("number").count == 1
