"""Cases sent back, and errors a review found, as their pages show them, at every stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.made.pages import NAMES, NOW, PERSON, every_state, explained

from duecare.audit.referral import Referral, Stage
from duecare.audit.reviews.found_error import FoundError
from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, RecordKey
from duecare.use_cases.referrals.list_referrals import CameBack, ReferralShown, ToAnswer
from duecare.use_cases.referrals.refer_back import Before, Child
from duecare.vocabulary.moments import When

CASE = CaseKey("merlin", "MER/2016/0001")
CHILD = RecordKey("merlin", "P1")


def _event(kind: str, hours: float, **detail: object) -> EventRecord:
    at = NOW + timedelta(hours=hours)
    return EventRecord(
        "duecare", f"own-{kind}", kind, When(at, at), at, CASE, area="Northmoor", officer="D100",
        text="Her number was changed.", detail=detail, ties=(InvolvementRow(CHILD, "child"),),
    )  # fmt: skip


SENT = Referral(_event("case_referred_back", -50))
ACTED = replace(SENT, acknowledged=_event("referral_acknowledged", -48), actioned=_event("referral_actioned", -30))
REVISITED = replace(
    ACTED,
    revisited=_event("case_revisited", -2, further_harm=False, charged_or_cautioned=True),
    seen=(_event("child_seen", -20),),
    against=(_event("suspect_contact", -1),),
)
SAID = {
    Stage.REFERRED: SENT,
    Stage.ACKNOWLEDGED: replace(ACTED, actioned=None),
    Stage.ACTIONED: ACTED,
    Stage.REOPENED: REVISITED,
}


def referral(stage: Stage = Stage.REFERRED) -> ReferralShown:
    """One case sent back, that far."""
    return ReferralShown(
        case=CASE,
        child="Ada MADEUP",
        danger="He still has her number.",
        must_act="detective_inspector",
        round="spring-2016",
        frozen_hash="c0ffee" * 10 + "c0ff",
        said=SAID[stage],
        stage=stage,
        confirmed_at=NOW if stage is Stage.REOPENED else None,
        findings=tuple(map(explained, every_state()[:2])),
        next_told=("chief_officer_lead", NOW + timedelta(hours=3)) if stage is not Stage.REOPENED else None,
        is_open=True,
        people=(PERSON,),
    )


def referrals() -> tuple[ReferralShown, ...]:
    """One at every stage."""
    return tuple(map(referral, SAID))


def referred(case_ref: str) -> tuple[ReferralShown, ...]:
    """A case sent back twice; the end of its reference says how far it has come."""
    stage = next((one for one in SAID if case_ref.endswith(one.value)), Stage.REFERRED)
    return referral(stage), referral(Stage.REOPENED)


def before() -> Before:
    """What whoever sends it back is told first."""
    return Before(children(), None)


def children() -> tuple[Child, ...]:
    """The children of a file."""
    return Child(CHILD, "Ada MADEUP"), Child(RecordKey("merlin", "P2"), "Ben MADEUP")


def found_errors() -> tuple[FoundError, ...]:
    """An error at every standing."""
    first = FoundError(
        error="told-late", kind="delay", wronged="suspect", should="He is told promptly.", did="He was told 50 days late.",
        standard="A code made up for this test", known_from=NOW - timedelta(days=90), consequence="He waited.",
        post="investigator", remedy="A letter.",
    )  # fmt: skip
    invited = replace(first, error="not-weighed", invited_at=NOW - timedelta(days=1))
    answered = replace(invited, error="not-shared", answer="It was.", answered_at=NOW)
    return first, invited, answered, replace(answered, error="final", final_at=NOW)


def came_back() -> CameBack:
    """Cases sent back, and where errors wait for an answer."""
    return CameBack(referrals(), (ToAnswer(CASE, 2, NOW + timedelta(days=14)),), NAMES)
