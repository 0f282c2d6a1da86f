"""Answer a case that was sent back: acknowledge it, say what was done, say how it looked on the revisit."""

from __future__ import annotations

from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import REFERRALS
from duecare.audit.referral import ACKNOWLEDGED, ACTIONED, ANSWERS, REVISITED, Referral
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.record.pole import CaseKey, EventRecord
from duecare.store.audit import case_referrals
from duecare.store.audit.case_referrals import KeptReferral
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import facts_of_case, sealed_cases
from duecare.use_cases.deliveries.write_own_events import OwnEvent, id_of_form, write_own
from duecare.use_cases.referrals.list_referrals import referrals_of
from duecare.use_cases.referrals.refer_back import faults_of_words
from duecare.visibility.case_scope import ledger_refs_of_case
from duecare.visibility.opened_case import open_case
from duecare.visibility.view import visibility_for_lists
from duecare.vocabulary.refusals import Refusal


def answer_referral(
    request: Request,
    config: Config,
    case_key: CaseKey,
    answer_kind: str,
    *,
    happened_at: datetime | None = None,
    words: str = "",
    further_harm: bool | None = None,
    charged_or_cautioned: bool | None = None,
    form: str = "",
) -> str:
    """Record that this case was acknowledged, acted on or revisited, as a fact; its id.

    Shape:   of the last time it was sent back. `happened_at` is when it was done, now unless given. `form` is of the form
             that is sent: sent twice by the same account with the same words, it is recorded once.
    Raises:  ACC-001 where the viewer may not open the case, and where there is none; AUD-052 with every fault; AUD-053
             out of turn.
    """
    before = open_case(request, Act.ANSWER_REFERRAL, case_key)
    with case_referrals.one_by_one():
        answer_content = (words.strip(), further_harm, charged_or_cautioned)
        known_by = (
            id_of_form(request.viewer.account, *case_key, answer_kind, form, *map(str, answer_content)) if form else ""
        )
        if known_by and any(event.event_id == known_by for event in facts_of_case(case_key, None).events):
            with transaction():
                names = ledger_refs_of_case(case_key, visibility_for_lists(request, config).facts_shown(before))
                log_write(request, Act.ANSWER_REFERRAL, names=names, outcome="done before")
            return known_by
        return _record_answer(
            request, config, case_key, answer_kind, happened_at or request.now, *answer_content, known_by
        )


def _record_answer(
    request: Request,
    config: Config,
    case_key: CaseKey,
    answer_kind: str,
    done_at: datetime,
    words: str,
    further_harm: bool | None,
    charged_or_cautioned: bool | None,
    known_by: str,
) -> str:
    facts = facts_of_case(case_key, None)
    referrals_found = referrals_of(case_key, facts)
    last_referral = referrals_found[-1] if referrals_found else None
    faults = [] if answer_kind in ANSWERS else ["the answer is none of " + ", ".join(ANSWERS)]
    faults += ["what was done is missing"] if answer_kind == ACTIONED and not words else []
    faults += faults_of_words("what was done", words)
    faults += ["whether there was further harm is missing"] if answer_kind == REVISITED and further_harm is None else []
    faults += ["it is dated in the future"] if done_at > request.now else []
    if last_referral is not None and done_at < last_referral.sent.happened_at.earliest:
        faults.append("it is dated before the case was sent back")
    if faults:
        raise Refusal("AUD-052", faults=tuple(faults))
    if last_referral is None or not _is_in_turn(last_referral, answer_kind):
        raise Refusal("AUD-053", where=f"{case_key.source}:{case_key.case_ref}")
    answer_content: dict[str, object] = {}
    if answer_kind == REVISITED:
        answer_content = {"further_harm": further_harm}
        answer_content |= {} if charged_or_cautioned is None else {"charged_or_cautioned": charged_or_cautioned}
    event = OwnEvent(
        answer_kind,
        done_at,
        case_key,
        area=last_referral.sent.area,
        officer=request.viewer.officer,
        text=words,
        detail=answer_content,
        ties=last_referral.sent.ties,
    )
    (event_id,) = write_own(request, config, [event], [known_by] if known_by else [])
    kept_row = _kept_referral(case_key, last_referral)
    with transaction():
        if kept_row is not None:
            case_referrals.add_event(kept_row, event_id)
        names = ledger_refs_of_case(case_key, visibility_for_lists(request, config).facts_shown(facts))
        log_write(request, Act.ANSWER_REFERRAL, names=names)
    return event_id


def confirm_seen(request: Request, case_key: CaseKey) -> None:
    """Confirm, having had no part in the action, that the child was seen since the case was sent back.

    Shape:   confirmed again by the same account, nothing is changed.
    Raises:  ACC-003 unless the viewer's role may; AUD-053 where it was not sent back through Duecare, is sealed, or was
             confirmed before; AUD-054 where no fact says so, or the viewer answered it.
    """
    authorise(request, Act.CONFIRM_SEEN, REFERRALS)
    facts = facts_of_case(case_key, None)
    referrals_found = referrals_of(case_key, facts)
    kept_row = _kept_referral(case_key, referrals_found[-1]) if referrals_found else None
    if kept_row is None or case_key in sealed_cases():
        raise Refusal("AUD-053", where=f"{case_key.source}:{case_key.case_ref}")
    last_referral = referrals_found[-1]
    number = request.viewer.officer.strip().casefold()
    had_part = number and number in {
        answered_part.officer.strip().casefold() for answered_part in _answered_parts(last_referral)
    }
    if not last_referral.seen or had_part:
        raise Refusal("AUD-054", where=f"{case_key.source}:{case_key.case_ref}")
    with transaction():
        is_new = case_referrals.confirm_seen(kept_row, request.now, request.viewer.account)
        if not is_new and not case_referrals.is_confirmed_by(kept_row, request.viewer.account):
            raise Refusal("AUD-053", where=f"{case_key.source}:{case_key.case_ref}")
        outcome = "done" if is_new else "done before"
        log_write(request, Act.CONFIRM_SEEN, names=ledger_refs_of_case(case_key, facts), outcome=outcome)


def _kept_referral(case_key: CaseKey, last_referral: Referral) -> KeptReferral | None:
    return case_referrals.kept_of(case_key).get(last_referral.sent.event_id)


def _answered_parts(last_referral: Referral) -> list[EventRecord]:
    return [
        answered_part
        for answered_part in (
            last_referral.acknowledged,
            last_referral.actioned,
            last_referral.revisited,
            *last_referral.seen,
        )
        if answered_part is not None
    ]


def _is_in_turn(last_referral: Referral, answer_kind: str) -> bool:
    if answer_kind == ACKNOWLEDGED:
        return last_referral.acknowledged is None
    if answer_kind == ACTIONED:
        return last_referral.acknowledged is not None
    return last_referral.actioned is not None
