"""A figure as a registered test asks for it: whether it exists, and its value in a period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from duecare.assessment.policy_history import policy_at
from duecare.assessment.rules_in_force import rulebook_with
from duecare.assessment.source_freshness import stale_after
from duecare.config import Config, source_folders
from duecare.figure.catalogue.all_figures import figure_catalogue, hash_of_catalogue
from duecare.figure.figure_definition import About, Dimension, Unit
from duecare.figure.figure_measure import Measure, measure_of
from duecare.figure.figure_value import CutKey, FigureValue, cut_of
from duecare.figure.reporting_period import Period, period_named, quarter_of
from duecare.recommendation.registered_test import FigureTest, Registered
from duecare.rulebook.force_policy import Policy
from duecare.stats.interval import Interval
from duecare.store.figures import figure_snapshots
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class FigureResult:
    """The value of the figure, on how many cases, counted as which measure, and when its period began.

    Unknown: `counted_as` where the snapshot was counted by a rulebook, policy or catalogue that is not known here any more.
    """

    value: float | Unknown
    interval: Interval | Unknown
    cases: int
    counted_as: Measure | Unknown
    began_at: datetime


def fault_of(claim_test: FigureTest) -> str:
    """Why no test can be of this figure, cut so, to this level; empty where one can."""
    catalogue_figure = figure_catalogue().get(claim_test.figure)
    if catalogue_figure is None:
        return "the catalogue has no figure of this name"
    definition, level = catalogue_figure.definition, claim_test.level
    names = {dimensions_named.value: dimensions_named for dimensions_named in Dimension}
    unknown_names = [
        dimension_name for dimension_name, _ in claim_test.cut if names.get(dimension_name) not in definition.by
    ]
    if unknown_names:
        return f"the figure is not cut by {', '.join(unknown_names)}"
    if {Dimension.MONTH, Dimension.QUARTER} & _cut_dimensions(claim_test.cut):
        return "it names a period, but the first whole period after the claim is used"
    if definition.less_is_better is level.at_least:
        return f"of this figure {'less' if level.at_least else 'more'} is better, so the level goes the wrong way"
    if definition.unit is Unit.COUNT and claim_test.least:
        return "a count of all there are rests on no number of cases"
    is_any = level.level <= 0 if level.at_least else definition.unit is Unit.SHARE and level.level >= 1
    return "every value reaches this level" if is_any else ""


def bound_test(claim_test: FigureTest, policy: Policy) -> FigureTest:
    """This test as it is registered: on no fewer cases than the force's policy says, of the figure as it is counted today."""
    catalogue_figure = figure_catalogue()[claim_test.figure]
    least_cases = claim_test.least or (0 if catalogue_figure.definition.unit is Unit.COUNT else policy.least_cases)
    measure_now = measure_of(catalogue_figure, _cut_dimensions(claim_test.cut), policy)
    return replace(claim_test, least=least_cases, definition=measure_now.definition, policy=measure_now.policy)


def differences_of(claim_test: FigureTest, counted_as: Measure) -> tuple[str, ...]:
    """How the figure as counted differs from the measure that was registered; empty of a test bound to none."""
    return counted_as.differs_from(Measure(claim_test.definition, claim_test.policy)) if claim_test.is_bound else ()


def tells_of_children(claim_test: Registered | None) -> bool:
    """Whether the result of this test would show how many children something happened to."""
    catalogue_figure = figure_catalogue().get(claim_test.figure) if isinstance(claim_test, FigureTest) else None
    return isinstance(claim_test, FigureTest) and (
        catalogue_figure is None or catalogue_figure.definition.about_in_public is About.CHILDREN
    )


def title_of(figure: str) -> str:
    """The title of this figure; empty where the catalogue has none of this name."""
    catalogue_figure = figure_catalogue().get(figure)
    return catalogue_figure.definition.title if catalogue_figure else ""


def value_in(
    config: Config, figure: str, figure_cut: tuple[tuple[str, str], ...], period: str
) -> FigureResult | Unknown:
    """The value of this figure in this period, by the latest snapshot, if it was taken, and known, after its end.

    Shape:   of a month, by a snapshot of its own, else by that of its quarter.
    Unknown: while no such snapshot was taken, or none holds the figure at this cut; where a source had fallen silent before
             the end, by what its own description allows.
    """
    wanted_period, cut_wanted = (
        period_named(period),
        cut_of({Dimension(dimension_name): value for dimension_name, value in figure_cut}),
    )
    value_found = _kept_value(wanted_period, figure, cut_wanted)
    quarter = quarter_of(wanted_period.starts)
    if value_found is None and quarter.name != wanted_period.name:
        value_found = _kept_value(quarter, figure, cut_of({**dict(cut_wanted), Dimension.MONTH: wanted_period.name}))
    if value_found is None:
        return Unknown(f"no snapshot taken after the end of {wanted_period.name} has {figure} counted like this")
    snapshot, value = value_found
    if silent := _silent_in(snapshot, wanted_period):
        return Unknown(
            f"when it was counted, {silent} had sent nothing about the end of {wanted_period.name}: what is missing counts as 0"
        )
    cases = value.part if value.whole is None else value.whole
    return FigureResult(
        value.value, value.interval, cases, _counted_as(config, snapshot, figure, figure_cut), wanted_period.starts
    )


def _kept_value(
    period: Period, figure: str, figure_cut: CutKey
) -> tuple[figure_snapshots.Snapshot, FigureValue] | None:
    snapshot = figure_snapshots.latest_snapshot(period.name)
    if snapshot is None or min(snapshot.taken_at, snapshot.known_at) < period.ends:
        return None
    kept_value = snapshot.of(figure, figure_cut)
    return (snapshot, kept_value.value) if kept_value is not None else None


def _silent_in(snapshot: figure_snapshots.Snapshot, period: Period) -> str:
    """The sources that, by their own description, had not reported to the end of this period; empty where none."""
    folders = source_folders()
    for source, _, _, extracted_at in snapshot.rests_on.watermarks:
        if extracted_at and datetime.fromisoformat(extracted_at) + stale_after(source, folders) < period.ends:
            return source
    return ""


def _counted_as(
    config: Config, snapshot: figure_snapshots.Snapshot, figure: str, figure_cut: tuple[tuple[str, str], ...]
) -> Measure | Unknown:
    """The measure that this snapshot counted, by the policy of its day, where today's rulebook with it is the one it names."""
    policy, rests = policy_at(config, snapshot.taken_at).policy, snapshot.rests_on
    if rests.rulebook != rulebook_with(policy) or rests.catalogue != hash_of_catalogue():
        return Unknown(
            f"the snapshot of {snapshot.period} was counted by another rulebook, policy or catalogue of figures than is in force:"
            f" take it again (duecare figure snapshot {snapshot.period})"
        )
    return measure_of(figure_catalogue()[figure], _cut_dimensions(figure_cut), policy)


def _cut_dimensions(figure_cut: tuple[tuple[str, str], ...]) -> frozenset[Dimension]:
    return frozenset(Dimension(dimension_name) for dimension_name, _ in figure_cut)
