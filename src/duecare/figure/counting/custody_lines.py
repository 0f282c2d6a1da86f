"""The lines of figures about children in custody: one for each stay that began in the period."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from duecare.figure.custody_stay import Stay
from duecare.figure.figure_definition import Definition
from duecare.figure.figure_inputs import FigureInputs
from duecare.figure.figure_line import CountedLine
from duecare.vocabulary.moments import hours_between

ASKED = ("accommodation_requested", "accommodation_refused", "accommodation_provided")
CELL_PLACE = "cell"
NOT_REFUSED = ("not charged", "charged, bail not refused")
REFUSED = (
    "accommodation provided",
    "certified that they could not be moved",
    "accommodation refused",
    "accommodation asked for, nothing came",
    "accommodation never asked for",
)
"""Of a stay in which bail was not refused, and was: how far had the law's steps come? Each stay is under one of all these."""


def overnight_lines(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Whether the child was kept overnight, and why; each line names the definition by which it was counted."""
    night = f"kept overnight, which is {inputs.policy.overnight.words}"
    for custody_stay in inputs.stays:
        counts = custody_stay.is_overnight(inputs.policy.overnight, inputs.as_of)
        words = {
            True: night,
            False: f"not {night}",
            None: "when they came or left is not known",
        }
        yield _stay_line(definition, inputs, custody_stay, counts, words[counts], reason=why_kept(custody_stay))


def bail_refused(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Each child charged and refused bail: nobody else counts, so every line does."""
    for custody_stay in inputs.stays:
        if custody_stay.first("bail_refused"):
            yield _stay_line(
                definition, inputs, custody_stay, True, "charged, bail refused", reason=_funnel_stage(custody_stay)
            )


def asked_for(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Those refused bail, and whether accommodation was requested for them."""
    for custody_stay in inputs.stays:
        if custody_stay.first("bail_refused"):
            yield _stay_line(
                definition,
                inputs,
                custody_stay,
                custody_stay.first(*ASKED) is not None,
                _funnel_stage(custody_stay),
                reason=_funnel_stage(custody_stay),
            )


def never_asked_for(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Those refused bail for whom it was never requested."""
    for custody_stay in inputs.stays:
        if custody_stay.first("bail_refused"):
            yield _stay_line(
                definition,
                inputs,
                custody_stay,
                custody_stay.first(*ASKED) is None,
                _funnel_stage(custody_stay),
                reason=_funnel_stage(custody_stay),
            )


def moved_lines(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Those for whom it was requested after bail was refused, and whether they were moved."""
    for custody_stay in inputs.stays:
        if custody_stay.first("bail_refused") and custody_stay.first(*ASKED):
            yield _stay_line(
                definition,
                inputs,
                custody_stay,
                custody_stay.first(ASKED[2]) is not None,
                _funnel_stage(custody_stay),
                reason=_funnel_stage(custody_stay),
            )


def in_cell(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """Whether the child was ever placed in a cell."""
    for custody_stay in inputs.stays:
        placed = {event.outcome for event in custody_stay.events if event.kind == "detainee_placed"}
        counts = True if CELL_PLACE in placed else False if placed - {""} else None
        words = {True: "in a cell", False: "not in a cell", None: "where they were placed is not recorded"}
        yield _stay_line(definition, inputs, custody_stay, counts, words[counts])


def adult_arrived(definition: Definition, inputs: FigureInputs) -> Iterator[CountedLine]:
    """How long after detention was authorised the appropriate adult arrived.

    Unknown: a stay of which no source says when detention was authorised.
    """
    for custody_stay in inputs.stays:
        authorised, adult_came = (
            custody_stay.first("detention_authorised"),
            custody_stay.first("appropriate_adult_arrived"),
        )
        if (
            authorised is None
            or not authorised.happened_at.is_exact
            or (adult_came is not None and not adult_came.happened_at.is_exact)
        ):
            yield _stay_line(
                definition, inputs, custody_stay, None, "when detention was authorised, or the adult came, is not known"
            )
        elif adult_came is None:
            yield _stay_line(definition, inputs, custody_stay, False, "no adult is recorded", amount=inf)
        else:
            hours_taken = max(0.0, hours_between(authorised.happened_at.earliest, adult_came.happened_at.earliest))
            yield _stay_line(definition, inputs, custody_stay, True, "the adult came", amount=hours_taken)


def why_kept(custody_stay: Stay) -> str:
    """Why a child who was kept, was kept: how far the law's steps had come."""
    if not custody_stay.first("charged", "bail_refused"):
        return NOT_REFUSED[0]
    if not custody_stay.first("bail_refused"):
        return NOT_REFUSED[1]
    return _funnel_stage(custody_stay)


def _funnel_stage(custody_stay: Stay) -> str:
    if custody_stay.first(ASKED[2]):
        return REFUSED[0]
    if custody_stay.first("detention_certified"):
        return REFUSED[1]
    if custody_stay.first(ASKED[1]):
        return REFUSED[2]
    return REFUSED[3] if custody_stay.first(ASKED[0]) else REFUSED[4]


def _stay_line(
    definition: Definition,
    inputs: FigureInputs,
    custody_stay: Stay,
    counts: bool | None,
    why: str,
    *,
    reason: str = "",
    amount: float | None = None,
) -> CountedLine:
    return inputs.member(
        definition,
        custody_stay.key,
        custody_stay.at,
        counts,
        why,
        case_key=custody_stay.case,
        person=custody_stay.person,
        area_name=custody_stay.area,
        reason=reason,
        amount=amount,
    )
