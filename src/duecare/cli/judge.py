"""Commands by which a human judges whether two records are of one person, and withdraws that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, at_work, store_command
from duecare.cli.explain_link import RecordName
from duecare.cli.refresh_after_command import refresh_latest
from duecare.record.pole import RecordKey

if TYPE_CHECKING:
    from duecare.use_cases.linkage.explain_link import EarlierJudgement
    from duecare.use_cases.linkage.judge_link import JudgementEffect
    from duecare.use_cases.linkage.link_effects import FindingChanged, PersonRecords

VERDICTS = ("same", "different", "unsure")


@click.command("judge")
@click.argument("record", type=RecordName(), required=False)
@click.argument("other", type=RecordName(), required=False)
@click.argument("verdict", type=click.Choice(VERDICTS), required=False)
@click.option("--reason", required=True, help="Why, in words that the next reader can check.")
@click.option("--undo", "judgement", metavar="ID", help="Withdraw this judgement, as if it had never been made.")
@store_command
def judge_command(
    command_context: CommandContext,
    record: RecordKey | None,
    other: RecordKey | None,
    verdict: str | None,
    reason: str,
    judgement: str | None,
) -> None:
    """Record whether RECORD and OTHER are the same person, different people or you are unsure; or withdraw a judgement.

    Each record is written as SOURCE:RECORD_ID.
    """
    from duecare.use_cases.linkage import judge_link as step

    is_whole = record is not None and other is not None and verdict is not None
    if (judgement is not None and record is not None) or (judgement is None and not is_whole):
        raise click.UsageError("Give two records and a verdict, or --undo and the id of a judgement.")
    refresh_latest(command_context, says_what_is_left=False)
    with at_work("Working out what that changes"):
        if judgement is not None:
            judged_effect = step.undo_judgement(command_context.request, command_context.config, judgement, reason)
        else:
            assert record is not None
            assert other is not None
            assert verdict is not None
            judged_effect = step.judge_pair(
                command_context.request, command_context.config, record, other, verdict, reason
            )
    if not judged_effect.changed.is_whole:
        refresh_latest(command_context)
    command_context.answer(
        _as_json(judged_effect), lambda: _effect_lines(judged_effect, is_undone=judgement is not None)
    )


@click.command("judgements")
@store_command
def judgements_command(command_context: CommandContext) -> None:
    """List judgements of links: which two records, who judged them, when, why, and with what result. Latest first."""
    from duecare.use_cases.linkage.list_judgements import read_judgements

    judgement_list = read_judgements(command_context.request, command_context.config)
    command_context.answer(
        [_judgement_json(shown_judgement) for shown_judgement in judgement_list],
        lambda: _judgement_lines(judgement_list),
    )


def _judgement_json(shown_judgement: EarlierJudgement) -> dict[str, Any]:
    judgement = shown_judgement.judgement
    return {
        "judgement": judgement.judgement_id,
        "a": str(judgement.a),
        "b": str(judgement.b),
        "verdict": judgement.verdict.value,
        "by": judgement.by,
        "at": judgement.at,
        "reason": judgement.reason,
        "standing": shown_judgement.standing.value,
        "undone_at": judgement.undone_at,
        "undone_by": judgement.undone_by or None,
        "undone_reason": judgement.undone_reason or None,
    }


def _judgement_lines(judgement_list: tuple[EarlierJudgement, ...]) -> Iterator[str]:
    if not judgement_list:
        yield "Nobody has judged a link between people that you may open."
    for shown_judgement in judgement_list:
        judgement = shown_judgement.judgement
        yield (
            f"{judgement.judgement_id}  {judgement.a} {judgement.b}  {judgement.verdict.value}, "
            f"{shown_judgement.standing.value}"
        )
        yield f"    {judgement.at.isoformat()} {judgement.by}: {judgement.reason}"
        if judgement.undone_at is not None:
            yield f"    withdrawn {judgement.undone_at.isoformat()} {judgement.undone_by}: {judgement.undone_reason}"


def _as_json(judged_effect: JudgementEffect) -> dict[str, Any]:
    changed = judged_effect.changed
    return {
        "judgement": judged_effect.judgement.judgement_id,
        "a": str(judged_effect.judgement.a),
        "b": str(judged_effect.judgement.b),
        "verdict": judged_effect.judgement.verdict.value,
        "changed": {
            "people_before": [_person_group_json(person_group) for person_group in changed.people_before],
            "people_after": [_person_group_json(person_group) for person_group in changed.people_after],
            "moved": [
                {"record": str(record), "before": person_before, "after": person_after}
                for record, (person_before, person_after) in changed.moved.items()
            ],
            "findings": {
                "appeared": [_finding_change_json(finding_change) for finding_change in changed.appeared],
                "went": [_finding_change_json(finding_change) for finding_change in changed.went],
                "altered": [_finding_change_json(finding_change) for finding_change in changed.altered],
            },
            "is_whole": changed.is_whole,
        },
        "overruled": list(judged_effect.overruled),
        "disclosed": None
        if judged_effect.disclosed is None
        else [
            {
                "entry": disclosed_entry.number,
                "at": disclosed_entry.at,
                "by": disclosed_entry.actor,
                "act": disclosed_entry.act,
                "purpose": disclosed_entry.purpose,
                "recipient": disclosed_entry.recipient or None,
            }
            for disclosed_entry in judged_effect.disclosed
        ],
    }


def _person_group_json(person_group: PersonRecords) -> dict[str, Any]:
    person, records = person_group
    return {"person": person, "records": list(map(str, records))}


def _finding_change_json(finding_change: FindingChanged) -> dict[str, Any]:
    return {
        "finding": finding_change.finding,
        "duty": finding_change.duty,
        "source": finding_change.case.source if finding_change.case else None,
        "case_ref": finding_change.case.case_ref if finding_change.case else None,
        "before": finding_change.before.value if finding_change.before else None,
        "after": finding_change.after.value if finding_change.after else None,
    }


def _effect_lines(judged_effect: JudgementEffect, *, is_undone: bool) -> Iterator[str]:
    changed = judged_effect.changed
    verdict_text = "taken back" if is_undone else judged_effect.judgement.verdict.value
    yield f"{judged_effect.judgement.judgement_id}: {judged_effect.judgement.a} and {judged_effect.judgement.b}, {verdict_text}"
    for person, records in changed.people_after:
        yield f"  {person}: {', '.join(map(str, records))}"
    if changed.is_nothing:
        yield "  nothing has changed"
    for change_word, finding_changes in (
        ("appeared", changed.appeared),
        ("went", changed.went),
        ("altered", changed.altered),
    ):
        if finding_changes:
            yield f"  findings that {change_word}: {len(finding_changes)}"
    if not changed.is_whole:
        yield "  too many findings depend on this to list those that changed"
    for overruled_pair in judged_effect.overruled:
        yield f"  the judgement {overruled_pair} conflicts with this one"
    for entry in judged_effect.disclosed or ():
        recipient_text = f" to {entry.recipient}" if entry.recipient else ""
        yield f"  ledger {entry.number}: {entry.at.isoformat()} {entry.actor} {entry.act}{recipient_text}, {entry.purpose}"
