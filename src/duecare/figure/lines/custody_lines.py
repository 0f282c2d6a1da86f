"""The lines of figures about children in custody: one for each stay that began in the period."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from duecare.figure.custody_stay import Stay
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import Held
from duecare.figure.figure_line import Member
from duecare.vocabulary.moments import hours_between

ASKED = ("accommodation_requested", "accommodation_refused", "accommodation_provided")
CELL = "cell"
NOT_REFUSED = ("not charged", "charged, bail not refused")
REFUSED = (
    "accommodation provided",
    "certified that they could not be moved",
    "accommodation refused",
    "accommodation asked for, nothing came",
    "accommodation never asked for",
)
"""Of a stay in which bail was not refused, and was: how far had the law's steps come? Each stay is under one of all these."""


def overnight(of: Definition, held: Held) -> Iterator[Member]:
    """Was the child kept overnight, and why? Each line says by which definition it was counted."""
    night = f"kept overnight, which is {held.policy.overnight.words}"
    for stay in held.stays:
        counts = stay.is_overnight(held.policy.overnight, held.as_of)
        words = {
            True: night,
            False: f"not {night}",
            None: "when they came or left is not known",
        }
        yield _line(of, held, stay, counts, words[counts], reason=why_kept(stay))


def bail_refused(of: Definition, held: Held) -> Iterator[Member]:
    """Each child charged and refused bail: nobody else counts, so every line does."""
    for stay in held.stays:
        if stay.first("bail_refused"):
            yield _line(of, held, stay, True, "charged, bail refused", reason=_funnel(stay))


def asked_for(of: Definition, held: Held) -> Iterator[Member]:
    """Of those refused bail, for whom was accommodation asked for?"""
    for stay in held.stays:
        if stay.first("bail_refused"):
            yield _line(of, held, stay, stay.first(*ASKED) is not None, _funnel(stay), reason=_funnel(stay))


def never_asked_for(of: Definition, held: Held) -> Iterator[Member]:
    """Of those refused bail, for whom was it never asked for?"""
    for stay in held.stays:
        if stay.first("bail_refused"):
            yield _line(of, held, stay, stay.first(*ASKED) is None, _funnel(stay), reason=_funnel(stay))


def moved(of: Definition, held: Held) -> Iterator[Member]:
    """Of those for whom it was asked for after bail was refused, who was moved?"""
    for stay in held.stays:
        if stay.first("bail_refused") and stay.first(*ASKED):
            yield _line(of, held, stay, stay.first(ASKED[2]) is not None, _funnel(stay), reason=_funnel(stay))


def in_cell(of: Definition, held: Held) -> Iterator[Member]:
    """Was the child ever placed in a cell?"""
    for stay in held.stays:
        placed = {one.outcome for one in stay.events if one.kind == "detainee_placed"}
        counts = True if CELL in placed else False if placed - {""} else None
        words = {True: "in a cell", False: "not in a cell", None: "where they were placed is not recorded"}
        yield _line(of, held, stay, counts, words[counts])


def adult_arrived(of: Definition, held: Held) -> Iterator[Member]:
    """How long after detention was authorised did the appropriate adult arrive?

    Unknown: a stay of which no source says when detention was authorised.
    """
    for stay in held.stays:
        begun, came = stay.first("detention_authorised"), stay.first("appropriate_adult_arrived")
        if begun is None or not begun.happened_at.is_exact or (came is not None and not came.happened_at.is_exact):
            yield _line(of, held, stay, None, "when detention was authorised, or the adult came, is not known")
        elif came is None:
            yield _line(of, held, stay, False, "no adult is recorded", amount=inf)
        else:
            took = max(0.0, hours_between(begun.happened_at.earliest, came.happened_at.earliest))
            yield _line(of, held, stay, True, "the adult came", amount=took)


def why_kept(stay: Stay) -> str:
    """Why was a child who was kept, kept: how far had the law's steps come?"""
    if not stay.first("charged", "bail_refused"):
        return NOT_REFUSED[0]
    if not stay.first("bail_refused"):
        return NOT_REFUSED[1]
    return _funnel(stay)


def _funnel(stay: Stay) -> str:
    if stay.first(ASKED[2]):
        return REFUSED[0]
    if stay.first("detention_certified"):
        return REFUSED[1]
    if stay.first(ASKED[1]):
        return REFUSED[2]
    return REFUSED[3] if stay.first(ASKED[0]) else REFUSED[4]


def _line(
    of: Definition,
    held: Held,
    stay: Stay,
    counts: bool | None,
    why: str,
    *,
    reason: str = "",
    amount: float | None = None,
) -> Member:
    return held.member(
        of, stay.key, stay.at, counts, why, case=stay.case, person=stay.person, area=stay.area, reason=reason,
        amount=amount,
    )  # fmt: skip
