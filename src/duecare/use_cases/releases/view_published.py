"""What was published, for anybody, without an account and without a line in the ledger: it is about no one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256

from duecare.access.act import Act
from duecare.access.policy import No, may
from duecare.access.thing import RELEASES
from duecare.access.viewer import Viewer
from duecare.audit import Totals, own_rows, read_totals, total_pairs
from duecare.report.release.release_serialisation import read_released
from duecare.report.release.released_figures import Released
from duecare.store.releases import release_records
from duecare.store.releases.release_records import Out
from duecare.vocabulary.refusals import Refusal

ANYBODY = Viewer("", frozenset({"public"}), channel="web")


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One release as everybody sees it, with its files, and the release that corrects it where one does."""

    out: Out
    released: Released
    files: tuple[tuple[str, int], ...]
    corrected_by: Out | None


def published() -> tuple[Out, ...]:
    """Every release that is out, the latest first."""
    _may()
    return release_records.published()


def published_page(slug: str) -> PublishedPage:
    """What does this release say?

    Raises:  REP-022 where none of that name is out; REP-021 where what is kept is not what was cleared.
    """
    _may()
    every = {one.slug: one for one in release_records.published()}
    held = release_records.published_content(slug)
    if held is None:
        raise Refusal("REP-022")
    out = every[slug]
    return PublishedPage(
        out, read_released(*held), release_records.published_file_names(slug), every.get(out.corrected_by)
    )


def published_file(slug: str, name: str) -> tuple[bytes, str]:
    """One file of a release that is out, with its hash.

    Raises:  REP-022 where there is none; REP-021 where its bytes are not those that were kept.
    """
    _may()
    return _file(slug, name)


def published_whole(slug: str) -> bytes:
    """Every file of a release that is out, in one: the same bytes each time.

    Raises:  as `published_file`.
    """
    _may()
    names = release_records.published_file_names(slug)
    if not names:
        raise Refusal("REP-022")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, _ in names:
            box.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _file(slug, name)[0], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _file(slug: str, name: str) -> tuple[bytes, str]:
    held = release_records.published_file(slug, name)
    if held is None:
        raise Refusal("REP-022")
    if sha256(held[0]).hexdigest() != held[1]:
        raise Refusal("REP-021")
    return held


def real_rounds() -> Totals:
    """What was really published of rounds of 2016 to 2018, from the project's own record with its sources."""
    _may()
    return total_pairs(read_totals(own_rows()).accepted)


def _may() -> None:
    answer = may(ANYBODY, Act.READ_RELEASES, RELEASES)
    if isinstance(answer, No):
        raise answer.refusal()
