"""Accounts as kept: enrolled with roles, looked up, faults of a password, and as the viewer whom access judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from duecare.store.models import Account


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """Somebody who is enrolled: their roles, officer number, teams and areas. Signing in is Django's, with its own user."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    officer: str
    teams: tuple[str, ...]
    areas: tuple[str, ...]


def account_named(username: str) -> KnownAccount | None:
    """The account with this name, if it is enrolled and active."""
    table_row = Account.objects.filter(username=username, is_active=True).first()
    return _read_account(table_row) if table_row is not None else None


def every_account() -> tuple[KnownAccount, ...]:
    """Every account that is enrolled and active, by name."""
    return tuple(_read_account(table_row) for table_row in Account.objects.filter(is_active=True).order_by("username"))


def is_empty() -> bool:
    """True while no account has been enrolled."""
    return not Account.objects.exists()


def count_others(username: str) -> int:
    """The number of accounts other than this one."""
    return Account.objects.exclude(username=username).count()


def enrol_account(
    username: str,
    roles: Sequence[str],
    *,
    display_name: str = "",
    officer: str = "",
    teams: Sequence[str] = (),
    areas: Sequence[str] = (),
    password: str | None = None,
) -> KnownAccount:
    """Enrol an account in these roles; without a password nobody can sign in with it."""
    table_row, _ = Account.objects.update_or_create(
        username=username,
        defaults={
            "display_name": display_name,
            "roles": list(roles),
            "officer": officer,
            "teams": list(teams),
            "areas": list(areas),
            "password": make_password(password),
        },
    )
    return _read_account(table_row)


def is_demo() -> bool:
    """True for the store of a demo, in which all people are made up."""
    return bool(settings.DUECARE_DEMO)


def password_faults(password: str) -> tuple[str, ...]:
    """The faults of this password; empty when there are none."""
    try:
        validate_password(password)
    except ValidationError as failure:
        return tuple(message.rstrip(".") for message in failure.messages)
    return ()


def _read_account(table_row: Account) -> KnownAccount:
    return KnownAccount(
        table_row.username,
        table_row.display_name,
        tuple(table_row.roles),
        table_row.officer,
        tuple(table_row.teams),
        tuple(table_row.areas),
    )
