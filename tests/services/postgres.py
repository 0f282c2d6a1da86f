"""A PostgreSQL 17 of the tests' own: made in a temporary folder, on a free port of this machine, gone afterwards.

As a command it runs another command with that server at hand:

    python -m tests.services.postgres -- COMMAND ...
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

VERSION = "17"
_USUAL_PLACES = (
    f"/usr/lib/postgresql/{VERSION}/bin",
    f"/usr/pgsql-{VERSION}/bin",
    f"/opt/homebrew/opt/postgresql@{VERSION}/bin",
    f"/usr/local/opt/postgresql@{VERSION}/bin",
)
# Nothing here outlives the tests, so no write waits for the disk.
_SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", "unix_socket_directories=")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its owner's address, an administrator's address, and the process to look at or kill."""

    url: str
    admin_url: str
    pid: int
    data: Path


def programs() -> Path | None:
    """Where PostgreSQL 17's programs lie on this machine, or None if it is not installed."""
    on_path = shutil.which("initdb")
    for folder in (*_USUAL_PLACES, *([str(Path(on_path).resolve().parent)] if on_path else [])):
        initdb = Path(folder) / "initdb"
        if initdb.exists():
            said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=False).stdout
            if f" {VERSION}." in said:
                return Path(folder)
    return None


@contextmanager
def server() -> Iterator[Server]:
    """A server from nothing, stopped and removed at the end."""
    found = programs()
    if found is None:
        raise RuntimeError(f"PostgreSQL {VERSION} is not installed on this machine")
    # PostgreSQL refuses to run as root: it then runs as its own user, in a folder which that user can enter.
    as_user: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    home = Path(tempfile.mkdtemp(prefix="duecare-postgres-"))
    try:
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        data = home / "data"
        quiet: dict[str, Any] = {"cwd": home, "stdin": subprocess.DEVNULL, **as_user}
        subprocess.run(
            [found / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            **quiet,
        )
        port = _free_port()
        command = [found / "postgres", "-D", data, "-p", str(port)]
        for setting in _SETTINGS:
            command += ["-c", setting]
        log = home / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **quiet)
        try:
            admin = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            _wait(admin, process, log)
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute("CREATE ROLE duecare LOGIN CREATEDB CREATEROLE")
                connection.execute("CREATE DATABASE duecare OWNER duecare")
            yield Server(f"postgresql://duecare@127.0.0.1:{port}/duecare", admin, process.pid, data)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)  # the server's "fast" shutdown
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(30)


def main(command: list[str]) -> int:
    """Run a command with a server at hand, and end as it ended."""
    with server() as running:
        added = {
            "DUECARE_TEST_POSTGRES_URL": running.url,
            "DUECARE_TEST_POSTGRES_ADMIN_URL": running.admin_url,
            "DUECARE_DATABASE_URL": running.url,
        }
        return subprocess.run(command, env=os.environ | added, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
