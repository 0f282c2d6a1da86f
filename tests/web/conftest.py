"""Signed-in clients for every role, and steps that hand over made values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.made import pages

from duecare.access.role import ROLES
from duecare.audit import own_rows, read_totals, totals



@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder from which WhiteNoise serves is made by `serve`; here nobody has."""
    from pathlib import Path

    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


EVERY_ROLE = tuple(role.name for role in ROLES)


@pytest.fixture
def account(db: None) -> Callable[..., Any]:
    """Make an account in these roles."""
    from django.contrib.auth import get_user_model

    def make(*roles: str, name: str = "", **more: object) -> Any:
        return get_user_model().objects.create_user(
            username=name or f"made-up-{'-'.join(roles)}", roles=list(roles), **more
        )

    return make


@pytest.fixture
def signed_in(account: Callable[..., Any]) -> Callable[..., Any]:
    """A client signed in, in these roles."""
    from django.test import Client

    def sign_in(*roles: str, **more: object) -> Client:
        client = Client()
        client.force_login(account(*roles, **more), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def made_steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[object, ...], dict[str, object]]]:
    """Every step hands over its made value; which was called, with what, is noted."""
    from duecare.steps import (
        audit_totals,
        read_case,
        read_custody,
        read_deliveries,
        read_front,
        read_person,
        read_visits,
        read_worklist,
    )

    called: list[tuple[str, tuple[object, ...], dict[str, object]]] = []

    def stand_in(module: object, name: str, value: Callable[..., object]) -> None:
        def step(*args: object, **named: object) -> object:
            called.append((name, args, named))
            return value(*args, **named)

        monkeypatch.setattr(module, name, step)

    stand_in(read_front, "read_front", lambda asking: pages.front())
    stand_in(read_worklist, "read_worklist", lambda asking, **_: pages.worklist())
    stand_in(read_person, "read_person", lambda asking, person, **_: pages.person())
    stand_in(read_case, "read_case", lambda asking, source, case_ref, **_: pages.case())
    stand_in(read_deliveries, "read_deliveries", lambda asking, **_: pages.deliveries())
    stand_in(read_deliveries, "read_delivery", lambda asking, delivery: pages.delivery())
    stand_in(read_deliveries, "export_set_aside", lambda asking, delivery, file: b'"event_id"\r\n"E9"\r\n')
    stand_in(read_visits, "read_visits", lambda asking, risk, column: pages.visits((risk, column) if risk else None))
    stand_in(read_custody, "read_custody", lambda asking, chosen: pages.custody(chosen=chosen))
    stand_in(audit_totals, "audit_totals", lambda asking: totals(read_totals(own_rows()).accepted))
    return called
