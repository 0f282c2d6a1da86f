"""Findings and worklist lines as kept by the assessment in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Count, Q, QuerySet

from duecare.access.scope import Scope
from duecare.access.viewer import plain
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.models import AssessRun, FindingRow, Pointer, VisitRow, WorkRow
from duecare.store.rows import insert, stream

ASSESS = "assess"

FINDING = (
    "run_id",
    "finding",
    "duty",
    "ref",
    "state",
    "authority",
    "source",
    "case_source",
    "case_ref",
    "person",
    "area",
    "due_at",
    "body",
)
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


def run_in_force() -> AssessRun | None:
    """The assessment in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    return AssessRun.objects.filter(pk=pointer.run).first() if pointer else None


def begin(at: datetime, as_of: datetime, known_at: datetime | None, rulebook: str, link_run: int, upto: int) -> AssessRun:
    """Begin an assessment beside the one in force."""
    return AssessRun.objects.create(
        at=at, as_of=as_of, known_at=known_at, rulebook=rulebook, link_run=link_run, upto_delivery=upto
    )


def keep_findings(run: AssessRun, findings: Iterable[Finding]) -> None:
    """Keep these findings under an assessment."""
    insert("finding", FINDING, (_row(run.pk, finding) for finding in findings))


def keep_work(run: AssessRun, lines: Iterable[WorkLine]) -> None:
    """Keep these worklist lines under an assessment."""
    insert("work", WORK, (_work(run.pk, line) for line in lines))


def keep_visits(run: AssessRun, lines: Iterable[VisitKept]) -> None:
    """Keep these lines of the board of visits under an assessment."""
    insert("visit", VISIT, (_visit(run.pk, line) for line in lines))


def replace_case(run: AssessRun, case: CaseKey, findings: Iterable[Finding], line: WorkLine | None) -> None:
    """Put what has just been reckoned of one case in the place of what was kept of it."""
    FindingRow.objects.filter(run=run, case_source=case.source, case_ref=case.case_ref).delete()
    WorkRow.objects.filter(run=run, case_source=case.source, case_ref=case.case_ref).delete()
    keep_findings(run, findings)
    keep_work(run, [line] if line else [])


def replace_person(run: AssessRun, person: str, findings: Iterable[Finding], line: WorkLine | None) -> None:
    """Put what has just been reckoned of one person outside any case in the place of what was kept of it."""
    FindingRow.objects.filter(run=run, person=person, case_ref=None).delete()
    WorkRow.objects.filter(run=run, person=person, case_ref=None).delete()
    keep_findings(run, findings)
    keep_work(run, [line] if line else [])


def visit_lines(run: int, scope: Scope) -> list[VisitKept]:
    """Every line of the board of visits that this viewer may see."""
    rows = in_scope(VisitRow.objects.filter(run_id=run), scope)
    return [_visit_line(row) for row in rows.order_by("due_at", "person")]


def put_in_force(run: AssessRun) -> None:
    """Move the pointer to this assessment."""
    run.save()
    Pointer.objects.update_or_create(name=ASSESS, defaults={"run": run.pk})


def old_runs() -> list[int]:
    """Assessments that are not in force."""
    pointer = Pointer.objects.filter(name=ASSESS).first()
    return list(AssessRun.objects.exclude(pk=pointer.run if pointer else 0).values_list("pk", flat=True))


def drop_run(run: int) -> None:
    """Take away an assessment that is not in force."""
    FindingRow.objects.filter(run_id=run)._raw_delete("default")
    WorkRow.objects.filter(run_id=run)._raw_delete("default")
    VisitRow.objects.filter(run_id=run)._raw_delete("default")
    AssessRun.objects.filter(pk=run).delete()


def every_finding(run: int) -> Iterator[Finding]:
    """Every finding of an assessment, in the order of the exchange, streamed."""
    sql = 'SELECT "body" FROM "finding" WHERE "run_id" = %s ORDER BY "due_at", "source", "case_ref", "finding"'
    for rows in stream(sql, [run]):
        for (body,) in rows:
            yield Finding.from_json(orjson.loads(bytes(body)))


def findings_where(run: int, **columns: object) -> list[Finding]:
    """The findings of an assessment whose columns have these values (or are among them, with `__in`)."""
    rows = FindingRow.objects.filter(run_id=run, **columns).order_by("due_at", "source", "case_ref", "finding")
    return [Finding.from_json(orjson.loads(bytes(body))) for body in rows.values_list("body", flat=True)]


def counts_by_duty(run: int) -> list[tuple[str, str, int]]:
    """How many findings has each duty in each state?"""
    rows = FindingRow.objects.filter(run_id=run).values("duty", "state").annotate(n=Count("id")).order_by("duty", "state")
    return [(row["duty"], row["state"], row["n"]) for row in rows]


def work_lines(
    run: int, scope: Scope, *, unallocated: bool, area: str, first: int, most: int
) -> tuple[list[WorkLine], dict[str, int]]:
    """The lines this viewer may see, in the one order, and how many there are of each kind."""
    rows = in_scope(WorkRow.objects.filter(run_id=run), scope)
    if area:
        rows = rows.filter(area=area)
    counts = {
        "all": rows.count(),
        "danger": rows.filter(step=1).count(),
        "statutory": rows.filter(step=2).count(),
        "late": rows.filter(step=3).count(),
        "unallocated": rows.filter(is_unallocated=True).count(),
    }
    if unallocated:
        rows = rows.filter(is_unallocated=True)
    ordered = rows.order_by("step", "-is_unallocated", "order_at", "case_source", "case_ref", "person")
    return [_line(row) for row in ordered[first : first + most]], counts


def work_due_to_change(run: int, upto: int) -> list[WorkLine]:
    """Lines whose findings change by the mere passing of time up to this moment."""
    return [_line(row) for row in WorkRow.objects.filter(run_id=run, next_at__lte=upto)]


def work_areas(run: int, scope: Scope) -> list[str]:
    """Which areas have lines that this viewer may see?"""
    rows = in_scope(WorkRow.objects.filter(run_id=run), scope)
    return sorted(set(rows.exclude(area="").values_list("area", flat=True)))


def in_scope(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Only the lines that this scope admits: `Scope.admits`, said as a query."""
    named = Q(pk__in=[])
    for officer in scope.officers:
        named |= Q(names__contains=f"|{officer}|")
    if scope.everything:
        return rows.filter(named | Q(is_sealed=False))
    reached = Q(area_plain__in=scope.areas - {""}) | Q(team_plain__in=scope.teams - {""})
    if scope.custody_now:
        reached |= Q(is_in_custody=True)
    return rows.filter(named | (reached & Q(is_sealed=False, is_restricted=False)))


def _row(run: int, finding: Finding) -> Sequence[object]:
    return (
        run,
        finding.finding,
        finding.duty,
        finding.ref,
        finding.state.value,
        finding.authority.value,
        finding.source,
        finding.case.source if finding.case else None,
        finding.case.case_ref if finding.case else None,
        finding.person,
        finding.area,
        int(finding.due_at.timestamp()) if finding.due_at else None,
        orjson.dumps(finding.as_json()),
    )


def _scoped(where: Where) -> Sequence[object]:
    return (
        where.case.source if where.case else None,
        where.case.case_ref if where.case else None,
        where.person,
        where.area,
        where.team,
        plain(where.area),
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
