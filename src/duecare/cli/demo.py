"""Commands that make a made-up force, and show Duecare on it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.cli.door import CommandContext, MomentText, at_work, open_command_context, store_command
from duecare.vocabulary import clock
from duecare.vocabulary.refusals import Refusal

MARKER = "demo"
NAMED_FROM = date(2015, 1, 1)  # the day from which the made-up chief officer adopted the force's own standards
SCALE = click.option("--scale", type=click.Choice(["small", "force"]), default="small", show_default=True)


@click.command("synthesise")
@click.argument("out", type=click.Path(path_type=Path))
@SCALE
@click.option("--seed", type=int, help="The same seed and ending give the same bytes.")
@click.option("--ending", type=MomentText(), help="The last moment of the made-up data. Default: a fixed one.")
@click.option("--json", "as_json", is_flag=True)
def synthesise_command(out: Path, scale: str, seed: int | None, ending: datetime | None, as_json: bool) -> None:
    """Write a made-up force's deliveries, and the truth about it, into the folder OUT."""
    synthetic_summary = synthesise_to(out, scale, seed, ending)
    if as_json:
        click.echo(orjson.dumps(synthetic_summary, option=orjson.OPT_INDENT_2))
    else:
        click.echo(
            f"{synthetic_summary['deliveries']} deliveries, {synthetic_summary['records']:,} records, "
            f"{synthetic_summary['people']:,} people in {out}"
        )


def synthesise_to(output_folder: Path, scale: str, chance_seed: int | None, ending: datetime | None) -> dict[str, Any]:
    """Write the made-up force, and return what was written in the fields of the exchange contract.

    Raises:  CFG-001 when something that is not a made-up force lies at `output_folder`.
    """
    from duecare.synthetic.write import DEFAULT_SEED, ENDING
    from duecare.synthetic.write import write_synthetic as write

    if output_folder.exists() and any(output_folder.iterdir()):
        raise Refusal("CFG-001", where=str(output_folder), found="a folder that is not empty")
    with at_work("Making up a force") as report_progress:
        written_force = write(
            output_folder,
            scale=scale,
            chance_seed=DEFAULT_SEED if chance_seed is None else chance_seed,
            ending=ending or ENDING,
            progress=lambda steps_done, _total_steps: report_progress("", steps_done),
        )
    return {
        "deliveries": written_force.deliveries,
        "records": written_force.records,
        "people": written_force.people,
        "paths": [str(delivery_path) for delivery_path in written_force.paths],
    }


@click.command("demo")
@SCALE
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Build the store and stop.")
@click.option("--no-extras", is_flag=True, help="Make up no audits, recommendations and figures.")
@click.option("--seed", type=int)
@click.option("--json", "as_json", is_flag=True)
def demo_command(scale: str, port: int, no_serve: bool, no_extras: bool, seed: int | None, as_json: bool) -> None:
    """Make a made-up force, run the chain over it, and serve the site with a sign-in for each role."""
    from duecare.cli.site import free_port, serve_site

    demo_home = Path(os.environ.setdefault("DUECARE_HOME", "duecare-demo")).absolute()
    os.environ["DUECARE_HOME"] = str(demo_home)
    _lock_demo(demo_home)
    _make_room(demo_home)
    command_context = _open_demo(as_json, demo_home)
    current_moment = clock.current_moment()
    synthetic_summary = synthesise_to(demo_home / "deliveries", scale, seed, current_moment)
    chain_summary = _run_demo_chain(
        command_context, [Path(delivery_path) for delivery_path in synthetic_summary["paths"]]
    )
    if no_serve and not no_extras:
        _make_up_extras(command_context)
    asked, port = port, free_port("127.0.0.1", port)
    if port != asked:
        click.echo(f"Port {asked} is taken; the site is served on {port}.", err=True)
    site_url = f"http://127.0.0.1:{port}/"
    answer = {**chain_summary, "url": None if no_serve else site_url}
    if as_json:
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    else:
        for text_line in _demo_lines(answer):
            click.echo(text_line)
    if no_serve:
        return
    if not no_extras:
        _start_extras(demo_home)
    serve_site("127.0.0.1", port, 2)


def _start_extras(demo_home: Path) -> None:
    """Make up the extras in a process of its own, while the site is served."""
    extras_log = (demo_home / "beside.log").open("w")
    itself = "from duecare.cli import main; main()"
    subprocess.Popen([sys.executable, "-c", itself, "demo-beside"], stdout=extras_log, stderr=extras_log)
    click.echo("Audits, recommendations and figures are still being made up. They appear within a minute.", err=True)


@click.command("demo-beside", hidden=True)
@store_command
def demo_beside(command_context: CommandContext) -> None:
    """Make up the audits, recommendations and figures of a demo. The demo starts this itself, to load its first page sooner."""
    _make_up_extras(command_context)
    command_context.answer({"done": True}, lambda: iter(["Audits, recommendations and figures are there."]))


def _open_demo(as_json: bool, demo_home: Path) -> CommandContext:
    """Open the empty store. A database of another address may be in use: nothing made up may be written among real records.

    Raises:  CFG-001 when it is; then nothing says any more that this is a demo, in which anybody may sign in.
    """
    try:
        command_context = open_command_context(as_json, "demo")
        from duecare.use_cases.demo.demo_accounts import leave_alone_what_is_in_use

        leave_alone_what_is_in_use(command_context.request)
    except BaseException:
        (demo_home / MARKER).unlink()
        raise
    return command_context


def _run_demo_chain(command_context: CommandContext, paths: list[Path]) -> dict[str, Any]:
    from duecare.cli.receive import run_to_worklist
    from duecare.use_cases.audit.import_totals import import_own_totals
    from duecare.use_cases.casework.view_front_page import count_cases
    from duecare.use_cases.demo.demo_accounts import enrol_made_up
    from duecare.use_cases.oversight.assign_accountable import name_every

    chain = run_to_worklist(command_context, paths, None, False)
    import_own_totals(command_context.request)
    enrol_made_up(command_context.request, command_context.config)
    name_every(command_context.request, NAMED_FROM)
    return {
        "people": chain["link"]["people"],
        "cases": count_cases(),
        "duties": chain["assess"]["findings"],
        "overdue": chain["assess"]["overdue"],
        "deliveries": len(chain["receive"]),
        "set_aside": sum(receipt["set_aside"] for receipt in chain["receive"]),
        "stale": sum(receipt["stale"] for receipt in chain["receive"]),
        "refused": [receipt["delivery"] for receipt in chain["receive"] if receipt["status"] == "refused"],
    }


def _make_up_extras(command_context: CommandContext) -> None:
    """Make up what a demo shows beside cases: audits, the register of recommendations, and figures."""
    from duecare.cli.receive import keep_figures
    from duecare.use_cases.demo.demo_audits import grade_made_up
    from duecare.use_cases.demo.demo_recommendations import register_made_up
    from duecare.use_cases.demo.demo_release import publish_made_up

    grade_made_up(command_context.request, command_context.config.home / "audits")
    register_made_up(command_context.request, command_context.config)
    publish_made_up(command_context.request, command_context.config)
    keep_figures(command_context)


def _lock_demo(demo_home: Path) -> None:
    """Lock this demo against a second one; the lock stays with the process, and with the web server that it becomes.

    Raises:  CFG-001 when a demo is being built or served from here.
    """
    demo_home.parent.mkdir(parents=True, exist_ok=True)
    lock_handle = os.open(demo_home.with_name(demo_home.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock_handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refusal(
            "CFG-001", where=str(demo_home), found="a demo that is being built or served; end it first"
        ) from None
    os.set_inheritable(lock_handle, True)


def _make_room(demo_home: Path) -> None:
    marker = demo_home / MARKER
    if demo_home.exists() and any(demo_home.iterdir()) and not marker.exists():
        raise Refusal("CFG-001", where=str(demo_home), found="a folder with something other than a demo in it")
    if demo_home.exists():
        shutil.rmtree(demo_home)
    demo_home.mkdir(parents=True)
    marker.write_text("A made-up force: nobody in here exists.\n", encoding="utf-8")


def _demo_lines(answer: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{answer['people']:,} made-up people, {answer['cases']:,} cases, {answer['duties']:,} duties,"
        f" {answer['overdue']:,} overdue; {answer['set_aside']:,} rows set aside, {answer['stale']:,} stale."
    )
    if answer["url"]:
        yield f"The site is at {answer['url']} (sign in as any of the made-up people; Ctrl-C ends it)."
