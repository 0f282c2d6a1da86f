"""A restricted case is not told of by what it is evidence for; the sealed and the ended are in no figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.made import few_cases
from tests.made.few_cases import SOURCE, filled
from tests.made.stores import Stores, asking
from tests.use_cases.test_read_sealed import NOW, viewer

from duecare.duty.finding import NOT_SHOWN
from duecare.store.linkage.linkage_runs import LinkState
from duecare.use_cases.casework.count_worklist_after_run import worklist_counts
from duecare.use_cases.casework.view_case import read_case
from duecare.use_cases.casework.view_front_page import count_cases, read_front
from duecare.use_cases.casework.view_worklist import read_worklist
from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings
from duecare.visibility import sealed_filter
from duecare.vocabulary.moments import iso_text

SEEN = "E" + str(len(few_cases.EVENTS))


@pytest.fixture(scope="module")
def config(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The few cases, with the child of the open one seen alone in the restricted one."""
    del django_db_setup
    folder = tmp_path_factory.mktemp("restricted")
    seen = (44.0, "child_seen", "RESTRICTED", {"child-open": "child"}, {"detail": {"alone": True}})
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_cases, "EVENTS", (*few_cases.EVENTS, seen))
        stores = Stores(folder)
        with filled(stores.new(), folder, NOW) as store:
            yield store.config
        stores.drop()


def told(name: str, config: Any) -> tuple[list[str], str]:
    """Which facts stand behind the duty in the open case for this viewer, and all that list, case and worklist say?"""
    ask = asking(NOW, viewer(name))
    found = read_findings(ask, config, Wanted(case="OPEN", ref="AL2"))
    (one,) = [finding for finding in found if finding.subject == f"{SOURCE}:child-open"]
    assert one.state == "met"
    page = read_case(ask, SOURCE, "OPEN")
    lines = read_worklist(ask)
    return [fact.event_id for fact in one.evidence], repr(([f.as_json() for f in found], page, lines))


def test_an_event_of_a_restricted_case_is_no_evidence_for_those_who_may_not_open_it(config):
    evidence, said = told("lead", config)

    assert evidence == ["E0"]
    assert f"'{SEEN}'" not in said


def test_those_who_may_open_the_restricted_case_are_shown_the_evidence(config):
    evidence, said = told("chief", config)

    assert evidence == ["E0", SEEN]
    assert f"'{SEEN}'" in said


def test_what_only_a_sealed_event_says_is_not_shown_either(config):
    """The duty was met, and stays so; when, and who was told until then, would tell of the restricted case."""
    from duecare.use_cases.findings.list_findings import list_findings

    ask = asking(NOW, viewer("lead"))
    listed = list_findings(ask, Wanted(case="OPEN", ref="AL2")).findings
    page = [one.finding for one in read_case(ask, SOURCE, "OPEN").findings if one.finding.ref == "AL2"]

    for found in (read_findings(ask, config, Wanted(case="OPEN", ref="AL2")), listed, page):
        (one,) = [finding for finding in found if finding.subject == f"{SOURCE}:child-open"]
        assert (one.state, one.reason) == ("met", NOT_SHOWN)
        assert (one.met_at, one.recorded_at, one.late_by_hours, one.told) == (None, None, None, ())
    when = NOW - timedelta(hours=44)
    said = told("lead", config)[1] + repr(read_case(ask, SOURCE, "OPEN"))
    assert iso_text(when) not in said
    assert repr(when) not in said
    assert f"{when:%H:%M:%S}" not in repr([one.steps for one in read_case(ask, SOURCE, "OPEN").findings])


def test_counter_without_the_evidence_alone_the_moment_is_shown(config, monkeypatch):
    monkeypatch.setattr(
        sealed_filter, "without_evidence",
        lambda finding, hidden: replace(finding, evidence=tuple(e for e in finding.evidence if e not in hidden)),
    )  # fmt: skip

    assert iso_text(NOW - timedelta(hours=44)) in told("lead", config)[1]


def test_counter_without_looking_behind_the_evidence_it_leaks(config, monkeypatch):
    monkeypatch.setattr(sealed_filter.SealedFilter, "with_restricted", lambda self, *_: self)

    found = read_findings(asking(NOW, viewer("lead")), config, Wanted(case="OPEN", ref="AL2"))

    assert SEEN in {fact.event_id for finding in found for fact in finding.evidence}


def test_the_front_page_counts_neither_the_sealed_nor_what_ended(config):
    """Every figure is that of a list of the findings there are, cut by hand."""
    from duecare.assessment.all_findings import every_finding
    from duecare.assessment.rules_in_force import AssessmentContext

    held = list(every_finding(AssessmentContext.at(config, NOW, None)))
    sealed_people = {few_cases.person_of(record) for record in ("child-sealed", "offender-sealed")}
    live = [f for f in held if f.ended_at is None and f.adopted is not False]
    shown = [f for f in live if f.case_ref != "SEALED" and f.person not in sealed_people]
    page = read_front(asking(NOW, viewer("chief")), config)

    assert {duty: (late, still) for duty, _, late, still in page.late if late or still} == {
        duty: (
            sum(f.duty == duty and f.state == "overdue" for f in shown),
            sum(f.duty == duty and f.state == "open" for f in shown),
        )
        for duty in {f.duty for f in shown if f.state in {"overdue", "open"}}
    }
    assert page.cases == count_cases() == len(few_cases.CASES) - 1
    assert any(f.state == "overdue" and f.case_ref == "SEALED" for f in live), "there is something to leave out"


def test_what_ended_or_is_only_suggested_is_kept_as_neither_late_nor_open_now(config):
    from duecare.assessment.all_findings import every_finding
    from duecare.assessment.rules_in_force import AssessmentContext
    from duecare.store.database.transaction import transaction
    from duecare.store.findings import assessment_runs

    held = list(every_finding(AssessmentContext.at(config, NOW, None)))
    counted_ones = [f for f in held if f.ended_at is None and f.adopted is not False]
    late = next(f for f in counted_ones if f.state == "overdue")
    still = next(f for f in counted_ones if f.state == "open" and f.duty != late.duty)
    with transaction():
        run = assessment_runs.begin_run(NOW, NOW, None, "", LinkState(), 0)
        for one in (late, still):
            changes: tuple[dict[str, Any], ...] = ({}, {"adopted": True}, {"adopted": False}, {"ended_at": NOW})
            assessment_runs.keep_findings(run, [replace(one, **change) for change in changes])
        counted = assessment_runs.counts_by_duty(run.id, run.as_of)
        assessment_runs.drop_run(run.id)

    assert counted == {late.duty: (2, 0), still.duty: (0, 2)}


def test_no_count_of_the_worklist_has_a_sealed_case(config):
    for name in ("chief", "lead"):
        ask = asking(NOW, viewer(name))
        assert worklist_counts(ask)["all"] == len(read_worklist(ask).items)
        assert "SEALED" not in {item.case.case_ref for item in read_worklist(ask).items if item.case}


def test_a_page_beyond_the_last_is_the_last(config):
    ask = asking(NOW, viewer("chief"))
    last = read_worklist(ask, page_number=2, per_page=2)
    while last.page < last.pages:
        last = read_worklist(ask, page_number=last.page + 1, per_page=2)

    beyond = read_worklist(ask, page_number=99, per_page=2)

    assert beyond.items == last.items != ()
    assert beyond.page == last.pages


def test_a_case_does_not_show_its_opening_and_closing_before_they_came():
    from duecare.record.pole import CaseKey, CaseRecord
    from duecare.use_cases.casework.view_case import as_of_then
    from duecare.vocabulary.moments import When

    case = CaseRecord(CaseKey("few", "A"), "offender", "", When.at(NOW), When.at(NOW + timedelta(days=9)))

    before = as_of_then(case, NOW - timedelta(days=1))
    between = as_of_then(case, NOW + timedelta(days=1))
    assert before is not None
    assert (before.opened_at, before.closed_at) == (None, None)
    assert between is not None
    assert (between.opened_at, between.closed_at) == (case.opened_at, None)
    assert as_of_then(case, NOW + timedelta(days=9)) == case


def test_counter_the_columns_of_the_findings_decide_what_the_front_page_counts(config):
    """Were what ended, or the sealed, counted, the figures would differ."""
    from duecare.store.findings import assessment_runs

    run = assessment_runs.run_in_force()
    assert run is not None
    everything = assessment_runs.counts_by_duty(run.id, run.as_of)
    shown = {duty: (late, still) for duty, _, late, still in read_front(asking(NOW, viewer("chief")), config).late}

    assert sum(late for late, _ in everything.values()) > sum(late for late, _ in shown.values())


def test_findings_kept_before_the_columns_came_are_counted_too(config):
    """What the migration fills in is what is kept of a new finding."""
    from importlib import import_module

    from django.apps import apps

    from duecare.store.models import FindingRow

    kept = list(FindingRow.objects.order_by("pk").values_list("pk", "is_late_now", "is_open_now"))
    assert any(late for _, late, _ in kept)
    FindingRow.objects.update(is_late_now=False, is_open_now=False)
    import_module("duecare.store.migrations.0004_late_now").fill(apps, None)

    assert list(FindingRow.objects.order_by("pk").values_list("pk", "is_late_now", "is_open_now")) == kept
