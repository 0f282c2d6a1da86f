"""What was published, for anybody, without an account and without a line in the ledger: it is about no one."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from hashlib import sha256

from duecare.access.act import Act
from duecare.access.may_act import No, may
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


def list_published() -> tuple[Out, ...]:
    """Every release that is out, the latest first."""
    _require_public()
    return release_records.published_releases()


def published_page(release_slug: str) -> PublishedPage:
    """What this release says.

    Raises:  REP-022 where none of that name is out; REP-021 where what is kept is not what was cleared.
    """
    _require_public()
    release_by_slug = {
        published_release.slug: published_release for published_release in release_records.published_releases()
    }
    release_content = release_records.published_content(release_slug)
    if release_content is None:
        raise Refusal("REP-022")
    release_out = release_by_slug[release_slug]
    return PublishedPage(
        release_out,
        read_released(*release_content),
        release_records.published_file_names(release_slug),
        release_by_slug.get(release_out.corrected_by),
    )


def published_file(release_slug: str, file_name: str) -> tuple[bytes, str]:
    """One file of a release that is out, with its hash.

    Raises:  REP-022 where there is none; REP-021 where its bytes are not those that were kept.
    """
    _require_public()
    return _published_content(release_slug, file_name)


def published_whole(release_slug: str) -> bytes:
    """Every file of a release that is out, in one: the same bytes each time.

    Raises:  as `published_file`.
    """
    _require_public()
    names = release_records.published_file_names(release_slug)
    if not names:
        raise Refusal("REP-022")
    zip_buffer = io.BytesIO()
    with zipfile.ZipFile(zip_buffer, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for file_name, _ in names:
            zip_file.writestr(
                zipfile.ZipInfo(file_name, (1980, 1, 1, 0, 0, 0)),
                _published_content(release_slug, file_name)[0],
                zipfile.ZIP_DEFLATED,
            )
    return zip_buffer.getvalue()


def _published_content(release_slug: str, file_name: str) -> tuple[bytes, str]:
    file_content = release_records.published_file(release_slug, file_name)
    if file_content is None:
        raise Refusal("REP-022")
    if sha256(file_content[0]).hexdigest() != file_content[1]:
        raise Refusal("REP-021")
    return file_content


def real_rounds() -> Totals:
    """What was really published of rounds of 2016 to 2018, from the project's own record with its sources."""
    _require_public()
    return total_pairs(read_totals(own_rows()).accepted)


def _require_public() -> None:
    answer = may(ANYBODY, Act.READ_RELEASES, RELEASES)
    if isinstance(answer, No):
        raise answer.refusal()
