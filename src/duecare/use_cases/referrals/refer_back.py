"""Send a case back because a child is still at risk: at once, whatever its grade, with its evidence frozen as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson

from duecare.access.act import Act
from duecare.assessment.rules_in_force import CHILDREN
from duecare.audit.grading.judgement_validation import is_text
from duecare.audit.referral import REFERRED
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.record.pole import CaseKey, InvolvementRow, RecordKey
from duecare.store.audit import case_referrals
from duecare.store.audit.case_referrals import NewReferral
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import Facts, facts_of_case
from duecare.use_cases.deliveries.write_own_events import OwnEvent, write_own
from duecare.visibility.allocated_file import file_thing
from duecare.visibility.case_scope import case_thing, ledger_refs_of_case
from duecare.visibility.display_names import label_of
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import REFERRAL_TEXT

MUST_ACT: Final = ("supervisor", "detective_inspector", "bcu_lead", "chief_officer_lead")


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a case who may be the one at risk: the record, and the name shown for it."""

    record: RecordKey
    label: str


@dataclass(frozen=True, slots=True)
class Before:
    """The children the grader may name as at risk, and when they last sent this case back themselves, if ever."""

    children: tuple[Child, ...]
    sent_at: datetime | None


def before_sending(request: Request, round_name: str, case_key: CaseKey) -> Before:
    """What somebody who sends this file's case back must know; nobody who is sealed is named, as in its bundle.

    Raises:  ACC-001 unless the file was allotted to the viewer.
    """
    authorise(request, Act.REFER_BACK, file_thing(round_name, case_key))
    facts = facts_of_case(case_key, None)
    before_found = Before(_children_named(facts), case_referrals.sent_by(case_key, round_name, request.viewer.account))
    log_read(request, Act.REFER_BACK, ledger_refs_of_case(case_key, facts))
    return before_found


def refer_back(
    request: Request,
    config: Config,
    round_name: str,
    case_key: CaseKey,
    *,
    danger: str,
    child: RecordKey,
    must_act: str,
) -> str:
    """Send this case back; the id of the fact that says so.

    Shape:   its clocks begin with the fact, for whoever must act by policy; `must_act` names the post asked for first.
             The file as known now is kept with its hash. The same account sending it back in the same words, before anyone
             has answered, sends nothing more.
    Raises:  ACC-001 unless the file was allotted to the viewer; AUD-052 with every fault.
    """
    authorise(request, Act.REFER_BACK, file_thing(round_name, case_key))
    facts = facts_of_case(case_key, None)
    danger = danger.strip()
    faults = [] if danger else ["the danger is not described"]
    faults += faults_of_words("the danger", danger)
    faults += (
        []
        if child in {child_named.record for child_named in _children_named(facts)}
        else ["the child is none of this file's children"]
    )
    faults += [] if must_act in MUST_ACT else ["who must act is none of " + ", ".join(MUST_ACT)]
    if faults:
        raise Refusal("AUD-052", faults=tuple(faults))
    frozen = as_it_was(case_key, facts, request.now)
    referral = NewReferral(
        case=case_key,
        danger=danger,
        child=f"{child.source}:{child.record_id}",
        must_act=must_act,
        referred_at=request.now,
        referred_by=request.viewer.account,
        frozen=frozen,
        frozen_hash=hashlib.sha256(frozen).hexdigest(),
    )
    with case_referrals.one_by_one():
        before = case_referrals.unanswered_like(referral, round_name)
        if before is not None:
            with transaction():
                log_write(request, Act.REFER_BACK, names=ledger_refs_of_case(case_key, facts), outcome="done before")
            return before.events[0]
        force_area = case_thing(case_key, facts, request.now).area
        sent_event = OwnEvent(
            REFERRED, request.now, case_key, area=force_area, text=danger, ties=(InvolvementRow(child, "child"),)
        )
        event_ids = write_own(request, config, [sent_event])
        with transaction():
            case_referrals.keep_referral(referral, event_ids, round_name)
            log_write(request, Act.REFER_BACK, names=ledger_refs_of_case(case_key, facts))
    return event_ids[0]


def faults_of_words(words_title: str, words: str) -> list[str]:
    """What is wrong with these words, if a fact is to have them; nothing where they are empty."""
    if len(words) > REFERRAL_TEXT:
        return [f"{words_title} is described in more than {REFERRAL_TEXT:,} characters"]
    return [] if is_text(words) else [f"{words_title} has a character that is not text"]


def as_it_was(case_key: CaseKey, facts: Facts, known_moment: datetime) -> bytes:
    """What was known of this case, as canonical JSON: every event with who was in it and when it was written."""
    events = sorted(facts.events, key=lambda event: (event.happened_at, event.source, event.event_id))
    facts_content = {
        "case": list(case_key),
        "known_at": known_moment.isoformat(),
        "record": facts.cases.get(case_key),
        "events": events,
    }
    return orjson.dumps(facts_content, option=orjson.OPT_SORT_KEYS, default=_plain_value)


def _plain_value(held_value: object) -> object:
    """A read-only mapping, or a key of several parts, as JSON has it."""
    if isinstance(held_value, Mapping):
        return dict(held_value)
    if isinstance(held_value, tuple):
        return list(held_value)
    raise TypeError(type(held_value).__name__)


def _children_named(facts: Facts) -> tuple[Child, ...]:
    sealed = sealed_people()
    tied_records = {
        involvement.record for event in facts.events for involvement in event.ties if involvement.role in CHILDREN
    }
    tied_records -= {record for record in tied_records if facts.whose[record] in sealed}
    return tuple(Child(record, label_of(record, facts)) for record in sorted(tied_records))
