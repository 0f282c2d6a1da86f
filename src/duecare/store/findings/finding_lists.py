"""Findings of the assessment in force as a list: some at a time, by their columns, and whose line lies within a scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from duecare.access.scope import Scope
from duecare.duty.finding import Finding, State
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks
from duecare.store.findings.assessment_runs import read_finding
from duecare.store.findings.worklist_lines import in_scope
from duecare.store.models import FindingRow, WorkRow

Whose = CaseKey | str


def listed(
    run: int,
    scope: Scope,
    first: int,
    most: int,
    as_of: datetime,
    *,
    state: str | None = None,
    cases: Collection[CaseKey] = (),
    people: Collection[str] = (),
    **columns: object,
) -> list[Finding]:
    """So many findings of an assessment from this place on, whose columns have these values; those without limit last.

    Shape:   as at `as_of`: what was open when it was assessed is overdue once its due time has passed. Findings of these
             cases and people are left out, and no place counts them; so are those of cases whose line lies outside the
             scope. Of cases without a line, and of people alone, the caller decides.
    """
    rows = FindingRow.objects.filter(_in_state(state, as_of), run_id=run, **columns)
    for source in sorted({case.source for case in cases}):
        for refs in chunks(sorted(case.case_ref for case in cases if case.source == source)):
            rows = rows.exclude(case_source=source, case_ref__in=refs)
    for some in chunks(sorted(people)):
        rows = rows.exclude(person__in=some)
    if not scope.everything:
        lines = WorkRow.objects.filter(run_id=run, case_source=OuterRef("case_source"), case_ref=OuterRef("case_ref"))
        rows = rows.filter(Q(case_ref=None) | Exists(in_scope(lines, scope)) | ~Exists(lines))
    ordered = rows.order_by(
        F("due_at").asc(nulls_last=True), "source", F("case_ref").asc(nulls_first=True), "finding", "pk"
    )
    return [read_finding(*row, as_of) for row in ordered.values_list("body", "told_later")[first : first + most]]


def _in_state(state: str | None, as_of: datetime) -> Q:
    at = int(as_of.timestamp())
    if state is None:
        return Q()
    if state == State.OPEN.value:
        return Q(state=state, due_at__gte=at)
    if state == State.OVERDUE.value:
        return Q(state=state) | Q(state=State.OPEN.value, due_at__lt=at)
    return Q(state=state)


def with_lines(run: int, whose: Iterable[Whose]) -> set[Whose]:
    """Which of these cases and people have a line of the worklist, whoever may see it?"""
    return _found(WorkRow.objects.filter(run_id=run), whose)


def lines_in_scope(run: int, scope: Scope, whose: Iterable[Whose]) -> set[Whose]:
    """Which of these cases and people have a line of the worklist that this scope admits?"""
    return _found(in_scope(WorkRow.objects.filter(run_id=run), scope), whose)


def _found(rows: QuerySet[Any], whose: Iterable[Whose]) -> set[Whose]:
    wanted = set(whose)
    cases = {one for one in wanted if isinstance(one, CaseKey)}
    found: set[Whose] = set()
    for refs in chunks(sorted({case.case_ref for case in cases})):
        pairs = rows.filter(case_ref__in=refs).values_list("case_source", "case_ref")
        found |= {CaseKey(*pair) for pair in pairs} & cases
    for people in chunks(sorted(one for one in wanted if isinstance(one, str))):
        found |= set(rows.filter(case_ref=None, person__in=people).values_list("person", flat=True))
    return found
