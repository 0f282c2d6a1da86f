"""Commands about who is accountable for what: named, vacant, signed off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import CommandContext, store_command
from duecare.duty.accountable import Over
from duecare.vocabulary.moments import iso_text

if TYPE_CHECKING:
    from duecare.duty.accountable import Charge
    from duecare.visibility.accountability_pages import AccountableShown, Answerable

OVER_ARGUMENT = click.argument("over", type=click.Choice([over_kind.value for over_kind in Over]))
DAY_FORMAT = click.DateTime(["%Y-%m-%d"])


@click.group("accountable")
def accountable_group() -> None:
    """List who is accountable for every duty, borough and recommendation, and what is vacant."""


@accountable_group.command("list")
@click.option("--on", type=DAY_FORMAT, help="The day, in London. Default: today.")
@click.option("--vacant", is_flag=True, help="Only those for which nobody is accountable.")
@store_command
def list_command(command_context: CommandContext, on: datetime | None, vacant: bool) -> None:
    """List who is accountable for what, and what is vacant."""
    from duecare.use_cases.oversight.view_accountability import read_accountable

    accountable_page = read_accountable(command_context.request, command_context.config, on.date() if on else None)
    lines = accountable_page.vacant if vacant else accountable_page.every
    command_context.answer(
        [_as_json(answerable) for answerable in lines], lambda: _accountable_lines(accountable_page, lines)
    )


@accountable_group.command("name")
@OVER_ARGUMENT
@click.argument("key")
@click.option("--post", required=True, help="The kind of the post, such as bcu_lead.")
@click.option("--area", default="", help="The area of the post. Leave out for a post of the whole force.")
@click.option("--from", "from_on", type=DAY_FORMAT, required=True, help="The first day.")
@click.option("--reason", default="", help="Why.")
@store_command
def name_command(
    command_context: CommandContext, over: str, key: str, post: str, area: str, from_on: datetime, reason: str
) -> None:
    """Make the holder of a post accountable for KEY from a day on: a duty's id, an area or a recommendation's number."""
    from duecare.use_cases.oversight.assign_accountable import name_accountable

    charge = name_accountable(
        command_context.request, Over(over), key, post_kind=post, post_area=area, from_on=from_on.date(), reason=reason
    )
    command_context.answer(
        _charge_json(charge), lambda: iter([f"Named for the {over} {charge.key}, from {_day_text(charge.from_on)}."])
    )


@accountable_group.command("name-every")
@click.option("--from", "from_on", type=DAY_FORMAT, required=True, help="The first day.")
@store_command
def name_every(command_context: CommandContext, from_on: datetime) -> None:
    """Make the chief officer accountable for every duty and each lead for their borough, where nobody was ever named."""
    from duecare.use_cases.oversight import assign_accountable as step

    charges = step.name_every(command_context.request, from_on.date())
    command_context.answer(
        [_charge_json(charge) for charge in charges],
        lambda: iter([f"{len(charges)} named, from {_day_text(from_on.date())}."]),
    )


@accountable_group.command("sign-off")
@OVER_ARGUMENT
@click.argument("key")
@click.option("--words", required=True, help="Your answer.")
@store_command
def sign_off(command_context: CommandContext, over: str, key: str, words: str) -> None:
    """Sign off KEY, for which you are accountable today."""
    from duecare.use_cases.oversight import sign_off_accountable as step

    signed = step.sign_off(command_context.request, command_context.config, Over(over), key, words)
    answer = {"over": over, "key": signed.key, "officer": signed.officer, "at": iso_text(signed.at)}
    command_context.answer(
        {**answer, "late": signed.late, "open": signed.open}, lambda: iter([f"Signed off: {over} {signed.key}."])
    )


def _as_json(answerable: Answerable) -> dict[str, object]:
    post_holder, signed = answerable.who, answerable.signed
    return {
        "over": post_holder.over.value,
        "key": post_holder.key,
        "officer": post_holder.officer or None,
        "dedicated": post_holder.dedicated,
        "vacant": post_holder.vacant.value if post_holder.vacant else None,
        "post": post_holder.charge.post_kind if post_holder.charge else None,
        "post_area": post_holder.charge.post_area if post_holder.charge else None,
        "from_on": post_holder.charge.from_on.isoformat() if post_holder.charge else None,
        "late": answerable.late,
        "open": answerable.open,
        "signed_off_at": iso_text(signed.at) if signed else None,
    }


def _charge_json(charge: Charge) -> dict[str, object]:
    charge_json = {
        "over": charge.over.value,
        "key": charge.key,
        "post": charge.post_kind,
        "post_area": charge.post_area,
    }
    return {**charge_json, "from_on": charge.from_on.isoformat()}


def _accountable_lines(accountable_page: AccountableShown, lines: tuple[Answerable, ...]) -> Iterator[str]:
    yield (
        f"On {_day_text(accountable_page.on)}: {len(accountable_page.every):,} to answer for, "
        f"{len(accountable_page.vacant):,} of them vacant."
    )
    for answerable in lines:
        holder_text = f"VACANT: {answerable.who.vacant.value}" if answerable.who.vacant else answerable.who.officer
        yield f"{answerable.who.over.value}  {answerable.who.key}  {holder_text}"


def _day_text(calendar_day: date) -> str:
    return f"{calendar_day.day} {calendar_day:%B %Y}"
