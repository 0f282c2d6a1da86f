"""Who is at the command line: the account named, enrolled once where an embedded store is still empty."""

from __future__ import annotations

from duecare.access.viewer import Viewer
from duecare.config import Config
from duecare.steps.asking import Asking, now
from duecare.store import accounts
from duecare.vocabulary.refusals import Refusal


def at_command_line(config: Config, purpose: str) -> Asking:
    """Who acts by this command?

    Shape:   the account named by DUECARE_USER, else the operating-system user, whom an empty embedded store enrols once
             as data officer.
    Raises:  ACC-002 when the account is not enrolled.
    """
    account = accounts.account_named(config.user)
    if account is None and not config.is_postgres and accounts.is_empty():
        account = accounts.enrol(config.user, ["data_officer"], display_name="Data officer")
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
    return Asking(viewer, purpose, now(), channel="command")
