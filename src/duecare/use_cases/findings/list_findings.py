"""The findings of many cases as a list, some at a time: now as they are kept, at another moment as assessed for it."""

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
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.findings.finding_lists import Whose, lines_in_scope, listed_findings, with_lines
from duecare.use_cases.casework.view_as_of import small_enough
from duecare.use_cases.findings.findings_in_scope import Wanted, assess_wanted, in_order
from duecare.visibility.case_scope import ledger_refs_of_findings
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import FindingsPage
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.visibility.worklist_lines import areas_shown
from duecare.vocabulary import page_sizes
from duecare.vocabulary.areas import plain_area

AT_ONCE = 50  # no more than are looked up one by one
MOST_LOOKED_AT = 1_000


def list_findings(
    request: Request,
    wanted_findings: Wanted,
    *,
    suggested: bool = False,
    first_number: int = 0,
    most_findings: int = page_sizes.FINDINGS,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> FindingsPage:
    """The findings from this place on, cut to what the viewer may open now.

    Shape:   in the order of the exchange. Standards that are only suggested are apart: `suggested` asks for those alone.
    Raises:  ACC-003 when the viewer may not list findings; DUT-020 where another moment is asked of too many cases.
    """
    authorise(request, Act.READ_FINDINGS, FINDINGS)
    config = read_config()
    assess_run = assessment_runs.run_in_force()
    visible = visibility_for_lists(request, config)
    is_kept = as_of is None and known_at is None
    as_of_moment = list_moment(assess_run, request.now) if assess_run and is_kept else as_of or request.now
    context = AssessmentContext.at(config, as_of_moment, known_at)
    areas = (
        areas_shown(
            visible,
            assess_run.id,
            as_of_moment,
            lambda worklist_line, line_findings: place_again(context, worklist_line, line_findings),
        )
        if assess_run
        else ()
    )
    after: int | None = None
    total: int | None = None
    if is_kept:
        findings_shown, after = (
            _kept_page(
                visible, assess_run, as_of_moment, wanted_findings, suggested, first_number, most_findings, areas
            )
            if assess_run
            else ([], None)
        )
    else:
        if wanted_findings.case is None and wanted_findings.person is None:
            small_enough()
        check_ledger_writable(request, Act.READ_FINDINGS)
        findings_found = [
            finding for finding in assess_wanted(context, wanted_findings) if _is_apart(finding) is suggested
        ]
        findings_in_scope = sorted(visible.findings_in_scope(findings_found), key=in_order)
        findings_shown, total = findings_in_scope[first_number : first_number + most_findings], len(findings_in_scope)
        after = first_number + most_findings if first_number + most_findings < total else None
    names = line_names(
        visible,
        ((finding.case, {finding.person} if finding.person else ()) for finding in findings_shown),
        as_of_moment,
        known_at,
    )
    log_read(
        request,
        Act.READ_FINDINGS,
        ledger_refs_of_findings(findings_shown) | visible.ledger_refs_of_people(names.people),
    )
    rests_on = assess_run if is_kept else None
    return FindingsPage(
        tuple(findings_shown),
        first_number,
        after,
        total,
        areas,
        source_freshness(request.now, rests_on),
        as_of_moment,
        names,
    )


def _is_apart(finding: Finding) -> bool:
    return finding.adopted is False


def _kept_page(
    visible: Visibility,
    assess_run: AssessmentRun,
    as_of: datetime,
    wanted_findings: Wanted,
    suggested: bool,
    first_number: int,
    most_findings: int,
    areas: tuple[str, ...],
) -> tuple[list[VisibleFinding], int | None]:
    """From the assessment in force: some rows at a time are looked at until enough may be shown.

    Shape:   places are counted without what is sealed: by their gaps it could be seen that there is something.
    """
    columns = _list_columns(wanted_findings, suggested, areas)
    sealed = visible.sealed
    findings_shown: list[VisibleFinding] = []
    place = first_number
    while place < first_number + MOST_LOOKED_AT:
        listed_rows = listed_findings(
            assess_run.id,
            visible.scope,
            place,
            AT_ONCE,
            as_of,
            state=wanted_findings.state,
            cases=sealed.cases,
            people=sealed.people,
            **columns,
        )
        asked = {number: list_row for number, list_row in enumerate(listed_rows) if _is_apart(list_row) is suggested}
        owners_in_scope = _owners_in_scope(
            assess_run.id, visible, {row_owner for list_row in asked.values() if (row_owner := _owner_of(list_row))}
        )
        near_visibility = visible.for_findings(
            list_row for list_row in asked.values() if _owner_of(list_row) in owners_in_scope
        )
        for number, list_row in asked.items():
            if _owner_of(list_row) in owners_in_scope and (row_findings := near_visibility.findings_shown([list_row])):
                if len(findings_shown) == most_findings:
                    return findings_shown, place + number
                findings_shown += row_findings
        place += len(listed_rows)
        if len(listed_rows) < AT_ONCE:
            return findings_shown, None
    return findings_shown, place


def _list_columns(wanted_findings: Wanted, suggested: bool, areas: tuple[str, ...]) -> dict[str, object]:
    asked = {"duty": wanted_findings.duty, "ref": wanted_findings.ref, "case_ref": wanted_findings.case}
    column_values: dict[str, object] = {column_name: value for column_name, value in asked.items() if value}
    if wanted_findings.person:
        column_values["person"] = wanted_findings.person
    if wanted_findings.area:
        same_areas = {force_area for force_area in areas if plain_area(force_area) == plain_area(wanted_findings.area)}
        column_values["area__in"] = sorted(same_areas | {wanted_findings.area})
    if suggested and not wanted_findings.duty:
        column_values["duty__in"] = [duty_rule.id for duty_rule in all_duties() if duty_rule.local]
    return column_values


def _owner_of(finding: Finding) -> Whose | None:
    return finding.case or finding.person


def _owners_in_scope(run_number: int, visible: Visibility, row_owners: set[Whose]) -> set[Whose]:
    """Those of these that the viewer may open. Most have a line that gives their place; the others are looked up."""
    lines = with_lines(run_number, row_owners)
    others = row_owners - lines
    cases = visible.cases_in_scope({row_owner for row_owner in others if isinstance(row_owner, CaseKey)})
    people = visible.people_in_scope({row_owner for row_owner in others if isinstance(row_owner, str)})
    return lines_in_scope(run_number, visible.scope, lines) | cases | people
