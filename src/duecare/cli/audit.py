"""Commands about audits: the group that all of them hang on, and what is taken in of audits run elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from duecare.audit import Read
from duecare.audit.grading.imported_case_grade import ReadGrades
from duecare.audit.reviews.error_rows import ReadErrors
from duecare.cli import agreement, draws, grades, referrals, reviews, rounds
from duecare.cli.door import CommandContext, store_command


@click.group("audit")
def audit_group() -> None:
    """Audits: rounds, their grades, how far two sides agree, and published results of audits elsewhere."""


for subcommand in (
    *agreement.COMMANDS,
    *grades.COMMANDS,
    *rounds.COMMANDS,
    *draws.COMMANDS,
    referrals.referrals_command,
    referrals.refer_back,
    referrals.answer_referral,
    reviews.export_errors,
):
    audit_group.add_command(subcommand)


@audit_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@store_command
def import_command(command_context: CommandContext, file: Path) -> None:
    """Import FILE: published totals, grades by case, or errors, from an audit run elsewhere."""
    from duecare.use_cases.audit.import_grades import import_audit

    import_result = import_audit(command_context.request, file)
    import_json = import_result.as_json()
    command_context.answer(import_json, lambda: _import_lines(import_result))


@audit_group.command("totals")
@store_command
def totals_command(command_context: CommandContext) -> None:
    """Show the published totals and their basis."""
    from duecare.use_cases.audit.import_totals import audit_totals

    audit_figures = audit_totals(command_context.request)
    command_context.answer(
        audit_figures.as_json(),
        lambda: iter(
            [
                json.dumps(audit_figures.as_json(), indent=2),
                *[grade_pair.in_words for grade_pair in audit_figures.pairs],
            ]
        ),
    )


def _import_lines(import_result: Read | ReadGrades | ReadErrors) -> Iterator[str]:
    yield f"{len(import_result.accepted)} accepted, {len(import_result.set_aside)} set aside"
    yield from (
        f"  row {set_aside_row.row}, {set_aside_row.column}: {set_aside_row.reason}. {set_aside_row.remedy}"
        for set_aside_row in import_result.set_aside
    )
