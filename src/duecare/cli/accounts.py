"""Commands that enrol accounts: the data officer first, then others with their roles."""

from __future__ import annotations

import json

import click

from duecare.cli.door import CommandContext, store_command
from duecare.config import read_config


@click.command("enrol")
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, help="A role of docs/reference/access.md.")
@click.option("--officer", default="", help="The warrant or collar number.")
@click.option("--team", "teams", multiple=True)
@click.option("--area", "areas", multiple=True)
@click.option("--with-password", is_flag=True, help="Ask for a password, so that the account can sign in to the site.")
@store_command
def enrol_command(
    command_context: CommandContext,
    username: str,
    roles: tuple[str, ...],
    officer: str,
    teams: tuple[str, ...],
    areas: tuple[str, ...],
    with_password: bool,
) -> None:
    """Enrol USERNAME with roles, or change the roles of an enrolled account."""
    from duecare.use_cases.operations.manage_accounts import enrol_account as step

    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True) if with_password else None
    step(command_context.request, username, roles, officer=officer, teams=teams, areas=areas, password=password)
    account_json = {"account": username, "roles": list(roles)}
    command_context.answer(account_json, lambda: iter([f"{username} is enrolled as {', '.join(roles)}"]))


@click.command("enrol-first")
@click.argument("username")
@click.option("--json", "as_json", is_flag=True)
def enrol_first(username: str, as_json: bool) -> None:
    """Enrol USERNAME as data officer. Only works while nobody is enrolled in the store."""
    from duecare.use_cases.operations.open_store import open_store

    config = read_config()
    open_store()
    from duecare.use_cases.operations.manage_accounts import enrol_first as step
    from duecare.vocabulary import clock
    from duecare.vocabulary.refusals import Refusal

    if not step(config, username, clock.current_moment()):
        raise Refusal("ACC-003", found="accounts are enrolled already; their data officer enrols others")
    click.echo(json.dumps({"account": username, "roles": ["data_officer"]}) if as_json else f"{username} is enrolled")
