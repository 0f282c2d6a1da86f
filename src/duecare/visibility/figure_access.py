"""How far somebody sees into figures: all of it, their own areas, or of children what was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from duecare.access.act import Act
from duecare.access.scope import scope
from duecare.authorisation.request import Request
from duecare.figure import About, Dimension
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.child_counts import hidden_value
from duecare.report.quarterly.as_published import Printed
from duecare.report.release.release_serialisation import read_released
from duecare.store.figures import figure_snapshots
from duecare.store.figures.figure_snapshots import Kept
from duecare.store.releases import release_records
from duecare.store.releases.release_records import Out
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Sight:
    """Of which figures are counts of children shown as they were counted: of all, of these areas, or of none?

    Shape:   `lists`: may the list behind a value be opened at all? `areas` in the form in which areas are compared.
    """

    lists: bool
    everything: bool
    areas: frozenset[str]

    def shown(self, values: Iterable[Kept]) -> tuple[Kept, ...]:
        """These values as they may be shown; one whose figure is no longer defined is not.

        Shape:   of what counts children, those of the viewer's own areas, and all others as the last release of their period
                 printed them: what a release hides would follow from a count that stands here. The whole force, where it was
                 not printed, is shown as hidden; a part of it is left out.
        """
        found, printed = [], dict[str, Printed | None]()
        for one in values:
            held = figure_catalogue().get(one.value.figure)
            if held is None:
                continue
            if self._is_whole(one, held.definition.about_in_public):
                found.append(one)
                continue
            if one.value.period not in printed:
                printed[one.value.period] = _printed_of(one.value.period)
            release = printed[one.value.period]
            told = None if release is None else release.value(held.definition, one.value)
            if told is not None:
                found.append(Kept(one.key, told[0], as_published=True, untold=told[1]))
            elif not one.value.cut:
                found.append(Kept(one.key, hidden_value(one.value), as_published=True))
        return tuple(found)

    def periods(self) -> tuple[str, ...]:
        """Of which periods may figures be shown? Months set against their quarter would tell small counts."""
        return tuple(name for name in figure_snapshots.latest_of_each_period() if self.everything or "Q" in name)

    def _is_whole(self, one: Kept, about: About) -> bool:
        own = plain_area(dict(one.value.cut).get(Dimension.AREA, ""))
        return self.everything or about is About.PRACTICE or (own != "" and own in self.areas)


def sight_of(request: Request) -> Sight:
    """How far does this viewer see, by the channel they came in?"""
    seen, lists = scope(request.viewer), Act.OPEN_FIGURE in request.viewer.acts
    return Sight(lists=lists, everything=lists and seen.everything, areas=seen.areas if lists else frozenset())


def last_release_of(period: str) -> Out | None:
    """Which release was the last to print this period? None where none is out."""
    return next((one for one in release_records.published() if one.period == period), None)


def _printed_of(period: str) -> Printed | None:
    out = last_release_of(period)
    return None if out is None else _printed(out.slug, out.content_hash)


@lru_cache(maxsize=32)
def _printed(slug: str, known_by: str) -> Printed:
    # The hash stands for the content: read anew only where another was published.
    held = release_records.published_content(slug)
    assert held is not None and held[1] == known_by, "what is out stays as it was"
    return Printed(read_released(*held))
