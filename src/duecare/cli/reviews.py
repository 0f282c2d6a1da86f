"""The command that exports the final errors of reviews of single files."""

from __future__ import annotations

from pathlib import Path

import click

from duecare.cli.door import CommandContext, store_command


@click.command("export-errors")
@click.option("--round", "round_name", required=True, help="The review's name.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@store_command
def export_errors(command_context: CommandContext, round_name: str, out: Path) -> None:
    """Write the final errors of a review as CSV, to import elsewhere."""
    from duecare.use_cases.audit.import_errors import write_errors

    errors = write_errors(command_context.request, round_name, out)
    command_context.answer({"round": round_name, "errors": errors}, lambda: iter([f"{errors} errors written to {out}"]))
