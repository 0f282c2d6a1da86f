"""Commands about the ledger, and the digest of the stored facts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from duecare.cli.door import CommandContext, at_work, store_command
from duecare.vocabulary.page_sizes import LEDGER_ENTRIES
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES


@click.group("ledger")
def ledger_group() -> None:
    """The log of every act: check it, anchor it, read it."""


@ledger_group.command("verify")
@click.option("--anchor", "anchors", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_command
def verify_command(command_context: CommandContext, anchors: tuple[Path, ...]) -> None:
    """Check the ledger by itself, or against anchors stored outside."""
    from duecare.use_cases.operations.verify_ledger import verify_ledger

    verification = verify_ledger(command_context.request, command_context.config, anchors)
    verification_json = {
        "ok": verification.ok,
        "entries": verification.entries,
        "head": verification.head,
        "broken_at": verification.broken_at,
        "span": list(verification.span) if verification.span else None,
        "reason": verification.reason or None,
    }
    command_context.answer(verification_json, lambda: iter([_verification_text(verification_json)]))
    if not verification.ok:
        sys.exit(EXIT_CODES["LED"])


def _verification_text(verification_json: dict[str, object]) -> str:
    if verification_json["ok"]:
        return f"The ledger is whole: {verification_json['entries']} entries, head {verification_json['head']}"
    return f"The ledger is broken at entry {verification_json['broken_at']}: {verification_json['reason']}"


@ledger_group.command("head")
@store_command
def head_command(command_context: CommandContext) -> None:
    """Show the number of entries and the root hash over them."""
    from duecare.use_cases.operations.verify_ledger import ledger_head as step

    entries, root_hash = step(command_context.request)
    command_context.answer({"entries": entries, "head": root_hash}, lambda: iter([f"{entries} {root_hash}"]))


@ledger_group.command("anchor")
@click.option("--out", required=True, type=click.Path(path_type=Path))
@store_command
def anchor_command(command_context: CommandContext, out: Path) -> None:
    """Sign the head into a file for someone else to store."""
    from duecare.ledger import to_text
    from duecare.use_cases.operations.verify_ledger import anchor_ledger as step

    written_anchor = step(command_context.request, command_context.config, out)
    command_context.answer(
        {"entries": written_anchor.size, "head": written_anchor.root.hex(), "at": written_anchor.at, "file": out},
        lambda: iter([to_text(written_anchor).strip()]),
    )


@ledger_group.command("show")
@click.option("--most", default=LEDGER_ENTRIES, show_default=True, type=click.IntRange(1, 10_000))
@store_command
def show_command(command_context: CommandContext, most: int) -> None:
    """List the latest entries, newest first. Reading them is logged too."""
    from duecare.use_cases.operations.verify_ledger import Withheld
    from duecare.use_cases.operations.verify_ledger import show_entries as step

    ledger_entries = step(command_context.request, most)
    command_context.answer(
        [
            {"number": ledger_entry.number, "withheld": "a round is blind"}
            if isinstance(ledger_entry, Withheld)
            else {
                "number": ledger_entry.number,
                "at": ledger_entry.at,
                "actor": ledger_entry.actor,
                "act": ledger_entry.act.value,
                "purpose": ledger_entry.purpose,
                "recipient": ledger_entry.recipient,
                "outcome": ledger_entry.outcome,
                "ids": list(ledger_entry.ids),
                "ids_hash": ledger_entry.ids_hash or None,
                "count": ledger_entry.count,
            }
            for ledger_entry in ledger_entries
        ],
        lambda: (
            f"{ledger_entry.number:>8} withheld: a round is blind"
            if isinstance(ledger_entry, Withheld)
            else (
                f"{ledger_entry.number:>8} {ledger_entry.at.isoformat()} {ledger_entry.actor} {ledger_entry.act.value}"
                f" ({ledger_entry.count}) {ledger_entry.purpose} {ledger_entry.outcome}"
            )
            for ledger_entry in ledger_entries
        ),
    )


@click.command("digest")
@store_command
def digest_command(command_context: CommandContext) -> None:
    """Print one hash over everything stored, to compare two stores."""
    from duecare.use_cases.operations.store_digest import read_digest

    with at_work("Working out the digest"):
        ledger_digest = read_digest(command_context.request, command_context.config)
    command_context.answer(
        {
            "digest": ledger_digest.digest,
            "parts": dict(ledger_digest.parts),
            "rulebook": ledger_digest.rulebook,
            "model": ledger_digest.model,
        },
        lambda: iter([ledger_digest.digest]),
    )
