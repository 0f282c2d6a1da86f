"""Commands about the site and this installation."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.cli.catching_up import bring_to_now, bring_up
from duecare.cli.door import Here, command
from duecare.server_log import LEVELS
from duecare.vocabulary.refusals import EXIT_CODES, Refusal

PORTS_TRIED = 11


@click.command()
@command
def routes(here: Here) -> None:
    """Every URL of the site, its methods and the roles it serves."""
    said = subprocess.run(
        [sys.executable, "-m", "duecare.web.site.print_routes"], check=True, stdout=subprocess.PIPE
    ).stdout
    found = [
        {
            "url": route["url"],
            "name": route["name"],
            "methods": route["methods"],
            "roles": route["roles"],
            "reads_people": route["is_read_of_people"],
        }
        for route in orjson.loads(said)
    ]
    here.answer(
        found, lambda: (f"{','.join(one['methods']):12} {one['url']:40} {', '.join(one['roles'])}" for one in found)
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32))
@click.option("--log-level", type=click.Choice(LEVELS), help="How much the server log says. Default: warning.")
@click.option("--reload", "is_reloading", is_flag=True, help="Read code and templates again whenever they change.")
@click.option("--show-sql", is_flag=True, help="Print each SQL statement, without its values, to the server log.")
@command
def serve(
    here: Here, host: str, port: int, workers: int, log_level: str | None, is_reloading: bool, show_sql: bool
) -> None:
    """Serve the site."""
    if not _is_free(host, port):
        raise Refusal("CFG-001", where=f"port {port}", found="somebody holds it, or it may not be used; name another")
    bring_up(here)
    bring_to_now(here)
    if log_level or show_sql:
        os.environ["DUECARE_LOG_LEVEL"] = log_level or "info"
    if show_sql:
        os.environ["DUECARE_SHOW_SQL"] = "1"
    if is_reloading:
        os.environ["DUECARE_RELOAD"] = "1"
    serve_site(host, port, workers)


def serve_site(host: str, port: int, workers: int) -> None:
    """Start the worker of background jobs, then hand this process over to the web server. It does not return."""
    from duecare.jobs.worker import start_worker

    start_worker()
    sys.stdout.flush()
    os.execv(  # noqa: S606
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "duecare.web.wsgi:application",
            "--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4",
            "--no-control-socket", "--access-logfile", "/dev/null", "--log-level", "warning",
            *(("--reload",) if os.environ.get("DUECARE_RELOAD") == "1" else ()),
            "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108
        ],
    )  # fmt: skip


def free_port(host: str, port: int) -> int:
    """The first of this port and the next ten that nobody holds.

    Raises:  CFG-001 when all are taken.
    """
    for tried in range(port, port + PORTS_TRIED):
        if _is_free(host, tried):
            return tried
    raise Refusal("CFG-001", where=f"port {port}", found=f"that one and the next {PORTS_TRIED - 1} are taken")


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@click.command()
@command
def doctor(here: Here) -> None:
    """What this installation has, and what it lacks."""
    from duecare.use_cases.operations.health_check import look

    found = look(here.asking, here.config)
    here.answer(found, lambda: _words(found))
    if any(one["needed"] and not one["ok"] for one in found):
        sys.exit(EXIT_CODES["CFG"])


def _words(found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        state = "ok     " if one["ok"] else ("LACKING" if one["needed"] else "without")
        yield f"{state} {one['what']}: {one['found']}"
