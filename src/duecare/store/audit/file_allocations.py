"""Who was given which file of a round to grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.record.pole import CaseKey
from duecare.store.models import Allotted


@dataclass(frozen=True, slots=True)
class OwnFile:
    """Which file was allotted to this account, in which round, by which method and scheme, as known when?"""

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


def graders_of(round_name: str, case: CaseKey) -> frozenset[str]:
    """To which accounts, of either side, was this file of this round allotted? Nobody, where it was taken out."""
    return frozenset(
        Allotted.objects.filter(
            file__round__name=round_name,
            file__case_source=case.source,
            file__case_ref=case.case_ref,
            file__out_reason="",
        ).values_list("account", flat=True)
    )


def own_files(account: str, side: str) -> tuple[OwnFile, ...]:
    """Which files are allotted to this account of this side, by round, then case? Those taken out are left out."""
    return tuple(_own(one) for one in _allotted(account, side).order_by("file__round_id", *_BY_CASE))


def own_file(account: str, side: str, round_name: str, key: CaseKey) -> OwnFile | None:
    """This file, if it is allotted to this account of this side."""
    if not may_be_kept(round_name, *key):
        return None
    found = _allotted(account, side).filter(
        file__round__name=round_name, file__case_source=key.source, file__case_ref=key.case_ref
    )
    one = found.first()
    return _own(one) if one else None


def hold_still(file: OwnFile) -> None:
    """Until the transaction ends, nobody else submits this side's grade of this file."""
    Allotted.objects.select_for_update().filter(file_id=file.id, side=file.side).first()


def may_be_kept(*names: str) -> bool:
    """Could there be something of these names? With a NUL there is none, and PostgreSQL cannot even be asked."""
    return not any("\x00" in name for name in names)


_BY_CASE = ("file__case_source", "file__case_ref")


def _allotted(account: str, side: str) -> Any:
    return Allotted.objects.filter(
        account=account, side=side, file__out_reason="", file__round__known_at__isnull=False
    ).select_related("file__round")


def _own(one: Allotted) -> OwnFile:
    file, of = one.file, one.file.round
    assert of.known_at is not None
    return OwnFile(
        id=file.pk,
        round=of.name,
        title=of.title,
        method=of.method,
        scheme=str(of.schemes.get(one.side, "")),
        known_at=of.known_at,
        is_ended=of.ended_at is not None,
        key=CaseKey(file.case_source, file.case_ref),
        side=one.side,
        account=one.account,
    )
