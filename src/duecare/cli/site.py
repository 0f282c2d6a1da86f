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

from duecare.cli.door import CommandContext, store_command
from duecare.cli.refresh_after_command import refresh_due_now, refresh_latest
from duecare.server_log import LEVELS
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

PORTS_TRIED = 11


@click.command("routes")
@store_command
def routes_command(command_context: CommandContext) -> None:
    """List every URL of the site, its methods and the roles it serves."""
    route_process = subprocess.run(
        [sys.executable, "-m", "duecare.web.site.print_routes"], check=True, stdout=subprocess.PIPE
    ).stdout
    route_list = [
        {
            "url": route["url"],
            "name": route["name"],
            "methods": route["methods"],
            "roles": route["roles"],
            "reads_people": route["is_read_of_people"],
        }
        for route in orjson.loads(route_process)
    ]
    command_context.answer(
        route_list,
        lambda: (
            f"{','.join(site_route['methods']):12} {site_route['url']:40} {', '.join(site_route['roles'])}"
            for site_route in route_list
        ),
    )


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32))
@click.option("--log-level", type=click.Choice(LEVELS), help="How much detail the server log has. Default: warning.")
@click.option("--reload", "is_reloading", is_flag=True, help="Read code and templates again whenever they change.")
@click.option("--show-sql", is_flag=True, help="Print each SQL statement, without its values, to the server log.")
@store_command
def serve_command(
    command_context: CommandContext,
    host: str,
    port: int,
    workers: int,
    log_level: str | None,
    is_reloading: bool,
    show_sql: bool,
) -> None:
    """Serve the site."""
    if not _is_free(host, port):
        raise Refusal("CFG-001", where=f"port {port}", found="it is in use or not allowed; choose another")
    refresh_latest(command_context)
    refresh_due_now(command_context)
    if log_level or show_sql:
        os.environ["DUECARE_LOG_LEVEL"] = log_level or "info"
    if show_sql:
        os.environ["DUECARE_SHOW_SQL"] = "1"
    if is_reloading:
        os.environ["DUECARE_RELOAD"] = "1"
    click.echo(f"The site is at http://{host}:{port}/ (Ctrl-C ends it).")
    serve_site(host, port, workers)


def serve_site(host_name: str, port_number: int, workers: int) -> None:
    """Start the worker of background jobs, then hand this process over to the web server. It does not return."""
    from duecare.jobs.worker import start_worker

    start_worker()
    sys.stdout.flush()
    os.execv(  # noqa: S606
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "duecare.web.wsgi:application",
            "--bind", f"{host_name}:{port_number}", "--workers", str(workers), "--threads", "4",
            "--no-control-socket", "--access-logfile", "/dev/null", "--log-level", "warning",
            *(("--reload",) if os.environ.get("DUECARE_RELOAD") == "1" else ()),
            "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108
        ],
    )  # fmt: skip


def free_port(host_name: str, port_number: int) -> int:
    """The first free port among this one and the next ten.

    Raises:  CFG-001 when all are taken.
    """
    for tried in range(port_number, port_number + PORTS_TRIED):
        if _is_free(host_name, tried):
            return tried
    raise Refusal("CFG-001", where=f"port {port_number}", found=f"that one and the next {PORTS_TRIED - 1} are taken")


def _is_free(host_name: str, port_number: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host_name else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host_name, port_number))
        except OSError:
            return False
    return True


@click.command("doctor")
@store_command
def doctor_command(command_context: CommandContext) -> None:
    """Check this installation for anything missing."""
    from duecare.use_cases.operations.health_check import check_health

    health_checks = check_health(command_context.request, command_context.config)
    command_context.answer(health_checks, lambda: _health_lines(health_checks))
    if any(health_check["needed"] and not health_check["ok"] for health_check in health_checks):
        sys.exit(EXIT_CODES["CFG"])


def _health_lines(health_checks: list[dict[str, Any]]) -> Iterator[str]:
    for health_check in health_checks:
        state = "ok     " if health_check["ok"] else ("LACKING" if health_check["needed"] else "without")
        yield f"{state} {health_check['what']}: {health_check['found']}"
