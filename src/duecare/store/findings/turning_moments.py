"""When the result of an assessment next changes by itself, by case and by person outside any case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from duecare.record.kept import utc_moment
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import insert
from duecare.store.models import AssessRun, TurningMoment

Turn = tuple[CaseKey | str, datetime]
COLUMNS = ("run_id", "case_source", "case_ref", "person", "at")


def keep_turns(run: AssessRun, turns: Iterable[Turn]) -> None:
    """Add these turning moments, each of a case or a person's id, to an assessment."""
    insert("turning_moment", COLUMNS, (_row(run.pk, of, at) for of, at in turns))


def replace_turn(run: AssessRun, of: CaseKey | str, at: datetime | None) -> None:
    """Replace the turning moment of this case or person; None where its result no longer changes by itself."""
    if isinstance(of, CaseKey):
        rows = TurningMoment.objects.filter(run=run, case_source=of.source, case_ref=of.case_ref)
    else:
        rows = TurningMoment.objects.filter(run=run, person=of)
    rows.delete()
    if at is not None:
        keep_turns(run, [(of, at)])


def first_turn(run: int) -> datetime | None:
    """The first moment at which the result of this assessment changes by itself."""
    at = TurningMoment.objects.filter(run_id=run).aggregate(at=Min("at"))["at"]
    return None if at is None else utc_moment(at)


def turned_by(run: int, upto: datetime) -> tuple[set[CaseKey], set[str]]:
    """The cases and people whose result has changed by itself up to this moment."""
    cases, people = set(), set()
    rows = TurningMoment.objects.filter(run_id=run, at__lte=int(upto.timestamp()))
    for source, ref, person in rows.values_list("case_source", "case_ref", "person"):
        if source and ref:
            cases.add(CaseKey(source, ref))
        elif person:
            people.add(person)
    return cases, people


def _row(run: int, of: CaseKey | str, at: datetime) -> tuple[object, ...]:
    if isinstance(of, CaseKey):
        return run, of.source, of.case_ref, None, int(at.timestamp())
    return run, None, None, of, int(at.timestamp())
