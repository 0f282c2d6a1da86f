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

_KEPT_FIELDS: Final = tuple(error_field.name for error_field in fields(FoundError))

CaseErrorKey = tuple[str, CaseKey]


def errors_of(round_name: str, case_key: CaseKey) -> tuple[FoundError, ...]:
    """The errors found in this file in this round, in the order in which they were recorded."""
    return tuple(_read_error(table_row) for table_row in _error_rows(round_name, case_key))


def errors_in(case_key: CaseKey) -> tuple[tuple[str, FoundError], ...]:
    """The errors found in this case, each with the name of its round; only those whose answer was invited."""
    table_rows = ErrorFound.objects.filter(
        case_source=case_key.source, case_ref=case_key.case_ref, invited_at__isnull=False
    )
    return tuple((table_row.round_name, _read_error(table_row)) for table_row in table_rows.order_by("pk"))


def put_to_somebody() -> dict[CaseKey, tuple[FoundError, ...]]:
    """Errors put to those criticised and neither answered nor made final, by case, the oldest first."""
    table_rows = ErrorFound.objects.filter(invited_at__isnull=False, answered_at__isnull=True, final_at__isnull=True)
    errors_by_case: dict[CaseKey, tuple[FoundError, ...]] = {}
    for table_row in table_rows.order_by("invited_at", "pk"):
        case_key = CaseKey(table_row.case_source, table_row.case_ref)
        errors_by_case[case_key] = (*errors_by_case.get(case_key, ()), _read_error(table_row))
    return errors_by_case


def errors_of_round(round_name: str) -> tuple[tuple[CaseKey, FoundError], ...]:
    """Every error of this round, by case."""
    table_rows = ErrorFound.objects.filter(round_name=round_name).order_by("case_source", "case_ref", "pk")
    return tuple(
        (CaseKey(table_row.case_source, table_row.case_ref), _read_error(table_row)) for table_row in table_rows
    )


def keep_errors(
    round_name: str, case_key: CaseKey, found_errors: Iterable[FoundError], recorded_at: datetime, account_name: str
) -> None:
    """Keep these errors of this case, each in place of one of the same name that is not final."""
    round_ = Round.objects.filter(name=round_name).first()
    for found_error in found_errors:
        existing_row = _error_rows(round_name, case_key).filter(error=found_error.error).first()
        error_row = existing_row or ErrorFound(
            round=round_,
            round_name=round_name,
            case_source=case_key.source,
            case_ref=case_key.case_ref,
            found_at=recorded_at,
            found_by=account_name,
        )
        for field_name in _KEPT_FIELDS:
            setattr(error_row, field_name, getattr(found_error, field_name))
        error_row.save()


def is_blind(round_name: str, case_key: CaseKey) -> bool:
    """True where this file is graded blind in its round and not yet opened by every side that grades it.

    Shape:   a review of a single file by one side alone never is; of a round that has ended, only who submitted counts.
    """
    round_ = Round.objects.filter(name=round_name).first()
    if round_ is None:
        return False
    sampled_file = SampledFile.objects.filter(
        round=round_, case_source=case_key.source, case_ref=case_key.case_ref
    ).first()
    if sampled_file is None:
        return True
    sides = {*GRADED_BY.get(sampled_file.set, ()), *sampled_file.allotted_set.values_list("side", flat=True)}
    if round_.kind == "single_file" and len(sides) == 1:
        return False
    if round_.ended_at is not None:
        sides &= set(SealedGrade.objects.filter(file=sampled_file).values_list("side", flat=True))
    opened = set(OpenedGrade.objects.filter(sealed__file=sampled_file).values_list("sealed__side", flat=True))
    return not opened >= sides


def _error_rows(round_name: str, case_key: CaseKey) -> QuerySet[ErrorFound]:
    return ErrorFound.objects.filter(
        round_name=round_name, case_source=case_key.source, case_ref=case_key.case_ref
    ).order_by("pk")


def _read_error(table_row: ErrorFound) -> FoundError:
    return FoundError(**{field_name: getattr(table_row, field_name) for field_name in _KEPT_FIELDS})
