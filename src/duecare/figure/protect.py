"""What may be shown to those who may open no list: small counts of children hidden, and tables of children left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from duecare.figure.definition import FAIRNESS, About, Definition, Dimension
from duecare.figure.value import Cut, FigureValue
from duecare.vocabulary.unknown import Unknown

HIDDEN: Final = "a small count of children is hidden"
NOT_YET: Final = (
    "counts of children are shown when their period has ended: from one day to the next they would tell of few"
)
Group = tuple[str, Dimension]
"""A figure, and by who of whom it is cut."""


def is_small(value: FigureValue, threshold: int) -> bool:
    """Could this value point to a few children: by those it counts, the others, or those of whom it cannot be told?"""
    rest = 0 if value.whole is None else value.whole - value.part
    return any(0 < count < threshold for count in (value.part, rest, value.unknown))


def protected(
    definition: Definition,
    values: Iterable[FigureValue],
    threshold: int,
    shut: Collection[str] = (),
    few: Collection[Group] = (),
    is_running: bool = False,
) -> tuple[FigureValue, ...]:
    """These values of one figure as they are shown to those who may open no list.

    Shape:   what counts practice is shown whole, but by who children are only where no group is of `few`. Of what counts
             children there is the whole force alone, and nothing of it where a part of it is smaller than the threshold, or
             it is linked with such a one (`shut`): its parts would add up. Nor is there while its period `is_running`. Hidden
             counts are nought.
    Unknown: a hidden value says that it is hidden, and so does its interval.
    """
    if definition.about is About.PRACTICE:
        return tuple(one for one in values if not _tells_of_few(definition, one.cut, few, is_running))
    why = NOT_YET if is_running else HIDDEN
    is_shut = is_running or definition.linked in shut
    return tuple(_hidden(one, why) if is_shut or is_small(one, threshold) else one for one in values if not one.cut)


def few_groups(pairs: Iterable[tuple[Definition, FigureValue]], threshold: int) -> frozenset[Group]:
    """Of which figures does a cut by who children are have a small part? All values of a figure are given."""
    return frozenset(
        (value.figure, dimension)
        for definition, value in pairs
        for dimension, _ in value.cut
        if dimension in FAIRNESS and len(value.cut) == 1 and is_small(value, threshold)
    )


def _tells_of_few(definition: Definition, cut: Cut, few: Collection[Group], is_running: bool) -> bool:
    by_who = [dimension for dimension, _ in cut if dimension in FAIRNESS]
    if not by_who or definition.about_in_public is About.PRACTICE:
        return False
    return is_running or len(cut) > 1 or (definition.id, by_who[0]) in few


def shut_links(pairs: Iterable[tuple[Definition, FigureValue]], threshold: int) -> frozenset[str]:
    """Under which names are figures linked of which one, for the whole force, has a small part?"""
    return frozenset(
        definition.linked
        for definition, value in pairs
        if definition.linked and definition.about is About.CHILDREN and is_small(value, threshold)
    )


def is_hidden(value: FigureValue) -> bool:
    """Was this value hidden?"""
    return isinstance(value.value, Unknown) and value.value.reason in {HIDDEN, NOT_YET}


def _hidden(value: FigureValue, why: str) -> FigureValue:
    whole = None if value.whole is None else 0
    return replace(value, part=0, whole=whole, unknown=0, value=Unknown(why), interval=Unknown(why))
