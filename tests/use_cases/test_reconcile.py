"""Disagreements: the widest apart first, both narratives beside each other, a new judgement beside the two and never instead."""

from __future__ import annotations

import dataclasses

import pytest
from tests.made.rounds import OPENED, a_file, a_round, grade, graded
from tests.use_cases.test_compare_grades import lead

from duecare.access.viewer import Viewer
from duecare.audit.agreement.disagreements import Settled
from duecare.audit.rounds.frame_file import Case
from duecare.record.pole import CaseKey
from duecare.use_cases.audit.compare_grades import compare_round
from duecare.use_cases.audit.reconcile_grades import list_disagreements, settle_grade
from duecare.vocabulary.refusals import Refusal

pytestmark = [pytest.mark.usefixtures("store"), pytest.mark.on_both_engines]

ROUND = "spring 2016"
PAIRS = [
    ("good", "good"),
    ("good", "adequate"),
    ("good", "inadequate"),
    ("requires_improvement", "inadequate"),
    ("adequate", "requires_improvement"),
]
MEETING = Settled("meeting", "Requires improvement", "", "The visit was never made.", ("audit-lead", "lead-inspector"))


def key(at: int) -> CaseKey:
    return CaseKey("cris", f"C{at}")


def test_those_across_the_standard_come_first_and_the_widest_apart():
    graded(a_round(), PAIRS, narrative="What it shows.")
    found = list_disagreements(lead(), ROUND)

    assert [one.key.case_ref for one in found.files] == ["C2", "C4", "C1", "C3"]
    assert (found.paired, [one.apart.steps for one in found.files]) == (5, [3, 1, 1, 1])
    assert {word.body["narrative"] for word in found.files[0].narrated} == {"What it shows."}
    assert found.as_json()["settled"] == 0


def test_what_was_settled_stands_beside_the_two_and_changes_no_figure():
    graded(a_round(), PAIRS)
    before = compare_round(lead(), ROUND).as_json()
    kept = settle_grade(lead(), ROUND, key(2), MEETING)
    found = list_disagreements(lead(), ROUND)

    assert kept.grade == "requires_improvement"
    assert compare_round(lead(), ROUND).as_json() == before
    assert [one.key.case_ref for one in found.files] == ["C4", "C1", "C3", "C2"], "what is settled goes last"
    assert found.files[-1].settled == kept
    assert [given.grade for given in found.files[-1].pair] == ["good", "inadequate"]
    assert found.as_json()["files"][-1]["settled"] == "requires_improvement"


def test_a_file_is_settled_once_and_the_row_never_changes():
    from django.db import DatabaseError, transaction

    from duecare.store.models import Reconciled

    graded(a_round(), PAIRS)
    settle_grade(lead(), ROUND, key(2), MEETING)

    with pytest.raises(Refusal) as refused:
        settle_grade(lead(), ROUND, key(2), MEETING)
    assert refused.value.code == "AUD-043"
    for change in (lambda rows: rows.update(grade="good"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Reconciled.objects.all())
    assert Reconciled.objects.get().grade == "requires_improvement"


@pytest.mark.parametrize("case", [key(0), key(9), CaseKey("merlin", "C2")])
def test_there_is_nothing_to_settle_where_the_sides_agree_or_no_such_file_is(case):
    graded(a_round(), PAIRS)

    with pytest.raises(Refusal) as refused:
        settle_grade(lead(), ROUND, case, MEETING)

    assert refused.value.code == "AUD-043"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"how": "dice"}, "third grader or a meeting"),
        ({"grade": "splendid"}, "grade of the scheme"),
        ({"narrative": "  "}, "write why"),
        ({"narrative": "x" * 4_001}, "at most 4,000"),
        ({"accounts": ("one",)}, "two or more"),
        ({"accounts": ("one", " one ")}, "two or more"),
        ({"how": "third_grader", "accounts": ("force-auditor",)}, "neither of the two"),
        ({"how": "third_grader", "accounts": ("a", "b")}, "neither of the two"),
        ({"suspect": "splendid"}, "suspect"),
        ({"accounts": ("a" * 300, "b" * 300)}, "more shortly"),
    ],
)
def test_a_judgement_that_cannot_stand_is_refused_with_what_is_missing(changes, says):
    graded(a_round(), PAIRS)

    with pytest.raises(Refusal) as refused:
        settle_grade(lead(), ROUND, key(2), dataclasses.replace(MEETING, **changes))

    assert refused.value.code == "AUD-044"
    assert says in " ".join(refused.value.faults)
    assert list_disagreements(lead(), ROUND).as_json()["settled"] == 0


def test_a_file_with_two_grades_is_settled_on_two():
    of = a_round()
    file = a_file(of, Case("cris", "C1", ()))
    grade(file, "force", "good", suspect="good")
    grade(file, "inspectorate", "good", suspect="inadequate")
    (one,) = list_disagreements(lead(), ROUND).files
    said = Settled("third_grader", "good", "", "He waited 50 days.", ("third",))

    assert (one.apart.steps, one.apart.across, one.apart.suspect) == (0, False, True)
    with pytest.raises(Refusal):
        settle_grade(lead(), ROUND, key(1), said)
    kept = settle_grade(lead(), ROUND, key(1), dataclasses.replace(said, suspect="Inadequate"))
    assert (kept.grade, kept.suspect) == ("good", "inadequate")


def test_a_correction_made_after_opening_is_shown_beside_and_does_not_agree():
    from duecare.store.models import SealedGrade

    (file,) = graded(a_round(), [("good", "inadequate")])
    first = SealedGrade.objects.get(file=file, side="force")
    grade(file, "force", "inadequate", at=OPENED.replace(month=7), supersedes=first, reason="persuaded")
    (one,) = list_disagreements(lead(), ROUND).files

    assert [(word.grade, word.is_counted) for word in one.narrated if word.side == "force"] == [
        ("good", True),
        ("inadequate", False),
    ]


def test_while_it_is_blind_nothing_is_shown_and_the_try_is_written_down():
    from duecare.store.models import LedgerEntry

    graded(a_round(), PAIRS, opened_at=None)

    for attempt in (lambda: list_disagreements(lead(), ROUND), lambda: settle_grade(lead(), ROUND, key(2), MEETING)):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "AUD-042"
        assert LedgerEntry.objects.latest("number").outcome == "refused AUD-042"
    with pytest.raises(Refusal):
        list_disagreements(lead(), "2016")


@pytest.mark.parametrize("role", ["auditor", "inspector", "chief_officer", "data_officer"])
def test_only_leads_settle(role):
    graded(a_round(), PAIRS)

    with pytest.raises(Refusal) as refused:
        list_disagreements(dataclasses.replace(lead(), viewer=Viewer(account="x", roles=frozenset({role}))), ROUND)

    assert refused.value.code == "ACC-003"


def test_both_files_read_and_settled_are_in_the_ledger():
    from duecare.store.models import LedgerEntry

    graded(a_round(), PAIRS)
    list_disagreements(lead(), ROUND)
    read = LedgerEntry.objects.latest("number")
    settle_grade(lead(), ROUND, key(2), MEETING)
    done = LedgerEntry.objects.latest("number")

    assert (read.act, read.count) == ("consultation", 4)
    assert (done.act, done.count, done.outcome) == ("alteration", 1, "done: settled by a meeting")
