"""Boroughs side by side: one figure of every area in one quarter, within the limits of chance, and over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from duecare.access.act import Act
from duecare.access.thing import OVERSIGHT
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.figure import About, Definition, Dimension, period_named, quarter_of
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.charts.control_limits import Rebase
from duecare.figure.charts.funnel_chart import Allowance
from duecare.figure.comparison.areas_side_by_side import SideBySide, may_stand_side_by_side, side_by_side
from duecare.figure.comparison.hours_by_area import HoursByArea, hours_by_area, may_be_hours_by_area
from duecare.rulebook.comparison_settings import Comparison
from duecare.rulebook.force_policy import Policy, read_policy
from duecare.rulebook.map_rows import AreaRows
from duecare.store.figures import figure_snapshots
from duecare.visibility.figure_access import FigureAccess, figure_access_of
from duecare.vocabulary.page_sizes import PERIODS_IN_SERIES
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Boroughs:
    """What the page of boroughs side by side is made of.

    Shape:   `found` None where nothing was kept; `figures` may be chosen, those with cases in the latest quarter, `periods`
             too, the latest first; `left_out` figures count children, and are shown only to a viewer who may open everybody.
             `is_running` where the quarter has not ended. `keys` name each value whose list the viewer may open.
    """

    found: SideBySide | HoursByArea | None
    figures: tuple[Definition, ...]
    periods: tuple[str, ...]
    rows: AreaRows
    left_out: int
    keys: Mapping[str, str] = field(default_factory=dict)
    is_running: bool = False


def read_boroughs(request: Request, config: Config, figure: str = "", period: str = "") -> Boroughs:
    """This figure of this quarter for every area; unless named, how often an investigator is allocated late, and the latest.

    Raises:  ACC-003 when the viewer may not see it; REP-031 when there is no such figure that they may see side by side, or
             no figures of that quarter were kept.
    """
    authorise(request, Act.READ_OVERSIGHT, OVERSIGHT)
    policy, numbers = read_policy(config.policy), quarters_kept()
    sight = figure_access_of(request)
    figures_shown, left_out = shown_side_by_side(sight, numbers)
    wanted_figure = figures_shown.get(figure) if figure else _usual_figure(figures_shown, policy)
    quarter = period or next(iter(numbers), "")
    compared_areas = (
        of_quarter(wanted_figure, quarter, numbers, policy.comparison) if wanted_figure and quarter in numbers else None
    )
    log_read(request, Act.READ_OVERSIGHT)
    if compared_areas is None and (figure or period):
        raise Refusal("REP-031", where=f"{figure} {period}".strip(), found="no stored figure that can be compared")
    is_running = compared_areas is not None and period_named(quarter).ends > request.now
    area_keys = _area_keys(numbers[quarter], compared_areas) if compared_areas and sight.lists else {}
    return Boroughs(
        compared_areas, tuple(figures_shown.values()), tuple(numbers), policy.map_rows, left_out, area_keys, is_running
    )


def quarters_kept() -> Mapping[str, int]:
    """The number of the latest snapshot of each quarter that has one, the latest quarter first, sixteen at most."""
    quarters_held = [
        (quarter_name, number)
        for quarter_name, number in figure_snapshots.latest_of_each_period().items()
        if "Q" in quarter_name
    ]
    return dict(quarters_held[:PERIODS_IN_SERIES])


def of_quarter(
    definition: Definition, quarter: str, numbers: Mapping[str, int], limits: Comparison
) -> SideBySide | HoursByArea:
    """This figure of every area in this quarter, with the quarters before it."""
    kept_values = {
        quarter_name: [kept_value.value for kept_value in figure_snapshots.uncrossed_values(number, definition.id)]
        for quarter_name, number in numbers.items()
        if quarter_name <= quarter
    }
    limits_again = [
        Rebase(label, again_limit.why)
        for again_limit in limits.resets_of(definition.id)
        for label in (again_limit.since, quarter_of(period_named(again_limit.since).starts).name)
    ]
    if may_be_hours_by_area(definition):
        return hours_by_area(definition, quarter, kept_values, limits_again)
    return side_by_side(definition, quarter, kept_values, Allowance(limits.allowance), limits_again)


def shown_side_by_side(sight: FigureAccess, numbers: Mapping[str, int]) -> tuple[dict[str, Definition], int]:
    """The figures this viewer may see side by side, and how many are left out because they count children."""
    every_definition = [catalogued.definition for catalogued in figure_catalogue().values()]
    comparable = [
        definition
        for definition in every_definition
        if may_stand_side_by_side(definition) or may_be_hours_by_area(definition)
    ]
    shown_definitions = [
        definition for definition in comparable if definition.about_in_public is About.PRACTICE or sight.everything
    ]
    with_cases = figure_snapshots.with_cases(next(iter(numbers.values()))) if numbers else frozenset()
    return {definition.id: definition for definition in shown_definitions if definition.id in with_cases}, len(
        comparable
    ) - len(shown_definitions)


def _area_keys(number: int, compared_areas: SideBySide | HoursByArea) -> Mapping[str, str]:
    kept_values = figure_snapshots.uncrossed_values(number, compared_areas.definition.id)
    return {
        kept_value.value.cut[0][1]: kept_value.key
        for kept_value in kept_values
        if [dimension for dimension, _ in kept_value.value.cut] == [Dimension.AREA]
    }


def _usual_figure(figures_shown: Mapping[str, Definition], policy: Policy) -> Definition | None:
    usual = figures_shown.get(f"late-{policy.allocation_duty}".lower())
    return usual or next(iter(figures_shown.values()), None)
