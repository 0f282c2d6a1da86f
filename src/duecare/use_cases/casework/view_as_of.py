"""The worklist and the board of visits as they stood at another moment, reckoned anew for it and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import BOARD_VISITS, WORKLIST
from duecare.assessment.full_run import FullAssessment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import only_duties
from duecare.assessment.source_freshness import source_freshness
from duecare.assessment.worklist_rows import place_again
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.assess import in_order
from duecare.duty.finding import Finding
from duecare.store.bulk.all_facts import everything
from duecare.store.facts.fact_lookup import best_records, says_more
from duecare.store.findings import worklist_lines
from duecare.use_cases.casework.view_front_page import count_cases
from duecare.use_cases.casework.view_visits_board import board_of, names_of
from duecare.use_cases.casework.view_worklist import names_of_items
from duecare.visibility.case_scope import people_in_scope
from duecare.visibility.display_names import full_name
from duecare.visibility.page_types import VisitsBoard, WorklistPage
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.worklist_lines import count_lines, items_of, line_order, lines_in_area, placed_again
from duecare.vocabulary.refusals import Refusal

MOST_CASES = 5_000


def small_enough(most: int = 0, code: str = "DUT-020") -> None:
    """May everything be reckoned while somebody waits for a page?

    Shape:   what is sealed counts for nobody, here too.
    Raises:  DUT-020 (or the code given) where there are more than 5,000 cases: the judge would take too long.
    """
    cases = count_cases()
    if cases > (most or MOST_CASES):
        raise Refusal(code, found=f"{cases:,} cases")


def worklist_then(
    request: Request,
    *,
    unallocated: bool = False,
    area: str = "",
    page: int = 1,
    per_page: int = 50,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> WorklistPage:
    """Which lines would this viewer have looked at first, at `as_of`, from what was written by `known_at`?

    Shape:   as `read_worklist`; what the viewer may open is what they may open now, and people are as linked today.
    Raises:  ACC-003 when the viewer has no worklist; DUT-020 where there are too many cases for a page.
    """
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    small_enough()
    check_ledger_writable(request, Act.READ_WORKLIST)
    config = read_config()
    by = AssessmentContext.at(config, as_of or request.now, known_at)
    visible = visibility_for_lists(request, config)
    lines = _shown_lines(visible, by, _in_scope(visible, _lines(by)))
    areas = tuple(sorted({line.where.area for line in lines if line.where.area}))
    in_area = lines_in_area(lines, area)
    counts = count_lines(in_area)
    asked = sorted((line for line in in_area if line.is_unallocated or not unallocated), key=line_order)
    pages = max(1, -(-len(asked) // per_page))
    page = min(page, pages)
    some = asked[(page - 1) * per_page : page * per_page]
    visible = visible.for_findings(finding for line in some for finding in lines[line])
    items = tuple(items_of({line: visible.findings_shown(lines[line]) for line in some}))
    log_read(request, Act.READ_WORKLIST, names_of_items(items))
    return WorklistPage(
        items=items,
        total=len(asked),
        page=page,
        pages=pages,
        counts=counts,
        areas=areas,
        fresh=source_freshness(request.now),
        as_of=by.as_of,
    )


def visits_then(
    request: Request,
    risk: str | None = None,
    column: str | None = None,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> VisitsBoard:
    """How many visits were due, attempted, seen and overdue, by risk, at that moment?

    Shape:   as `read_visits`; people are named as they were known then, and no closer than they may be seen today.
    Raises:  ACC-003 when the viewer may not see the board; DUT-020 where there are too many cases for a page.
    """
    authorise(request, Act.READ_VISITS, BOARD_VISITS)
    small_enough()
    check_ledger_writable(request, Act.READ_VISITS)
    by = AssessmentContext.at(read_config(), as_of or request.now, known_at)
    by = only_duties(by, by.policy.visit_duty)
    names: dict[str, str] = {}
    with everything(known_at) as held:
        reckoned = FullAssessment(held, by)
        for _ in reckoned.assess_people():
            pass
        records = held.records_of()
        for line in reckoned.visits:
            if line.where.person and records.get(line.where.person):
                names[line.where.person] = full_name(max(records[line.where.person], key=says_more))
    people = {line.where.person for line in reckoned.visits if line.where.person}
    reached = people_in_scope(scope(request.viewer), people, request.now)
    lines = sorted((line for line in reckoned.visits if line.where.person in reached), key=_due)
    board = board_of(lines, risk, column, by.as_of, source_freshness(request.now), lambda of: _labels(of, names))
    log_read(request, Act.READ_VISITS, names_of(lines, board))
    return board


def _lines(by: AssessmentContext) -> dict[worklist_lines.WorkLine, list[Finding]]:
    with everything(by.known_at) as held:
        reckoned = FullAssessment(held, by)
        for _ in reckoned.assess_people():
            pass
        both = [*reckoned.assess_cases(), *reckoned.people_without_case()]
        return {one.line: sorted(one.findings, key=in_order) for one in both if one.line is not None}


def _in_scope(
    visible: Visibility, lines: dict[worklist_lines.WorkLine, list[Finding]]
) -> dict[worklist_lines.WorkLine, list[Finding]]:
    """Those of these lines that the viewer may open now; of a source that only points, those on which they are named."""
    cases = visible.cases_in_scope({line.where.case for line in lines if line.where.case})
    alone = {line.where.person for line in lines if line.where.case is None and line.where.person}
    people = visible.people_in_scope(alone)
    pointing = visible.pointer_only.sources
    kept = {}
    for line, findings in lines.items():
        case = line.where.case
        if case is None:
            if line.where.person in people and not all(finding.source in pointing for finding in findings):
                kept[line] = findings
        elif case in cases and visible.case_in_full(case):
            kept[line] = findings
    return kept


def _shown_lines(
    visible: Visibility, by: AssessmentContext, lines: dict[worklist_lines.WorkLine, list[Finding]]
) -> dict[worklist_lines.WorkLine, Sequence[Finding]]:
    """These lines, those beside something sealed where what is shown of them puts them."""
    cases, people = visible.sealed.lines_beside()
    beside = {line: some for line, some in lines.items() if (line.where.case or line.where.person) in cases | people}
    others: dict[worklist_lines.WorkLine, Sequence[Finding]] = {
        line: some for line, some in lines.items() if line not in beside
    }
    again = placed_again(visible.groups_shown(beside), lambda line, findings: place_again(by, line, findings))
    return {**others, **again}


def _due(line: worklist_lines.VisitKept) -> tuple[bool, int, str]:
    return (line.due_at is None, line.due_at or 0, line.where.person or "")


def _labels(people: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """These people by the names known then; whoever is restricted today is so looking back too."""
    now = best_records(people)
    shut = {person for person, record in now.items() if record.restricted or record.sealed}
    return {person: "Restricted" if person in shut else names.get(person, "Name not known") for person in people}
