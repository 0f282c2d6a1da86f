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
from duecare.cli.door import Here, command


@click.group()
def audit() -> None:
    """Audits: rounds, their grades, how far two sides agree, and what was published of audits elsewhere."""


for one in (
    *agreement.COMMANDS,
    *grades.COMMANDS,
    *rounds.COMMANDS,
    *draws.COMMANDS,
    referrals.referrals,
    referrals.refer_back,
    referrals.answer_referral,
    reviews.export_errors,
):
    audit.add_command(one)


@audit.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@command
def import_(here: Here, file: Path) -> None:
    """Take in FILE: published totals, grades by case, or errors, of an audit run elsewhere."""
    from duecare.use_cases.audit.import_grades import import_audit

    read = import_audit(here.asking, file)
    found = read.as_json()
    here.answer(found, lambda: _words(read))


@audit.command()
@command
def totals(here: Here) -> None:
    """What the published totals say, and on what basis."""
    from duecare.use_cases.audit.import_totals import audit_totals

    found = audit_totals(here.asking)
    here.answer(
        found.as_json(), lambda: iter([json.dumps(found.as_json(), indent=2), *[pair.in_words for pair in found.pairs]])
    )


def _words(read: Read | ReadGrades | ReadErrors) -> Iterator[str]:
    yield f"{len(read.accepted)} accepted, {len(read.set_aside)} set aside"
    yield from (f"  row {one.row}, {one.column}: {one.reason}. {one.remedy}" for one in read.set_aside)
