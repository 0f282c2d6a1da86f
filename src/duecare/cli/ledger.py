"""Commands about the ledger, and the digest of what is held."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duecare.cli.door import Here, at_work, command
from duecare.vocabulary.refusals import EXIT_CODES


@click.group()
def ledger() -> None:
    """The log of every act: check it, anchor it, read it."""


@ledger.command()
@click.option("--anchor", "anchors", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@command
def verify(here: Here, anchors: tuple[Path, ...]) -> None:
    """Check the ledger, alone or against anchors kept outside."""
    from duecare.use_cases.operations.audit_log import verify_ledger

    found = verify_ledger(here.asking, here.config, anchors)
    said = {
        "ok": found.ok,
        "entries": found.entries,
        "head": found.head,
        "broken_at": found.broken_at,
        "span": list(found.span) if found.span else None,
        "reason": found.reason or None,
    }
    here.answer(said, lambda: iter([_words(said)]))
    if not found.ok:
        sys.exit(EXIT_CODES["LED"])


def _words(said: dict[str, object]) -> str:
    if said["ok"]:
        return f"The ledger is whole: {said['entries']} entries, head {said['head']}"
    return f"The ledger is broken at entry {said['broken_at']}: {said['reason']}"


@ledger.command()
@command
def head(here: Here) -> None:
    """How many entries there are, and the root over them."""
    from duecare.use_cases.operations.audit_log import head as step

    entries, root = step(here.asking)
    here.answer({"entries": entries, "head": root}, lambda: iter([f"{entries} {root}"]))


@ledger.command()
@click.option("--out", required=True, type=click.Path(path_type=Path))
@command
def anchor(here: Here, out: Path) -> None:
    """Sign the head into a file for someone else to keep."""
    from duecare.ledger import to_text
    from duecare.use_cases.operations.audit_log import anchor as step

    made = step(here.asking, here.config, out)
    here.answer(
        {"entries": made.size, "head": made.root.hex(), "at": made.at, "file": out},
        lambda: iter([to_text(made).strip()]),
    )


@ledger.command()
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 10_000))
@command
def show(here: Here, most: int) -> None:
    """The latest entries, newest first. Reading them is logged too."""
    from duecare.use_cases.operations.audit_log import Withheld
    from duecare.use_cases.operations.audit_log import show as step

    found = step(here.asking, most)
    here.answer(
        [
            {"number": one.number, "withheld": "a round is blind"}
            if isinstance(one, Withheld)
            else {
                "number": one.number,
                "at": one.at,
                "actor": one.actor,
                "act": one.act.value,
                "purpose": one.purpose,
                "recipient": one.recipient,
                "outcome": one.outcome,
                "ids": list(one.ids),
                "ids_hash": one.ids_hash or None,
                "count": one.count,
            }
            for one in found
        ],
        lambda: (
            f"{one.number:>8} withheld: a round is blind"
            if isinstance(one, Withheld)
            else f"{one.number:>8} {one.at.isoformat()} {one.actor} {one.act.value} ({one.count}) {one.purpose} {one.outcome}"
            for one in found
        ),
    )


@click.command()
@command
def digest(here: Here) -> None:
    """One hash over everything held, for comparing two stores."""
    from duecare.use_cases.operations.store_digest import read_digest

    with at_work("Reckoning the digest"):
        found = read_digest(here.asking, here.config)
    here.answer(
        {"digest": found.digest, "parts": dict(found.parts), "rulebook": found.rulebook, "model": found.model},
        lambda: iter([found.digest]),
    )
