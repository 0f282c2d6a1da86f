"""The command that explains why two records are linked: `duecare why`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from duecare.cli.door import CommandContext, store_command
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


@click.command("why")
@click.argument("record", type=RecordName())
@click.argument("other", type=RecordName())
@store_command
def why_command(command_context: CommandContext, record: RecordKey, other: RecordKey) -> None:
    """Show the evidence for and against RECORD and OTHER being one person. Write each as SOURCE:RECORD_ID."""
    from duecare.use_cases.linkage.explain_link import explain_pair_link as step

    linkage_reason = step(command_context.request, command_context.config, record, other)
    reason_json = {
        "a": str(linkage_reason.pair.a),
        "b": str(linkage_reason.pair.b),
        "weight": linkage_reason.pair.weight,
        "probability": linkage_reason.pair.probability,
        "comparisons": [
            {"name": comparison.name, "level": comparison.level, "weight": comparison.weight}
            for comparison in linkage_reason.pair.comparisons
        ],
        "held": linkage_reason.pair.held or None,
        "judgement": linkage_reason.judgement or None,
    }
    command_context.answer(reason_json, lambda: _reason_lines(reason_json))


def _reason_lines(reason_json: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{reason_json['a']} and {reason_json['b']}: {reason_json['weight']:+.1f} bits, probability "
        f"{reason_json['probability']:.4f}"
    )
    before = reason_json["weight"] - sum(comparison["weight"] for comparison in reason_json["comparisons"])
    yield f"  {'any two':12} {'before comparing':18} {before:+.1f}"
    for comparison in reason_json["comparisons"]:
        yield f"  {comparison['name']:12} {comparison['level']:18} {comparison['weight']:+.1f}"
    if reason_json["held"]:
        yield f"  not linked: {reason_json['held']}"
    if reason_json["judgement"]:
        yield f"  judged by a person: {reason_json['judgement']}"
