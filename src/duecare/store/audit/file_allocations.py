"""Allocation of the files of a round to graders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.record.pole import CaseKey
from duecare.store.models import Allotted


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file allotted to an account: in which round, by which method and scheme, as known when."""

    id: int
    round: str
    title: str
    method: str
    scheme: str
    known_at: datetime
    is_ended: bool
    key: CaseKey
    side: str
    account: str


def graders_of(round_name: str, case_key: CaseKey) -> frozenset[str]:
    """The accounts of either side to which this file of this round was allotted; none where it was taken out."""
    return frozenset(
        Allotted.objects.filter(
            file__round__name=round_name,
            file__case_source=case_key.source,
            file__case_ref=case_key.case_ref,
            file__out_reason="",
        ).values_list("account", flat=True)
    )


def own_files(account: str, side_name: str) -> tuple[OwnFile, ...]:
    """Files allotted to this account of this side, by round, then case. Those taken out are left out."""
    return tuple(
        _own_file(allotted_row)
        for allotted_row in _allotted_rows(account, side_name).order_by("file__round_id", *_BY_CASE)
    )


def own_file(account: str, side_name: str, round_name: str, case_key: CaseKey) -> OwnFile | None:
    """This file, if it is allotted to this account of this side."""
    if not may_be_kept(round_name, *case_key):
        return None
    allotted_rows = _allotted_rows(account, side_name).filter(
        file__round__name=round_name, file__case_source=case_key.source, file__case_ref=case_key.case_ref
    )
    allotted_row = allotted_rows.first()
    return _own_file(allotted_row) if allotted_row else None


def hold_still(sampled_file: OwnFile) -> None:
    """Until the transaction ends, nobody else submits this side's grade of this file."""
    Allotted.objects.select_for_update().filter(file_id=sampled_file.id, side=sampled_file.side).first()


def may_be_kept(*names: str) -> bool:
    """True where there could be something of these names: with a NUL there is none, and PostgreSQL refuses the query."""
    return not any("\x00" in item_name for item_name in names)


_BY_CASE = ("file__case_source", "file__case_ref")


def _allotted_rows(account: str, side_name: str) -> Any:
    return Allotted.objects.filter(
        account=account, side=side_name, file__out_reason="", file__round__known_at__isnull=False
    ).select_related("file__round")


def _own_file(allotted_row: Allotted) -> OwnFile:
    sampled_file, audit_round = allotted_row.file, allotted_row.file.round
    assert audit_round.known_at is not None
    return OwnFile(
        id=sampled_file.pk,
        round=audit_round.name,
        title=audit_round.title,
        method=audit_round.method,
        scheme=str(audit_round.schemes.get(allotted_row.side, "")),
        known_at=audit_round.known_at,
        is_ended=audit_round.ended_at is not None,
        key=CaseKey(sampled_file.case_source, sampled_file.case_ref),
        side=allotted_row.side,
        account=allotted_row.account,
    )
