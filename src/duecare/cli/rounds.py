"""Commands about rounds: opened, planned, drawn so that neither side can steer it, allotted, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, MomentText, store_command

if TYPE_CHECKING:
    from duecare.use_cases.audit.plan_round import Planned, Sizes
    from duecare.use_cases.audit.round_pages import RoundLine, RoundPage


@click.group("round")
def round_group() -> None:
    """Rounds: open, plan, show and end them."""


@round_group.command("open")
@click.argument("name")
@click.option("--title", required=True)
@click.option("--kind", required=True, help="inspection, internal, single_file or revisit.")
@click.option("--method", required=True, help="The method used to grade files, such as child-protection-2024.")
@click.option("--scheme-force", help="The scheme the force grades with, such as case-files-2017.")
@click.option("--scheme-inspectorate", help="The scheme the inspectorate grades with.")
@click.option("--follows", default="", help="The round that this one follows up.")
@store_command
def open_command(
    command_context: CommandContext,
    name: str,
    title: str,
    kind: str,
    method: str,
    scheme_force: str | None,
    scheme_inspectorate: str | None,
    follows: str,
) -> None:
    """Open the round NAME for the side that you lead."""
    from duecare.use_cases.audit.open_round import Opening, open_round

    scheme_options = {"force": scheme_force, "inspectorate": scheme_inspectorate}
    schemes = {side_name: scheme for side_name, scheme in scheme_options.items() if scheme}
    open_round(command_context.request, Opening(name, title, kind, method, schemes, follows))
    command_context.answer({"round": name, "stage": "opened"}, lambda: iter([f"Round {name} is open. Plan it next."]))


@round_group.command("plan")
@click.argument("name")
@click.option("--kind", "kinds", multiple=True, help="A kind of case, such as missing. Default: every kind.")
@click.option("--area", "areas", multiple=True, help="An area. Default: every area.")
@click.option("--opened-from", type=MomentText(), help="Only cases opened from this moment on.")
@click.option("--opened-to", type=MomentText(), help="Only cases opened up to this moment.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["kind", "area", "risk"]),
    default=("kind", "area"),
    show_default=True,
    help="What strata are made of. Risk is the last risk grade.",
)
@click.option("--paired", type=click.IntRange(0), help="How many files both sides grade.")
@click.option("--inspector-only", type=click.IntRange(0), help="How many files only inspectors grade.")
@click.option("--force-only", type=click.IntRange(0), help="How many files only the force grades.")
@click.option(
    "--half-width", type=float, help="Size a set to estimate a share within this margin: 0.05 is 5 percentage points."
)
@click.option(
    "--half-width-of",
    type=click.Choice(["paired", "inspector_only", "force_only"]),
    default="paired",
    show_default=True,
    help="The set that --half-width sizes.",
)
@click.option("--expected", type=float, default=0.5, show_default=True, help="The share you expect in that set.")
@click.option("--no-further-harm", is_flag=True, help="Only cases sent back whose revisit found no further harm.")
@click.option("--every-file-of", "earlier", multiple=True, help="Revisit every file of this earlier round.")
@click.option("--case", "cases", multiple=True, type=(str, str), help="Revisit this case: SOURCE CASE_REF.")
@click.option(
    "--into",
    type=click.Choice(["paired", "inspector_only", "force_only"]),
    default="inspector_only",
    show_default=True,
    help="The set of files named by --every-file-of or --case.",
)
@click.option("--beacon", help="A public beacon with a value used instead of a side's number.")
@click.option("--pulse-at", type=MomentText(), help="The time of that beacon's pulse, in the future.")
@store_command
def plan_command(command_context: CommandContext, name: str, **option_values: Any) -> None:
    """Set which files the round NAME is drawn from, and how many are drawn."""
    from duecare.audit.rounds.sampling_frame import Choice
    from duecare.record.pole import CaseKey
    from duecare.use_cases.audit.plan_round import plan_round, plan_whole

    if option_values["earlier"] or option_values["cases"]:
        cases = [CaseKey(*case_pair) for case_pair in option_values["cases"]]
        planned_round = plan_whole(
            command_context.request,
            name,
            of_rounds=option_values["earlier"],
            cases=cases,
            into_set=option_values["into"],
        )
    else:
        if (option_values["beacon"] is None) != (option_values["pulse_at"] is None):
            raise click.UsageError("--beacon and --pulse-at are given together.")
        choice = Choice(
            frozenset(option_values["kinds"]),
            frozenset(option_values["areas"]),
            _begins_on(option_values["opened_from"]),
            option_values["opened_to"],
            frozenset(option_values["by"]),
        )
        beacon = (option_values["beacon"], option_values["pulse_at"]) if option_values["beacon"] else None
        planned_round = plan_round(
            command_context.request,
            name,
            choice,
            _sample_sizes(option_values),
            beacon,
            of_claims=option_values["no_further_harm"],
        )
    command_context.answer(planned_round.as_json(), lambda: _plan_lines(planned_round))


@round_group.command("end")
@click.argument("name")
@click.option("--follow-up-on", type=MomentText(), help="When it is due again. Default: twelve months from now.")
@click.option("--follow-up-owner", default="", help="The account that owns the follow-up. Default: yours.")
@store_command
def end_command(
    command_context: CommandContext, name: str, follow_up_on: datetime | None, follow_up_owner: str
) -> None:
    """End the round NAME for your side, graded or not."""
    from duecare.use_cases.audit.end_round import end_round
    from duecare.vocabulary.london_clock import london_day

    due_day = london_day(follow_up_on) if follow_up_on else None
    round_end = end_round(command_context.request, name, due_on=due_day, owner=follow_up_owner)
    waits = (
        f"It ends when the {' and the '.join(round_end.waits_for)} end it too."
        if round_end.waits_for
        else "It has ended."
    )
    again = f" It is due again on {round_end.due_on}, owned by {round_end.owner}." if round_end.due_on else ""
    command_context.answer(round_end.as_json(), lambda: iter([waits + again]))


@round_group.command("show")
@click.argument("name")
@store_command
def show_command(command_context: CommandContext, name: str) -> None:
    """Show the progress of the round NAME, in counts and hashes."""
    from duecare.use_cases.audit.list_rounds import read_round

    round_page = read_round(command_context.request, name)
    command_context.answer(round_page.as_json(), lambda: _round_lines(round_page))


@click.command("rounds")
@store_command
def rounds_command(command_context: CommandContext) -> None:
    """List the rounds, and those due again."""
    from duecare.use_cases.audit.list_rounds import list_rounds

    round_list = list_rounds(command_context.request)
    command_context.answer(
        [round_entry.as_json() for round_entry in round_list],
        lambda: (_round_line(round_entry) for round_entry in round_list),
    )


@click.command("graders")
@click.argument("name")
@click.argument("graders", nargs=-1, required=True, metavar="ACCOUNT[=OFFICER]...")
@click.option("--side", default="", help="The side they grade for. It must be your own.")
@store_command
def graders_command(command_context: CommandContext, name: str, graders: tuple[str, ...], side: str) -> None:
    """Name your side's graders in the round NAME, each with their officer number."""
    from duecare.use_cases.audit.name_graders import name_graders

    grader_options = dict(grader_text.partition("=")[::2] for grader_text in graders)
    name_graders(command_context.request, name, grader_options, side)
    command_context.answer(
        {"round": name, "graders": sorted(grader_options)}, lambda: iter([f"{len(grader_options)} graders named."])
    )


@click.command("allot")
@click.argument("name")
@click.option("--side", default="", help="The side to allot files for. It must be your own.")
@click.option(
    "--replace-conflicted", is_flag=True, help="Replace files that no grader can take, using the rule of the draw."
)
@store_command
def allot_command(command_context: CommandContext, name: str, side: str, replace_conflicted: bool) -> None:
    """Allot your side's files in the round NAME to its graders."""
    from duecare.use_cases.audit.allocate_files import allot_round

    allotment = allot_round(command_context.request, name, replaces=replace_conflicted, wanted_side=side)
    command_context.answer(
        allotment.as_json(),
        lambda: iter(
            [
                f"{allotment.allotted} files allotted, {allotment.replaced} replaced.",
                *(f"  {account}: {files} files" for account, files in sorted(allotment.loads.items())),
            ]
        ),
    )


@click.command("take-out")
@click.argument("name")
@click.argument("file", type=int)
@click.option("--reason", required=True, help="not_in_scope or not_found.")
@store_command
def take_out(command_context: CommandContext, name: str, file: int, reason: str) -> None:
    """Replace the file with this number in the round NAME by the next in its stratum's order."""
    from duecare.use_cases.audit.replace_file import take_out as step

    replacement = step(command_context.request, name, file, reason)
    command_context.answer(
        {"round": name, "taken_out": file, "by": replacement},
        lambda: iter([f"File {replacement} stands in its place."]),
    )


def _sample_sizes(option_values: dict[str, Any]) -> Sizes:
    from duecare.use_cases.audit.plan_round import Sizes

    set_names = ("paired", "inspector_only", "force_only")
    files = {set_name: option_values[set_name] for set_name in set_names if option_values[set_name] is not None}
    within = (
        {} if option_values["half_width"] is None else {option_values["half_width_of"]: option_values["half_width"]}
    )
    return Sizes(files, within, option_values["expected"])


def _begins_on(moment: datetime | None) -> datetime | None:
    """A day alone names its end; a period begins with the beginning of its first day."""
    from duecare.vocabulary.london_clock import end_of_day, london_day, start_of_day

    if moment is None:
        return None
    first_day = london_day(moment)
    return start_of_day(first_day) if moment == end_of_day(first_day) else moment


def _plan_lines(planned_round: Planned) -> Iterator[str]:
    plan_json = planned_round.as_json()
    set_counts = ", ".join(f"{files} {set_name}" for set_name, files in plan_json["files_to_draw"].items() if files)
    yield f"{plan_json['files_held']:,} files can be drawn; {set_counts} will be."
    if planned_round.undated:
        yield f"{planned_round.undated:,} files are left out, because their opening date is not known."
    for set_name, strata in planned_round.thin.items():
        if strata:
            yield f"{strata:,} strata give fewer than two {set_name} files, too few for a margin of error. Use fewer strata."
    yield f"Frame {planned_round.frame_hash}"
    yield f"Plan  {planned_round.plan_hash}"
    for stratum, case_count, shares in planned_round.strata:
        yield f"  {' / '.join(stratum)}: {case_count:,} files, {sum(shares.values())} to draw"


def _round_line(round_entry: RoundLine) -> str:
    due_text = (
        f"; due again {round_entry.due_on} ({round_entry.owner})"
        if round_entry.due_on and not round_entry.follow_up_by
        else ""
    )
    return (
        f"{round_entry.name}: {round_entry.title} ({round_entry.kind}), "
        f"{round_entry.stage}{due_text}{', overdue' if round_entry.is_overdue else ''}"
    )


def _round_lines(round_page: RoundPage) -> Iterator[str]:
    yield _round_line(round_page.line)
    if round_page.plan_hash:
        yield f"Frame {round_page.frame_hash}"
        yield f"Plan  {round_page.plan_hash}"
    for handed_number in round_page.handed:
        revealed_text = f", revealed {handed_number.number}".rstrip() if handed_number.is_told else ""
        yield f"{handed_number.side}: {handed_number.commitment or 'a beacon'}{revealed_text}"
    if round_page.lacks:
        yield f"Waiting for {round_page.lacks}."
    if round_page.seed:
        yield f"Seed  {round_page.seed}"
    for round_side in round_page.sides:
        for files in round_side.sets:
            yield (
                f"{round_side.side}, {files.set}: {files.files} files, {files.allotted} with a grader,"
                f" {files.submitted} submitted"
            )
    if round_page.next:
        yield f"Next for the {round_page.side}: {', then '.join(round_page.next)}."


COMMANDS = (round_group, rounds_command, graders_command, allot_command, take_out)
