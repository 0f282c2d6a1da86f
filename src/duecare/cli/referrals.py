"""Commands about cases that were sent back because a child was still at risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import CommandContext, MomentText, store_command
from duecare.record.pole import CaseKey, RecordKey
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

if TYPE_CHECKING:
    from duecare.use_cases.referrals.list_referrals import ReferralShown

ANSWERS = {"acknowledged": "referral_acknowledged", "acted": "referral_actioned", "revisited": "case_revisited"}
YES_NO = {"yes": True, "no": False, None: None}


@click.command("referrals")
@store_command
def referrals_command(command_context: CommandContext) -> None:
    """List the cases that were sent back, and the progress of each."""
    from duecare.use_cases.referrals.list_referrals import read_referrals

    referral_list = read_referrals(command_context.request, command_context.config)
    command_context.answer(
        [_as_json(shown_referral) for shown_referral in referral_list], lambda: _referral_lines(referral_list)
    )


@click.command("refer-back")
@click.argument("round_name")
@click.argument("case")
@click.option("--danger", required=True, help="What the danger is, in words that the child could read.")
@click.option("--child", required=True, help="The child at risk, as SOURCE:RECORD_ID.")
@click.option("--must-act", default="detective_inspector", show_default=True, help="The post that must act.")
@store_command
def refer_back(
    command_context: CommandContext, round_name: str, case: str, danger: str, child: str, must_act: str
) -> None:
    """Send CASE (SOURCE:CASE_REF) of round ROUND_NAME back, because a child is still at risk."""
    from duecare.use_cases.referrals import refer_back as step

    event = step.refer_back(
        command_context.request,
        command_context.config,
        round_name,
        CaseKey(*_split_case_name(case)),
        danger=danger,
        child=RecordKey(*_split_case_name(child)),
        must_act=must_act,
    )
    command_context.answer({"event": event}, lambda: iter([f"Sent back, as {event}."]))


@click.command("answer-referral")
@click.argument("case")
@click.argument("answer", type=click.Choice(list(ANSWERS)))
@click.option("--at", type=MomentText(), help="When it was done. Default: now.")
@click.option("--words", default="", help="What was done or found.")
@click.option("--further-harm", type=click.Choice(["yes", "no"]), help="What a revisit found.")
@click.option("--charged", type=click.Choice(["yes", "no"]), help="Was a further suspect charged or cautioned?")
@store_command
def answer_referral(
    command_context: CommandContext,
    case: str,
    answer: str,
    at: datetime | None,
    words: str,
    further_harm: str | None,
    charged: str | None,
) -> None:
    """Record that CASE (SOURCE:CASE_REF), which was sent back, was acknowledged, acted on or revisited."""
    from duecare.use_cases.referrals import answer_referral as step

    event = step.answer_referral(
        command_context.request,
        command_context.config,
        CaseKey(*_split_case_name(case)),
        ANSWERS[answer],
        happened_at=at,
        words=words,
        further_harm=YES_NO[further_harm],
        charged_or_cautioned=YES_NO[charged],
    )
    command_context.answer({"event": event}, lambda: iter([f"Recorded, as {event}."]))


def _split_case_name(case_name: str) -> tuple[str, str]:
    source, colon, case_ref = case_name.partition(":")
    if not colon or not source or not case_ref:
        raise Refusal("AUD-052", faults=(f"{case_name!r} is not written as SOURCE:KEY",))
    return source, case_ref


def _as_json(shown_referral: ReferralShown) -> dict[str, object]:
    referral = shown_referral.said
    return {
        "source": shown_referral.case.source,
        "case_ref": shown_referral.case.case_ref,
        "stage": shown_referral.stage.value,
        "referred_at": iso_text(referral.sent.happened_at.earliest),
        "acknowledged_at": iso_text(referral.acknowledged.happened_at.earliest) if referral.acknowledged else None,
        "actioned_at": iso_text(referral.actioned.happened_at.earliest) if referral.actioned else None,
        "seen_confirmed_at": iso_text(shown_referral.confirmed_at) if shown_referral.confirmed_at else None,
        "revisited_at": iso_text(referral.revisited.happened_at.earliest) if referral.revisited else None,
        "further_harm": referral.further_harm,
        "charged_or_cautioned": referral.charged_or_cautioned,
        "next_told": {"role": shown_referral.next_told[0], "at": iso_text(shown_referral.next_told[1])}
        if shown_referral.next_told
        else None,
        "findings": [explained.finding.finding for explained in shown_referral.findings],
    }


def _referral_lines(referral_list: tuple[ReferralShown, ...]) -> Iterator[str]:
    if not referral_list:
        yield "No case that you can see was sent back."
    for shown_referral in referral_list:
        sent_at = iso_text(shown_referral.said.sent.happened_at.earliest)
        yield f"{shown_referral.case.source}:{shown_referral.case.case_ref}  {shown_referral.stage.value}  sent back {sent_at}"
