"""Who is accountable for a duty, a borough or a recommendation on a day, if anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from duecare.duty.roster import Roster, plain_number
from duecare.vocabulary.areas import plain_area
from duecare.vocabulary.london_clock import LONDON


class Over(StrEnum):
    """The kind of thing that somebody is accountable for."""

    DUTY = "duty"
    AREA = "area"
    RECOMMENDATION = "recommendation"


class Vacant(StrEnum):
    """Why nobody is accountable."""

    NOT_NAMED = "nobody has been named"
    NO_POST = "the post that was named does not exist on that day"
    NO_HOLDER = "the post that was named has no holder"
    ABSENT = "the holder of the post that was named is absent"


@dataclass(frozen=True, slots=True)
class Charge:
    """The post named as accountable for something, from which day, by whom and when.

    Shape:   `key` is a duty's id, an area's name or a recommendation's number; the post is named by its kind and area, so
             that it passes from holder to holder. A charge is superseded by a later one, never altered.
    """

    over: Over
    key: str
    post_kind: str
    post_area: str
    from_on: date
    named_by: str
    named_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Accountable:
    """Who is accountable for something on a day.

    Shape:   `officer` is empty and `vacant` says why where nobody is; `dedicated`: the post has no other work, None while
             vacant; `charge` is None where nobody was ever named.
    """

    over: Over
    key: str
    charge: Charge | None
    officer: str = ""
    dedicated: bool | None = None
    vacant: Vacant | None = None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A sign-off: who, what, when and in which words, and how many duties were late and open in it then.

    Shape:   `late`, `open` and `as_of` are None of a recommendation, and where nothing had been worked out.
    """

    over: Over
    key: str
    officer: str
    words: str
    at: datetime
    late: int | None = None
    open: int | None = None
    as_of: datetime | None = None


def in_force(charges: Iterable[Charge], charge_over: Over, charge_key: str, on_day: date) -> Charge | None:
    """The charge in force for this on a day: the one from the latest day that has come; of two, what was named last."""
    theirs = [
        charge
        for charge in charges
        if charge.over is charge_over
        and _key_of(charge) == plain_key(charge_over, charge_key)
        and charge.from_on <= on_day
    ]
    return max(theirs, key=lambda charge: (charge.from_on, charge.named_at), default=None)


def accountable_officer(
    charges: Iterable[Charge], charge_over: Over, charge_key: str, on_day: date, roster: Roster, grace: timedelta
) -> Accountable:
    """Who is accountable for this on a day, and if nobody, why not.

    Shape:   whoever holds the post at noon of that day, London time; absent officers leave it vacant after the grace.
    Unknown: a post that no source tells of is vacant: nobody can be pointed at.
    """
    charge = in_force(charges, charge_over, charge_key, on_day)
    if charge is None:
        return Accountable(charge_over, charge_key, None, vacant=Vacant.NOT_NAMED)
    noon_moment = datetime.combine(on_day, time(12), LONDON)
    posts = roster.standing_posts(charge.post_kind, charge.post_area, noon_moment)
    if not posts:
        return Accountable(charge_over, charge_key, charge, vacant=Vacant.NO_POST)
    held_posts = [post_record for post_record in posts if post_record.holder]
    if not held_posts:
        return Accountable(charge_over, charge_key, charge, vacant=Vacant.NO_HOLDER)
    there = next(
        (post_record for post_record in held_posts if not roster.is_absent(post_record.holder, noon_moment, grace)),
        None,
    )
    if there is None:
        return Accountable(charge_over, charge_key, charge, vacant=Vacant.ABSENT)
    return Accountable(charge_over, charge_key, charge, there.holder, there.dedicated)


def plain_key(charge_over: Over, charge_key: str) -> str:
    """The form in which keys are compared: areas by name or code alike, all others without case."""
    return plain_area(charge_key) if charge_over is Over.AREA else plain_number(charge_key)


def _key_of(charge: Charge) -> str:
    """The key of a charge in the form in which keys are compared."""
    return plain_key(charge.over, charge.key)
