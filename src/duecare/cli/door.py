"""Shared parts of every command: the account, JSON answers, refusals, and the progress bar."""

from __future__ import annotations

import dataclasses
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson

from duecare.config import Config, read_config
from duecare.vocabulary import clock
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.refusals import Refusal

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])


class Door(click.Group):
    """The command line itself: a refusal is a message on standard error and its family's exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and turn a refusal into an exit code."""
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.Exit as click_exit:
            sys.exit(click_exit.exit_code)
        except click.exceptions.Abort:
            click.echo("Stopped. Unfinished work was not saved.", err=True)
            sys.exit(130)
        except click.ClickException as failure:
            failure.show()
            sys.exit(failure.exit_code)
        except Refusal as refusal:
            click.echo(str(refusal), err=True)
            if refusal.code in {"ACC-001", "ACC-003"}:
                click.echo(
                    f"You are acting as the account {read_config().user}. To use another, set DUECARE_USER.", err=True
                )
            sys.exit(refusal.exit_code)
        except UnicodeEncodeError:
            click.echo("An argument is not valid text. Nothing was done.", err=True)
            sys.exit(2)
        except Exception as failure:  # noqa: BLE001 - whatever it is, its own words may hold personal data
            refused = _of_the_store(failure)
            click.echo(str(refused) if refused else _unforeseen_text(failure), err=True)
            sys.exit(refused.exit_code if refused else 1)
        except KeyboardInterrupt:
            click.echo("Stopped. Unfinished work was not saved.", err=True)
            sys.exit(130)


@dataclasses.dataclass(frozen=True, slots=True)
class CommandContext:
    """Context of one command: the request, the settings, and whether the answer is JSON."""

    config: Config
    request: Any
    as_json: bool

    def at_this_moment(self) -> CommandContext:
        """The same context with the current time, for a command that runs for longer than one request."""
        return dataclasses.replace(self, request=dataclasses.replace(self.request, now=clock.current_moment()))

    def answer(self, value: object, words: Callable[[], Iterator[str]] | None = None) -> None:
        """Give the answer: one JSON document, or lines of words."""
        if self.as_json or words is None:
            sys.stdout.buffer.write(orjson.dumps(value, default=_plain_value, option=orjson.OPT_INDENT_2) + b"\n")
            sys.stdout.flush()
            return
        for text_line in words():
            click.echo(text_line)


def store_command(function: CommandFunction) -> CommandFunction:
    """A command of the store: `--json`, `--purpose`, the store opened, the account looked up; passes the context first."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
    @click.option(
        "--purpose",
        default="command line",
        show_default=True,
        help="Why you are doing this. It is recorded in the ledger.",
    )
    @wraps(function)
    def run_command(*args: Any, as_json: bool, purpose: str, **kwargs: Any) -> Any:
        return function(open_command_context(as_json, purpose), *args, **kwargs)

    return run_command  # type: ignore[return-value]


def open_command_context(as_json: bool, purpose: str) -> CommandContext:
    """Open the store named by the settings, and find the account that asks."""
    config = read_config()
    from duecare.use_cases.operations.open_store import open_store

    open_store()
    from duecare.use_cases.operations.manage_accounts import at_command_line

    return CommandContext(config, at_command_line(config, purpose, clock.current_moment()), as_json)


class MomentText(click.ParamType):
    """A time as people write it: ISO 8601, London without an offset; a day alone is the end of that day."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The instant that this text names."""
        if isinstance(value, datetime):
            return value
        try:
            return read_time(str(value)).when.latest.astimezone(UTC)
        except ValueError:
            self.fail("not an ISO 8601 date or time, such as 2016-03-18T09:00", param, ctx)


def moment_options(function: CommandFunction) -> CommandFunction:
    """`--as-of` and `--known-at`."""
    function = click.option("--known-at", type=MomentText(), help="Hide versions written after this moment.")(function)
    return click.option("--as-of", type=MomentText(), help="Show the state at this moment. Default: now.")(function)


@contextmanager
def at_work(work_title: str, total: int | None = None) -> Iterator[Callable[[str, int], None]]:
    """A bar on standard error for anything that takes over two seconds; `report_progress(name, count)` moves it."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    progress = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn(),
        console=console, transient=True,
    )  # fmt: skip
    progress_task = progress.add_task(work_title, total=total)
    began = time.monotonic()
    is_shown = False

    def report_progress(step_name: str, count: int) -> None:
        nonlocal is_shown
        progress.update(
            progress_task, description=f"{work_title}: {step_name}" if step_name else work_title, completed=count
        )
        if not is_shown and time.monotonic() - began > 2.0 and console.is_terminal:
            progress.start()
            is_shown = True

    try:
        yield report_progress
    finally:
        if is_shown:
            progress.stop()


def _of_the_store(failure: Exception) -> Refusal | None:
    if "django.db" not in sys.modules:
        return None
    from duecare.use_cases.operations.store_failure import as_refusal

    return as_refusal(failure)


def _unforeseen_text(failure: Exception) -> str:
    """Text for an unforeseen failure: its kind and its place in the code, and none of its words."""
    trace_frames = traceback.extract_tb(failure.__traceback__)
    place = next(
        (frame for frame in reversed(trace_frames) if "duecare" in frame.filename),
        trace_frames[-1] if trace_frames else None,
    )
    where = f"{Path(place.filename).name}, line {place.lineno}" if place else "an unknown place"
    return (
        f"Something went wrong that was not foreseen ({type(failure).__name__} at {where}). What was not "
        f"finished was not kept."
    )


def _plain_value(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)
