"""How far somebody sees into figures: all of it, their own areas, or nothing by which a child could be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.config import Config
from duecare.figure import Definition, Dimension, FigureValue, catalogue, period_named
from duecare.figure.protect import Group, few_groups, protected, shut_links
from duecare.report.disclosure import read_disclosure
from duecare.steps.asking import Asking
from duecare.store import figures
from duecare.store.figures import Kept
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Sight:
    """Of which figures are small counts of children shown: of all, of these areas, or of none?

    Shape:   `lists`: may the list behind a value be opened at all? `areas` in the form in which areas are compared.
    """

    lists: bool
    everything: bool
    areas: frozenset[str]
    threshold: int
    now: datetime

    def shown(self, number: int, values: Iterable[Kept]) -> tuple[Kept, ...]:
        """These values of one snapshot as they may be shown; one whose figure is no longer defined is not.

        Shape:   all values of a figure are given, or those for the whole force alone: one group tells of another.
        """
        known = [one for one in values if one.value.figure in catalogue()]
        if self.everything:
            return tuple(known)
        whole = [one for one in figures.whole_force(number) if one.value.figure in catalogue()]
        shut = shut_links(map(_defined, whole), self.threshold)
        few = few_groups(map(_defined, known), self.threshold)
        return tuple(Kept(one.key, safe) for one in known for safe in self._safe(one.value, shut, few))

    def periods(self) -> tuple[str, ...]:
        """Of which periods may figures be shown? Months set against their quarter would tell small counts."""
        return tuple(name for name in figures.latest_of_each_period() if self.everything or "Q" in name)

    def _safe(self, value: FigureValue, shut: Collection[str], few: Collection[Group]) -> tuple[FigureValue, ...]:
        own = plain_area(dict(value.cut).get(Dimension.AREA, ""))
        if own and own in self.areas:
            return (value,)
        is_running = period_named(value.period).ends > self.now
        return protected(catalogue()[value.figure].definition, [value], self.threshold, shut, few, is_running)


def _defined(one: Kept) -> tuple[Definition, FigureValue]:
    return catalogue()[one.value.figure].definition, one.value


def sight_of(asking: Asking, config: Config) -> Sight:
    """How far does this viewer see, by the channel they came in?"""
    seen, lists = scope(asking.viewer), Act.OPEN_FIGURE in asking.viewer.acts
    return Sight(
        lists=lists,
        everything=lists and seen.everything,
        areas=seen.areas if lists else frozenset(),
        threshold=read_disclosure(config.policy).threshold,
        now=asking.now,
    )


def shown_beside(asking: Asking, config: Config, number: int, kept: Kept) -> tuple[Kept, ...]:
    """The values of the same figure and snapshot as this one, as they may be shown to this viewer: is it among them?"""
    sight = sight_of(asking, config)
    return sight.shown(number, [kept] if sight.everything else figures.values_of_figure(number, kept.value.figure))
