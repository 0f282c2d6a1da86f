"""Commands about audits. So far: published totals of audits run elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import click

from duecare.cli.door import Here, command


@click.group()
def audit() -> None:
    """Audits: published totals, and what they support."""


@audit.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@command
def import_(here: Here, file: Path) -> None:
    """Take in published totals from FILE."""
    from duecare.steps.audit_totals import import_totals  # noqa: PLC0415

    found = import_totals(here.asking, file).as_json()
    here.answer(found, lambda: iter([f"{found['accepted']} accepted, {found['set_aside']} set aside", *found["reasons"]]))  # type: ignore[misc]


@audit.command()
@command
def totals(here: Here) -> None:
    """What the published totals say, and on what basis."""
    from duecare.steps.audit_totals import audit_totals  # noqa: PLC0415

    found = audit_totals(here.asking)
    here.answer(found.as_json(), lambda: iter([json.dumps(found.as_json(), indent=2), *[p.in_words() for p in found.pairs]]))
