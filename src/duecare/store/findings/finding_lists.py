"""Findings of the assessment in force as a list: some at a time, by their columns, and whose line lies within a scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from duecare.access.may_open import Scope
from duecare.duty.finding import Finding, State
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import split_chunks
from duecare.store.findings.assessment_runs import read_finding
from duecare.store.findings.worklist_lines import in_scope
from duecare.store.models import FindingRow, WorkRow

Whose = CaseKey | str


def listed_findings(
    run_number: int,
    scope: Scope,
    first_row: int,
    most_rows: int,
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
    table_rows = FindingRow.objects.filter(_in_state(state, as_of), run_id=run_number, **columns)
    for source in sorted({case_key.source for case_key in cases}):
        for case_refs in split_chunks(sorted(case_key.case_ref for case_key in cases if case_key.source == source)):
            table_rows = table_rows.exclude(case_source=source, case_ref__in=case_refs)
    for people_chunk in split_chunks(sorted(people)):
        table_rows = table_rows.exclude(person__in=people_chunk)
    if not scope.everything:
        lines = WorkRow.objects.filter(
            run_id=run_number, case_source=OuterRef("case_source"), case_ref=OuterRef("case_ref")
        )
        table_rows = table_rows.filter(Q(case_ref=None) | Exists(in_scope(lines, scope)) | ~Exists(lines))
    ordered = table_rows.order_by(
        F("due_at").asc(nulls_last=True), "source", F("case_ref").asc(nulls_first=True), "finding", "pk"
    )
    return [
        read_finding(*table_row, as_of)
        for table_row in ordered.values_list("body", "told_later")[first_row : first_row + most_rows]
    ]


def _in_state(state: str | None, as_of: datetime) -> Q:
    as_of_seconds = int(as_of.timestamp())
    if state is None:
        return Q()
    if state == State.OPEN.value:
        return Q(state=state, due_at__gte=as_of_seconds)
    if state == State.OVERDUE.value:
        return Q(state=state) | Q(state=State.OPEN.value, due_at__lt=as_of_seconds)
    return Q(state=state)


def with_lines(run_number: int, line_keys: Iterable[Whose]) -> set[Whose]:
    """Those of these cases and people that have a line of the worklist, whoever may see it."""
    return _named_lines(WorkRow.objects.filter(run_id=run_number), line_keys)


def lines_in_scope(run_number: int, scope: Scope, line_keys: Iterable[Whose]) -> set[Whose]:
    """Those of these cases and people that have a line of the worklist that this scope admits."""
    return _named_lines(in_scope(WorkRow.objects.filter(run_id=run_number), scope), line_keys)


def _named_lines(table_rows: QuerySet[Any], line_keys: Iterable[Whose]) -> set[Whose]:
    wanted_lines = set(line_keys)
    cases = {line_key for line_key in wanted_lines if isinstance(line_key, CaseKey)}
    lines_found: set[Whose] = set()
    for case_refs in split_chunks(sorted({case_key.case_ref for case_key in cases})):
        pairs = table_rows.filter(case_ref__in=case_refs).values_list("case_source", "case_ref")
        lines_found |= {CaseKey(*case_pair) for case_pair in pairs} & cases
    for people in split_chunks(sorted(line_key for line_key in wanted_lines if isinstance(line_key, str))):
        lines_found |= set(table_rows.filter(case_ref=None, person__in=people).values_list("person", flat=True))
    return lines_found
