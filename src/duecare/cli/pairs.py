"""Commands about pairs of records that a human should look at, and about how sure linkage is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from duecare.cli.door import Here, at_work, command

if TYPE_CHECKING:
    from duecare.steps.read_pairs import PairToSee


@click.command()
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="At most so many.")
@command
def pairs(here: Here, limit: int) -> None:
    """Which pairs of records a human should look at next: those on which most hangs first, then the hardest."""
    from duecare.steps.read_pairs import read_pairs

    with at_work("Looking for pairs"):
        found = read_pairs(here.asking, here.config, limit)
    here.answer([_pair(one) for one in found], lambda: _lines(found))


def _pair(one: PairToSee) -> dict[str, Any]:
    return {
        "a": str(one.pair.a),
        "b": str(one.pair.b),
        "weight": one.pair.weight,
        "held": one.pair.held or None,
        "is_one": one.is_one,
        "hangs": [each.words for each in one.hangs if each.words],
    }


def _lines(found: tuple[PairToSee, ...]) -> Iterator[str]:
    if not found:
        yield "There is no pair for you to look at now."
    for one in found:
        joined = "joined" if one.is_one else "not joined"
        yield f"{one.pair.a} {one.pair.b}  {one.pair.weight:+.1f} bits, {joined}"
        for each in one.hangs:
            if each.words:
                yield f"    {each.words}"
