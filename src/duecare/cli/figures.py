"""Commands about figures: what there is, what one came to, keeping those of a period, reckoning one again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, MomentText, at_work, command

if TYPE_CHECKING:
    from duecare.figure import CutKey, Definition, FigureValue
    from duecare.use_cases.figures.view_figures import Kept, Snapshot

PERIOD = click.option(
    "--period", default="", help="A quarter, as 2026-Q3, or a month, as 2026-09. Default: the latest."
)


@click.group()
def figure() -> None:
    """Figures: each defined once, kept with all it rests on, and reckoned again by anybody who doubts it."""


@figure.command("list")
@PERIOD
@command
def list_figures(here: Here, period: str) -> None:
    """Every figure of a period, for the whole force, with the id of its value."""
    from duecare.use_cases.figures.view_figures import read_figures

    page = read_figures(here.asking, period)
    found = [{**_definition(tile.definition), **_value(tile.kept)} for tile in page.tiles]
    here.answer(found, lambda: _lines(tile.kept for tile in page.tiles if tile.is_told))


@figure.command()
@click.argument("figure_id", metavar="FIGURE")
@PERIOD
@command
def show(here: Here, figure_id: str, period: str) -> None:
    """One figure: its definition, and what it came to for every part of the force."""
    from duecare.use_cases.figures.view_figures import read_figure

    page = read_figure(here.asking, here.config, figure_id, period)
    cuts = [one for _, cut in page.cuts for one in cut]
    said = {
        **_definition(page.definition),
        **_value(page.kept),
        "cuts": [_value(one) for one in cuts],
        "through_time": [_value(one) for one in page.through_time],
    }
    here.answer(said, lambda: _lines([page.kept, *cuts]))


@figure.command()
@click.argument("period")
@click.option("--known-at", type=MomentText(), help="Hide versions written after this moment. Default: now.")
@command
def snapshot(here: Here, period: str, known_at: datetime | None) -> None:
    """Count every figure of PERIOD, and keep them with everything they rest on."""
    found = kept(here, period, known_at)
    here.answer(found, lambda: iter([_snapshot_words(found)]))


@figure.command()
@click.argument("key", metavar="ID")
@command
def recompute(here: Here, key: str) -> None:
    """Reckon the value ID again from the facts as they were known, and say whether it is the same."""
    from duecare.use_cases.figures.verify_snapshot import recompute_figure

    found = recompute_figure(here.asking, here.config, key)
    said = {
        **_said(found.key, found.kept),
        "again": _said(found.key, found.again),
        "equal": found.is_equal,
        "differs": list(found.differs),
        "lines_new": found.came,
        "lines_gone": found.went,
    }
    here.answer(said, lambda: _recomputed_words(said))


def kept(here: Here, period: str, known_at: datetime | None = None, *, as_assessed: bool = False) -> dict[str, Any]:
    """A snapshot of this period, taken; as the exchange words it."""
    from duecare.use_cases.figures.take_snapshot import take_snapshot

    with at_work("Counting") as tell:
        made = take_snapshot(
            here.asking,
            here.config,
            period,
            known_at=known_at,
            as_assessed=as_assessed,
            tell=lambda what: tell(what, 0),
        )
    return _snapshot(made)


def _snapshot(made: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": made.id,
        "period": made.period,
        "as_of": made.as_of,
        "known_at": made.known_at,
        "figures": len(made.members),
        "values": len(made.values),
        "lines": sum(made.members.values()),
        "rests_on": made.rests_on.as_json(),
    }


def _definition(of: Definition) -> dict[str, Any]:
    return {
        "figure": of.id,
        "title": of.title,
        "question": of.question,
        "unit": of.unit.value,
        "about": of.about.value,
        "owner": of.owner,
    }


def _value(one: Kept) -> dict[str, Any]:
    return {**_said(one.key, one.value), "as_published": one.as_published, **dict.fromkeys(one.untold)}


def _said(key: str, value: FigureValue) -> dict[str, Any]:
    from duecare.figure.child_counts import is_hidden
    from duecare.stats.interval import Interval
    from duecare.vocabulary.unknown import Unknown

    hidden = is_hidden(value)
    return {
        "id": key,
        "figure": value.figure,
        "period": value.period,
        "cut": {by.value: said for by, said in value.cut},
        "value": None if isinstance(value.value, Unknown) else value.value,
        "why_not": value.value.reason if isinstance(value.value, Unknown) else None,
        "part": None if hidden else value.part,
        "whole": None if hidden else value.whole,
        "unknown": None if hidden else value.unknown,
        "interval": value.interval.as_json() if isinstance(value.interval, Interval) else None,
    }


def _lines(values: Iterable[Kept]) -> Iterator[str]:
    for one in values:
        said = _value(one)
        part = "" if said["part"] is None else f"{said['part']:,} "
        of = f" ({part}of {said['whole']:,})" if said["whole"] is not None else ""
        value = said["why_not"] if said["value"] is None else f"{said['value']:,.4g}{of}"
        unknown = "" if said["unknown"] is None else f"; cannot tell {said['unknown']:,}"
        yield f"{one.key}  {said['figure']}{_cut_words(one.value.cut)}  {value}{unknown}"


def _cut_words(cut: CutKey) -> str:
    return "".join(f"  {by.value}={said}" for by, said in cut)


def _snapshot_words(found: dict[str, Any]) -> str:
    return (
        f"Snapshot {found['snapshot']} of {found['period']}: {found['values']:,} values of {found['figures']} figures, from"
        f" {found['lines']:,} lines."
    )


def _recomputed_words(said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['figure']}: kept {said['value']}, again {said['again']['value']}: {'equal' if said['equal'] else 'NOT equal'}"
    yield from (f"  differs: {one}" for one in said["differs"])
    if said["lines_new"] or said["lines_gone"]:
        yield f"  lines new {said['lines_new']:,}, gone {said['lines_gone']:,}"
