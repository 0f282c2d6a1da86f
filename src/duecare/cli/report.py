"""Commands of reports: the quarterly one written, a release drafted, checked, answered, verified; what is due published."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from duecare.cli.door import Here, MomentText, at_work, command
from duecare.report.release.release_lifecycle import Access, Life
from duecare.report.verification.verify_release import VerifiedRelease
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import EXIT_CODES

OUT = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def report() -> None:
    """Reports for the public: drafted, checked by two, released at their time, and verified by anybody."""


@report.command()
@click.argument("quarter")
@click.option("--out", required=True, type=OUT, help="The folder to write into.")
@command
def quarterly(here: Here, quarter: str, out: Path) -> None:
    """Write the report of QUARTER (as 2026-Q3) as HTML, PDF, ODS and CSV, as cleared."""
    from duecare.use_cases.releases.report_quarterly import report_quarterly

    with at_work("Clearing the report"):
        found = report_quarterly(here.asking, here.config, quarter, out)
    what = "as released" if found.is_published else "a draft, not released"
    here.answer(
        found.as_json(),
        lambda: iter(
            [f"{len(found.files)} files in {out}: {found.tables} tables, {found.suppressed} numbers hidden; {what}"]
        ),
    )


@report.command()
@click.argument("folder", metavar="DIR", type=OUT)
@click.option("--anchor", "anchors", multiple=True, type=FILE, help="A head of the ledger that somebody kept.")
@click.option("--key", type=FILE, help="The public key by which heads are signed, as PEM.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
def verify(folder: Path, anchors: tuple[Path, ...], key: Path | None, as_json: bool) -> None:
    """Verify the release in DIR: hashes, totals, the same numbers in every format, the ledger, and whether it went out."""
    from duecare.use_cases.releases.verify_release import report_verify

    found = report_verify(folder, anchors, key)
    said = {
        "release": found.release,
        "ok": found.ok,
        "whole": found.is_whole,
        "published": found.is_published,
        "tables": found.tables,
        "looked": [{"what": one.what, "ok": one.ok, "faults": list(one.faults)} for one in found.looked],
    }
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        for line in _looked(found):
            click.echo(line)
    if not found.ok:
        sys.exit(EXIT_CODES["REP"])


@report.command()
@click.argument("slug", metavar="NAME")
@click.option("--quarter", required=True, help="Of which quarter, as 2026-Q3.")
@click.option("--at", "publish_at", required=True, type=MomentText(), help="When it is published.")
@click.option("--before", "access", multiple=True, help="Who may see it before, as ACCOUNT=TIME.")
@click.option("--words", multiple=True, help="A paragraph of the author's own.")
@click.option("--corrects", default="", help="The release that this one corrects.")
@click.option("--why", default="", help="What it corrects, and why.")
@command
def draft(here: Here, slug: str, quarter: str, publish_at: datetime, access: tuple[str, ...], **more: Any) -> None:
    """Draft the release NAME, or draft it anew: what was checked before is then checked again."""
    from duecare.use_cases.releases.draft_release import DraftAsked, draft_release

    named = tuple(_access(one) for one in access)
    wanted = DraftAsked(slug, quarter, publish_at, named, more["words"], more["corrects"], more["why"])
    with at_work("Clearing the release"):
        version = draft_release(here.asking, here.config, wanted)
    said = {"release": slug, "version": version.number, "content": version.content_hash, "seal": version.seal}
    here.answer(said, lambda: iter([f"{slug}, version {version.number}: {version.seal}"]))


@report.command()
@click.argument("slug", metavar="NAME")
@click.option("--seal", required=True, help="The seal of the version that was read.")
@click.option("--refuse", default="", help="Why it may not go out.")
@command
def check(here: Here, slug: str, seal: str, refuse: str) -> None:
    """Say that NAME may go out as it was read, or why it may not."""
    from duecare.use_cases.releases.check_release import check_release

    life = check_release(here.asking, here.config, slug, seal, passed=not refuse, words=refuse)
    here.answer(_said(life), lambda: iter([f"{slug}: {life.stage.value}"]))


@report.command()
@click.argument("slug", metavar="NAME")
@click.option("--words", required=True)
@command
def answer(here: Here, slug: str, words: str) -> None:
    """Answer NAME for the force, once, for factual accuracy."""
    from duecare.use_cases.releases.answer_release import answer_release

    kept = answer_release(here.asking, slug, words)
    here.answer({"release": slug, "version": kept.version}, lambda: iter([f"{slug}: the answer is kept"]))


@report.command("list")
@command
def list_(here: Here) -> None:
    """Every release that you may see, and how far it has come."""
    from duecare.use_cases.releases.view_drafts import read_drafts

    found = read_drafts(here.asking)
    here.answer(
        [_said(one) for one in found], lambda: (f"{one.slug}: {one.stage.value}, {one.latest.seal}" for one in found)
    )


@click.command()
@command
def tick(here: Here) -> None:
    """Do what is periodic: link what came, refresh findings that are due, update the search index, publish releases.

    Safe to run twice, and at once.
    """
    from duecare.jobs.tick import run_tick

    with at_work("Refreshing"):
        result = run_tick(here.asking, here.config)
    words = [
        f"refreshed: {result.refreshed:,} cases and people",
        f"published: {', '.join(result.published) or 'nothing'}",
        *(f"not published: {slug} ({code})" for slug, code in result.refused),
    ]
    here.answer(result.as_json(), lambda: iter(words))


def _access(text: str) -> Access:
    account, _, time = text.partition("=")
    when = MomentText().convert(time, None, None)
    return Access(account.strip(), when.astimezone(UTC))


def _said(life: Life) -> dict[str, object]:
    return {
        "release": life.slug,
        "stage": life.stage.value,
        "version": life.latest.number,
        "seal": life.latest.seal,
        "publish_at": iso_text(life.latest.publish_at),
        "checks": [{"by": one.account, "passed": one.passed} for one in life.standing],
        "corrects": life.latest.corrects,
    }


def _looked(found: VerifiedRelease) -> Iterator[str]:
    for one in found.looked:
        word = {True: "yes", False: "NO", None: "cannot tell"}[one.ok]
        yield f"{word:<12}{one.what}"
        yield from (f"            {fault}" for fault in one.faults)
    whole = "whole" if found.is_whole else "NOT whole"
    out = {
        True: "published, as its receipt proves",
        False: "NOT published, as far as these files go",
        None: "whether it was published cannot be told from these files alone",
    }[found.is_published]
    yield f"{found.release}: {whole}, {found.tables} tables; {out}"
