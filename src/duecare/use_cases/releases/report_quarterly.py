"""The quarterly report written into a folder: as published, or before that as it would be cleared today, marked a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from duecare.access.act import Act
from duecare.access.thing import RELEASES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.report.quarterly.quarterly_report import NOTICE
from duecare.report.release.printed_marks import HIDDEN
from duecare.report.release.publication import RECEIPT
from duecare.report.release.release_serialisation import read_released
from duecare.report.release.released_figures import Released
from duecare.report.render.bundle import MANIFEST, files_of
from duecare.report.verification.verify_release import DRAFT, LEDGER_HEAD
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.transaction import transaction
from duecare.store.releases import disclosed_history, release_records
from duecare.use_cases.deliveries.atomic_file import write_whole
from duecare.use_cases.releases.draft_release import DraftAsked, clear_draft
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Written:
    """The files written, their release, the number of tables, and how many counts were hidden."""

    release: str
    is_published: bool
    files: tuple[Path, ...]
    tables: int
    suppressed: int
    ledger_head: str
    rulebook: str

    def as_json(self) -> dict[str, object]:
        """What a command prints."""
        return {
            "release": self.release,
            "published": self.is_published,
            "files": [str(file_path) for file_path in self.files],
            "tables": self.tables,
            "suppressed": self.suppressed,
            "ledger_head": self.ledger_head,
            "rulebook": self.rulebook,
        }


def report_quarterly(request: Request, config: Config, quarter: str, folder: Path) -> Written:
    """Write the report of this quarter into a folder; the files written.

    Shape:   where a release of the quarter is out, the very files of the last one; else what would be cleared now, which
             says on its head that it is a draft.
    Raises:  ACC-003 when the viewer may not draft; REP-011 or REP-012 where it cannot be cleared; REP-027 without a snapshot
             of the quarter; CFG-001 where the folder cannot be written to.
    """
    authorise(request, Act.DRAFT_RELEASE, RELEASES)
    earlier = _files_there(folder)
    release_out = next(
        (
            published_release
            for published_release in release_records.published_releases()
            if published_release.period == quarter
        ),
        None,
    )
    release_content = release_records.published_content(release_out.slug) if release_out else None
    if release_out is not None and release_content is not None:
        release_slug, released = release_out.slug, read_released(*release_content)
        release_life = release_records.life_of(release_slug)
        assert release_life is not None, "what is out was drafted"
        files = release_records.files_of(release_slug, release_life.latest.number)
    else:
        release_slug = quarter.lower()
        draft_wanted = DraftAsked(release_slug, quarter, request.now + timedelta(days=1))
        clearance, anchor = clear_draft(request, config, draft_wanted, disclosed_history.seen_versions())
        released = replace(clearance.released, notice=(DRAFT + clearance.released.notice.replace(NOTICE, "")).strip())
        files = files_of(released, read_policy(config.policy).force or "the force", anchor)
    with transaction():
        log_write(
            request, Act.DRAFT_RELEASE, logged_as=LedgerAct.DISCLOSURE, recipient=request.viewer.account,
            outcome=f"done: {release_slug} written out{'' if release_content else ', a draft'}",
        )  # fmt: skip
    written = _write_files(folder, files, earlier)
    rests = dict(released.provenance)
    hidden = _hidden_cells(released)
    return Written(
        release_slug, release_content is not None, written, len(released.tables()), hidden, rests.get(LEDGER_HEAD, ""),
        rests.get("rulebook, by its hash", ""),
    )  # fmt: skip


def _hidden_cells(released: Released) -> int:
    cells = [table_cell for table in released.tables() for table_row in table.rows for table_cell in table_row]
    return sum(1 for table_cell in cells if not isinstance(table_cell, str) and table_cell.mark == HIDDEN)


def _files_there(folder: Path) -> frozenset[str]:
    """The files of an earlier report that lie there, to be replaced.

    Raises:  CFG-001 where anything else lies there, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = frozenset(file_path.name for file_path in folder.iterdir())
        own_names = (
            frozenset({MANIFEST, RECEIPT, *json.loads((folder / MANIFEST).read_bytes())["files"]})
            if MANIFEST in there
            else there
        )
    except OSError as error:
        raise Refusal("CFG-001", where=str(folder), found=error.strerror or "it cannot be written") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refusal("CFG-001", where=str(folder), found="a manifest for something else") from error
    if there - own_names or (there and MANIFEST not in there):
        raise Refusal("CFG-001", where=str(folder), found="a folder with something else in it")
    return there


def _write_files(folder: Path, files: Mapping[str, bytes], earlier: frozenset[str]) -> tuple[Path, ...]:
    for name_earlier in earlier - set(files):
        (folder / name_earlier).unlink()
    for name, file_body in files.items():
        write_whole(folder / name, partial(bytes, file_body))
    return tuple(folder / file_name for file_name in files)
