"""Commands by which a human says whether two records are of one person, and takes that back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.catching_up import bring_up
from duecare.cli.door import Here, at_work, command
from duecare.cli.why import RecordName
from duecare.record.pole import RecordKey

if TYPE_CHECKING:
    from duecare.use_cases.linkage.explain_link import Said
    from duecare.use_cases.linkage.judge_link import Judged
    from duecare.use_cases.linkage.link_effects import FindingChanged, Held

VERDICTS = ("same", "different", "unsure")


@click.command()
@click.argument("record", type=RecordName(), required=False)
@click.argument("other", type=RecordName(), required=False)
@click.argument("verdict", type=click.Choice(VERDICTS), required=False)
@click.option("--reason", required=True, help="Why, in words that whoever reads it next can check.")
@click.option("--undo", "judgement", metavar="ID", help="Take this judgement back, as if it had never been given.")
@command
def judge(
    here: Here,
    record: RecordKey | None,
    other: RecordKey | None,
    verdict: str | None,
    reason: str,
    judgement: str | None,
) -> None:
    """Record that RECORD and OTHER are of the same person, are different, or that one is unsure; or take that back.

    Each record is written as SOURCE:RECORD_ID.
    """
    from duecare.use_cases.linkage import judge_link as step

    is_whole = record is not None and other is not None and verdict is not None
    if (judgement is not None and record is not None) or (judgement is None and not is_whole):
        raise click.UsageError("Give two records and a verdict, or --undo and the id of a judgement.")
    bring_up(here, say=False)
    with at_work("Reckoning what that changes"):
        if judgement is not None:
            found = step.undo(here.asking, here.config, judgement, reason)
        else:
            assert record is not None
            assert other is not None
            assert verdict is not None
            found = step.judge(here.asking, here.config, record, other, verdict, reason)
    if not found.changed.is_whole:
        bring_up(here)
    here.answer(_as_json(found), lambda: _words(found, is_undone=judgement is not None))


@click.command()
@command
def judgements(here: Here) -> None:
    """What was said of which two records, by whom, when and why, and what has become of it; the latest first."""
    from duecare.use_cases.linkage.list_judgements import read_judgements

    found = read_judgements(here.asking, here.config)
    here.answer([_said(one) for one in found], lambda: _lines(found))


def _said(one: Said) -> dict[str, Any]:
    said = one.judgement
    return {
        "judgement": said.judgement_id,
        "a": str(said.a),
        "b": str(said.b),
        "verdict": said.verdict.value,
        "by": said.by,
        "at": said.at,
        "reason": said.reason,
        "standing": one.standing.value,
        "undone_at": said.undone_at,
        "undone_by": said.undone_by or None,
        "undone_reason": said.undone_reason or None,
    }


def _lines(found: tuple[Said, ...]) -> Iterator[str]:
    if not found:
        yield "Nobody has judged a link between people that you may open."
    for one in found:
        said = one.judgement
        yield f"{said.judgement_id}  {said.a} {said.b}  {said.verdict.value}, {one.standing.value}"
        yield f"    {said.at.isoformat()} {said.by}: {said.reason}"
        if said.undone_at is not None:
            yield f"    taken back {said.undone_at.isoformat()} {said.undone_by}: {said.undone_reason}"


def _as_json(found: Judged) -> dict[str, Any]:
    changed = found.changed
    return {
        "judgement": found.judgement.judgement_id,
        "a": str(found.judgement.a),
        "b": str(found.judgement.b),
        "verdict": found.judgement.verdict.value,
        "changed": {
            "people_before": [_held(one) for one in changed.people_before],
            "people_after": [_held(one) for one in changed.people_after],
            "moved": [
                {"record": str(record), "before": was, "after": now} for record, (was, now) in changed.moved.items()
            ],
            "findings": {
                "appeared": [_finding(one) for one in changed.appeared],
                "went": [_finding(one) for one in changed.went],
                "altered": [_finding(one) for one in changed.altered],
            },
            "is_whole": changed.is_whole,
        },
        "overruled": list(found.overruled),
        "disclosed": None
        if found.disclosed is None
        else [
            {
                "entry": one.number,
                "at": one.at,
                "by": one.actor,
                "act": one.act,
                "purpose": one.purpose,
                "recipient": one.recipient or None,
            }
            for one in found.disclosed
        ],
    }


def _held(one: Held) -> dict[str, Any]:
    person, records = one
    return {"person": person, "records": list(map(str, records))}


def _finding(one: FindingChanged) -> dict[str, Any]:
    return {
        "finding": one.finding,
        "duty": one.duty,
        "source": one.case.source if one.case else None,
        "case_ref": one.case.case_ref if one.case else None,
        "before": one.before.value if one.before else None,
        "after": one.after.value if one.after else None,
    }


def _words(found: Judged, *, is_undone: bool) -> Iterator[str]:
    changed = found.changed
    what = "taken back" if is_undone else found.judgement.verdict.value
    yield f"{found.judgement.judgement_id}: {found.judgement.a} and {found.judgement.b}, {what}"
    for person, records in changed.people_after:
        yield f"  {person}: {', '.join(map(str, records))}"
    if changed.is_nothing:
        yield "  nothing is another than before"
    for word, some in (("appeared", changed.appeared), ("went", changed.went), ("altered", changed.altered)):
        if some:
            yield f"  findings that {word}: {len(some)}"
    if not changed.is_whole:
        yield "  so much rests on this that what changed of what is owed is not listed"
    for one in found.overruled:
        yield f"  the judgement {one} cannot stand beside this one"
    for entry in found.disclosed or ():
        to = f" to {entry.recipient}" if entry.recipient else ""
        yield f"  ledger {entry.number}: {entry.at.isoformat()} {entry.actor} {entry.act}{to}, {entry.purpose}"
