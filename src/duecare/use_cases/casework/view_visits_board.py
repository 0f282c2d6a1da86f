"""The board of visits to registered sex offenders: due, attempted, seen, overdue, by risk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.access.thing import BOARD_VISITS
from duecare.assessment.list_moment import list_moment
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.record.kept import utc_moment
from duecare.store.facts.fact_lookup import best_records
from duecare.store.findings import assessment_runs, worklist_lines
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.linkage.linked_people import record_names
from duecare.visibility.display_names import full_name
from duecare.visibility.page_types import Freshness, VisitLine, VisitsBoard
from duecare.worklist.visits import RISKS, UNKNOWN_RISK

WEEK = timedelta(days=7)
FOUR_WEEKS = timedelta(days=28)

COLUMNS: dict[str, Callable[[worklist_lines.VisitKept, datetime], bool]] = {
    "due": lambda line, now: _between(line.due_at, now, now + WEEK),
    "attempted": lambda line, now: line.attempts > 0 and _between(line.last_attempt_at, now - FOUR_WEEKS, now),
    "seen": lambda line, now: _between(line.last_seen_at, now - FOUR_WEEKS, now),
    "overdue": lambda line, now: line.due_at is not None and line.due_at < now.timestamp(),
    "cannot_tell": lambda line, now: line.due_at is None,
}


def read_visits(request: Request, risk: str | None = None, column: str | None = None) -> VisitsBoard:
    """How many visits are due, attempted, seen and overdue, by risk; and whose are those of the cell asked for?

    Shape:   a number and the list behind it are counted by the same rule from the same lines.
    Raises:  ACC-003 when the viewer may not see the board.
    """
    authorise(request, Act.READ_VISITS, BOARD_VISITS)
    run = assessment_runs.run_in_force()
    as_of = list_moment(run, request.now) if run else request.now
    lines = worklist_lines.visit_lines(run.pk, scope(request.viewer)) if run else []
    board = board_of(lines, risk, column, as_of, source_freshness(request.now, run), _labels)
    log_read(request, Act.READ_VISITS, names_of(lines, board))
    return board


def board_of(
    lines: Iterable[worklist_lines.VisitKept],
    risk: str | None,
    column: str | None,
    at: datetime,
    freshness: tuple[Freshness, ...],
    labels: Callable[[set[str]], dict[str, str]],
) -> VisitsBoard:
    """The board of these lines at a moment, and the lines of the cell asked for; `labels` names people."""
    lines = list(lines)
    cells = {
        risk_: {
            name: sum(1 for line in lines if line.risk == risk_ and rule(line, at)) for name, rule in COLUMNS.items()
        }
        for risk_ in (*RISKS, UNKNOWN_RISK)
    }
    chosen = (str(risk), str(column)) if risk in cells and column in COLUMNS else None
    listed = [line for line in lines if chosen and line.risk == chosen[0] and COLUMNS[chosen[1]](line, at)]
    named = labels({line.where.person for line in listed if line.where.person})
    return VisitsBoard(
        cells=cells,
        chosen=chosen,
        lines=tuple(_shown(line, named, at) for line in listed),
        fresh=freshness,
        as_of=at,
    )


def names_of(lines: Iterable[worklist_lines.VisitKept], board: VisitsBoard) -> set[Name]:
    """Under which names does the ledger speak of those listed on this board?"""
    people = {line.person for line in board.lines}
    cases: set[Name] = {(CASE, *line.where.case) for line in lines if line.where.person in people and line.where.case}
    return cases | record_names(people)


def _labels(people: set[str]) -> dict[str, str]:
    return {person: full_name(record) for person, record in best_records(people).items()}


def _shown(line: worklist_lines.VisitKept, labels: dict[str, str], now: datetime) -> VisitLine:
    person = line.where.person or ""
    due_at = utc_moment(line.due_at) if line.due_at is not None else None
    if due_at is None:
        words = "Cannot tell when a visit is due"
    elif due_at < now:
        days = (now - due_at).days
        words = f"{days} {'day' if days == 1 else 'days'} overdue" if days else "Overdue since today"
    else:
        days = (due_at - now).days
        words = f"Due in {days} {'day' if days == 1 else 'days'}" if days else "Due today"
    return VisitLine(
        person=person,
        label="Restricted" if line.where.is_restricted else labels.get(person, "Name not known"),
        area=line.where.area,
        risk=line.risk,
        manager=line.manager,
        due_at=due_at,
        last_seen_at=utc_moment(line.last_seen_at) if line.last_seen_at is not None else None,
        attempts=line.attempts,
        words=words,
        finding=None,
    )


def _between(at: int | None, first: datetime, last: datetime) -> bool:
    return at is not None and first.timestamp() <= at <= last.timestamp()
