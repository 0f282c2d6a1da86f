"""Findings of the assessment in force as a list: some at a time, by their columns, and whose line lies within a scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import orjson
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from duecare.access.scope import Scope
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import chunks
from duecare.store.findings.worklist_lines import in_scope
from duecare.store.models import FindingRow, WorkRow

Whose = CaseKey | str


def listed(
    run: int,
    scope: Scope,
    first: int,
    most: int,
    *,
    cases: Collection[CaseKey] = (),
    people: Collection[str] = (),
    **columns: object,
) -> list[Finding]:
    """So many findings of an assessment from this place on, whose columns have these values; those without limit last.

    Shape:   those of these cases and people are not there, and no place counts them. Those of cases whose line lies
             outside the scope are left out; of cases without a line, and of people alone, the caller asks.
    """
    rows = FindingRow.objects.filter(run_id=run, **columns)
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
    return [
        Finding.from_json(orjson.loads(bytes(body)))
        for body in ordered.values_list("body", flat=True)[first : first + most]
    ]


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
