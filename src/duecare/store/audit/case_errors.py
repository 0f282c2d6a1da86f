"""Errors that reviews of single files found, as kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from duecare.audit.reviews.found_error import FoundError
from duecare.audit.rounds.sample_sets import GRADED_BY
from duecare.record.pole import CaseKey
from duecare.store.models import ErrorFound, OpenedGrade, Round, SampledFile, SealedGrade

_KEPT: Final = tuple(one.name for one in fields(FoundError))

Key = tuple[str, CaseKey]


def errors_of(round_name: str, case: CaseKey) -> tuple[FoundError, ...]:
    """The errors found in this file in this round, in the order in which they were recorded."""
    return tuple(_read(row) for row in _rows(round_name, case))


def errors_in(case: CaseKey) -> tuple[tuple[str, FoundError], ...]:
    """The errors found in this case, each with the name of its round; only those whose answer was invited."""
    rows = ErrorFound.objects.filter(case_source=case.source, case_ref=case.case_ref, invited_at__isnull=False)
    return tuple((row.round_name, _read(row)) for row in rows.order_by("pk"))


def put_to_somebody() -> dict[CaseKey, tuple[FoundError, ...]]:
    """Which errors were put to those criticised and neither answered nor made final, by case, the oldest first?"""
    rows = ErrorFound.objects.filter(invited_at__isnull=False, answered_at__isnull=True, final_at__isnull=True)
    found: dict[CaseKey, tuple[FoundError, ...]] = {}
    for row in rows.order_by("invited_at", "pk"):
        key = CaseKey(row.case_source, row.case_ref)
        found[key] = (*found.get(key, ()), _read(row))
    return found


def errors_of_round(round_name: str) -> tuple[tuple[CaseKey, FoundError], ...]:
    """Every error of this round, by case."""
    rows = ErrorFound.objects.filter(round_name=round_name).order_by("case_source", "case_ref", "pk")
    return tuple((CaseKey(row.case_source, row.case_ref), _read(row)) for row in rows)


def keep(round_name: str, case: CaseKey, found: Iterable[FoundError], at: datetime, by: str) -> None:
    """Keep these errors of this case, each in the place of one of the same name that is not final."""
    round_ = Round.objects.filter(name=round_name).first()
    for one in found:
        held = _rows(round_name, case).filter(error=one.error).first()
        row = held or ErrorFound(
            round=round_,
            round_name=round_name,
            case_source=case.source,
            case_ref=case.case_ref,
            found_at=at,
            found_by=by,
        )
        for name in _KEPT:
            setattr(row, name, getattr(one, name))
        row.save()


def is_blind(round_name: str, case: CaseKey) -> bool:
    """Is this file of a round in which it is graded blind, and not opened by every side that grades it?

    Shape:   a review of a single file by one side alone never is; of a round that has ended, only who submitted counts.
    """
    round_ = Round.objects.filter(name=round_name).first()
    if round_ is None:
        return False
    file = SampledFile.objects.filter(round=round_, case_source=case.source, case_ref=case.case_ref).first()
    if file is None:
        return True
    sides = {*GRADED_BY.get(file.set, ()), *file.allotted_set.values_list("side", flat=True)}
    if round_.kind == "single_file" and len(sides) == 1:
        return False
    if round_.ended_at is not None:
        sides &= set(SealedGrade.objects.filter(file=file).values_list("side", flat=True))
    opened = set(OpenedGrade.objects.filter(sealed__file=file).values_list("sealed__side", flat=True))
    return not opened >= sides


def _rows(round_name: str, case: CaseKey) -> QuerySet[ErrorFound]:
    return ErrorFound.objects.filter(round_name=round_name, case_source=case.source, case_ref=case.case_ref).order_by(
        "pk"
    )


def _read(row: ErrorFound) -> FoundError:
    return FoundError(**{name: getattr(row, name) for name in _KEPT})
