"""Accounts: who is at the command line, and others enrolled by whoever holds that act (`access/roles`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from duecare.access.act import Act
from duecare.access.roles import ROLE
from duecare.access.thing import ACCOUNTS
from duecare.access.viewer import Viewer
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.store import accounts
from duecare.store.database.transaction import transaction
from duecare.vocabulary.refusals import Refusal


def at_command_line(config: Config, purpose: str, current_time: datetime) -> Request:
    """The request of whoever acts by this command.

    Shape:   the account named by DUECARE_USER, else the operating-system user, whom an empty embedded store enrols once
             as data officer.
    Raises:  ACC-002 when the account is not enrolled.
    """
    account = accounts.account_named(config.user)
    if account is None and not config.is_postgres and accounts.is_empty():
        account = accounts.enrol_account(config.user, ["data_officer"], display_name="Data officer")
    account = account or accounts.account_named(
        config.user
    )  # two first commands at once: the other may have enrolled it
    if account is None:
        raise Refusal("ACC-002", where=f"account {config.user}")
    viewer = Viewer(
        account=account.username,
        roles=frozenset(account.roles),
        officer=account.officer,
        teams=frozenset(account.teams),
        areas=frozenset(account.areas),
        channel="command",
    )
    return Request(viewer, purpose, current_time, channel="command")


def enrol_first(config: Config, username: str, current_time: datetime) -> bool:
    """Enrol the first account of an empty store as data officer; whether it was empty.

    Shape:   how a PostgreSQL store, in which nobody is enrolled by merely asking, gets its first account.
    """
    request = Request(
        Viewer(account=config.user, channel="command"), "first account of an empty store", current_time, "command"
    )
    with transaction():
        if not accounts.is_empty():
            return False
        accounts.enrol_account(username, ["data_officer"], display_name="Data officer")
        log_write(request, Act.ENROL, outcome=f"done: {username} as data_officer")
    return True


def enrol_account(
    request: Request,
    username: str,
    roles: Sequence[str],
    *,
    officer: str = "",
    teams: Sequence[str] = (),
    areas: Sequence[str] = (),
    password: str | None = None,
) -> None:
    """Enrol an account in these roles, or give an enrolled one these roles instead.

    Shape:   without a password nobody can sign in with it.
    Raises:  ACC-003 when the viewer may not; ACC-004 for a role there is none of, or a password too short.
    """
    authorise(request, Act.ENROL, ACCOUNTS)
    unknown = sorted(set(roles) - set(ROLE))
    if unknown or not roles:
        raise Refusal("ACC-004", found=f"no role called {', '.join(unknown)}" if unknown else "no role given")
    faults = accounts.password_faults(password) if password is not None else ()
    if faults:
        raise Refusal("ACC-004", faults=faults)
    with transaction():
        accounts.enrol_account(username, roles, officer=officer, teams=teams, areas=areas, password=password)
        log_write(request, Act.ENROL, outcome=f"done: {username} as {', '.join(roles)}"[:200])
