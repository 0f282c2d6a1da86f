"""Cases that were sent back, and what is kept of each beside its facts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from duecare.audit.referral import REFERRED
from duecare.record.pole import CaseKey
from duecare.store.database.sql_rows import select_rows
from duecare.store.facts import delivery_records
from duecare.store.models import ReferredBack, Round


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is written of cases that were sent back against everyone else, so that two clicks are one."""
    return delivery_records.one_by_one("referrals", 20161126)


def cases_sent_back() -> set[CaseKey]:
    """Cases with some version of an event that sends them back."""
    table_rows = select_rows(
        'SELECT DISTINCT "case_source", "case_ref" FROM "fact" WHERE "kind" = %s AND "case_ref" IS NOT NULL', [REFERRED]
    )
    return {CaseKey(source, case_ref) for source, case_ref in table_rows}


def keep_referral(table_row: ReferredBack, round_name: str = "") -> None:
    """Keep this row, of this round if of any, beside the fact that it names."""
    table_row.round = Round.objects.filter(name=round_name).first()
    table_row.save()


def kept_of(case_key: CaseKey) -> Mapping[str, ReferredBack]:
    """What is kept of this case having been sent back, by the event that sent it?"""
    table_rows = ReferredBack.objects.filter(case_source=case_key.source, case_ref=case_key.case_ref).order_by("pk")
    return {table_row.events[0]: table_row for table_row in table_rows if table_row.events}


def unanswered_like(table_row: ReferredBack, round_name: str) -> ReferredBack | None:
    """What is kept of the same account having sent the same case back in the same words, if nobody has answered it here."""
    same_referrals = ReferredBack.objects.filter(
        case_source=table_row.case_source,
        case_ref=table_row.case_ref,
        round__name=round_name,
        referred_by=table_row.referred_by,
        child=table_row.child,
        danger=table_row.danger,
        must_act=table_row.must_act,
        seen_confirmed_at__isnull=True,
    )
    return next(
        (open_referral for open_referral in same_referrals.order_by("-pk") if len(open_referral.events) == 1), None
    )


def add_event(table_row: ReferredBack, event_id: str) -> None:
    """Note that this fact was written by answering it."""
    table_row.refresh_from_db(fields=["events"])
    table_row.events = [*table_row.events, event_id]
    table_row.save(update_fields=["events"])


def confirm_seen(table_row: ReferredBack, recorded_at: datetime, account_name: str) -> bool:
    """Note who confirmed when that the child was seen; False where somebody has before."""
    changed = ReferredBack.objects.filter(pk=table_row.pk, seen_confirmed_at__isnull=True).update(
        seen_confirmed_at=recorded_at, seen_confirmed_by=account_name
    )
    return bool(changed)


def is_confirmed_by(table_row: ReferredBack, account: str) -> bool:
    """True where this account confirmed that the child was seen."""
    return ReferredBack.objects.filter(pk=table_row.pk, seen_confirmed_by=account).exists()


def sent_by(case_key: CaseKey, round_name: str, account: str) -> datetime | None:
    """When did this account last send this case of this round back, if ever?"""
    table_rows = ReferredBack.objects.filter(
        case_source=case_key.source, case_ref=case_key.case_ref, round__name=round_name, referred_by=account
    )
    return table_rows.order_by("-referred_at").values_list("referred_at", flat=True).first()
