"""Signed-in clients for every role, and steps that hand over made values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.made.stand_ins import hand_over_made_values

from duecare.access.roles import ROLES

EVERY_ROLE = tuple(role.name for role in ROLES)


@pytest.fixture
def account(db: None) -> Callable[..., Any]:
    """Make an account in these roles."""
    from django.contrib.auth import get_user_model

    def make(*roles: str, name: str = "", **more: object) -> Any:
        return get_user_model().objects.create_user(
            username=(name or f"made-up-{'-'.join(roles)}")[:150], roles=list(roles), **more
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
    return hand_over_made_values(monkeypatch)
