"""The figures as they were kept: every one of a period, and one of them through time and by every cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure import FAIRNESS, Definition, Dimension, FigureValue
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.charts.funnel_chart import Allowance
from duecare.figure.comparison.compared_cells import compared_groups
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.figure.hidden_value import is_hidden
from duecare.rulebook.force_policy import read_policy
from duecare.store.figures import difference_answers, figure_members, figure_snapshots
from duecare.store.figures.difference_answers import Answered
from duecare.store.figures.figure_snapshots import KeptFigure, Snapshot
from duecare.visibility.figure_access import figure_access_of, last_release_of
from duecare.vocabulary.page_sizes import PERIODS_IN_SERIES
from duecare.vocabulary.refusals import Refusal

__all__ = ["FiguresPage", "KeptFigure", "OneFigure", "Snapshot", "Tile", "read_figure", "read_figures"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a period: what it is, and what it came to for the whole force."""

    definition: Definition
    kept: KeptFigure

    @property
    def is_told(self) -> bool:
        """Whether there was anything to count, or what it was is hidden."""
        value = self.kept.value
        return bool(value.part or value.whole or value.unknown) or is_hidden(value)


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The figures of one period.

    Shape:   `periods` are those of which there are any, the latest first; `snapshot` None where there are none. `opens_lists`:
             may the viewer open what a figure counts? Of children, whoever does not see all cases is shown what was
             published, the counts of their own area, and quarters alone; `release` names what was published of the period.
    """

    periods: tuple[str, ...]
    snapshot: Snapshot | None
    tiles: tuple[Tile, ...]
    opens_lists: bool
    sees_everything: bool
    release: str = ""

    @property
    def themes(self) -> tuple[tuple[str, tuple[Tile, ...]], ...]:
        """The tiles under their headings, in the order of the catalogue."""
        tiles_found: dict[str, list[Tile]] = {}
        for figure_tile in self.tiles:
            tiles_found.setdefault(figure_tile.definition.theme, []).append(figure_tile)
        return tuple((theme, tuple(tiles)) for theme, tiles in tiles_found.items())


@dataclass(frozen=True, slots=True)
class OneFigure:
    """One figure in one period: its definition, its value, its cuts, and what it came to in other periods.

    Shape:   `cuts` pairs each dimension with its values in order; `through_time` one value a period, the earliest first;
             `answers` what officers said of the differences that are shown. `fairness` pairs each dimension of who someone is
             with how its groups fare. `snapshot` is that of the chosen period; `allowance` is for limits between areas.
    """

    definition: Definition
    snapshot: Snapshot
    kept: KeptFigure
    cuts: tuple[tuple[Dimension, tuple[KeptFigure, ...]], ...]
    through_time: tuple[KeptFigure, ...]
    fairness: tuple[tuple[Dimension, Fairness | HoursFairness], ...]
    answers: tuple[Answered, ...]
    periods: tuple[str, ...]
    opens_lists: bool
    sees_everything: bool
    release: str = ""
    allowance: Allowance = Allowance.ADDED


def read_figures(request: Request, period: str = "") -> FiguresPage:
    """The figures of this period, or of the latest that has any.

    Raises:  ACC-003 when the viewer may not see figures.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    sight = figure_access_of(request)
    periods = sight.periods_shown()
    chosen = period if period in periods else next(iter(periods), "")
    kept_snapshot = figure_snapshots.latest_snapshot(chosen) if chosen else None
    tiles: tuple[Tile, ...] = ()
    if kept_snapshot is not None:
        values_shown = sight.values_shown(kept_snapshot.values)
        whole = {kept_value.value.figure: kept_value for kept_value in values_shown if not kept_value.value.cut}
        tiles = tuple(
            Tile(figure_rule.definition, whole[figure])
            for figure, figure_rule in figure_catalogue().items()
            if figure in whole
        )
    log_read(request, Act.READ_FIGURES)
    return FiguresPage(periods, kept_snapshot, tiles, sight.lists, sight.everything, _release_of(chosen))


def read_figure(request: Request, config: Config, figure: str, period: str = "") -> OneFigure:
    """This figure in this period, or in the latest of which there are figures.

    Raises:  ACC-003 when the viewer may not see figures; REP-031 where there is no such figure, or no figures of a period.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    sight = figure_access_of(request)
    periods = sight.periods_shown()
    chosen = period if period in periods else next(iter(periods), "")
    kept_snapshot = figure_snapshots.latest_snapshot(chosen) if chosen else None
    if figure not in figure_catalogue() or kept_snapshot is None or kept_snapshot.of(figure) is None:
        log_read(request, Act.READ_FIGURES)
        raise Refusal("REP-031", where=figure[:100] if figure in figure_catalogue() else "")
    definition = figure_catalogue()[figure].definition
    counted = [kept_value for kept_value in kept_snapshot.values if kept_value.value.figure == figure]
    values_shown = sight.values_shown(counted)
    latest = figure_snapshots.latest_of_each_period()
    alike = [period_name for period_name in periods if len(period_name) == len(chosen)][:PERIODS_IN_SERIES]
    before = [
        kept_value
        for period_name in reversed(alike)
        for kept_value in sight.values_shown(figure_snapshots.values_of_figure(latest[period_name], figure))
        if not kept_value.value.cut
    ]
    whole_dimensions = _whole_dimensions(counted, values_shown)
    figure_page = OneFigure(
        definition,
        kept_snapshot,
        next(kept_value for kept_value in values_shown if not kept_value.value.cut),
        tuple(
            (dimension, cut_values)
            for dimension in sorted(definition.by)
            if (cut_values := _values_by(values_shown, dimension))
        ),
        tuple(before),
        tuple(_fairness_of(config, definition, kept_snapshot.id, whole_dimensions)),
        tuple(
            answer_given
            for answer_given in difference_answers.answers_of_figure(kept_snapshot.id, figure)
            if answer_given.dimension in whole_dimensions
        ),
        periods,
        sight.lists,
        sight.everything,
        _release_of(chosen),
        Allowance(read_policy(config.policy).comparison.allowance),
    )
    log_read(request, Act.READ_FIGURES)
    return figure_page


def _values_by(values: Iterable[KeptFigure], dimension: Dimension) -> tuple[KeptFigure, ...]:
    values_found = [
        kept_value
        for kept_value in values
        if [cut_dimension for cut_dimension, _ in kept_value.value.cut] == [dimension]
    ]
    return tuple(sorted(values_found, key=lambda kept_value: kept_value.value.cut))


def _release_of(period: str) -> str:
    last_release = last_release_of(period)
    return last_release.slug if last_release else ""


def _whole_dimensions(counted: Sequence[KeptFigure], values_shown: Iterable[KeptFigure]) -> list[Dimension]:
    """The dimensions of who someone is for which the counts of all groups are shown, as they were counted."""
    values_told = {kept_value.value.cut: kept_value for kept_value in values_shown}
    whole_dimensions: dict[Dimension, bool] = {}
    for kept_value in counted:
        if len(kept_value.value.cut) == 1 and (dimension := kept_value.value.cut[0][0]) in FAIRNESS:
            whole_dimensions[dimension] = whole_dimensions.get(dimension, True) and _is_told(
                kept_value.value, values_told.get(kept_value.value.cut)
            )
    return sorted(dimension for dimension, is_whole in whole_dimensions.items() if is_whole)


def _is_told(value: FigureValue, value_shown: KeptFigure | None) -> bool:
    if value_shown is None or is_hidden(value_shown.value) or "unknown" in value_shown.not_printed:
        return False
    if (value_shown.value.whole, value_shown.value.unknown) != (value.whole, value.unknown):
        return False
    if "part" not in value_shown.not_printed:
        return value_shown.value.part == value.part
    # Of hours what is typical is printed to one place, and only of enough.
    typical, printed = value.value, value_shown.value.value
    return isinstance(typical, float) and isinstance(printed, float) and round(typical, 1) == printed


def _fairness_of(
    config: Config, definition: Definition, number: int, dimensions: Sequence[Dimension]
) -> Iterable[tuple[Dimension, Fairness | HoursFairness]]:
    """From the lines, of which nothing is shown but how many there are, for groups whose counts are shown."""
    lines = figure_members.members_of(number, definition.id) if dimensions else ()
    limits = read_policy(config.policy).comparison
    for dimension in dimensions:
        groups_compared = compared_groups(definition, lines, dimension, limits.fewest, limits.most_not_known)
        if groups_compared is not None:
            yield dimension, groups_compared
