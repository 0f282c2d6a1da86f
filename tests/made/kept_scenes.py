"""A scene that many tests begin with: filled in twice by the code under test, from then on copied into each store."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import psycopg

from duecare.config import Config

_TIMES_ASKED: Counter[Hashable] = Counter()
_KEPT: dict[Hashable, tuple[Path, str]] = {}


def fill_or_copy(config: Config, scene: Hashable, fill: Callable[[], None]) -> None:
    """Give the empty store in use what this scene holds.

    Shape:   a scene is known by name and moment. The second filling is kept, since many a scene is asked for once alone;
             the third and all later ones are copies of it. Nothing may be patched that the filling runs through: a test
             with a seeded defect fills its store itself.
    """
    from tests.made.stores import forget_roster

    if scene in _KEPT:
        _copy_into(config, *_KEPT[scene])
        forget_roster()
        return
    fill()
    _TIMES_ASKED[scene] += 1
    if _TIMES_ASKED[scene] == 2:
        _KEPT[scene] = _kept_copy(config)


def _connection() -> Any:
    from django.db import connections

    return connections["default"]


def _kept_copy(config: Config) -> tuple[Path, str]:
    connection = _connection()
    connection.close()
    folder = Path(tempfile.mkdtemp(prefix="duecare-scene-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(config.home, folder / "home")
    if connection.vendor != "postgresql":
        return folder / "home", ""
    database = f"duecare_scene_{uuid.uuid4().hex}"
    _administer(f'CREATE DATABASE "{database}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    return folder / "home", database


def _copy_into(config: Config, home: Path, database: str) -> None:
    connection = _connection()
    connection.close()
    shutil.rmtree(config.home)
    shutil.copytree(home, config.home)
    if database:
        name = connection.settings_dict["NAME"]
        _administer(
            f'DROP DATABASE "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{database}" OWNER duecare'
        )


def _administer(*statements: str) -> None:
    with psycopg.connect(os.environ["DUECARE_TEST_POSTGRES_ADMIN_URL"], autocommit=True) as admin:
        for statement in statements:
            admin.execute(statement)
