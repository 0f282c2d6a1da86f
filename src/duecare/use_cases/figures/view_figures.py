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
from duecare.figure.child_counts import is_hidden
from duecare.figure.comparison.compared_cells import compared_groups
from duecare.figure.comparison.group_fairness import Fairness, HoursFairness
from duecare.rulebook.force_policy import read_policy
from duecare.store.figures import difference_answers, figure_members, figure_snapshots
from duecare.store.figures.difference_answers import Answered
from duecare.store.figures.figure_snapshots import Kept, Snapshot
from duecare.visibility.figure_access import last_release_of, sight_of
from duecare.vocabulary.refusals import Refusal

__all__ = ["FiguresPage", "Kept", "OneFigure", "Snapshot", "Tile", "read_figure", "read_figures"]

THROUGH_TIME = 16


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a period: what it is, and what it came to for the whole force."""

    definition: Definition
    kept: Kept

    @property
    def is_told(self) -> bool:
        """Was there anything to count, or is it hidden what it was?"""
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
        found: dict[str, list[Tile]] = {}
        for tile in self.tiles:
            found.setdefault(tile.definition.theme, []).append(tile)
        return tuple((theme, tuple(tiles)) for theme, tiles in found.items())


@dataclass(frozen=True, slots=True)
class OneFigure:
    """One figure in one period: its definition, its value, its cuts, and what it came to in other periods.

    Shape:   `cuts` pairs each dimension with its values in order; `through_time` one value a period, the earliest first;
             `answers` what officers said of the differences that are shown. `fairness` pairs each dimension of who someone is
             with how its groups fare. `snapshot` is that of the chosen period; `allowance` is for limits between areas.
    """

    definition: Definition
    snapshot: Snapshot
    kept: Kept
    cuts: tuple[tuple[Dimension, tuple[Kept, ...]], ...]
    through_time: tuple[Kept, ...]
    fairness: tuple[tuple[Dimension, Fairness | HoursFairness], ...]
    answers: tuple[Answered, ...]
    periods: tuple[str, ...]
    opens_lists: bool
    sees_everything: bool
    release: str = ""
    allowance: Allowance = Allowance.ADDED


def read_figures(request: Request, period: str = "") -> FiguresPage:
    """Which figures are there of this period, or of the latest of which there are any?

    Raises:  ACC-003 when the viewer may not see figures.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    sight = sight_of(request)
    periods = sight.periods()
    chosen = period if period in periods else next(iter(periods), "")
    kept = figure_snapshots.snapshot(chosen) if chosen else None
    tiles: tuple[Tile, ...] = ()
    if kept is not None:
        shown = sight.shown(kept.values)
        whole = {one.value.figure: one for one in shown if not one.value.cut}
        tiles = tuple(
            Tile(one.definition, whole[figure]) for figure, one in figure_catalogue().items() if figure in whole
        )
    log_read(request, Act.READ_FIGURES)
    return FiguresPage(periods, kept, tiles, sight.lists, sight.everything, _release(chosen))


def read_figure(request: Request, config: Config, figure: str, period: str = "") -> OneFigure:
    """This figure in this period, or in the latest of which there are figures.

    Raises:  ACC-003 when the viewer may not see figures; REP-031 where there is no such figure, or no figures of a period.
    """
    authorise(request, Act.READ_FIGURES, FIGURES)
    sight = sight_of(request)
    periods = sight.periods()
    chosen = period if period in periods else next(iter(periods), "")
    kept = figure_snapshots.snapshot(chosen) if chosen else None
    if figure not in figure_catalogue() or kept is None or kept.of(figure) is None:
        log_read(request, Act.READ_FIGURES)
        raise Refusal("REP-031", where=figure[:100] if figure in figure_catalogue() else "")
    definition = figure_catalogue()[figure].definition
    counted = [one for one in kept.values if one.value.figure == figure]
    shown = sight.shown(counted)
    latest = figure_snapshots.latest_of_each_period()
    alike = [name for name in periods if len(name) == len(chosen)][:THROUGH_TIME]
    before = [
        one
        for name in reversed(alike)
        for one in sight.shown(figure_snapshots.values_of_figure(latest[name], figure))
        if not one.value.cut
    ]
    by = _whole_dimensions(counted, shown)
    page = OneFigure(
        definition,
        kept,
        next(one for one in shown if not one.value.cut),
        tuple((by, cut) for by in sorted(definition.by) if (cut := _by(shown, by))),
        tuple(before),
        tuple(_fairness(config, definition, kept.id, by)),
        tuple(one for one in difference_answers.answers(kept.id, figure) if one.dimension in by),
        periods,
        sight.lists,
        sight.everything,
        _release(chosen),
        Allowance(read_policy(config.policy).comparison.allowance),
    )
    log_read(request, Act.READ_FIGURES)
    return page


def _by(values: Iterable[Kept], dimension: Dimension) -> tuple[Kept, ...]:
    found = [one for one in values if [by for by, _ in one.value.cut] == [dimension]]
    return tuple(sorted(found, key=lambda one: one.value.cut))


def _release(period: str) -> str:
    out = last_release_of(period)
    return out.slug if out else ""


def _whole_dimensions(counted: Sequence[Kept], shown: Iterable[Kept]) -> list[Dimension]:
    """By which dimensions of who someone is are the counts of all groups shown, as they were counted, and what is typical?"""
    told = {one.value.cut: one for one in shown}
    by: dict[Dimension, bool] = {}
    for one in counted:
        if len(one.value.cut) == 1 and (dimension := one.value.cut[0][0]) in FAIRNESS:
            by[dimension] = by.get(dimension, True) and _is_told(one.value, told.get(one.value.cut))
    return sorted(dimension for dimension, is_whole in by.items() if is_whole)


def _is_told(value: FigureValue, shown: Kept | None) -> bool:
    if shown is None or is_hidden(shown.value) or "unknown" in shown.untold:
        return False
    if (shown.value.whole, shown.value.unknown) != (value.whole, value.unknown):
        return False
    if "part" not in shown.untold:
        return shown.value.part == value.part
    # Of hours what is typical is printed to one place, and only of enough.
    typical, printed = value.value, shown.value.value
    return isinstance(typical, float) and isinstance(printed, float) and round(typical, 1) == printed


def _fairness(
    config: Config, definition: Definition, number: int, by: Sequence[Dimension]
) -> Iterable[tuple[Dimension, Fairness | HoursFairness]]:
    """From the lines, of which nothing is shown but how many there are, for groups whose counts are shown."""
    lines = figure_members.members_of(number, definition.id) if by else ()
    limits = read_policy(config.policy).comparison
    for dimension in by:
        found = compared_groups(definition, lines, dimension, limits.fewest, limits.most_not_known)
        if found is not None:
            yield dimension, found
