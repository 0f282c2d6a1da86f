"""Commands that compare moments and standards: what changed between two moments, and what a draft standard would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from duecare.cli.door import CommandContext, MomentText, at_work, store_command


@click.command("changed")
@click.option("--from", "from_", type=MomentText(), required=True, help="The earlier moment.")
@click.option("--to", type=MomentText(), help="The later moment. Default: now.")
@click.option(
    "--known-from", type=MomentText(), help="What is known at the earlier moment. Default: what was written by then."
)
@click.option(
    "--known-to", type=MomentText(), help="What is known at the later moment. Default: what was written by then."
)
@click.option("--policy-from", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The policy in force at the earlier moment. Default: the one stored then.")  # fmt: skip
@click.option("--case", "case_ref", help="A case's reference.")
@click.option("--person", help="A person's id.")
@click.option("--duty", help="A duty's id.")
@click.option("--area")
@store_command
def changed_command(
    command_context: CommandContext,
    from_: datetime,
    to: datetime | None,
    policy_from: Path | None,
    **option_values: Any,
) -> None:
    """List the findings that differ between two moments, and why."""
    from duecare.rulebook.all_duties import all_duties
    from duecare.rulebook.force_policy import read_policy
    from duecare.use_cases.findings.compare_moments import Moment
    from duecare.use_cases.findings.compare_moments import list_changes as step
    from duecare.use_cases.findings.compare_moments_export import as_json
    from duecare.use_cases.findings.findings_in_scope import Wanted

    until = to or command_context.request.now
    if until < from_:
        raise click.BadParameter("the later moment is before the earlier one", param_hint="--to")
    if option_values["duty"] is not None and option_values["duty"] not in {
        duty_class.id for duty_class in all_duties()
    }:
        raise click.BadParameter("no duty has this id; docs/reference/rulebook lists them", param_hint="--duty")
    first_moment = Moment(from_, option_values["known_from"] or from_)
    second_moment = Moment(until, option_values["known_to"] or until)
    if second_moment.known_at < first_moment.known_at:
        raise click.BadParameter("less would be known at the later moment than at the earlier", param_hint="--known-to")
    change_filter = Wanted(
        duty=option_values["duty"],
        case=option_values["case_ref"],
        person=option_values["person"],
        area=option_values["area"],
    )
    with at_work("Comparing") as report_progress:
        change_result = step(
            command_context.request,
            command_context.config,
            change_filter,
            first_moment,
            second_moment,
            policy_then=read_policy(policy_from) if policy_from else None,
            tell_progress=report_progress,
        )
    changes_json = as_json(change_result)
    command_context.answer(changes_json, lambda: _change_lines(changes_json))


@click.command("what-if")
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "from_", type=MomentText(), help="Start of the period. Default: 365 days before its end.")
@click.option("--to", type=MomentText(), help="End of the period. Default: now.")
@store_command
def what_if(command_context: CommandContext, draft: Path, from_: datetime | None, to: datetime | None) -> None:
    """Try the standards of the policy file DRAFT on what began in a period. Nothing is saved."""
    from duecare.use_cases.findings.try_standard import as_json, read_draft
    from duecare.use_cases.findings.try_standard import what_if as step

    if from_ is not None and from_ > (to or command_context.request.now):
        raise click.BadParameter("the period ends before it begins", param_hint="--to")
    with at_work("Trying") as report_progress:
        trial_result = step(
            command_context.request,
            command_context.config,
            read_draft(draft),
            first_moment=from_,
            last_moment=to,
            tell_progress=report_progress,
        )
    trial_json = as_json(trial_result)
    command_context.answer(trial_json, lambda: _side_by_side(trial_json))


def _side_by_side(trial_json: dict[str, Any]) -> Iterator[str]:
    for duty_row in trial_json["duties"]:
        yield duty_row["duty"]
        for side_key, words in (("in_force", "in force"), ("draft", "draft")):
            numbers = ", ".join(
                f"{count_name} = {value:g}" for count_name, value in duty_row["numbers"][side_key].items()
            )
            counts = ", ".join(
                f"{value:,} {count_name.replace('_', ' ')}" for count_name, value in duty_row["total"][side_key].items()
            )
            yield f"  {words:8} {numbers}: {counts}"
    yield from trial_json["notes"]


def _change_lines(changes_json: dict[str, Any]) -> Iterator[str]:
    for change_row in changes_json["changes"]:
        before, after = (
            change_row[side_key]["state"] if change_row[side_key] else "-" for side_key in ("before", "after")
        )
        subject_text = f"{change_row['source']}:{change_row['case_ref'] or change_row['person'] or ''}"
        cause_fact = change_row["fact"]
        cause_text = (
            f" ({cause_fact['source']}:{cause_fact['event_id']} {cause_fact['kind'] or cause_fact['sheet']})"
            if cause_fact
            else ""
        )
        yield (
            f"{change_row['ref']:4} {change_row['duty']:30} {subject_text:32} {before} -> {after}  "
            f"{change_row['cause']}{cause_text}"
        )
    yield from changes_json["notes"]
    yield f"{len(changes_json['changes']):,} findings differ"
