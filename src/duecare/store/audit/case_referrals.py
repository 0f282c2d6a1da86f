"""Cases that were sent back, and what is kept of each beside its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from duecare.audit.referral import REFERRED
from duecare.record.pole import CaseKey
from duecare.store.database.process_locks import process_lock
from duecare.store.models import Fact, ReferredBack, Round


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A case that is being sent back: by whom, for what, and the evidence of its file as it was, with its hash."""

    case: CaseKey
    danger: str
    child: str
    must_act: str
    referred_at: datetime
    referred_by: str
    frozen: bytes = field(repr=False)
    frozen_hash: str


@dataclass(frozen=True, slots=True)
class KeptReferral:
    """What is kept of a case that was sent back, beside the facts that say so.

    Shape:   `round` is empty where it was sent back in none; `events` names the facts written by it so far.
    """

    id: int
    round: str
    danger: str
    must_act: str
    frozen_hash: str
    seen_confirmed_at: datetime | None
    events: tuple[str, ...]


def one_by_one() -> AbstractContextManager[None]:
    """Hold what is written of cases that were sent back against everyone else, so that two clicks are one."""
    return process_lock("referrals")


def cases_sent_back() -> set[CaseKey]:
    """Cases with some version of an event that sends them back."""
    sent_back = Fact.objects.filter(kind=REFERRED, case_ref__isnull=False)
    return {
        CaseKey(source, case_ref)
        for source, case_ref in sent_back.values_list("case_source", "case_ref").distinct()
        if source is not None and case_ref is not None
    }


def keep_referral(referral: NewReferral, event_ids: Iterable[str], round_name: str = "") -> None:
    """Keep this referral, of this round if of any, beside the facts that were written by it."""
    ReferredBack.objects.create(
        case_source=referral.case.source,
        case_ref=referral.case.case_ref,
        round=Round.objects.filter(name=round_name).first(),
        danger=referral.danger,
        child=referral.child,
        must_act=referral.must_act,
        referred_at=referral.referred_at,
        referred_by=referral.referred_by,
        frozen=referral.frozen,
        frozen_hash=referral.frozen_hash,
        events=list(event_ids),
    )


def kept_of(case_key: CaseKey) -> Mapping[str, KeptReferral]:
    """What is kept of this case having been sent back, by the event that sent it."""
    table_rows = _referral_rows().filter(case_source=case_key.source, case_ref=case_key.case_ref).order_by("pk")
    return {table_row.events[0]: _read_referral(table_row) for table_row in table_rows if table_row.events}


def unanswered_like(referral: NewReferral, round_name: str) -> KeptReferral | None:
    """What is kept of the same account having sent the same case back in the same words, if nobody has answered it here."""
    same_referrals = _referral_rows().filter(
        case_source=referral.case.source,
        case_ref=referral.case.case_ref,
        round__name=round_name,
        referred_by=referral.referred_by,
        child=referral.child,
        danger=referral.danger,
        must_act=referral.must_act,
        seen_confirmed_at__isnull=True,
    )
    unanswered_rows = (table_row for table_row in same_referrals.order_by("-pk") if len(table_row.events) == 1)
    return next((_read_referral(table_row) for table_row in unanswered_rows), None)


def add_event(referral: KeptReferral, event_id: str) -> None:
    """Note that this fact was written by answering it."""
    own_row = ReferredBack.objects.filter(pk=referral.id)
    own_row.update(events=[*own_row.values_list("events", flat=True).get(), event_id])


def confirm_seen(referral: KeptReferral, recorded_at: datetime, account_name: str) -> bool:
    """Note who confirmed when that the child was seen; False where somebody has before."""
    changed = ReferredBack.objects.filter(pk=referral.id, seen_confirmed_at__isnull=True).update(
        seen_confirmed_at=recorded_at, seen_confirmed_by=account_name
    )
    return bool(changed)


def is_confirmed_by(referral: KeptReferral, account: str) -> bool:
    """True where this account confirmed that the child was seen."""
    return ReferredBack.objects.filter(pk=referral.id, seen_confirmed_by=account).exists()


def sent_by(case_key: CaseKey, round_name: str, account: str) -> datetime | None:
    """When this account last sent this case of this round back; None if never."""
    table_rows = ReferredBack.objects.filter(
        case_source=case_key.source, case_ref=case_key.case_ref, round__name=round_name, referred_by=account
    )
    return table_rows.order_by("-referred_at").values_list("referred_at", flat=True).first()


def _referral_rows() -> QuerySet[ReferredBack]:
    return ReferredBack.objects.annotate(round_name=F("round__name")).defer("frozen")


def _read_referral(table_row: Any) -> KeptReferral:
    return KeptReferral(
        table_row.pk,
        table_row.round_name or "",
        table_row.danger,
        table_row.must_act,
        table_row.frozen_hash,
        table_row.seen_confirmed_at,
        tuple(table_row.events),
    )
