"""How far a viewer sees into figures: all of them, their own areas, or of children what was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from duecare.access.act import Act
from duecare.access.may_open import scope
from duecare.authorisation.request import Request
from duecare.figure import About, Dimension
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.hidden_value import hidden_value
from duecare.report.quarterly.as_published import Printed
from duecare.report.release.release_serialisation import read_released
from duecare.store.figures import figure_snapshots
from duecare.store.figures.figure_snapshots import KeptFigure
from duecare.store.releases import release_records
from duecare.store.releases.release_records import Out
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class FigureAccess:
    """Figures whose counts of children are shown as they were counted: all, those of some areas, or none.

    Shape:   `lists`: may the list behind a value be opened at all? `areas` in the form in which areas are compared.
    """

    lists: bool
    everything: bool
    areas: frozenset[str]

    def values_shown(self, values: Iterable[KeptFigure]) -> tuple[KeptFigure, ...]:
        """These values as they may be shown; one whose figure is no longer defined is not.

        Shape:   of what counts children, those of the viewer's own areas, and all others as the last release of their period
                 printed them: what a release hides would follow from a count that stands here. The whole force, where it was
                 not printed, is shown as hidden; a part of it is left out.
        """
        shown_values, printed = [], dict[str, Printed | None]()
        for kept_value in values:
            catalogued = figure_catalogue().get(kept_value.value.figure)
            if catalogued is None:
                continue
            if self._is_whole(kept_value, catalogued.definition.about_in_public):
                shown_values.append(kept_value)
                continue
            if kept_value.value.period not in printed:
                printed[kept_value.value.period] = _printed_of(kept_value.value.period)
            release = printed[kept_value.value.period]
            printed_value = None if release is None else release.value(catalogued.definition, kept_value.value)
            if printed_value is not None:
                shown_values.append(
                    KeptFigure(kept_value.key, printed_value[0], as_published=True, not_printed=printed_value[1])
                )
            elif not kept_value.value.cut:
                shown_values.append(KeptFigure(kept_value.key, hidden_value(kept_value.value), as_published=True))
        return tuple(shown_values)

    def periods_shown(self) -> tuple[str, ...]:
        """Periods of which figures may be shown. Months set against their quarter would give away small counts."""
        return tuple(name for name in figure_snapshots.latest_of_each_period() if self.everything or "Q" in name)

    def _is_whole(self, kept_value: KeptFigure, about: About) -> bool:
        area_of_value = plain_area(dict(kept_value.value.cut).get(Dimension.AREA, ""))
        return self.everything or about is About.PRACTICE or (area_of_value != "" and area_of_value in self.areas)


def figure_access_of(request: Request) -> FigureAccess:
    """How far this viewer sees into figures, by the channel they came in."""
    viewer_scope, lists = scope(request.viewer), Act.OPEN_FIGURE in request.viewer.acts
    return FigureAccess(
        lists=lists, everything=lists and viewer_scope.everything, areas=viewer_scope.areas if lists else frozenset()
    )


def last_release_of(period: str) -> Out | None:
    """The last release that printed this period. None where none is out."""
    return next(
        (release_out for release_out in release_records.published_releases() if release_out.period == period), None
    )


def _printed_of(period: str) -> Printed | None:
    release_out = last_release_of(period)
    return None if release_out is None else _printed_by_release(release_out.slug, release_out.content_hash)


@lru_cache(maxsize=32)
def _printed_by_release(release_slug: str, known_by: str) -> Printed:
    # The hash stands for the content: read again only where another was published.
    released_files = release_records.published_content(release_slug)
    assert released_files is not None and released_files[1] == known_by, "what is out stays as it was"
    return Printed(read_released(*released_files))
