"""Commands about rounds: opened, planned, drawn so that neither side can steer it, allotted, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, MomentText, command

if TYPE_CHECKING:
    from duecare.use_cases.audit.plan_round import Planned, Sizes
    from duecare.use_cases.audit.round_pages import RoundLine, RoundPage


@click.group("round")
def round_() -> None:
    """Rounds: open, plan, look at and end them."""


@round_.command("open")
@click.argument("name")
@click.option("--title", required=True)
@click.option("--kind", required=True, help="inspection, internal, single_file or revisit.")
@click.option("--method", required=True, help="By which method files are graded, such as child-protection-2024.")
@click.option("--scheme-force", help="By which scheme the force grades, such as case-files-2017.")
@click.option("--scheme-inspectorate", help="By which scheme the inspectorate grades.")
@click.option("--follows", default="", help="The round of which this is the follow-up.")
@command
def open_(
    here: Here,
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

    given = {"force": scheme_force, "inspectorate": scheme_inspectorate}
    schemes = {side: scheme for side, scheme in given.items() if scheme}
    open_round(here.asking, Opening(name, title, kind, method, schemes, follows))
    here.answer({"round": name, "stage": "opened"}, lambda: iter([f"Round {name} is open. Plan it next."]))


@round_.command("plan")
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
    help="Of what a stratum is made; risk is as last graded.",
)
@click.option("--paired", type=click.IntRange(0), help="How many files both sides grade.")
@click.option("--inspector-only", type=click.IntRange(0), help="How many files inspectors alone grade.")
@click.option("--force-only", type=click.IntRange(0), help="How many files the force alone grades.")
@click.option("--half-width", type=float, help="Size a set so that a share is known to this: 0.05 is five points.")
@click.option(
    "--half-width-of",
    type=click.Choice(["paired", "inspector_only", "force_only"]),
    default="paired",
    show_default=True,
    help="The set that --half-width sizes.",
)
@click.option("--expected", type=float, default=0.5, show_default=True, help="The share that is expected there.")
@click.option("--no-further-harm", is_flag=True, help="Only cases sent back whose revisit found no further harm.")
@click.option("--every-file-of", "earlier", multiple=True, help="Look at every file of this earlier round again.")
@click.option("--case", "cases", multiple=True, type=(str, str), help="Look at this case: SOURCE CASE_REF.")
@click.option(
    "--into",
    type=click.Choice(["paired", "inspector_only", "force_only"]),
    default="inspector_only",
    show_default=True,
    help="The set of files named by --every-file-of or --case.",
)
@click.option("--beacon", help="A public beacon whose value stands in the place of a side's number.")
@click.option("--pulse-at", type=MomentText(), help="The time of that beacon's pulse, yet to come.")
@command
def plan(here: Here, name: str, **given: Any) -> None:
    """Fix for the round NAME what is drawn from, and how much of it."""
    from duecare.audit.rounds.sampling_frame import Choice
    from duecare.record.pole import CaseKey
    from duecare.use_cases.audit.plan_round import plan_round, plan_whole

    if given["earlier"] or given["cases"]:
        cases = [CaseKey(*one) for one in given["cases"]]
        found = plan_whole(here.asking, name, of_rounds=given["earlier"], cases=cases, into=given["into"])
    else:
        if (given["beacon"] is None) != (given["pulse_at"] is None):
            raise click.UsageError("--beacon and --pulse-at are given together.")
        choice = Choice(
            frozenset(given["kinds"]),
            frozenset(given["areas"]),
            _begins(given["opened_from"]),
            given["opened_to"],
            frozenset(given["by"]),
        )
        beacon = (given["beacon"], given["pulse_at"]) if given["beacon"] else None
        found = plan_round(here.asking, name, choice, _sizes(given), beacon, of_claims=given["no_further_harm"])
    here.answer(found.as_json(), lambda: _planned(found))


@round_.command("end")
@click.argument("name")
@click.option("--follow-up-on", type=MomentText(), help="When it is due again. Default: twelve months from now.")
@click.option("--follow-up-owner", default="", help="The account that owns the follow-up. Default: yours.")
@command
def end(here: Here, name: str, follow_up_on: datetime | None, follow_up_owner: str) -> None:
    """End the round NAME for your side, graded or not."""
    from duecare.use_cases.audit.end_round import end_round
    from duecare.vocabulary.moments import london_day

    day = london_day(follow_up_on) if follow_up_on else None
    found = end_round(here.asking, name, due_on=day, owner=follow_up_owner)
    waits = f"It ends when the {' and the '.join(found.waits_for)} end it too." if found.waits_for else "It has ended."
    again = f" It is due again on {found.due_on}, owned by {found.owner}." if found.due_on else ""
    here.answer(found.as_json(), lambda: iter([waits + again]))


@round_.command("show")
@click.argument("name")
@command
def show(here: Here, name: str) -> None:
    """How far the round NAME has come, in counts and hashes."""
    from duecare.use_cases.audit.list_rounds import read_round

    found = read_round(here.asking, name)
    here.answer(found.as_json(), lambda: _shown(found))


@click.command("rounds")
@command
def rounds(here: Here) -> None:
    """Which rounds there are, and which are due again."""
    from duecare.use_cases.audit.list_rounds import list_rounds

    found = list_rounds(here.asking)
    here.answer([one.as_json() for one in found], lambda: (_line(one) for one in found))


@click.command("graders")
@click.argument("name")
@click.argument("graders", nargs=-1, required=True, metavar="ACCOUNT[=OFFICER]...")
@click.option("--side", default="", help="The side they grade for; yours, or it is refused.")
@command
def graders(here: Here, name: str, graders: tuple[str, ...], side: str) -> None:
    """Name who grades for your side in the round NAME, each with their officer number."""
    from duecare.use_cases.audit.name_graders import name_graders

    given = dict(one.partition("=")[::2] for one in graders)
    name_graders(here.asking, name, given, side)
    here.answer({"round": name, "graders": sorted(given)}, lambda: iter([f"{len(given)} graders named."]))


@click.command("allot")
@click.argument("name")
@click.option("--side", default="", help="The side whose files are allotted; yours, or it is refused.")
@click.option("--replace-conflicted", is_flag=True, help="Replace files that no grader may have, by the rule.")
@command
def allot(here: Here, name: str, side: str, replace_conflicted: bool) -> None:
    """Allot the files of your side in the round NAME to its graders."""
    from duecare.use_cases.audit.allocate_files import allot_round

    found = allot_round(here.asking, name, replaces=replace_conflicted, wanted=side)
    here.answer(
        found.as_json(),
        lambda: iter(
            [
                f"{found.allotted} files allotted, {found.replaced} replaced.",
                *(f"  {account}: {files} files" for account, files in sorted(found.loads.items())),
            ]
        ),
    )


@click.command("take-out")
@click.argument("name")
@click.argument("file", type=int)
@click.option("--reason", required=True, help="not_in_scope or not_found.")
@command
def take_out(here: Here, name: str, file: int, reason: str) -> None:
    """Take the file of this number out of the round NAME; the next in its stratum's order takes its place."""
    from duecare.use_cases.audit.replace_file import take_out as step

    new = step(here.asking, name, file, reason)
    here.answer({"round": name, "taken_out": file, "by": new}, lambda: iter([f"File {new} stands in its place."]))


def _sizes(given: dict[str, Any]) -> Sizes:
    from duecare.use_cases.audit.plan_round import Sizes

    sets = ("paired", "inspector_only", "force_only")
    files = {name: given[name] for name in sets if given[name] is not None}
    within = {} if given["half_width"] is None else {given["half_width_of"]: given["half_width"]}
    return Sizes(files, within, given["expected"])


def _begins(moment: datetime | None) -> datetime | None:
    """A day alone names its end; a period begins with the beginning of its first day."""
    from duecare.vocabulary.moments import end_of_day, london_day, start_of_day

    if moment is None:
        return None
    day = london_day(moment)
    return start_of_day(day) if moment == end_of_day(day) else moment


def _planned(found: Planned) -> Iterator[str]:
    said = found.as_json()
    sets = ", ".join(f"{files} {name}" for name, files in said["files_to_draw"].items() if files)
    yield f"{said['files_held']:,} files can be drawn; {sets} will be."
    if found.undated:
        yield f"{found.undated:,} files are left out: nothing tells when they were opened."
    for name, strata in found.thin.items():
        if strata:
            yield f"{strata:,} strata give fewer than two {name} files: how sure the round is cannot be told. Make fewer."
    yield f"Frame {found.frame_hash}"
    yield f"Plan  {found.plan_hash}"
    for stratum, held, shares in found.strata:
        yield f"  {' / '.join(stratum)}: {held:,} held, {sum(shares.values())} to draw"


def _line(one: RoundLine) -> str:
    due = f"; due again {one.due_on} ({one.owner})" if one.due_on and not one.follow_up_by else ""
    return f"{one.name}: {one.title} ({one.kind}), {one.stage}{due}{', overdue' if one.is_overdue else ''}"


def _shown(found: RoundPage) -> Iterator[str]:
    yield _line(found.line)
    if found.plan_hash:
        yield f"Frame {found.frame_hash}"
        yield f"Plan  {found.plan_hash}"
    for one in found.handed:
        told = f", revealed {one.number}".rstrip() if one.is_told else ""
        yield f"{one.side}: {one.commitment or 'a beacon'}{told}"
    if found.lacks:
        yield f"Waits for {found.lacks}."
    if found.seed:
        yield f"Seed  {found.seed}"
    for side in found.sides:
        for files in side.sets:
            yield (
                f"{side.side}, {files.set}: {files.files} files, {files.allotted} with a grader,"
                f" {files.submitted} submitted"
            )
    if found.next:
        yield f"Next for the {found.side}: {', then '.join(found.next)}."


COMMANDS = (round_, rounds, graders, allot, take_out)
