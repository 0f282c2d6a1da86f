"""Cases that were sent back: which there are, and what is kept of each beside its facts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from duecare.audit.referral import REFERRED
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import select
from duecare.store.facts import delivery_records
from duecare.store.models import ReferredBack, Round


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is written of cases that were sent back against everyone else, so that two clicks are one."""
    return delivery_records.one_by_one("referrals", 20161126)


def cases_sent_back() -> set[CaseKey]:
    """Which cases has some version of an event that sends them back?"""
    rows = select(
        'SELECT DISTINCT "case_source", "case_ref" FROM "fact" WHERE "kind" = %s AND "case_ref" IS NOT NULL', [REFERRED]
    )
    return {CaseKey(source, ref) for source, ref in rows}


def keep(row: ReferredBack, round_name: str = "") -> None:
    """Keep this row, of this round if of any, beside the fact that it names."""
    row.round = Round.objects.filter(name=round_name).first()
    row.save()


def kept_of(case: CaseKey) -> Mapping[str, ReferredBack]:
    """What is kept of this case having been sent back, by the event that sent it?"""
    rows = ReferredBack.objects.filter(case_source=case.source, case_ref=case.case_ref).order_by("pk")
    return {row.events[0]: row for row in rows if row.events}


def unanswered_like(row: ReferredBack, round_name: str) -> ReferredBack | None:
    """What is kept of the same account having sent the same case back in the same words, if nobody has answered it here."""
    same = ReferredBack.objects.filter(
        case_source=row.case_source,
        case_ref=row.case_ref,
        round__name=round_name,
        referred_by=row.referred_by,
        child=row.child,
        danger=row.danger,
        must_act=row.must_act,
        seen_confirmed_at__isnull=True,
    )
    return next((one for one in same.order_by("-pk") if len(one.events) == 1), None)


def add_event(row: ReferredBack, event_id: str) -> None:
    """Note that this fact was written by answering it."""
    row.refresh_from_db(fields=["events"])
    row.events = [*row.events, event_id]
    row.save(update_fields=["events"])


def confirm_seen(row: ReferredBack, at: datetime, by: str) -> bool:
    """Note who confirmed when that the child was seen; False where somebody has before."""
    changed = ReferredBack.objects.filter(pk=row.pk, seen_confirmed_at__isnull=True).update(
        seen_confirmed_at=at, seen_confirmed_by=by
    )
    return bool(changed)


def is_confirmed_by(row: ReferredBack, account: str) -> bool:
    """Was it this account that confirmed that the child was seen?"""
    return ReferredBack.objects.filter(pk=row.pk, seen_confirmed_by=account).exists()


def sent_by(case: CaseKey, round_name: str, account: str) -> datetime | None:
    """When did this account last send this case of this round back, if ever?"""
    rows = ReferredBack.objects.filter(
        case_source=case.source, case_ref=case.case_ref, round__name=round_name, referred_by=account
    )
    return rows.order_by("-referred_at").values_list("referred_at", flat=True).first()
