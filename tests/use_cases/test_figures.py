"""Figures kept, read, opened and worked out again: each by who may, equal from facts, and saying what differs where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.made.deliveries import Made, write
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import NOW, InProcess, Store, Stores, asking

from duecare.access.viewer import Viewer
from duecare.assessment.full_run import run_full_assessment
from duecare.figure import Dimension
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.hidden_value import is_hidden
from duecare.store.figures import figure_members, figure_snapshots
from duecare.store.models import DifferenceAnswered, LedgerEntry
from duecare.use_cases.casework.view_case import read_case
from duecare.use_cases.figures.explain_difference import explain_difference
from duecare.use_cases.figures.list_members import open_figure
from duecare.use_cases.figures.take_snapshot import take_snapshot
from duecare.use_cases.figures.verify_snapshot import recompute_figure
from duecare.use_cases.figures.view_figures import read_figure, read_figures
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

QUARTER = "2026-Q4"
OVERSEERS = ("mayors_office", "expert")


def someone(role: str, *, officer: str = "", areas: frozenset[str] = frozenset()) -> Any:
    return asking(NOW, Viewer(account=role, roles=frozenset({role}), officer=officer, areas=areas))


@pytest.fixture(scope="module")
def few(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The few cases, and the figures of the quarter so far."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("few")
    with django_db_blocker.unblock():
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            take_snapshot(asking(NOW), store.config, QUARTER)
            yield store
        stores.drop()


@pytest.fixture
def kept(few: Store) -> figure_snapshots.Snapshot:
    found = figure_snapshots.latest_snapshot(QUARTER)
    assert found is not None
    return found


def test_every_figure_is_kept_for_the_whole_force_with_what_it_rests_on(few, kept):
    assert {one.value.figure for one in kept.values if not one.value.cut} == set(figure_catalogue())
    assert kept.rests_on.upto_delivery == 1
    assert [source for source, *_ in kept.rests_on.watermarks] == [SOURCE]
    assert kept.rests_on.ledger_size > 0
    assert kept.of("custody-in-a-cell").value.part == 1
    assert kept.of("custody-bail-refused").value.part == 1


def test_each_value_is_the_count_of_its_list_for_whoever_opens_every_case(few, kept):
    for one in kept.values:
        found = open_figure(someone("chief_officer"), one.key, "counted")
        assert (found.total, found.not_openable) == (one.value.part, 0), one.value.figure
        assert len(found.lines) == min(50, one.value.part)


def test_what_is_sealed_is_counted_in_nothing(few, kept):
    lines = [line for one in kept.members for line in figure_members.members_of(kept.id, one)]

    assert lines
    assert not [line for line in lines if line.case is not None and line.case.case_ref == "SEALED"]


def test_a_list_is_cut_to_what_may_be_opened_and_the_rest_is_a_number(few, kept):
    key = kept.of("late-local-allocate-investigator").key

    chief = open_figure(someone("chief_officer"), key)
    lead = open_figure(someone("bcu_lead", areas=frozenset({"Eastmoor"})), key)
    elsewhere = open_figure(someone("bcu_lead", areas=frozenset({"Ashmere"})), key)

    assert (lead.total, elsewhere.total) == (chief.total, chief.total)
    assert {line.case.case_ref for line in chief.lines} - {line.case.case_ref for line in lead.lines} == {"RESTRICTED"}
    assert (chief.not_openable, lead.not_openable, elsewhere.not_openable) == (0, 1, chief.total)


def test_opening_a_list_leaves_a_line_that_names_what_was_shown(few, kept):
    open_figure(someone("chief_officer"), kept.of("custody-in-a-cell").key)

    line = LedgerEntry.objects.order_by("number").last()
    assert line.purpose.startswith("open figure")
    assert line.count == 2


@pytest.mark.parametrize("role", OVERSEERS)
def test_who_oversees_sees_figures_and_reaches_no_list(few, kept, role):
    page = read_figures(someone(role))

    assert {one.definition.id for one in page.tiles} == set(figure_catalogue())
    assert not page.opens_lists
    for figure in ("custody-in-a-cell", "late-local-see-the-child"):
        with pytest.raises(Refusal) as refused:
            open_figure(someone(role), kept.of(figure).key)
        assert refused.value.code == "ACC-003"


@pytest.mark.parametrize("role", [*OVERSEERS, "statistician"])
def test_counts_of_children_that_were_not_published_are_hidden_and_their_tables_left_out(few, role):
    cell = read_figure(someone(role), few.config, "custody-in-a-cell")
    late = read_figure(someone(role), few.config, "late-local-see-the-child")

    assert is_hidden(cell.kept.value)
    assert (cell.kept.value.part, cell.kept.value.whole, cell.cuts, cell.fairness) == (0, 0, (), ())
    assert (cell.release, cell.sees_everything) == ("", False)
    assert not is_hidden(late.kept.value)
    assert late.cuts


def test_a_borough_lead_sees_small_counts_of_their_own_area_alone(few, kept):
    asked = someone("bcu_lead", areas=frozenset({"eastmoor"}))
    page = read_figure(asked, few.config, "custody-in-a-cell")

    assert is_hidden(page.kept.value)
    assert [by for by, _ in page.cuts] == [Dimension.AREA]
    (own,) = page.cuts[0][1]
    assert open_figure(asked, own.key).total == 1
    with pytest.raises(Refusal) as refused:
        open_figure(asked, page.kept.key)
    assert refused.value.code == "REP-031"


@pytest.mark.parametrize(
    ("role", "does"),
    [
        ("investigator", lambda by, few, kept: read_figures(by)),
        ("home_office", lambda by, few, kept: read_figure(by, few.config, "seen-after")),
        ("chief_officer", lambda by, few, kept: take_snapshot(by, few.config, QUARTER)),
        ("expert", lambda by, few, kept: take_snapshot(by, few.config, QUARTER)),
        ("investigator", lambda by, few, kept: recompute_figure(by, few.config, kept.values[0].key)),
        ("mayors_office", lambda by, few, kept: answered(by, kept.id)),
    ],
)
def test_who_may_not_is_refused(few, kept, role, does):
    with pytest.raises(Refusal) as refused:
        does(someone(role), few, kept)

    assert refused.value.code == "ACC-003"


@pytest.mark.parametrize("period", ["2026", "2026-Q5", "2030-Q1", "soon"])
def test_a_period_that_is_none_or_has_not_begun_is_refused(few, period):
    with pytest.raises(Refusal) as refused:
        take_snapshot(asking(NOW), few.config, period)

    assert refused.value.code == "REP-030"


@pytest.mark.parametrize("does", [
    lambda few: read_figure(someone("expert"), few.config, "none"),
    lambda few: open_figure(someone("chief_officer"), "f" * 16),
    lambda few: recompute_figure(someone("expert"), few.config, "f" * 16),
])  # fmt: skip
def test_a_figure_that_is_not_there_is_refused(few, does):
    with pytest.raises(Refusal) as refused:
        does(few)

    assert refused.value.code == "REP-031"


@pytest.mark.parametrize("figure", [
    "late-local-see-the-child", "seen-after", "visits-overdue", "custody-in-a-cell", "return-interview-within-72-hours",
    "outcome-no-further-action", "grades-gap",
])  # fmt: skip
def test_a_figure_is_worked_out_again_exactly_from_the_facts(few, kept, figure):
    for one in (kept.of(figure), *kept.by(figure, Dimension.AREA)):
        found = recompute_figure(someone("chief_officer"), few.config, one.key)
        assert (found.is_equal, found.differs, found.came, found.went) == (True, (), 0, 0)


@pytest.mark.parametrize("role", [*OVERSEERS, "statistician"])
def test_what_is_hidden_is_not_shown_by_working_it_out_again(few, kept, role):
    hidden = [
        kept.of("custody-in-a-cell"),
        *kept.by("custody-in-a-cell", Dimension.AREA),
        *kept.by("seen-after", Dimension.SEX),
    ]
    assert len(hidden) > 2

    for one in hidden:
        with pytest.raises(Refusal) as refused:
            recompute_figure(someone(role), few.config, one.key)
        assert refused.value.code == "REP-031"


def test_by_the_findings_of_an_assessment_just_made_it_is_the_same(few, kept):
    quick = take_snapshot(asking(NOW), few.config, QUARTER, as_assessed=True)

    assert [one.value for one in quick.values] == [one.value for one in kept.values]
    assert quick.members == kept.members


def test_a_period_that_ended_is_looked_at_as_it_stood_at_its_end(few):
    before = take_snapshot(asking(NOW), few.config, "2026-10")

    assert iso_text(before.as_of) == "2026-10-31T23:59:59+00:00"
    assert before.of("visits-overdue").value.whole == 2
    assert read_figures(someone("chief_officer"), "2026-10").snapshot.period == "2026-10"
    assert "2026-10" not in read_figures(someone("expert")).periods


def answered(by: Any, snapshot: int, **more: str) -> None:
    given = {
        "figure": "seen-after",
        "dimension": "sex",
        "group": "not known",
        "answer": "explained",
        "words": "Because.",
    }
    explain_difference(by, snapshot=snapshot, **{**given, **more})


def test_a_named_officer_answers_for_a_difference_and_the_figure_stays(few, kept):
    answered(someone("chief_officer", officer="C1"), kept.id)

    (said,) = read_figure(someone("chief_officer"), few.config, "seen-after").answers
    assert (said.officer, said.answer, said.words) == ("C1", "explained", "Because.")
    assert recompute_figure(someone("chief_officer"), few.config, kept.of("seen-after").key).is_equal


@pytest.mark.parametrize("more", [
    {"figure": "none"}, {"dimension": "area"}, {"dimension": "none"}, {"group": "nobody"}, {"answer": "no"}, {"words": " "},
    {"words": "x" * 4001}, {"figure": "late-local-allocate-investigator"},
])  # fmt: skip
def test_an_answer_to_nothing_is_refused(few, kept, more):
    with pytest.raises(Refusal) as refused:
        answered(someone("chief_officer"), kept.id, **more)

    assert refused.value.code == "REP-032"


@pytest.mark.parametrize("deed", [
    'UPDATE "figure_snapshot" SET "period" = \'2020-Q1\'', 'DELETE FROM "figure_snapshot"',
    'UPDATE "figure_kept" SET "part" = 0', 'DELETE FROM "figure_kept"', 'UPDATE "figure_line" SET "counts" = NULL',
    'UPDATE "difference_answered" SET "words" = \'\'', 'DELETE FROM "difference_answered"',
])  # fmt: skip
def test_what_was_kept_cannot_be_changed(few, kept, deed):
    """After an officer has answered: a guard is asked only of a row that there is."""
    if not DifferenceAnswered.objects.exists():
        answered(someone("chief_officer", officer="C1"), kept.id)

    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)


def test_an_answer_about_no_snapshot_is_refused(few):
    with pytest.raises(Refusal) as refused:
        answered(someone("chief_officer"), 99_999)

    assert refused.value.faults == ("no such snapshot",)


def test_what_came_since_is_left_out_and_what_was_sealed_since_is_counted_as_it_was(few, kept, tmp_path, monkeypatch):
    """Last, for it changes the store: a delivery written before, and a seal."""
    from duecare.extract import delivery
    from duecare.use_cases.deliveries.receive_delivery import receive_files

    key = kept.of("late-local-see-the-child").key
    early = iso_text(NOW - timedelta(hours=100))
    rows = {
        "events": [{"event_id": "N1", "kind": "concern_reported", "happened_at": early, "case_ref": "NEW", "risk": "red",
                    "written_at": early}],
        "ties": [{"event_id": "N1", "record_id": "child-open", "role": "child"}],
    }  # fmt: skip
    monkeypatch.setattr(delivery, "Child", InProcess)
    path = write(Made(rows, source=SOURCE, extracted_at=NOW), tmp_path / f"{SOURCE}-9")
    (took,) = receive_files(asking(NOW), few.config, [path])
    assert took.status == "accepted", took.reasons

    assert recompute_figure(asking(NOW), few.config, key).is_equal
    later = take_snapshot(asking(NOW + timedelta(minutes=1)), few.config, QUARTER)
    assert later.of("late-local-see-the-child").value.part == kept.of("late-local-see-the-child").value.part + 1

    seal = [
        {"case_ref": "OPEN", "kind": "child_concern", "area": "Eastmoor", "sealed": "true", "written_at": iso_text(NOW)}
    ]
    path = write(Made({"cases": seal}, source=SOURCE, extracted_at=NOW + timedelta(hours=1)), tmp_path / f"{SOURCE}-10")
    (took,) = receive_files(asking(NOW + timedelta(hours=1)), few.config, [path])
    assert took.status == "accepted", took.reasons
    run_full_assessment(asking(NOW + timedelta(hours=1)), few.config)

    found = recompute_figure(asking(NOW), few.config, key)
    assert (found.is_equal, found.came, found.went) == (True, 0, 0), "by what it fell, a seal would be told"
    shut = open_figure(someone("chief_officer"), key)
    assert shut.not_openable > 0
    after = take_snapshot(asking(NOW + timedelta(hours=1)), few.config, QUARTER)
    assert after.of("late-local-see-the-child").value.part < later.of("late-local-see-the-child").value.part
    assert shut.total == len(figure_members.members_of(kept.id, "late-local-see-the-child"))


def test_a_snapshot_is_found_by_the_case_it_counted(few, kept):
    from duecare.record.pole import CaseKey

    found = figure_members.counted_in(CaseKey(SOURCE, "CUSTODY"), [kept.id])

    assert (kept.id, "custody-in-a-cell") in found


def test_a_case_leads_back_to_the_figures_that_count_it_for_whoever_opens_their_lists(few):
    lead = someone("bcu_lead", areas=frozenset({"Eastmoor"}))
    found = read_case(lead, SOURCE, "CUSTODY").counted_in

    assert (QUARTER, "custody-in-a-cell", "Children placed in a cell") in found
    assert read_case(someone("detective_inspector", areas=frozenset({"Eastmoor"})), SOURCE, "CUSTODY").counted_in == ()


def test_a_snapshot_whose_line_cannot_be_written_is_not_seen_and_leaves_no_line(few, monkeypatch):
    from duecare.store.models import FigureLine
    from duecare.use_cases.figures import take_snapshot as step

    before, lines = figure_snapshots.latest_of_each_period(), FigureLine.objects.count()

    def refuse(*given: object, **more: object) -> int:
        raise Refusal("LED-001")

    monkeypatch.setattr(step, "log_write", refuse)
    with pytest.raises(Refusal):
        take_snapshot(asking(NOW), few.config, QUARTER)

    assert figure_snapshots.latest_of_each_period() == before
    assert FigureLine.objects.count() == lines


def test_many_are_worked_out_and_counted_by_the_engine_and_come_to_the_same(few, kept, monkeypatch):
    from duecare.use_cases.figures import count_figures, gather_inputs

    monkeypatch.setattr(gather_inputs, "ENGINE_FROM", 0)
    monkeypatch.setattr(count_figures, "MANY_LINES", 0)
    again = take_snapshot(asking(NOW), few.config, QUARTER, known_at=NOW)
    monkeypatch.undo()
    by_judge = take_snapshot(asking(NOW), few.config, QUARTER, known_at=NOW)
    assert [one.value for one in again.values] == [one.value for one in by_judge.values]
    assert again.members == by_judge.members
