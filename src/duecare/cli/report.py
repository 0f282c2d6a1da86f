"""Commands of reports: the quarterly one written, a release drafted, checked, answered, verified; what is due published."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.cli.door import CommandContext, MomentText, at_work, store_command
from duecare.report.release.release_lifecycle import Access, Life
from duecare.report.verification.verify_release import VerifiedRelease
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

OUTPUT_FOLDER = click.Path(path_type=Path, file_okay=False)
FILE_PATH = click.Path(path_type=Path, dir_okay=False)


@click.group("report")
def report_group() -> None:
    """Reports for the public: drafted, checked by two people, released at a set time. Anybody can verify them."""


@report_group.command("quarterly")
@click.argument("quarter")
@click.option("--out", required=True, type=OUTPUT_FOLDER, help="The folder to write into.")
@store_command
def quarterly_command(command_context: CommandContext, quarter: str, out: Path) -> None:
    """Write the report of QUARTER (such as 2026-Q3) as HTML, PDF, ODS and CSV, as cleared."""
    from duecare.use_cases.releases.report_quarterly import report_quarterly

    with at_work("Clearing the report"):
        quarterly_report = report_quarterly(command_context.request, command_context.config, quarter, out)
    release_state = "as released" if quarterly_report.is_published else "a draft, not released"
    command_context.answer(
        quarterly_report.as_json(),
        lambda: iter(
            [
                (
                    f"{len(quarterly_report.files)} files in {out}: {quarterly_report.tables} tables, "
                    f"{quarterly_report.suppressed} numbers hidden; {release_state}"
                )
            ]
        ),
    )


@report_group.command("verify")
@click.argument("folder", metavar="DIR", type=OUTPUT_FOLDER)
@click.option("--anchor", "anchors", multiple=True, type=FILE_PATH, help="A head of the ledger that somebody saved.")
@click.option("--key", type=FILE_PATH, help="The public key by which heads are signed, as PEM.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
def verify_command(folder: Path, anchors: tuple[Path, ...], key: Path | None, as_json: bool) -> None:
    """Verify the release in DIR: hashes, totals, the same numbers in every format, the ledger, and whether it was published."""
    from duecare.use_cases.releases.verify_release import report_verify

    verified_release = report_verify(folder, anchors, key)
    verification_json = {
        "release": verified_release.release,
        "ok": verified_release.ok,
        "whole": verified_release.is_whole,
        "published": verified_release.is_published,
        "tables": verified_release.tables,
        "looked": [
            {"what": release_check.what, "ok": release_check.ok, "faults": list(release_check.faults)}
            for release_check in verified_release.looked
        ],
    }
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(verification_json, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        for text_line in _check_lines(verified_release):
            click.echo(text_line)
    if not verified_release.ok:
        sys.exit(EXIT_CODES["REP"])


@report_group.command("draft")
@click.argument("slug", metavar="NAME")
@click.option("--quarter", required=True, help="The quarter, such as 2026-Q3.")
@click.option("--at", "publish_at", required=True, type=MomentText(), help="When it is published.")
@click.option("--before", "access", multiple=True, help="Who may see it early, as ACCOUNT=TIME.")
@click.option("--words", multiple=True, help="A paragraph of the author's own.")
@click.option("--corrects", default="", help="The release that this one corrects.")
@click.option("--why", default="", help="What it corrects, and why.")
@store_command
def draft_command(
    command_context: CommandContext,
    slug: str,
    quarter: str,
    publish_at: datetime,
    access: tuple[str, ...],
    **option_values: Any,
) -> None:
    """Draft the release NAME, or draft it again. A new draft must be checked again."""
    from duecare.use_cases.releases.draft_release import DraftAsked, draft_release

    access_list = tuple(_read_access(access_text) for access_text in access)
    draft_request = DraftAsked(
        slug, quarter, publish_at, access_list, option_values["words"], option_values["corrects"], option_values["why"]
    )
    with at_work("Clearing the release"):
        version = draft_release(command_context.request, command_context.config, draft_request)
    draft_json = {"release": slug, "version": version.number, "content": version.content_hash, "seal": version.seal}
    command_context.answer(draft_json, lambda: iter([f"{slug}, version {version.number}: {version.seal}"]))


@report_group.command("check")
@click.argument("slug", metavar="NAME")
@click.option("--seal", required=True, help="The seal of the version that was read.")
@click.option("--refuse", default="", help="Why it must not be released.")
@store_command
def check_command(command_context: CommandContext, slug: str, seal: str, refuse: str) -> None:
    """Approve NAME for release as you read it, or refuse it with a reason."""
    from duecare.use_cases.releases.check_release import check_release

    release_life = check_release(
        command_context.request, command_context.config, slug, seal, passed=not refuse, words=refuse
    )
    command_context.answer(_release_json(release_life), lambda: iter([f"{slug}: {release_life.stage.value}"]))


@report_group.command("answer")
@click.argument("slug", metavar="NAME")
@click.option("--words", required=True)
@store_command
def answer_command(command_context: CommandContext, slug: str, words: str) -> None:
    """Answer NAME for the force, once, for factual accuracy."""
    from duecare.use_cases.releases.answer_release import answer_release

    kept_answer = answer_release(command_context.request, slug, words)
    command_context.answer(
        {"release": slug, "version": kept_answer.version}, lambda: iter([f"{slug}: the answer is saved"])
    )


@report_group.command("list")
@store_command
def list_command(command_context: CommandContext) -> None:
    """List every release that you may see, and its status."""
    from duecare.use_cases.releases.view_drafts import read_drafts

    draft_list = read_drafts(command_context.request)
    command_context.answer(
        [_release_json(release_draft) for release_draft in draft_list],
        lambda: (
            f"{release_draft.slug}: {release_draft.stage.value}, {release_draft.latest.seal}"
            for release_draft in draft_list
        ),
    )


@click.command("tick")
@store_command
def tick_command(command_context: CommandContext) -> None:
    """Run periodic work: link new records, refresh findings that are due, update the search index, publish releases.

    Safe to run twice, and at once.
    """
    from duecare.jobs.tick import run_tick

    with at_work("Refreshing"):
        result = run_tick(command_context.request, command_context.config)
    words = [
        f"refreshed: {result.refreshed:,} cases and people",
        f"published: {', '.join(result.published) or 'nothing'}",
        *(f"not published: {release_slug} ({refusal_code})" for release_slug, refusal_code in result.refused),
    ]
    command_context.answer(result.as_json(), lambda: iter(words))


def _read_access(access_text: str) -> Access:
    account, _, time_text = access_text.partition("=")
    access_from = MomentText().convert(time_text, None, None)
    return Access(account.strip(), access_from.astimezone(UTC))


def _release_json(release_life: Life) -> dict[str, object]:
    return {
        "release": release_life.slug,
        "stage": release_life.stage.value,
        "version": release_life.latest.number,
        "seal": release_life.latest.seal,
        "publish_at": iso_text(release_life.latest.publish_at),
        "checks": [
            {"by": standing_check.account, "passed": standing_check.passed} for standing_check in release_life.standing
        ],
        "corrects": release_life.latest.corrects,
    }


def _check_lines(verified_release: VerifiedRelease) -> Iterator[str]:
    for release_check in verified_release.looked:
        outcome_word = {True: "yes", False: "NO", None: "cannot tell"}[release_check.ok]
        yield f"{outcome_word:<12}{release_check.what}"
        yield from (f"            {fault}" for fault in release_check.faults)
    whole = "whole" if verified_release.is_whole else "NOT whole"
    publication_text = {
        True: "published, as its receipt proves",
        False: "NOT published, as far as these files go",
        None: "these files alone do not show whether it was published",
    }[verified_release.is_published]
    yield f"{verified_release.release}: {whole}, {verified_release.tables} tables; {publication_text}"
