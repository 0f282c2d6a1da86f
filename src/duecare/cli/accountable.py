"""Commands about who is accountable for what: named, vacant, signed off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from duecare.cli.door import Here, command
from duecare.duty.accountable import Over
from duecare.vocabulary.moments import iso_text

if TYPE_CHECKING:
    from duecare.duty.accountable import Charge
    from duecare.visibility.accountability_pages import AccountableShown, Answerable

OVER = click.argument("over", type=click.Choice([one.value for one in Over]))
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def accountable() -> None:
    """Who is accountable for every duty, borough and recommendation, and what is vacant."""


@accountable.command("list")
@click.option("--on", type=DAY, help="The day, in London; today unless given.")
@click.option("--vacant", is_flag=True, help="Only those for which nobody is accountable.")
@command
def list_(here: Here, on: datetime | None, vacant: bool) -> None:
    """Who is accountable for what, and what is vacant."""
    from duecare.use_cases.oversight.view_accountability import read_accountable

    found = read_accountable(here.asking, here.config, on.date() if on else None)
    lines = found.vacant if vacant else found.every
    here.answer([_as_json(one) for one in lines], lambda: _words(found, lines))


@accountable.command()
@OVER
@click.argument("key")
@click.option("--post", required=True, help="The kind of the post, such as bcu_lead.")
@click.option("--area", default="", help="The area of the post; none for a post of the whole force.")
@click.option("--from", "from_on", type=DAY, required=True, help="From which day.")
@click.option("--reason", default="", help="Why.")
@command
def name(here: Here, over: str, key: str, post: str, area: str, from_on: datetime, reason: str) -> None:
    """From a day on, the holder of a post is accountable for KEY: a duty's id, an area or a recommendation's number."""
    from duecare.use_cases.oversight.assign_accountable import name_accountable

    charge = name_accountable(
        here.asking, Over(over), key, post_kind=post, post_area=area, from_on=from_on.date(), reason=reason
    )
    here.answer(_charge(charge), lambda: iter([f"Named for the {over} {charge.key}, from {_day(charge.from_on)}."]))


@accountable.command("name-every")
@click.option("--from", "from_on", type=DAY, required=True, help="From which day.")
@command
def name_every(here: Here, from_on: datetime) -> None:
    """The chief officer for every duty and each borough's lead for it, where nobody has ever been named."""
    from duecare.use_cases.oversight import assign_accountable as step

    charges = step.name_every(here.asking, from_on.date())
    here.answer(
        [_charge(one) for one in charges], lambda: iter([f"{len(charges)} named, from {_day(from_on.date())}."])
    )


@accountable.command("sign-off")
@OVER
@click.argument("key")
@click.option("--words", required=True, help="What you say of it.")
@command
def sign_off(here: Here, over: str, key: str, words: str) -> None:
    """Sign off KEY, for which you are accountable today."""
    from duecare.use_cases.oversight import sign_off_pack as step

    signed = step.sign_off(here.asking, here.config, Over(over), key, words)
    answer = {"over": over, "key": signed.key, "officer": signed.officer, "at": iso_text(signed.at)}
    here.answer(
        {**answer, "late": signed.late, "open": signed.open}, lambda: iter([f"Signed off: {over} {signed.key}."])
    )


def _as_json(one: Answerable) -> dict[str, object]:
    who, signed = one.who, one.signed
    return {
        "over": who.over.value,
        "key": who.key,
        "officer": who.officer or None,
        "dedicated": who.dedicated,
        "vacant": who.vacant.value if who.vacant else None,
        "post": who.charge.post_kind if who.charge else None,
        "post_area": who.charge.post_area if who.charge else None,
        "from_on": who.charge.from_on.isoformat() if who.charge else None,
        "late": one.late,
        "open": one.open,
        "signed_off_at": iso_text(signed.at) if signed else None,
    }


def _charge(one: Charge) -> dict[str, object]:
    named = {"over": one.over.value, "key": one.key, "post": one.post_kind, "post_area": one.post_area}
    return {**named, "from_on": one.from_on.isoformat()}


def _words(found: AccountableShown, lines: tuple[Answerable, ...]) -> Iterator[str]:
    yield f"On {_day(found.on)}: {len(found.every):,} to answer for, {len(found.vacant):,} of them vacant."
    for one in lines:
        held = f"VACANT: {one.who.vacant.value}" if one.who.vacant else one.who.officer
        yield f"{one.who.over.value}  {one.who.key}  {held}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
