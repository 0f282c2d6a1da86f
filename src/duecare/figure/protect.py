"""What may be shown to those who may open no list: small counts of children hidden, and tables of children left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from duecare.figure.definition import About, Definition
from duecare.figure.value import FigureValue
from duecare.vocabulary.unknown import Unknown

HIDDEN: Final = "a small count of children is hidden"


def is_small(value: FigureValue, threshold: int) -> bool:
    """Could this value point to a few children: by those it counts, the others, or those of whom it cannot be told?"""
    rest = 0 if value.whole is None else value.whole - value.part
    return any(0 < count < threshold for count in (value.part, rest, value.unknown))


def protected(
    definition: Definition, values: Iterable[FigureValue], threshold: int, shut: Collection[str] = ()
) -> tuple[FigureValue, ...]:
    """These values of one figure as they are shown to those who may open no list.

    Shape:   what counts practice is shown whole. Of what counts children there is the whole force alone, and nothing of it
             where a part of it is smaller than the threshold, or it is linked with such a one (`shut`): its parts would add
             up. Its hidden counts are nought.
    Unknown: a hidden value says that it is hidden, and so does its interval.
    """
    if definition.about is About.PRACTICE:
        return tuple(values)
    is_shut = definition.linked in shut
    return tuple(_hidden(one) if is_shut or is_small(one, threshold) else one for one in values if not one.cut)


def shut_links(pairs: Iterable[tuple[Definition, FigureValue]], threshold: int) -> frozenset[str]:
    """Under which names are figures linked of which one, for the whole force, has a small part?"""
    return frozenset(
        definition.linked
        for definition, value in pairs
        if definition.linked and definition.about is About.CHILDREN and is_small(value, threshold)
    )


def is_hidden(value: FigureValue) -> bool:
    """Was this value hidden?"""
    return isinstance(value.value, Unknown) and value.value.reason == HIDDEN


def _hidden(value: FigureValue) -> FigureValue:
    return replace(
        value,
        part=0,
        whole=None if value.whole is None else 0,
        unknown=0,
        value=Unknown(HIDDEN),
        interval=Unknown(HIDDEN),
    )
