"""The worklist and the board of visits as they stood at another moment, assessed for it and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from duecare.access.act import Act
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
from duecare.use_cases.casework.view_offender_visits import board_of, names_of, visit_order
from duecare.use_cases.casework.view_worklist import names_of_items, people_of_item
from duecare.use_cases.casework.visits_beside_sealed import people_beside_sealed, visit_shown
from duecare.visibility.display_names import full_name
from duecare.visibility.line_names import line_names
from duecare.visibility.page_types import VisitsBoard, WorklistPage
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.visibility.worklist_lines import count_lines, items_of, lines_in_area, placed_again
from duecare.vocabulary.page_sizes import WORKLIST_LINES
from duecare.vocabulary.refusals import Refusal
from duecare.worklist.order import line_order

MOST_CASES = 5_000


def small_enough(most_cases: int = 0, reason_code: str = "DUT-020") -> None:
    """Refuse where there are too many cases to assess while a page waits.

    Shape:   what is sealed counts for nobody, here too.
    Raises:  DUT-020 (or the code given) where there are more than 5,000 cases: the judge would take too long.
    """
    cases = count_cases()
    if cases > (most_cases or MOST_CASES):
        raise Refusal(reason_code, found=f"{cases:,} cases")


def worklist_then(
    request: Request,
    *,
    unallocated: bool = False,
    force_area: str = "",
    page_number: int = 1,
    per_page: int = WORKLIST_LINES,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> WorklistPage:
    """The worklist of this viewer as it stood at `as_of`, from what was written by `known_at`.

    Shape:   as `read_worklist`; what the viewer may open is what they may open now, and people are as linked today.
    Raises:  ACC-003 when the viewer has no worklist; DUT-020 where there are too many cases for a page.
    """
    authorise(request, Act.READ_WORKLIST, WORKLIST)
    small_enough()
    check_ledger_writable(request, Act.READ_WORKLIST)
    config = read_config()
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    visible = visibility_for_lists(request, config)
    lines = _shown_lines(visible, context, _in_scope(visible, _worklist_lines(context)))
    areas = tuple(sorted({worklist_line.where.area for worklist_line in lines if worklist_line.where.area}))
    in_area = lines_in_area(lines, force_area)
    counts = count_lines(in_area)
    asked = sorted(
        (worklist_line for worklist_line in in_area if worklist_line.is_unallocated or not unallocated), key=line_order
    )
    pages = max(1, -(-len(asked) // per_page))
    page_number = min(page_number, pages)
    page_lines = asked[(page_number - 1) * per_page : page_number * per_page]
    visible = visible.for_findings(finding for worklist_line in page_lines for finding in lines[worklist_line])
    items = tuple(
        items_of({worklist_line: visible.findings_shown(lines[worklist_line]) for worklist_line in page_lines})
    )
    names = line_names(visible, ((item.case, people_of_item(item)) for item in items), context.as_of, known_at)
    log_read(request, Act.READ_WORKLIST, names_of_items(visible, items) | visible.ledger_refs_of_people(names.people))
    return WorklistPage(
        items=items,
        total=len(asked),
        page=page_number,
        pages=pages,
        counts=counts,
        areas=areas,
        fresh=source_freshness(request.now),
        as_of=context.as_of,
        names=names,
    )


def visits_then(
    request: Request,
    risk_level: str | None = None,
    column: str | None = None,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> VisitsBoard:
    """The number of visits due, attempted, seen and overdue, by risk, at that moment.

    Shape:   as `read_visits`; people are named as they were known then, and no closer than they may be seen today.
    Raises:  ACC-003 when the viewer may not see the board; DUT-020 where there are too many cases for a page.
    """
    authorise(request, Act.READ_VISITS, BOARD_VISITS)
    small_enough()
    check_ledger_writable(request, Act.READ_VISITS)
    config = read_config()
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    context = only_duties(context, context.policy.visit_duty)
    visible = visibility_for_lists(request, config)
    beside = people_beside_sealed(visible)
    names: dict[str, str] = {}
    with everything(known_at) as standing_facts:
        assessment = FullAssessment(standing_facts, context)
        for _ in assessment.assess_people():
            pass
        records = standing_facts.records_of()
        for visit_line in assessment.visits:
            person_records = [
                record
                for record in records.get(visit_line.where.person or "", ())
                if record.key not in visible.sealed.records
            ]
            if visit_line.where.person and person_records:
                names[visit_line.where.person] = full_name(max(person_records, key=says_more))
    people = {visit_line.where.person for visit_line in assessment.visits if visit_line.where.person}
    people_reached = visible.people_in_scope(people)
    shown_visits = [
        visit_shown(visible, context, visit_line.where.person or "")
        if visit_line.where.person in beside
        else visit_line
        for visit_line in assessment.visits
        if visit_line.where.person in people_reached
    ]
    lines = sorted((visit_line for visit_line in shown_visits if visit_line is not None), key=visit_order)
    board = board_of(
        lines,
        risk_level,
        column,
        context.as_of,
        source_freshness(request.now),
        lambda people_listed: _person_labels(visible, people_listed, names),
    )
    log_read(request, Act.READ_VISITS, names_of(visible, lines, board))
    return board


def _worklist_lines(context: AssessmentContext) -> dict[worklist_lines.WorkLine, list[Finding]]:
    with everything(context.known_at) as standing_facts:
        assessment = FullAssessment(standing_facts, context)
        for _ in assessment.assess_people():
            pass
        assessed_lines = [*assessment.assess_cases(), *assessment.people_without_case()]
        return {
            assessed_line.line: sorted(assessed_line.findings, key=in_order)
            for assessed_line in assessed_lines
            if assessed_line.line is not None
        }


def _in_scope(
    visible: Visibility, lines: dict[worklist_lines.WorkLine, list[Finding]]
) -> dict[worklist_lines.WorkLine, list[Finding]]:
    """Those of these lines that the viewer may open now; of a source that only points, those on which they are named."""
    cases = visible.cases_in_scope({worklist_line.where.case for worklist_line in lines if worklist_line.where.case})
    alone = {
        worklist_line.where.person
        for worklist_line in lines
        if worklist_line.where.case is None and worklist_line.where.person
    }
    people = visible.people_in_scope(alone)
    pointing = visible.pointer_only.sources
    lines_kept = {}
    for worklist_line, findings in lines.items():
        line_case = worklist_line.where.case
        if line_case is None:
            if worklist_line.where.person in people and not all(finding.source in pointing for finding in findings):
                lines_kept[worklist_line] = findings
        elif line_case in cases and visible.case_in_full(line_case):
            lines_kept[worklist_line] = findings
    return lines_kept


def _shown_lines(
    visible: Visibility, context: AssessmentContext, lines: dict[worklist_lines.WorkLine, list[Finding]]
) -> dict[worklist_lines.WorkLine, Sequence[Finding]]:
    """These lines, those beside something sealed where what is shown of them puts them."""
    cases, people = visible.sealed.lines_beside()
    beside = {
        worklist_line: line_findings
        for worklist_line, line_findings in lines.items()
        if (worklist_line.where.case or worklist_line.where.person) in cases | people
    }
    others: dict[worklist_lines.WorkLine, Sequence[Finding]] = {
        worklist_line: line_findings for worklist_line, line_findings in lines.items() if worklist_line not in beside
    }
    again = placed_again(
        visible.groups_shown(beside), lambda shown_again, findings: place_again(context, shown_again, findings)
    )
    return {**others, **again}


def _person_labels(visible: Visibility, people: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """These people by the names known then; whoever is restricted today is so looking back too."""
    best_now = best_records(people, visible.sealed.records)
    hidden_people = {person for person, record in best_now.items() if record.restricted or record.sealed}
    return {
        person: "Restricted" if person in hidden_people else names.get(person, "Name not known") for person in people
    }
