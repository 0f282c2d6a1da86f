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

from duecare.cli.door import Here, MomentText, at_work, command, open_here
from duecare.vocabulary import clock
from duecare.vocabulary.refusals import Refusal

MARKER = "demo"
NAMED_FROM = date(2015, 1, 1)  # the day from which the made-up chief officer adopted the force's own standards
SCALE = click.option("--scale", type=click.Choice(["small", "force"]), default="small", show_default=True)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@SCALE
@click.option("--seed", type=int, help="Same seed and ending, same bytes.")
@click.option("--ending", type=MomentText(), help="The force's last moment. Default: a fixed one.")
@click.option("--json", "as_json", is_flag=True)
def synthesise(out: Path, scale: str, seed: int | None, ending: datetime | None, as_json: bool) -> None:
    """Write a made-up force's deliveries, and the truth about it, into the folder OUT."""
    found = synthesise_to(out, scale, seed, ending)
    if as_json:
        click.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2))
    else:
        click.echo(
            f"{found['deliveries']} deliveries, {found['records']:,} records, {found['people']:,} people in {out}"
        )


def synthesise_to(out: Path, scale: str, seed: int | None, ending: datetime | None) -> dict[str, Any]:
    """Write the made-up force; what was written, as the exchange words it.

    Raises:  CFG-001 when something that is not a made-up force lies at `out`.
    """
    from duecare.synthetic.write import DEFAULT_SEED, ENDING
    from duecare.synthetic.write import write_synthetic as write

    if out.exists() and any(out.iterdir()):
        raise Refusal("CFG-001", where=str(out), found="a folder that is not empty")
    with at_work("Making up a force") as tell:
        made = write(
            out,
            scale=scale,
            chance_seed=DEFAULT_SEED if seed is None else seed,
            ending=ending or ENDING,
            progress=lambda done, _of: tell("", done),
        )
    return {
        "deliveries": made.deliveries,
        "records": made.records,
        "people": made.people,
        "paths": [str(path) for path in made.paths],
    }


@click.command()
@SCALE
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Build the store and end.")
@click.option("--seed", type=int)
@click.option("--json", "as_json", is_flag=True)
def demo(scale: str, port: int, no_serve: bool, seed: int | None, as_json: bool) -> None:
    """Make a made-up force, run the chain over it, and serve the site with a sign-in for each role."""
    from duecare.cli.site import free_port, serve_site

    home = Path(os.environ.setdefault("DUECARE_HOME", "duecare-demo")).absolute()
    os.environ["DUECARE_HOME"] = str(home)
    _hold(home)
    _make_room(home)
    here = _open(as_json, home)
    now = clock.current_moment()
    made = synthesise_to(home / "deliveries", scale, seed, now)
    found = _run(here, [Path(path) for path in made["paths"]])
    if no_serve:
        _beside(here)
    asked, port = port, free_port("127.0.0.1", port)
    if port != asked:
        click.echo(f"Port {asked} is taken; the site is served on {port}.", err=True)
    url = f"http://127.0.0.1:{port}/"
    answer = {**found, "url": None if no_serve else url}
    if as_json:
        click.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2))
    else:
        for line in _words(answer):
            click.echo(line)
    if no_serve:
        return
    log = (home / "beside.log").open("w")
    itself = "from duecare.cli import main; main()"
    subprocess.Popen([sys.executable, "-c", itself, "demo-beside"], stdout=log, stderr=log)
    click.echo("Audits, recommendations and figures are being made up beside it, and appear within a minute.", err=True)
    serve_site("127.0.0.1", port, 2)


@click.command(hidden=True)
@command
def demo_beside(here: Here) -> None:
    """Make up what a demo shows beside cases; the demo starts this itself, so that its first page need not wait for it."""
    _beside(here)
    here.answer({"done": True}, lambda: iter(["Audits, recommendations and figures are there."]))


def _open(as_json: bool, home: Path) -> Here:
    """The store, empty. A database of another address may be in use: nothing made up may be written among what is real.

    Raises:  CFG-001 when it is; then nothing says any more that this is a demo, in which anybody may sign in.
    """
    try:
        here = open_here(as_json, "demo")
        from duecare.use_cases.demo.demo_accounts import leave_alone_what_is_in_use

        leave_alone_what_is_in_use(here.asking)
    except BaseException:
        (home / MARKER).unlink()
        raise
    return here


def _run(here: Here, paths: list[Path]) -> dict[str, Any]:
    from duecare.cli.receive import run_to_worklist
    from duecare.use_cases.audit.import_totals import import_own_totals
    from duecare.use_cases.casework.view_front_page import count_cases
    from duecare.use_cases.demo.demo_accounts import enrol_made_up
    from duecare.use_cases.oversight.assign_accountable import name_every

    chain = run_to_worklist(here, paths, None, False)
    import_own_totals(here.asking)
    enrol_made_up(here.asking, here.config)
    name_every(here.asking, NAMED_FROM)
    return {
        "people": chain["link"]["people"],
        "cases": count_cases(),
        "duties": chain["assess"]["findings"],
        "overdue": chain["assess"]["overdue"],
        "deliveries": len(chain["receive"]),
        "set_aside": sum(one["set_aside"] for one in chain["receive"]),
        "stale": sum(one["stale"] for one in chain["receive"]),
        "refused": [one["delivery"] for one in chain["receive"] if one["status"] == "refused"],
    }


def _beside(here: Here) -> None:
    """What a demo shows beside cases: audits, the register of recommendations, and figures."""
    from duecare.cli.receive import keep_figures
    from duecare.use_cases.demo.demo_audits import grade_made_up
    from duecare.use_cases.demo.demo_recommendations import register_made_up
    from duecare.use_cases.demo.demo_release import publish_made_up

    grade_made_up(here.asking, here.config.home / "audits")
    register_made_up(here.asking, here.config)
    publish_made_up(here.asking, here.config)
    keep_figures(here)


def _hold(home: Path) -> None:
    """Hold this demo against another one; the lock goes with the process, and on to the web server it becomes.

    Raises:  CFG-001 when a demo is being built or served from here.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(home.with_name(home.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refusal("CFG-001", where=str(home), found="a demo that is being built or served; end it first") from None
    os.set_inheritable(lock, True)


def _make_room(home: Path) -> None:
    marker = home / MARKER
    if home.exists() and any(home.iterdir()) and not marker.exists():
        raise Refusal("CFG-001", where=str(home), found="a folder that holds something other than a demo")
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True)
    marker.write_text("A made-up force: nobody in here exists.\n", encoding="utf-8")


def _words(answer: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{answer['people']:,} made-up people, {answer['cases']:,} cases, {answer['duties']:,} duties,"
        f" {answer['overdue']:,} overdue; {answer['set_aside']:,} rows set aside, {answer['stale']:,} stale."
    )
    if answer["url"]:
        yield f"The site is at {answer['url']} (sign in as any of the made-up people; Ctrl-C ends it)."
