"""A command in a process of its own, that kills itself at a chosen point, or is killed from outside."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    ["django", "django.db.backends.sqlite3.base", "click", "orjson", "pyarrow.parquet", "duckdb", "rich.progress"]
)


@dataclass(frozen=True)
class Point:
    """Where to die: before or after the n-th commit, or before the n-th statement; 0 never."""

    where: str = "statement"
    number: int = 0


def run(home: Path, args: Sequence[str], point: Point, told: Any, counter: str = "", database_url: str = "") -> None:
    """Run `duecare` with these arguments in this process, and die at the point. Tells how far it came."""
    os.environ["DUECARE_HOME"] = str(home)
    os.environ["DUECARE_USER"] = "made-up-data-officer"
    os.environ.pop("DUECARE_DATABASE_URL", None)
    if database_url:
        os.environ["DUECARE_DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "duecare.settings"
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    from django.db.backends import utils
    from django.db.backends.base.base import BaseDatabaseWrapper

    counts = {"statement": 0, "before commit": 0, "after commit": 0}

    def reach(where: str) -> None:
        counts[where] += 1
        if point.where == where and point.number == counts[where]:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **named: Any) -> Any:
            reach("statement")
            return real(*args, **named)

        return wrapped

    utils.CursorWrapper.execute = before(utils.CursorWrapper.execute)
    utils.CursorWrapper.executemany = before(utils.CursorWrapper.executemany)
    commit = BaseDatabaseWrapper._commit

    def committed(self: Any) -> None:
        reach("before commit")
        commit(self)
        reach("after commit")

    BaseDatabaseWrapper._commit = committed
    from tests.counters import defects

    from duecare.cli import main

    if counter:
        import django

        django.setup()
        defects.seed(counter)
    code: Any = 0
    try:
        main(list(args), standalone_mode=False)
    except SystemExit as done:
        code = done.code
    told.send((code, counts))
    told.close()
    sys.exit(code)


def start(home: Path, args: Sequence[str], point: Point = Point(), *, counter: str = "", database_url: str = "") -> Any:
    """Start it; `finish` waits for it."""
    hears, tells = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=run, args=(home, list(args), point, tells, counter, database_url))
    process.start()
    tells.close()
    process.hears = hears
    return process


def finish(process: Any, seconds: float = 60) -> tuple[int, dict[str, int]]:
    """Wait for it: how it ended (minus the signal, where one ended it), and how far it came."""
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        raise AssertionError("the command hangs")
    try:
        _, counts = process.hears.recv()
    except EOFError:
        counts = {}
    process.hears.close()
    ended = process.exitcode
    process.close()
    return ended, counts
