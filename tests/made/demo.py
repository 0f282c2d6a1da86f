"""One demo store for the whole run of tests, built by the command that a person types, and only read."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import IS_WHOLE_RUN

DUECARE = str(Path(sys.executable).parent / "duecare")


@dataclass(frozen=True)
class Demo:
    """A built demo: where its store lies, and what the command said of it."""

    home: Path
    said: dict[str, Any]

    def run(self, *arguments: str) -> Any:
        """What a command answers on this store, as JSON."""
        return json.loads(
            subprocess.run(
                [DUECARE, *arguments, "--json"],
                check=True,
                capture_output=True,
                env=environ(self.home),
            ).stdout
        )


def environ(home: Path) -> dict[str, str]:
    """The environment of a command on the store at `home`: always the embedded one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DUECARE_", "DJANGO_"))}
    return {**kept, "DUECARE_HOME": str(home)}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The small made-up force, received, linked and assessed; every worker of this run reads the same one.

    Shape:   audits, recommendations and a release are made up beside it in the whole run alone.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, answer = shared / "demo-store", shared / "demo-store.json"
    with (shared / "demo-store.being-built").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            made = subprocess.run(
                [DUECARE, "demo", "--no-serve", "--json", *([] if IS_WHOLE_RUN else ["--no-extras"])],
                check=True,
                capture_output=True,
                env=environ(home),
            )
            answer.write_bytes(made.stdout)
    return Demo(home, json.loads(answer.read_bytes()))
