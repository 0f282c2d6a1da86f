"""Commands about other moments: what changed between two of them, and what a draft standard would have made of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from duecare.cli.door import Here, MomentText, at_work, command


@click.command()
@click.option("--from", "from_", type=MomentText(), required=True, help="The earlier moment.")
@click.option("--to", type=MomentText(), help="The later moment. Default: now.")
@click.option("--known-from", type=MomentText(), help="What is known at the earlier one. Default: written by then.")
@click.option("--known-to", type=MomentText(), help="What is known at the later one. Default: written by then.")
@click.option("--policy-from", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The policy in force at the earlier moment. Default: the one kept from then.")  # fmt: skip
@click.option("--case", "case_ref", help="A case's reference.")
@click.option("--person", help="A person's id.")
@click.option("--duty", help="A duty's id.")
@click.option("--area")
@command
def changed(here: Here, from_: datetime, to: datetime | None, policy_from: Path | None, **asked: Any) -> None:
    """List which findings differ between two moments, and by what."""
    from duecare.rulebook.all_duties import all_duties
    from duecare.rulebook.force_policy import read_policy
    from duecare.use_cases.findings.compare_moments import Moment
    from duecare.use_cases.findings.compare_moments import changed as step
    from duecare.use_cases.findings.compare_moments_export import as_json
    from duecare.use_cases.findings.findings_in_scope import Wanted

    until = to or here.asking.now
    if until < from_:
        raise click.BadParameter("the later moment is before the earlier one", param_hint="--to")
    if asked["duty"] is not None and asked["duty"] not in {duty.id for duty in all_duties()}:
        raise click.BadParameter("no duty has this id; docs/reference/rulebook lists them", param_hint="--duty")
    then = Moment(from_, asked["known_from"] or from_)
    now = Moment(until, asked["known_to"] or until)
    if now.known_at < then.known_at:
        raise click.BadParameter("less would be known at the later moment than at the earlier", param_hint="--known-to")
    wanted = Wanted(duty=asked["duty"], case=asked["case_ref"], person=asked["person"], area=asked["area"])
    with at_work("Comparing") as tell:
        found = step(
            here.asking,
            here.config,
            wanted,
            then,
            now,
            policy_then=read_policy(policy_from) if policy_from else None,
            tell=tell,
        )
    said = as_json(found)
    here.answer(said, lambda: _changes(said))


@click.command("what-if")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "from_", type=MomentText(), help="From when on. Default: 365 days before the end.")
@click.option("--to", type=MomentText(), help="Up to when. Default: now.")
@command
def what_if(here: Here, draft: Path, from_: datetime | None, to: datetime | None) -> None:
    """Try the standards of the policy file DRAFT on what began in a period; nothing is kept."""
    from duecare.use_cases.findings.try_standard import as_json, read_draft
    from duecare.use_cases.findings.try_standard import what_if as step

    if from_ is not None and from_ > (to or here.asking.now):
        raise click.BadParameter("the period ends before it begins", param_hint="--to")
    with at_work("Trying") as tell:
        found = step(here.asking, here.config, read_draft(draft), first=from_, last=to, tell=tell)
    said = as_json(found)
    here.answer(said, lambda: _side_by_side(said))


def _side_by_side(said: dict[str, Any]) -> Iterator[str]:
    for one in said["duties"]:
        yield one["duty"]
        for side, words in (("in_force", "in force"), ("draft", "draft")):
            numbers = ", ".join(f"{name} = {value:g}" for name, value in one["numbers"][side].items())
            counts = ", ".join(f"{value:,} {name.replace('_', ' ')}" for name, value in one["total"][side].items())
            yield f"  {words:8} {numbers}: {counts}"
    yield from said["notes"]


def _changes(said: dict[str, Any]) -> Iterator[str]:
    for one in said["changes"]:
        before, after = (one[side]["state"] if one[side] else "-" for side in ("before", "after"))
        whose = f"{one['source']}:{one['case_ref'] or one['person'] or ''}"
        fact = one["fact"]
        by = f" ({fact['source']}:{fact['event_id']} {fact['kind'] or fact['sheet']})" if fact else ""
        yield f"{one['ref']:4} {one['duty']:30} {whose:32} {before} -> {after}  {one['cause']}{by}"
    yield from said["notes"]
    yield f"{len(said['changes']):,} findings differ"
