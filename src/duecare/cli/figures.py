"""Commands about figures: list them, show one, take a snapshot of a period, compute one again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import CommandContext, MomentText, at_work, store_command

if TYPE_CHECKING:
    from duecare.figure import CutKey, Definition, FigureValue
    from duecare.use_cases.figures.view_figures import KeptFigure, Snapshot

PERIOD = click.option(
    "--period", default="", help="A quarter, such as 2026-Q3, or a month, such as 2026-09. Default: the latest."
)


@click.group("figure")
def figure_group() -> None:
    """Figures: each defined once, saved with its data, and worked out again by anybody who doubts it."""


@figure_group.command("list")
@PERIOD
@store_command
def list_figures(command_context: CommandContext, period: str) -> None:
    """List every figure of a period, for the whole force, with the id of its value."""
    from duecare.use_cases.figures.view_figures import read_figures

    figures_page = read_figures(command_context.request, period)
    figures_json = [
        {**_definition_json(figure_tile.definition), **_value_json(figure_tile.kept)}
        for figure_tile in figures_page.tiles
    ]
    command_context.answer(
        figures_json,
        lambda: _figure_lines(figure_tile.kept for figure_tile in figures_page.tiles if figure_tile.is_told),
    )


@figure_group.command("show")
@click.argument("figure_id", metavar="FIGURE")
@PERIOD
@store_command
def show_command(command_context: CommandContext, figure_id: str, period: str) -> None:
    """Show one figure: its definition, and its value for every part of the force."""
    from duecare.use_cases.figures.view_figures import read_figure

    figure_page = read_figure(command_context.request, command_context.config, figure_id, period)
    all_cuts = [kept_value for _, cut_values in figure_page.cuts for kept_value in cut_values]
    figure_json = {
        **_definition_json(figure_page.definition),
        **_value_json(figure_page.kept),
        "cuts": [_value_json(kept_value) for kept_value in all_cuts],
        "through_time": [_value_json(kept_value) for kept_value in figure_page.through_time],
    }
    command_context.answer(figure_json, lambda: _figure_lines([figure_page.kept, *all_cuts]))


@figure_group.command("snapshot")
@click.argument("period")
@click.option("--known-at", type=MomentText(), help="Hide versions written after this moment. Default: now.")
@store_command
def snapshot_command(command_context: CommandContext, period: str, known_at: datetime | None) -> None:
    """Count every figure of PERIOD, and save them with the data they were counted from."""
    snapshot_json = take_figure_snapshot(command_context, period, known_at)
    command_context.answer(snapshot_json, lambda: iter([_snapshot_words(snapshot_json)]))


@figure_group.command("recompute")
@click.argument("key", metavar="ID")
@store_command
def recompute_command(command_context: CommandContext, key: str) -> None:
    """Work out the value ID again from the facts as known then, and show whether it is the same."""
    from duecare.use_cases.figures.verify_snapshot import recompute_figure

    recomputation = recompute_figure(command_context.request, command_context.config, key)
    recomputed_json = {
        **_figure_value_json(recomputation.key, recomputation.kept),
        "again": _figure_value_json(recomputation.key, recomputation.again),
        "equal": recomputation.is_equal,
        "differs": list(recomputation.differs),
        "lines_new": recomputation.came,
        "lines_gone": recomputation.went,
    }
    command_context.answer(recomputed_json, lambda: _recomputed_words(recomputed_json))


def take_figure_snapshot(
    command_context: CommandContext, period: str, known_at: datetime | None = None, *, as_assessed: bool = False
) -> dict[str, Any]:
    """Take a snapshot of this period, and return it in the fields of the exchange contract."""
    from duecare.use_cases.figures.take_snapshot import take_snapshot

    with at_work("Counting") as report_progress:
        figure_snapshot = take_snapshot(
            command_context.request,
            command_context.config,
            period,
            known_at=known_at,
            as_assessed=as_assessed,
            tell_progress=lambda figure_name: report_progress(figure_name, 0),
        )
    return _snapshot_json(figure_snapshot)


def _snapshot_json(figure_snapshot: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": figure_snapshot.id,
        "period": figure_snapshot.period,
        "as_of": figure_snapshot.as_of,
        "known_at": figure_snapshot.known_at,
        "figures": len(figure_snapshot.members),
        "values": len(figure_snapshot.values),
        "lines": sum(figure_snapshot.members.values()),
        "rests_on": figure_snapshot.rests_on.as_json(),
    }


def _definition_json(definition: Definition) -> dict[str, Any]:
    return {
        "figure": definition.id,
        "title": definition.title,
        "question": definition.question,
        "unit": definition.unit.value,
        "about": definition.about.value,
        "owner": definition.owner,
    }


def _value_json(kept_value: KeptFigure) -> dict[str, Any]:
    return {
        **_figure_value_json(kept_value.key, kept_value.value),
        "as_published": kept_value.as_published,
        **dict.fromkeys(kept_value.not_printed),
    }


def _figure_value_json(value_key: str, value: FigureValue) -> dict[str, Any]:
    from duecare.figure.hidden_value import is_hidden
    from duecare.stats.interval import Interval
    from duecare.vocabulary.unknown import Unknown

    hidden = is_hidden(value)
    return {
        "id": value_key,
        "figure": value.figure,
        "period": value.period,
        "cut": {dimension.value: group_value for dimension, group_value in value.cut},
        "value": None if isinstance(value.value, Unknown) else value.value,
        "why_not": value.value.reason if isinstance(value.value, Unknown) else None,
        "part": None if hidden else value.part,
        "whole": None if hidden else value.whole,
        "unknown": None if hidden else value.unknown,
        "interval": value.interval.as_json() if isinstance(value.interval, Interval) else None,
    }


def _figure_lines(values: Iterable[KeptFigure]) -> Iterator[str]:
    for kept_value in values:
        value_json = _value_json(kept_value)
        part_text = "" if value_json["part"] is None else f"{value_json['part']:,} "
        whole_text = f" ({part_text}of {value_json['whole']:,})" if value_json["whole"] is not None else ""
        value = value_json["why_not"] if value_json["value"] is None else f"{value_json['value']:,.4g}{whole_text}"
        unknown = "" if value_json["unknown"] is None else f"; cannot tell {value_json['unknown']:,}"
        yield f"{kept_value.key}  {value_json['figure']}{_cut_words(kept_value.value.cut)}  {value}{unknown}"


def _cut_words(cut_key: CutKey) -> str:
    return "".join(f"  {dimension.value}={group_value}" for dimension, group_value in cut_key)


def _snapshot_words(snapshot_json: dict[str, Any]) -> str:
    return (
        f"Snapshot {snapshot_json['snapshot']} of {snapshot_json['period']}: "
        f"{snapshot_json['values']:,} values of {snapshot_json['figures']} figures, from"
        f" {snapshot_json['lines']:,} lines."
    )


def _recomputed_words(recomputed_json: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{recomputed_json['figure']}: kept {recomputed_json['value']}, again "
        f"{recomputed_json['again']['value']}: {'equal' if recomputed_json['equal'] else 'NOT equal'}"
    )
    yield from (f"  differs: {difference}" for difference in recomputed_json["differs"])
    if recomputed_json["lines_new"] or recomputed_json["lines_gone"]:
        yield f"  lines new {recomputed_json['lines_new']:,}, gone {recomputed_json['lines_gone']:,}"
