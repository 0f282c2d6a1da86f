"""The lines of the worklist and of the board of visits, as kept by an assessment and cut to a viewer's scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from duecare.access.may_open import Scope
from duecare.access.viewer import plain
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import insert_rows, split_chunks
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.models import FindingRow, VisitRow, WorkRow
from duecare.vocabulary.areas import plain_area
from duecare.worklist.order import ALONE_FIRST, ORDER_COLUMNS

SCOPED = (
    "case_source",
    "case_ref",
    "person",
    "area",
    "team",
    "area_plain",
    "team_plain",
    "names",
    "is_restricted",
    "is_sealed",
    "is_in_custody",
)
WORK_COLUMNS = (
    "run_id",
    *SCOPED,
    "case_kind",
    "officer",
    "is_unallocated",
    "step",
    "danger",
    "danger_at",
    "order_at",
    "next_at",
)
VISIT = (
    "run_id",
    *SCOPED,
    "risk",
    "manager",
    "state",
    "finding",
    "due_at",
    "last_seen_at",
    "last_attempt_at",
    "attempts",
)


@dataclass(frozen=True, slots=True)
class Where:
    """What need to know asks of a line."""

    case: CaseKey | None
    person: str | None
    area: str = ""
    team: str = ""
    names: tuple[str, ...] = ()
    is_restricted: bool = False
    is_sealed: bool = False
    is_in_custody: bool = False


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of the worklist as kept."""

    where: Where
    case_kind: str
    officer: str
    is_unallocated: bool
    step: int
    danger: str
    danger_at: int | None
    order_at: int
    next_at: int | None


@dataclass(frozen=True, slots=True)
class VisitKept:
    """One line of the board of visits as kept."""

    where: Where
    risk: str
    manager: str
    state: str
    finding: str
    due_at: int | None
    last_seen_at: int | None
    last_attempt_at: int | None
    attempts: int


def keep_work(assess_run: AssessmentRun, lines: Iterable[WorkLine]) -> None:
    """Keep these worklist lines under an assessment."""
    insert_rows("worklist_line", WORK_COLUMNS, (_work_values(assess_run.id, work_line) for work_line in lines))


def keep_visits(assess_run: AssessmentRun, lines: Iterable[VisitKept]) -> None:
    """Keep these lines of the board of visits under an assessment."""
    insert_rows("visit", VISIT, (_visit_values(assess_run.id, visit_line) for visit_line in lines))


def visited_in(run_number: int, cases: Iterable[CaseKey]) -> set[str]:
    """The people on the board of visits by a finding in one of these cases."""
    people_visited: set[str] = set()
    by_source: dict[str, list[str]] = {}
    for case_key in cases:
        by_source.setdefault(case_key.source, []).append(case_key.case_ref)
    for source, case_refs in by_source.items():
        for key_chunk in split_chunks(sorted(case_refs)):
            table_rows = VisitRow.objects.filter(run_id=run_number, case_source=source, case_ref__in=key_chunk)
            people_visited |= {person for person in table_rows.values_list("person", flat=True) if person}
    return people_visited


def visit_lines(run_number: int, scope: Scope) -> list[VisitKept]:
    """Every line of the board of visits that this viewer may see."""
    table_rows = in_scope(VisitRow.objects.filter(run_id=run_number), scope)
    return [_visit_line(table_row) for table_row in table_rows.order_by("due_at", "person")]


def visited_among(run_number: int, people: Iterable[str]) -> set[str]:
    """Those of these people who are on the board of visits, whoever may see them there."""
    people_visited: set[str] = set()
    for key_chunk in split_chunks(sorted(people)):
        table_rows = VisitRow.objects.filter(run_id=run_number, person__in=key_chunk)
        people_visited |= {person for person in table_rows.values_list("person", flat=True) if person}
    return people_visited


def work_lines(
    run_number: int,
    scope: Scope,
    *,
    unallocated: bool,
    area_name: str,
    first_row: int,
    most_rows: int,
    pointers: frozenset[str] = frozenset(),
    without: Collection[WorkLine] = (),
) -> tuple[list[WorkLine], dict[str, int]]:
    """The lines this viewer may see, in the one order, and how many there are of each kind.

    Shape:   of the sources in `pointers` only the cases on which the viewer is named; none of the lines `without`.
    """
    table_rows = _other_than(_shown_rows(run_number, scope, pointers), without)
    if area_name:
        table_rows = table_rows.filter(area=area_name)
    counts = table_rows.aggregate(
        all=Count("pk"),
        danger=Count("pk", filter=Q(step=1)),
        statutory=Count("pk", filter=Q(step=2)),
        late=Count("pk", filter=Q(step=3)),
        unallocated=Count("pk", filter=Q(is_unallocated=True)),
    )
    if unallocated:
        table_rows = table_rows.filter(is_unallocated=True)
    # Said of nulls, so that lines of people alone stand first on every database.
    alone_first = (F(column_name).asc(nulls_first=True) for column_name in ALONE_FIRST)
    ordered = table_rows.order_by(*ORDER_COLUMNS, *alone_first)
    return [_read_line(table_row) for table_row in ordered[first_row : first_row + most_rows]], counts


def work_due_to_change(run_number: int, upto_delivery: int, most_rows: int) -> list[WorkLine]:
    """Lines whose findings change by the mere passing of time up to this moment, soonest first."""
    return [
        _read_line(table_row)
        for table_row in WorkRow.objects.filter(run_id=run_number, next_at__lte=upto_delivery).order_by(
            "next_at", "id"
        )[:most_rows]
    ]


def work_areas(
    run_number: int, scope: Scope, pointers: frozenset[str] = frozenset(), *, without: Collection[WorkLine] = ()
) -> list[str]:
    """The areas that have lines that this viewer may see, other than the lines `without`."""
    table_rows = _other_than(_shown_rows(run_number, scope, pointers), without)
    return sorted(table_rows.exclude(area="").order_by().values_list("area", flat=True).distinct())


def lines_beside(
    run_number: int,
    scope: Scope,
    cases: Collection[CaseKey],
    people: Collection[str],
    *,
    pointers: frozenset[str] = frozenset(),
) -> list[WorkLine]:
    """The lines of these cases, and of these people where no case is named, that this viewer may see."""
    if not cases and not people:
        return []
    table_rows = _shown_rows(run_number, scope, pointers)
    lines_found: list[WorkLine] = []
    for line_filter in _named_lines(cases, people):
        lines_found += [_read_line(table_row) for table_row in table_rows.filter(line_filter)]
    return lines_found


def in_scope(table_rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Only the lines that this scope admits: `Scope.admits`, said as a query."""
    scope_filter = _scope_filter(scope)
    if scope.everything:
        return table_rows.filter(scope_filter | Q(is_sealed=False))
    reached = Q(area_plain__in=scope.areas - {""}) | Q(team_plain__in=scope.teams - {""})
    if scope.custody_now:
        reached |= Q(is_in_custody=True)
    return table_rows.filter(scope_filter | (reached & Q(is_sealed=False, is_restricted=False)))


def admits_line(scope: Scope, where: Where) -> bool:
    """Whether this scope admits a line there: what `in_scope` says of rows, of one line that is not kept."""
    if scope.officers & {plain(person_name) for person_name in where.names}:
        return True
    if where.is_sealed or (where.is_restricted and not scope.everything):
        return False
    return (
        scope.everything
        or plain_area(where.area) in scope.areas - {""}
        or plain(where.team) in scope.teams - {""}
        or (scope.custody_now and where.is_in_custody)
    )


def _named_lines(cases: Iterable[CaseKey], people: Iterable[str]) -> Iterator[Q]:
    by_source: dict[str, set[str]] = {}
    for case_key in cases:
        by_source.setdefault(case_key.source, set()).add(case_key.case_ref)
    for source, case_refs in sorted(by_source.items()):
        for key_chunk in split_chunks(sorted(case_refs)):
            yield Q(case_source=source, case_ref__in=key_chunk)
    for key_chunk in split_chunks(sorted(people)):
        yield Q(case_ref=None, person__in=key_chunk)


def _other_than(table_rows: QuerySet[WorkRow], lines: Iterable[WorkLine]) -> QuerySet[WorkRow]:
    lines = list(lines)
    cases = [work_line.where.case for work_line in lines if work_line.where.case is not None]
    alone = [
        work_line.where.person
        for work_line in lines
        if work_line.where.case is None and work_line.where.person is not None
    ]
    for line_filter in _named_lines(cases, alone):
        table_rows = table_rows.exclude(line_filter)
    return table_rows


def _scope_filter(scope: Scope) -> Q:
    scope_filter = Q(pk__in=[])
    for officer in scope.officers:
        scope_filter |= Q(names__contains=f"|{officer}|")
    return scope_filter


def _shown_rows(run_number: int, scope: Scope, pointers: frozenset[str]) -> QuerySet[WorkRow]:
    table_rows = in_scope(WorkRow.objects.filter(run_id=run_number), scope)
    if not pointers:
        return table_rows
    said_of_people = FindingRow.objects.filter(run_id=run_number, case_ref=None, person__isnull=False).exclude(
        source__in=pointers
    )
    alone = Q(case_ref=None, person__in=said_of_people.values("person"))
    return table_rows.filter(alone | Q(case_ref__isnull=False) & (~Q(case_source__in=pointers) | _scope_filter(scope)))


def _scope_values(where: Where) -> Sequence[object]:
    return (
        where.case.source if where.case else None,
        where.case.case_ref if where.case else None,
        where.person,
        where.area,
        where.team,
        plain_area(where.area),
        plain(where.team),
        "|" + "|".join(sorted({plain(person_name) for person_name in where.names})) + "|",
        where.is_restricted,
        where.is_sealed,
        where.is_in_custody,
    )


def _work_values(run_number: int, work_line: WorkLine) -> Sequence[object]:
    return (
        run_number,
        *_scope_values(work_line.where),
        work_line.case_kind,
        work_line.officer,
        work_line.is_unallocated,
        work_line.step,
        work_line.danger,
        work_line.danger_at,
        work_line.order_at,
        work_line.next_at,
    )


def _visit_values(run_number: int, visit_line: VisitKept) -> Sequence[object]:
    return (
        run_number,
        *_scope_values(visit_line.where),
        visit_line.risk,
        visit_line.manager,
        visit_line.state,
        visit_line.finding,
        visit_line.due_at,
        visit_line.last_seen_at,
        visit_line.last_attempt_at,
        visit_line.attempts,
    )


def _read_where(table_row: WorkRow | VisitRow) -> Where:
    return Where(
        case=CaseKey(table_row.case_source, table_row.case_ref)
        if table_row.case_source and table_row.case_ref
        else None,
        person=table_row.person,
        area=table_row.area,
        team=table_row.team,
        names=tuple(person_name for person_name in table_row.names.split("|") if person_name),
        is_restricted=table_row.is_restricted,
        is_sealed=table_row.is_sealed,
        is_in_custody=table_row.is_in_custody,
    )


def _read_line(table_row: WorkRow) -> WorkLine:
    return WorkLine(
        where=_read_where(table_row),
        case_kind=table_row.case_kind,
        officer=table_row.officer,
        is_unallocated=table_row.is_unallocated,
        step=table_row.step,
        danger=table_row.danger,
        danger_at=table_row.danger_at,
        order_at=table_row.order_at,
        next_at=table_row.next_at,
    )


def _visit_line(table_row: VisitRow) -> VisitKept:
    return VisitKept(
        where=_read_where(table_row),
        risk=table_row.risk,
        manager=table_row.manager,
        state=table_row.state,
        finding=table_row.finding,
        due_at=table_row.due_at,
        last_seen_at=table_row.last_seen_at,
        last_attempt_at=table_row.last_attempt_at,
        attempts=table_row.attempts,
    )
