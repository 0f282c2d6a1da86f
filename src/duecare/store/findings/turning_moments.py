"""When the findings of a case or person next change by themselves, as kept with an assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from duecare.record.pole import CaseKey
from duecare.record.record_from_body import utc_moment
from duecare.store.database.sql_rows import insert_rows
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.models import TurningMoment

TurningPoint = tuple[CaseKey | str, datetime]
COLUMNS = ("run_id", "case_source", "case_ref", "person", "at")


def keep_turns(assess_run: AssessmentRun, turns: Iterable[TurningPoint]) -> None:
    """Add these turning moments, each of a case or a person's id, to an assessment."""
    insert_rows(
        "turning_moment", COLUMNS, (_turn_values(assess_run.id, turn_of, turns_at) for turn_of, turns_at in turns)
    )


def replace_turn(assess_run: AssessmentRun, turn_of: CaseKey | str, turns_at: datetime | None) -> None:
    """Replace the turning moment of this case or person; None where its result no longer changes by itself."""
    if isinstance(turn_of, CaseKey):
        table_rows = TurningMoment.objects.filter(
            run=assess_run.id, case_source=turn_of.source, case_ref=turn_of.case_ref
        )
    else:
        table_rows = TurningMoment.objects.filter(run=assess_run.id, person=turn_of)
    table_rows.delete()
    if turns_at is not None:
        keep_turns(assess_run, [(turn_of, turns_at)])


def first_turn(run_number: int) -> datetime | None:
    """The first moment at which the result of this assessment changes by itself."""
    first_at = TurningMoment.objects.filter(run_id=run_number).aggregate(at=Min("at"))["at"]
    return None if first_at is None else utc_moment(first_at)


def turned_by(run_number: int, upto_delivery: datetime) -> tuple[set[CaseKey], set[str]]:
    """The cases and people whose result has changed by itself up to this moment."""
    cases, people = set(), set()
    table_rows = TurningMoment.objects.filter(run_id=run_number, at__lte=int(upto_delivery.timestamp()))
    for source, case_ref, person in table_rows.values_list("case_source", "case_ref", "person"):
        if source and case_ref:
            cases.add(CaseKey(source, case_ref))
        elif person:
            people.add(person)
    return cases, people


def _turn_values(run_number: int, turn_of: CaseKey | str, turns_at: datetime) -> tuple[object, ...]:
    if isinstance(turn_of, CaseKey):
        return run_number, turn_of.source, turn_of.case_ref, None, int(turns_at.timestamp())
    return run_number, None, None, turn_of, int(turns_at.timestamp())
