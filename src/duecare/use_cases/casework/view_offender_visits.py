"""The board of visits to registered sex offenders: due, attempted, seen, overdue, by risk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import BOARD_VISITS
from duecare.assessment.list_moment import list_moment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.record.record_from_body import utc_moment
from duecare.store.facts.fact_lookup import best_records
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.use_cases.casework.visits_beside_sealed import people_beside_sealed, visit_shown
from duecare.visibility.display_names import full_name
from duecare.visibility.page_types import Freshness, VisitLine, VisitsBoard
from duecare.visibility.view import Visibility, visibility_for_lists
from duecare.worklist.offender_visits import BOARD_COLUMNS, RISKS, UNKNOWN_RISK


def read_visits(request: Request, risk_level: str | None = None, column: str | None = None) -> VisitsBoard:
    """The number of visits due, attempted, seen and overdue, by risk; and the people in the cell asked for.

    Shape:   a number and the list behind it are counted by the same rule from the same lines.
    Raises:  ACC-003 when the viewer may not see the board.
    """
    authorise(request, Act.READ_VISITS, BOARD_VISITS)
    assess_run = assessment_runs.run_in_force()
    as_of = list_moment(assess_run, request.now) if assess_run else request.now
    visible = visibility_for_lists(request, read_config())
    lines = _visit_lines(visible, assess_run, as_of) if assess_run else []
    board = board_of(
        lines,
        risk_level,
        column,
        as_of,
        source_freshness(request.now, assess_run),
        lambda people: _person_labels(visible, people),
    )
    log_read(request, Act.READ_VISITS, names_of(visible, lines, board))
    return board


def board_of(
    lines: Iterable[worklist_lines.VisitKept],
    risk_level: str | None,
    column: str | None,
    as_of: datetime,
    freshness: tuple[Freshness, ...],
    labels: Callable[[set[str]], dict[str, str]],
) -> VisitsBoard:
    """The board of these lines at a moment, and the lines of the cell asked for; `labels` names people."""
    lines = list(lines)
    cells = {
        each_risk: {
            column_name: sum(
                1 for visit_line in lines if visit_line.risk == each_risk and column_rule(visit_line, as_of)
            )
            for column_name, column_rule in BOARD_COLUMNS.items()
        }
        for each_risk in (*RISKS, UNKNOWN_RISK)
    }
    chosen = (str(risk_level), str(column)) if risk_level in cells and column in BOARD_COLUMNS else None
    listed = [
        visit_line
        for visit_line in lines
        if chosen and visit_line.risk == chosen[0] and BOARD_COLUMNS[chosen[1]](visit_line, as_of)
    ]
    labels_shown = labels({worklist_line.where.person for worklist_line in listed if worklist_line.where.person})
    return VisitsBoard(
        cells=cells,
        chosen=chosen,
        lines=tuple(_shown_visit(visit_line, labels_shown, as_of) for visit_line in listed),
        fresh=freshness,
        as_of=as_of,
    )


def names_of(visible: Visibility, lines: Iterable[worklist_lines.VisitKept], board: VisitsBoard) -> set[LedgerRef]:
    """The ledger references of those listed on this board, as far as they exist for the viewer."""
    people = {visit_line.person for visit_line in board.lines}
    cases: set[LedgerRef] = {
        (CASE_KIND, *visit_line.where.case)
        for visit_line in lines
        if visit_line.where.person in people and visit_line.where.case
    }
    return cases | visible.ledger_refs_of_people(people)


def visit_order(visit_line: worklist_lines.VisitKept) -> tuple[bool, int, str]:
    """The order of the board: what is due first, then those of which it is not known when."""
    return (visit_line.due_at is None, visit_line.due_at or 0, visit_line.where.person or "")


def _visit_lines(visible: Visibility, assess_run: AssessmentRun, as_of: datetime) -> list[worklist_lines.VisitKept]:
    """The lines kept that this viewer may see; those of people beside something sealed as they would be without it."""
    beside = people_beside_sealed(visible)
    lines = [
        visit_line
        for visit_line in worklist_lines.visit_lines(assess_run.id, visible.scope)
        if visit_line.where.person not in beside
    ]
    if beside:
        context = AssessmentContext.at(read_config(), as_of, assess_run.known_at)
        again = (
            visit_shown(visible, context, person) for person in worklist_lines.visited_among(assess_run.id, beside)
        )
        lines += [visit for visit in again if visit and worklist_lines.admits_line(visible.scope, visit.where)]
    return sorted(lines, key=visit_order)


def _person_labels(visible: Visibility, people: set[str]) -> dict[str, str]:
    return {person: full_name(record) for person, record in best_records(people, visible.sealed.records).items()}


def _shown_visit(visit_line: worklist_lines.VisitKept, labels: dict[str, str], current_time: datetime) -> VisitLine:
    person = visit_line.where.person or ""
    due_at = utc_moment(visit_line.due_at) if visit_line.due_at is not None else None
    if due_at is None:
        words = "Cannot tell when a visit is due"
    elif due_at < current_time:
        days_late = (current_time - due_at).days
        words = f"{days_late} {'day' if days_late == 1 else 'days'} overdue" if days_late else "Overdue since today"
    else:
        days_late = (due_at - current_time).days
        words = f"Due in {days_late} {'day' if days_late == 1 else 'days'}" if days_late else "Due today"
    return VisitLine(
        person=person,
        label="Restricted" if visit_line.where.is_restricted else labels.get(person, "Name not known"),
        area=visit_line.where.area,
        risk=visit_line.risk,
        manager=visit_line.manager,
        due_at=due_at,
        last_seen_at=utc_moment(visit_line.last_seen_at) if visit_line.last_seen_at is not None else None,
        attempts=visit_line.attempts,
        words=words,
        finding=None,
    )
