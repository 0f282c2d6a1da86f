"""Figures for a meeting pack: those of the latest stored quarter, and the boroughs outside the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from duecare.figure import About, Definition, FigureValue, period_named, quarter_before
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.figure.charts.funnel_chart import Allowance, Funnel
from duecare.figure.comparison.areas_side_by_side import SideBySide, counted_value, may_stand_side_by_side, side_by_side
from duecare.report.agreement_words import between_words
from duecare.report.figure_words import place_words, share_words
from duecare.report.meeting_pack import FigureLine, Outside
from duecare.store.figures import figure_snapshots
from duecare.use_cases.figures.compare_boroughs import quarters_kept


@dataclass(frozen=True, slots=True)
class PackFigures:
    """What a pack says of figures; `period` is empty where no quarter was kept."""

    period: str = ""
    figures: tuple[FigureLine, ...] = ()
    outside: tuple[Outside, ...] = ()


def pack_figures(allowance: Allowance = Allowance.ADDED) -> PackFigures:
    """The shares that count what the police did, in the latest quarter kept, beside the quarter before.

    Shape:   of no share that counts children: a pack is read by people who may open nobody. For a step that has asked policy
             itself and writes its own line in the ledger.
    """
    numbers = quarters_kept()
    if not numbers:
        return PackFigures()
    period = next(iter(numbers))
    before = quarter_before(period_named(period)).name
    values_now, values_then = _by_figure(numbers[period]), _by_figure(numbers[before]) if before in numbers else {}
    lines, outside = [], []
    for figure in figure_catalogue().values():
        definition = figure.definition
        if definition.about_in_public is not About.PRACTICE or not may_stand_side_by_side(definition):
            continue
        values = values_now.get(definition.id, ())
        if not any(figure_value.whole for figure_value in values if not figure_value.cut):
            continue
        lines.append(
            FigureLine(definition.title, _figure_words(values), _figure_words(values_then.get(definition.id, ())))
        )
        outside += _areas_outside(definition, side_by_side(definition, period, {period: values}, allowance))
    return PackFigures(period, tuple(lines), tuple(outside))


def _by_figure(number: int) -> dict[str, list[FigureValue]]:
    values_by_figure: dict[str, list[FigureValue]] = {}
    for figure_value in figure_snapshots.by_area(number):
        values_by_figure.setdefault(figure_value.value.figure, []).append(figure_value.value)
    return values_by_figure


def _figure_words(values: Sequence[FigureValue]) -> str:
    whole = next((figure_value for figure_value in values if not figure_value.cut), None)
    if whole is None or not whole.whole:
        return ""
    unknown = f"; not known of {whole.unknown:,}" if whole.unknown else ""
    return f"{share_words(counted_value(whole, ''))} ({between_words(whole.interval)}){unknown}"


def _areas_outside(definition: Definition, side_by_side: SideBySide) -> list[Outside]:
    if not isinstance(side_by_side.funnel, Funnel):
        return []
    return [
        Outside(
            definition.title,
            outside_area.label,
            f"{share_words(outside_area)}, {place_words(side_by_side.funnel, outside_area)}",
        )
        for outside_area in side_by_side.outside
    ]
