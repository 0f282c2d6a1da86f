"""The command that explains a link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from duecare.cli.door import Here, command
from duecare.record.pole import RecordKey


class RecordName(click.ParamType):
    """A record as `duecare people export` names it: `source:record_id`."""

    name = "source:record_id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RecordKey:
        """The record named."""
        if isinstance(value, RecordKey):
            return value
        source, colon, record_id = str(value).partition(":")
        if not (source and colon and record_id):
            self.fail("not a record; write it as source:record_id", param, ctx)
        return RecordKey(source, record_id)


@click.command()
@click.argument("record", type=RecordName())
@click.argument("other", type=RecordName())
@command
def why(here: Here, record: RecordKey, other: RecordKey) -> None:
    """The evidence for and against RECORD and OTHER being one person. Each is written as SOURCE:RECORD_ID."""
    from duecare.use_cases.linkage.explain_link import why as step

    found = step(here.asking, here.config, record, other)
    said = {
        "a": str(found.pair.a),
        "b": str(found.pair.b),
        "weight": found.pair.weight,
        "probability": found.pair.probability,
        "comparisons": [{"name": c.name, "level": c.level, "weight": c.weight} for c in found.pair.comparisons],
        "held": found.pair.held or None,
        "judgement": found.judgement or None,
    }
    here.answer(said, lambda: _words(said))


def _words(said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['a']} and {said['b']}: {said['weight']:+.1f} bits, probability {said['probability']:.4f}"
    before = said["weight"] - sum(one["weight"] for one in said["comparisons"])
    yield f"  {'any two':12} {'before comparing':18} {before:+.1f}"
    for one in said["comparisons"]:
        yield f"  {one['name']:12} {one['level']:18} {one['weight']:+.1f}"
    if said["held"]:
        yield f"  kept apart: {said['held']}"
    if said["judgement"]:
        yield f"  a human said: {said['judgement']}"
