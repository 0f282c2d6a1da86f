"""Commands about cases that were sent back because a child was still at risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, MomentText, command
from duecare.record.pole import CaseKey, RecordKey
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

if TYPE_CHECKING:
    from duecare.use_cases.referrals.list_referrals import ReferralShown

ANSWERS = {"acknowledged": "referral_acknowledged", "acted": "referral_actioned", "revisited": "case_revisited"}
YES_NO = {"yes": True, "no": False, None: None}


@click.command("referrals")
@command
def referrals(here: Here) -> None:
    """Which cases were sent back, and how far has each come?"""
    from duecare.use_cases.referrals.list_referrals import read_referrals

    found = read_referrals(here.asking, here.config)
    here.answer([_as_json(one) for one in found], lambda: _words(found))


@click.command("refer-back")
@click.argument("round_name")
@click.argument("case")
@click.option("--danger", required=True, help="What the danger is, in words that the child could read.")
@click.option("--child", required=True, help="The child at risk, as SOURCE:RECORD_ID.")
@click.option("--must-act", default="detective_inspector", show_default=True, help="The post that must act.")
@command
def refer_back(here: Here, round_name: str, case: str, danger: str, child: str, must_act: str) -> None:
    """Send CASE (SOURCE:CASE_REF) of round ROUND_NAME back, because a child is still at risk."""
    from duecare.use_cases.referrals import refer_back as step

    event = step.refer_back(
        here.asking,
        here.config,
        round_name,
        CaseKey(*_parted(case)),
        danger=danger,
        child=RecordKey(*_parted(child)),
        must_act=must_act,
    )
    here.answer({"event": event}, lambda: iter([f"Sent back, as {event}."]))


@click.command("answer-referral")
@click.argument("case")
@click.argument("answer", type=click.Choice(list(ANSWERS)))
@click.option("--at", type=MomentText(), help="When it was done; now unless given.")
@click.option("--words", default="", help="What was done or found.")
@click.option("--further-harm", type=click.Choice(["yes", "no"]), help="What a revisit found.")
@click.option("--charged", type=click.Choice(["yes", "no"]), help="Was a further suspect charged or cautioned?")
@command
def answer_referral(
    here: Here, case: str, answer: str, at: datetime | None, words: str, further_harm: str | None, charged: str | None
) -> None:
    """Record that CASE (SOURCE:CASE_REF), which was sent back, was acknowledged, acted on or revisited."""
    from duecare.use_cases.referrals import answer_referral as step

    event = step.answer_referral(
        here.asking,
        here.config,
        CaseKey(*_parted(case)),
        ANSWERS[answer],
        at=at,
        words=words,
        further_harm=YES_NO[further_harm],
        charged_or_cautioned=YES_NO[charged],
    )
    here.answer({"event": event}, lambda: iter([f"Recorded, as {event}."]))


def _parted(named: str) -> tuple[str, str]:
    source, colon, key = named.partition(":")
    if not colon or not source or not key:
        raise Refusal("AUD-052", faults=(f"{named!r} is not written as SOURCE:KEY",))
    return source, key


def _as_json(one: ReferralShown) -> dict[str, object]:
    said = one.said
    return {
        "source": one.case.source,
        "case_ref": one.case.case_ref,
        "stage": one.stage.value,
        "referred_at": iso_text(said.sent.happened_at.earliest),
        "acknowledged_at": iso_text(said.acknowledged.happened_at.earliest) if said.acknowledged else None,
        "actioned_at": iso_text(said.actioned.happened_at.earliest) if said.actioned else None,
        "seen_confirmed_at": iso_text(one.confirmed_at) if one.confirmed_at else None,
        "revisited_at": iso_text(said.revisited.happened_at.earliest) if said.revisited else None,
        "further_harm": said.further_harm,
        "charged_or_cautioned": said.charged_or_cautioned,
        "next_told": {"role": one.next_told[0], "at": iso_text(one.next_told[1])} if one.next_told else None,
        "findings": [explained.finding.finding for explained in one.findings],
    }


def _words(found: tuple[ReferralShown, ...]) -> Iterator[str]:
    if not found:
        yield "No case that is shown to you was sent back."
    for one in found:
        sent_at = iso_text(one.said.sent.happened_at.earliest)
        yield f"{one.case.source}:{one.case.case_ref}  {one.stage.value}  sent back {sent_at}"
