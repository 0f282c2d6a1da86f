"""The findings of many cases as a list, some at a time: now as they are kept, at another moment as reckoned for it."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.list_moment import list_moment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.assessment.worklist_rows import place_again
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.rulebook.all_duties import all_duties
from duecare.store.findings import assessment_runs
from duecare.store.findings.finding_lists import Whose, lines_in_scope, listed, with_lines
from duecare.store.models import AssessRun
from duecare.use_cases.casework.view_as_of import small_enough
from duecare.use_cases.findings.findings_in_scope import Wanted, in_order, reckoned
from duecare.visibility.case_scope import ledger_refs_of_findings
from duecare.visibility.page_types import FindingsPage
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.visibility.worklist_lines import areas_shown
from duecare.vocabulary.areas import plain_area

AT_ONCE = 50  # no more than are looked up one by one
MOST_LOOKED_AT = 1_000


def list_findings(
    request: Request,
    wanted: Wanted,
    *,
    suggested: bool = False,
    first: int = 0,
    most: int = 50,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> FindingsPage:
    """Which findings are there, from this place on, cut to what the viewer may open now?

    Shape:   in the order of the exchange. Standards that are only suggested are apart: `suggested` asks for those alone.
    Raises:  ACC-003 when the viewer may not list findings; DUT-020 where another moment is asked of too many cases.
    """
    authorise(request, Act.READ_FINDINGS, FINDINGS)
    config = read_config()
    run = assessment_runs.run_in_force()
    visible = visibility_for_lists(request, config)
    is_kept = as_of is None and known_at is None
    at = list_moment(run, request.now) if run and is_kept else as_of or request.now
    context = AssessmentContext.at(config, at, known_at)
    areas = areas_shown(visible, run.pk, at, lambda line, some: place_again(context, line, some)) if run else ()
    after: int | None = None
    total: int | None = None
    if is_kept:
        shown, after = _kept(visible, run, at, wanted, suggested, first, most, areas) if run else ([], None)
    else:
        if wanted.case is None and wanted.person is None:
            small_enough()
        check_ledger_writable(request, Act.READ_FINDINGS)
        found = [f for f in reckoned(context, wanted) if _is_apart(f) is suggested]
        reached = sorted(visible.findings_in_scope(found), key=in_order)
        shown, total = reached[first : first + most], len(reached)
        after = first + most if first + most < total else None
    log_read(request, Act.READ_FINDINGS, ledger_refs_of_findings(shown))
    rests_on = run if is_kept else None
    return FindingsPage(tuple(shown), first, after, total, areas, source_freshness(request.now, rests_on), at)


def _is_apart(finding: Finding) -> bool:
    return finding.adopted is False


def _kept(
    visible: Visibility,
    run: AssessRun,
    as_of: datetime,
    wanted: Wanted,
    suggested: bool,
    first: int,
    most: int,
    areas: tuple[str, ...],
) -> tuple[list[VisibleFinding], int | None]:
    """From the assessment in force: some rows at a time are looked at until enough may be shown.

    Shape:   places are counted without what is sealed: by their gaps it could be seen that there is something.
    """
    columns = _columns(wanted, suggested, areas)
    sealed = visible.sealed
    shown: list[VisibleFinding] = []
    place = first
    while place < first + MOST_LOOKED_AT:
        rows = listed(
            run.pk,
            visible.scope,
            place,
            AT_ONCE,
            as_of,
            state=wanted.state,
            cases=sealed.cases,
            people=sealed.people,
            **columns,
        )
        asked = {number: row for number, row in enumerate(rows) if _is_apart(row) is suggested}
        reached = _within(run.pk, visible, {whose for row in asked.values() if (whose := _whose(row))})
        near = visible.for_findings(row for row in asked.values() if _whose(row) in reached)
        for number, row in asked.items():
            if _whose(row) in reached and (kept := near.findings_shown([row])):
                if len(shown) == most:
                    return shown, place + number
                shown += kept
        place += len(rows)
        if len(rows) < AT_ONCE:
            return shown, None
    return shown, place


def _columns(wanted: Wanted, suggested: bool, areas: tuple[str, ...]) -> dict[str, object]:
    asked = {"duty": wanted.duty, "ref": wanted.ref, "case_ref": wanted.case}
    found: dict[str, object] = {name: value for name, value in asked.items() if value}
    if wanted.person:
        found["person"] = wanted.person
    if wanted.area:
        same = {area for area in areas if plain_area(area) == plain_area(wanted.area)}
        found["area__in"] = sorted(same | {wanted.area})
    if suggested and not wanted.duty:
        found["duty__in"] = [duty.id for duty in all_duties() if duty.local]
    return found


def _whose(finding: Finding) -> Whose | None:
    return finding.case or finding.person


def _within(run: int, visible: Visibility, whose: set[Whose]) -> set[Whose]:
    """Which of these may the viewer open? Most have a line, which says where they lie; the others are looked up."""
    lines = with_lines(run, whose)
    others = whose - lines
    cases = visible.cases_in_scope({one for one in others if isinstance(one, CaseKey)})
    people = visible.people_in_scope({one for one in others if isinstance(one, str)})
    return lines_in_scope(run, visible.scope, lines) | cases | people
