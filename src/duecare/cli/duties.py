"""Commands about duties: assess them, list their findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from duecare.cli.door import CommandContext, at_work, moment_options, store_command
from duecare.vocabulary.london_clock import in_london

MOST_NAMED = 20
STATES = ("met", "met_late", "open", "overdue", "excused", "not_applicable", "cannot_tell")


@click.command("assess")
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "memory", "spark"]),
    help="Where it is worked out; spark needs the extra of that name. Default: by the number of events.",
)
@click.option(
    "--check", is_flag=True, help="Compare with the findings in force, refreshed to now; DUT-022 if they differ."
)
@moment_options
@store_command
def assess_command(
    command_context: CommandContext, engine: str | None, check: bool, as_of: datetime | None, known_at: datetime | None
) -> None:
    """Assess every duty for every case and person, and put the findings in force."""
    if check and (as_of or known_at):
        raise click.UsageError("--check is of now: leave --as-of and --known-at out")
    assessment_json = assess_all(command_context, as_of, known_at, engine or "", check=check)
    command_context.answer(assessment_json, lambda: _count_lines(assessment_json, check, known_at))
    if assessment_json.get("differences"):
        from duecare.vocabulary.refusals import Refusal

        difference_names = tuple(
            _difference_name(difference) for difference in assessment_json["differences"][:MOST_NAMED]
        )
        raise Refusal("DUT-022", found=f"{len(assessment_json['differences']):,} differences", faults=difference_names)


def _check_lines(assessment_json: dict[str, Any], check: bool) -> list[str]:
    if check and "differences" not in assessment_json:
        return ["the findings in force were assessed with other rules or another policy, so the two were not compared"]
    return ["the findings in force are the same"] if assessment_json.get("differences") == [] else []


def _difference_name(difference: dict[str, Any]) -> str:
    difference_text = f"{difference['kind']} {difference['duty']} {difference['finding']}".strip()
    return (
        f"{difference_text} of {difference['case_ref'] or difference['person']} ({difference['source']}) "
        f"in {difference['field']}"
    )


def assess_all(
    command_context: CommandContext,
    as_of: datetime | None,
    known_at: datetime | None,
    engine: str = "",
    *,
    check: bool = False,
) -> dict[str, Any]:
    """Run the assessment, and return its result in the fields of the exchange contract."""
    from duecare.assessment.full_run import run_full_assessment as step

    with at_work("Assessing") as report_progress:
        assessment_result = step(
            command_context.request,
            command_context.config,
            as_of=as_of,
            known_at=known_at,
            engine=engine,
            check=check,
            report_progress=report_progress,
        )
    answer = {
        "findings": assessment_result.findings,
        "overdue": assessment_result.overdue,
        "by_duty": dict(assessment_result.by_duty),
    }
    if assessment_result.differences is None:
        return answer
    field_names = ("kind", "finding", "duty", "source", "case_ref", "person", "field")
    return answer | {
        "differences": [
            {field_name: getattr(difference, field_name) for field_name in field_names}
            for difference in assessment_result.differences
        ]
    }


@click.command("findings")
@click.option("--state", type=click.Choice(STATES))
@click.option("--duty", help="A duty's id.")
@click.option("--ref", help="The id of the limit, such as AL1.")
@click.option("--case", "case_ref", help="A case's reference.")
@click.option("--person", help="A person's id.")
@click.option("--area")
@moment_options
@store_command
def findings_command(
    command_context: CommandContext, as_of: datetime | None, known_at: datetime | None, **option_values: str | None
) -> None:
    """List findings: due, met, late or cannot tell."""
    from duecare.rulebook.all_duties import all_duties
    from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings

    if option_values["duty"] is not None and option_values["duty"] not in {
        duty_class.id for duty_class in all_duties()
    }:
        raise click.BadParameter("no duty has this id; docs/reference/rulebook lists them", param_hint="--duty")
    finding_filter = Wanted(
        state=option_values["state"],
        duty=option_values["duty"],
        ref=option_values["ref"],
        case=option_values["case_ref"],
        person=option_values["person"],
        area=option_values["area"],
    )
    finding_list = read_findings(
        command_context.request, command_context.config, finding_filter, as_of=as_of, known_at=known_at
    )
    command_context.answer([finding.as_json() for finding in finding_list], lambda: _finding_lines(finding_list))


def _count_lines(assessment_json: dict[str, Any], check: bool, known_at: datetime | None) -> Iterator[str]:
    yield f"{assessment_json['findings']:,} findings, {assessment_json['overdue']:,} overdue, without suggested standards"
    if known_at is not None:
        yield (
            f"In force now: what was known at {in_london(known_at).isoformat()}. Pages leave out what was written later until"
            " duecare assess is run without --known-at."
        )
    yield from _check_lines(assessment_json, check)


def _finding_lines(finding_list: list[Any]) -> Iterator[str]:
    for listed_finding in finding_list:
        due_text = in_london(listed_finding.due_at).isoformat() if listed_finding.due_at else "no due time"
        late_text = f", {listed_finding.late_by_hours:,.2f} h late" if listed_finding.late_by_hours is not None else ""
        reason = f" ({listed_finding.reason})" if listed_finding.reason else ""
        suggested = ", only suggested" if listed_finding.adopted is False else ""
        subject_text = f"{listed_finding.source}:{listed_finding.case_ref or listed_finding.person or ''}"
        yield (
            f"{due_text}  {listed_finding.ref:4} {listed_finding.duty:30} {subject_text:32} "
            f"{listed_finding.state.value}{late_text}{reason}{suggested}"
        )
    guidance_count = sum(listed_finding.adopted is False for listed_finding in finding_list)
    yield f"{len(finding_list):,} findings" + (
        f", {guidance_count:,} of them of standards only suggested" if guidance_count else ""
    )
    if not finding_list:
        yield "Cases that are not recorded, or that you may not open, have none either."
