"""The lines of the worklist and of the board of visits, as kept by an assessment and cut to a viewer's scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from duecare.access.scope import Scope
from duecare.access.viewer import plain
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks, insert
from duecare.store.models import AssessRun, FindingRow, VisitRow, WorkRow
from duecare.vocabulary.areas import plain_area

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
WORK = (
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


def keep_work(run: AssessRun, lines: Iterable[WorkLine]) -> None:
    """Keep these worklist lines under an assessment."""
    insert("work", WORK, (_work(run.pk, line) for line in lines))


def keep_visits(run: AssessRun, lines: Iterable[VisitKept]) -> None:
    """Keep these lines of the board of visits under an assessment."""
    insert("visit", VISIT, (_visit(run.pk, line) for line in lines))


def visited_in(run: int, cases: Iterable[CaseKey]) -> set[str]:
    """Who is on the board of visits by a finding in one of these cases?"""
    found: set[str] = set()
    by_source: dict[str, list[str]] = {}
    for case in cases:
        by_source.setdefault(case.source, []).append(case.case_ref)
    for source, refs in by_source.items():
        for some in chunks(sorted(refs)):
            rows = VisitRow.objects.filter(run_id=run, case_source=source, case_ref__in=some)
            found |= {person for person in rows.values_list("person", flat=True) if person}
    return found


def visit_lines(run: int, scope: Scope) -> list[VisitKept]:
    """Every line of the board of visits that this viewer may see."""
    rows = in_scope(VisitRow.objects.filter(run_id=run), scope)
    return [_visit_line(row) for row in rows.order_by("due_at", "person")]


def work_lines(
    run: int,
    scope: Scope,
    *,
    unallocated: bool,
    area: str,
    first: int,
    most: int,
    pointers: frozenset[str] = frozenset(),
    without: Collection[WorkLine] = (),
) -> tuple[list[WorkLine], dict[str, int]]:
    """The lines this viewer may see, in the one order, and how many there are of each kind.

    Shape:   of the sources in `pointers` only the cases on which the viewer is named; none of the lines `without`.
    """
    rows = _other_than(_shown(run, scope, pointers), without)
    if area:
        rows = rows.filter(area=area)
    counts = rows.aggregate(
        all=Count("pk"),
        danger=Count("pk", filter=Q(step=1)),
        statutory=Count("pk", filter=Q(step=2)),
        late=Count("pk", filter=Q(step=3)),
        unallocated=Count("pk", filter=Q(is_unallocated=True)),
    )
    if unallocated:
        rows = rows.filter(is_unallocated=True)
    # Said of nulls, so that lines of people alone stand first on every database.
    alone_first = (F(name).asc(nulls_first=True) for name in ("case_source", "case_ref", "person"))
    ordered = rows.order_by("step", "-is_unallocated", "order_at", *alone_first)
    return [_line(row) for row in ordered[first : first + most]], counts


def work_due_to_change(run: int, upto: int, most: int) -> list[WorkLine]:
    """Lines whose findings change by the mere passing of time up to this moment, soonest first."""
    return [
        _line(row) for row in WorkRow.objects.filter(run_id=run, next_at__lte=upto).order_by("next_at", "id")[:most]
    ]


def work_areas(
    run: int, scope: Scope, pointers: frozenset[str] = frozenset(), *, without: Collection[WorkLine] = ()
) -> list[str]:
    """Which areas have lines that this viewer may see, other than the lines `without`?"""
    rows = _other_than(_shown(run, scope, pointers), without)
    return sorted(rows.exclude(area="").order_by().values_list("area", flat=True).distinct())


def lines_beside(
    run: int,
    scope: Scope,
    cases: Collection[CaseKey],
    people: Collection[str],
    *,
    pointers: frozenset[str] = frozenset(),
) -> list[WorkLine]:
    """The lines of these cases, and of these people where no case is named, that this viewer may see."""
    if not cases and not people:
        return []
    rows = _shown(run, scope, pointers)
    found: list[WorkLine] = []
    for named in _named_lines(cases, people):
        found += [_line(row) for row in rows.filter(named)]
    return found


def in_scope(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Only the lines that this scope admits: `Scope.admits`, said as a query."""
    named = _names(scope)
    if scope.everything:
        return rows.filter(named | Q(is_sealed=False))
    reached = Q(area_plain__in=scope.areas - {""}) | Q(team_plain__in=scope.teams - {""})
    if scope.custody_now:
        reached |= Q(is_in_custody=True)
    return rows.filter(named | (reached & Q(is_sealed=False, is_restricted=False)))


def _named_lines(cases: Iterable[CaseKey], people: Iterable[str]) -> Iterator[Q]:
    by_source: dict[str, set[str]] = {}
    for case in cases:
        by_source.setdefault(case.source, set()).add(case.case_ref)
    for source, refs in sorted(by_source.items()):
        for some in chunks(sorted(refs)):
            yield Q(case_source=source, case_ref__in=some)
    for some in chunks(sorted(people)):
        yield Q(case_ref=None, person__in=some)


def _other_than(rows: QuerySet[WorkRow], lines: Iterable[WorkLine]) -> QuerySet[WorkRow]:
    lines = list(lines)
    cases = [line.where.case for line in lines if line.where.case is not None]
    alone = [line.where.person for line in lines if line.where.case is None and line.where.person is not None]
    for named in _named_lines(cases, alone):
        rows = rows.exclude(named)
    return rows


def _names(scope: Scope) -> Q:
    named = Q(pk__in=[])
    for officer in scope.officers:
        named |= Q(names__contains=f"|{officer}|")
    return named


def _shown(run: int, scope: Scope, pointers: frozenset[str]) -> QuerySet[WorkRow]:
    rows = in_scope(WorkRow.objects.filter(run_id=run), scope)
    if not pointers:
        return rows
    said = FindingRow.objects.filter(run_id=run, case_ref=None, person__isnull=False).exclude(source__in=pointers)
    alone = Q(case_ref=None, person__in=said.values("person"))
    return rows.filter(alone | Q(case_ref__isnull=False) & (~Q(case_source__in=pointers) | _names(scope)))


def _scoped(where: Where) -> Sequence[object]:
    return (
        where.case.source if where.case else None,
        where.case.case_ref if where.case else None,
        where.person,
        where.area,
        where.team,
        plain_area(where.area),
        plain(where.team),
        "|" + "|".join(sorted({plain(name) for name in where.names})) + "|",
        where.is_restricted,
        where.is_sealed,
        where.is_in_custody,
    )


def _work(run: int, line: WorkLine) -> Sequence[object]:
    return (
        run,
        *_scoped(line.where),
        line.case_kind,
        line.officer,
        line.is_unallocated,
        line.step,
        line.danger,
        line.danger_at,
        line.order_at,
        line.next_at,
    )


def _visit(run: int, line: VisitKept) -> Sequence[object]:
    return (
        run,
        *_scoped(line.where),
        line.risk,
        line.manager,
        line.state,
        line.finding,
        line.due_at,
        line.last_seen_at,
        line.last_attempt_at,
        line.attempts,
    )


def _where(row: WorkRow | VisitRow) -> Where:
    return Where(
        case=CaseKey(row.case_source, row.case_ref) if row.case_source and row.case_ref else None,
        person=row.person,
        area=row.area,
        team=row.team,
        names=tuple(name for name in row.names.split("|") if name),
        is_restricted=row.is_restricted,
        is_sealed=row.is_sealed,
        is_in_custody=row.is_in_custody,
    )


def _line(row: WorkRow) -> WorkLine:
    return WorkLine(
        where=_where(row),
        case_kind=row.case_kind,
        officer=row.officer,
        is_unallocated=row.is_unallocated,
        step=row.step,
        danger=row.danger,
        danger_at=row.danger_at,
        order_at=row.order_at,
        next_at=row.next_at,
    )


def _visit_line(row: VisitRow) -> VisitKept:
    return VisitKept(
        where=_where(row),
        risk=row.risk,
        manager=row.manager,
        state=row.state,
        finding=row.finding,
        due_at=row.due_at,
        last_seen_at=row.last_seen_at,
        last_attempt_at=row.last_attempt_at,
        attempts=row.attempts,
    )
