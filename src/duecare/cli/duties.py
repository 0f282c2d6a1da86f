"""Commands about duties: reckon them, list their findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from duecare.cli.door import Here, at_work, command, moments
from duecare.vocabulary.moments import in_london

MOST_NAMED = 20
STATES = ("met", "met_late", "open", "overdue", "excused", "not_applicable", "cannot_tell")


@click.command()
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "memory", "spark"]),
    help="Where it is worked out; spark needs the extra of that name. Default: by the number of events.",
)
@click.option(
    "--check", is_flag=True, help="Hold it against what was in force, brought up to now; DUT-022 if they differ."
)
@moments
@command
def assess(here: Here, engine: str | None, check: bool, as_of: datetime | None, known_at: datetime | None) -> None:
    """Reckon every duty of every case and person, and put the findings in force."""
    if check and (as_of or known_at):
        raise click.UsageError("--check is of now: leave --as-of and --known-at out")
    found = assess_all(here, as_of, known_at, engine or "", check=check)
    here.answer(found, lambda: _counted(found, check, known_at))
    if found.get("differences"):
        from duecare.vocabulary.refusals import Refusal

        named = tuple(_named(one) for one in found["differences"][:MOST_NAMED])
        raise Refusal("DUT-022", found=f"{len(found['differences']):,} differences", faults=named)


def _checked(found: dict[str, Any], check: bool) -> list[str]:
    if check and "differences" not in found:
        return ["what was in force was reckoned by other rules or another policy: the two were not compared"]
    return ["what was in force is the same"] if found.get("differences") == [] else []


def _named(one: dict[str, Any]) -> str:
    what = f"{one['kind']} {one['duty']} {one['finding']}".strip()
    return f"{what} of {one['case_ref'] or one['person']} ({one['source']}) in {one['field']}"


def assess_all(
    here: Here, as_of: datetime | None, known_at: datetime | None, engine: str = "", *, check: bool = False
) -> dict[str, Any]:
    """What the assessment answered, as the exchange words it."""
    from duecare.assessment.full_run import run_full_assessment as step

    with at_work("Assessing") as tell:
        found = step(
            here.asking, here.config, as_of=as_of, known_at=known_at, engine=engine, check=check, report_progress=tell
        )
    answer = {"findings": found.findings, "overdue": found.overdue, "by_duty": dict(found.by_duty)}
    if found.differences is None:
        return answer
    named = ("kind", "finding", "duty", "source", "case_ref", "person", "field")
    return answer | {"differences": [{name: getattr(one, name) for name in named} for one in found.differences]}


@click.command()
@click.option("--state", type=click.Choice(STATES))
@click.option("--duty", help="A duty's id.")
@click.option("--ref", help="The id of the limit, such as AL1.")
@click.option("--case", "case_ref", help="A case's reference.")
@click.option("--person", help="A person's id.")
@click.option("--area")
@moments
@command
def findings(here: Here, as_of: datetime | None, known_at: datetime | None, **asked: str | None) -> None:
    """List what is owed, met, late or cannot be told."""
    from duecare.rulebook.all_duties import all_duties
    from duecare.use_cases.findings.findings_in_scope import Wanted, read_findings

    if asked["duty"] is not None and asked["duty"] not in {duty.id for duty in all_duties()}:
        raise click.BadParameter("no duty has this id; docs/reference/rulebook lists them", param_hint="--duty")
    wanted = Wanted(
        state=asked["state"],
        duty=asked["duty"],
        ref=asked["ref"],
        case=asked["case_ref"],
        person=asked["person"],
        area=asked["area"],
    )
    found = read_findings(here.asking, here.config, wanted, as_of=as_of, known_at=known_at)
    here.answer([finding.as_json() for finding in found], lambda: _words(found))


def _counted(found: dict[str, Any], check: bool, known_at: datetime | None) -> Iterator[str]:
    yield f"{found['findings']:,} findings, {found['overdue']:,} overdue, standards only suggested left out"
    if known_at is not None:
        yield (
            f"In force now: what was known at {in_london(known_at).isoformat()}. Pages leave out what was written later until"
            " duecare assess is run without --known-at."
        )
    yield from _checked(found, check)


def _words(found: list[Any]) -> Iterator[str]:
    for one in found:
        due = in_london(one.due_at).isoformat() if one.due_at else "no due time"
        late = f", {one.late_by_hours:,.2f} h late" if one.late_by_hours is not None else ""
        reason = f" ({one.reason})" if one.reason else ""
        suggested = ", only suggested" if one.adopted is False else ""
        whose = f"{one.source}:{one.case_ref or one.person or ''}"
        yield f"{due}  {one.ref:4} {one.duty:30} {whose:32} {one.state.value}{late}{reason}{suggested}"
    only = sum(one.adopted is False for one in found)
    yield f"{len(found):,} findings" + (f", {only:,} of them of standards only suggested" if only else "")
    if not found:
        yield "What is not held, or may not be opened, has none either."
