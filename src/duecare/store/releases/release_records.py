"""Releases as kept: versions, checks, the force's answer, the files, and what went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Max

from duecare.report.release.release_lifecycle import Access, Check, Life, Version
from duecare.store.models import (
    Release,
    ReleaseAnswer,
    ReleaseCheck,
    ReleaseFile,
    ReleasePublished,
    ReleaseVersion,
)
from duecare.vocabulary.moments import iso_text


@dataclass(frozen=True, slots=True)
class Out:
    """One published release.

    Shape:   `corrected_by` names the release that corrects it, empty where none does.
    """

    slug: str
    title: str
    period: str
    at: datetime
    corrects: str
    why: str
    content_hash: str
    answered_at: datetime | None
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the force answered, and of which version."""

    account: str
    words: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A version of a release as it was cleared: its content with the hash of it, and what clearance needs of it later.

    Shape:   `content` is canonical JSON of what may be printed; `inside` has true counts; `words` are the author's own;
             `history_hash` says against what was seen outside by then it was cleared.
    """

    id: int
    content: bytes = field(repr=False)
    content_hash: str
    inside: Mapping[str, Any] = field(repr=False)
    summary: Mapping[str, Any] = field(repr=False)
    words: tuple[str, ...]
    history_hash: str


def life_of(release_slug: str) -> Life | None:
    """All that was recorded of this release; None where there is none."""
    return next(iter(_read_lives(Release.objects.filter(slug=release_slug))), None)


def may_be_due(current_moment: datetime) -> tuple[Life, ...]:
    """The releases that are not out though the time of some version has come, in the order in which they were opened."""
    published_ids = ReleasePublished.objects.values("release_id")
    waiting = Release.objects.filter(releaseversion__publish_at__lte=current_moment).exclude(pk__in=published_ids)
    return tuple(_read_lives(waiting.distinct().order_by("opened_at", "pk")))


def release_lives() -> tuple[Life, ...]:
    """All that was recorded of every release, the latest first."""
    return tuple(_read_lives(Release.objects.order_by("-opened_at", "-pk")))


def keep_version(
    release_slug: str, period: str, version: Version, *, title: str, content: bytes, inside: Mapping[str, Any],
    summary: Mapping[str, Any], words: Sequence[str], history_hash: str,
) -> None:  # fmt: skip
    """Keep another version of this release, the first of which opens it.

    Shape:   `history_hash` says against what was seen outside it was cleared, as `release_history` has it.
    """
    release, _ = Release.objects.get_or_create(
        slug=release_slug, defaults={"period": period, "opened_at": version.drafted_at, "opened_by": version.drafted_by}
    )
    ReleaseVersion.objects.create(
        release=release,
        number=version.number,
        title=title,
        content=content,
        content_hash=version.content_hash,
        inside=dict(inside),
        summary=dict(summary),
        history_hash=history_hash,
        publish_at=version.publish_at,
        access=[[access_entry.account, iso_text(access_entry.from_when)] for access_entry in version.access],
        words=list(words),
        corrects=version.corrects,
        why=version.why,
        drafted_by=version.drafted_by,
        drafted_at=version.drafted_at,
    )


def kept_version(release_slug: str, number: int) -> KeptVersion:
    """This version as it is kept."""
    table_row = ReleaseVersion.objects.get(release__slug=release_slug, number=number)
    return KeptVersion(
        table_row.pk,
        bytes(table_row.content),
        table_row.content_hash,
        table_row.inside,
        table_row.summary,
        tuple(table_row.words),
        table_row.history_hash,
    )


def keep_check(release_slug: str, number: int, check: Check) -> None:
    """Keep what one person found of this version."""
    ReleaseCheck.objects.create(
        version=_version_row(release_slug, number), account=check.account, seal=check.seal, passed=check.passed,
        words=check.words, at=check.at,
    )  # fmt: skip


def keep_answer(release_slug: str, answer: Answer) -> None:
    """Keep the force's one answer."""
    version = _version_row(release_slug, answer.version)
    ReleaseAnswer.objects.create(
        release=version.release, version=version, account=answer.account, words=answer.words, at=answer.at
    )


def answer_to(release_slug: str) -> Answer | None:
    """The force's answer to this release; None while there is none."""
    answer_row = ReleaseAnswer.objects.filter(release__slug=release_slug).select_related("version").first()
    return (
        None
        if answer_row is None
        else Answer(answer_row.account, answer_row.words, answer_row.version.number, answer_row.at)
    )


def keep_files(release_slug: str, number: int, files: Mapping[str, bytes]) -> None:
    """Keep the files of this version, where they are not kept yet."""
    version = _version_row(release_slug, number)
    held_names = set(ReleaseFile.objects.filter(version=version).values_list("name", flat=True))
    ReleaseFile.objects.bulk_create(
        ReleaseFile(version=version, name=file_name, body=body_bytes, sha256=sha256(body_bytes).hexdigest())
        for file_name, body_bytes in files.items()
        if file_name not in held_names
    )


def publish_version(release_slug: str, number: int, recorded_at: datetime) -> None:
    """Note that this version is out."""
    version = _version_row(release_slug, number)
    last_number = ReleasePublished.objects.aggregate(last=Max("number"))["last"] or 0
    ReleasePublished.objects.create(release=version.release, version=version, number=last_number + 1, at=recorded_at)


def lock_release(release_slug: str) -> None:
    """Nobody else publishes this release until the transaction ends."""
    list(Release.objects.select_for_update().filter(slug=release_slug))


def is_published(release_slug: str) -> bool:
    """True where this release is published."""
    return ReleasePublished.objects.filter(release__slug=release_slug).exists()


def published_releases() -> tuple[Out, ...]:
    """Every release that is out, the latest first."""
    table_rows = ReleasePublished.objects.select_related("release", "version")
    table_rows = table_rows.defer("version__content", "version__inside").order_by("-number")
    answers = dict(ReleaseAnswer.objects.values_list("release_id", "at"))
    publications = [
        (
            table_row.release.slug,
            table_row.version.title,
            table_row.release.period,
            table_row.at,
            table_row.version.corrects,
            table_row.version.why,
            table_row.version.content_hash,
            answers.get(table_row.release_id),
        )
        for table_row in table_rows
    ]
    corrected = {publication[4]: publication[0] for publication in reversed(publications) if publication[4]}
    return tuple(Out(*publication, corrected_by=corrected.get(publication[0], "")) for publication in publications)


def published_content(release_slug: str) -> tuple[bytes, str] | None:
    """The content of a published release, with its hash; None where it is not out."""
    published_row = ReleasePublished.objects.filter(release__slug=release_slug).select_related("version").first()
    return None if published_row is None else (bytes(published_row.version.content), published_row.version.content_hash)


def published_file(release_slug: str, file_name: str) -> tuple[bytes, str] | None:
    """One file of a published release, with its hash; None where there is none."""
    published_row = ReleasePublished.objects.filter(release__slug=release_slug).first()
    release_file = (
        published_row and ReleaseFile.objects.filter(version=published_row.version_id, name=file_name).first()
    )
    return (bytes(release_file.body), release_file.sha256) if release_file else None


def published_file_names(release_slug: str) -> tuple[tuple[str, int], ...]:
    """The files of a published release by name, each with its number of bytes."""
    published_row = ReleasePublished.objects.filter(release__slug=release_slug).first()
    if published_row is None:
        return ()
    release_files = ReleaseFile.objects.filter(version=published_row.version_id).order_by("name")
    return tuple((release_file.name, len(bytes(release_file.body))) for release_file in release_files)


def files_of(release_slug: str, number: int) -> dict[str, bytes]:
    """The files of this version, by name; empty before they were made."""
    release_files = ReleaseFile.objects.filter(version__release__slug=release_slug, version__number=number)
    return {release_file.name: bytes(release_file.body) for release_file in release_files}


def _read_lives(releases: Any) -> list[Life]:
    release_rows = list(releases)
    versions = ReleaseVersion.objects.filter(release__in=release_rows).defer("content", "inside").order_by("number")
    checks = (
        ReleaseCheck.objects.filter(version__release__in=release_rows).select_related("version").order_by("at", "pk")
    )
    published_at = dict(ReleasePublished.objects.filter(release__in=release_rows).values_list("release_id", "at"))
    return [
        Life(
            release.slug,
            tuple(_read_version(version_entry) for version_entry in versions if version_entry.release_id == release.pk),
            tuple(
                Check(check_row.account, check_row.at, check_row.seal, check_row.passed, check_row.words)
                for check_row in checks
                if check_row.version.release_id == release.pk
            ),
            published_at.get(release.pk),
        )
        for release in release_rows
    ]


def _version_row(release_slug: str, number: int) -> ReleaseVersion:
    return ReleaseVersion.objects.select_related("release").get(release__slug=release_slug, number=number)


def _read_version(table_row: ReleaseVersion) -> Version:
    access = tuple(Access(account, datetime.fromisoformat(from_when)) for account, from_when in table_row.access)
    return Version(
        table_row.number,
        table_row.content_hash,
        table_row.publish_at,
        access,
        table_row.corrects,
        table_row.why,
        table_row.drafted_by,
        table_row.drafted_at,
    )
