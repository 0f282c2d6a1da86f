"""Releases as kept: versions, checks, the force's answer, the files, and what went out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """What did the force answer, of which version?"""

    account: str
    words: str
    version: int
    at: datetime


def life_of(slug: str) -> Life | None:
    """All that was recorded of this release; None where there is none."""
    return next(iter(_lives(Release.objects.filter(slug=slug))), None)


def may_be_due(now: datetime) -> tuple[Life, ...]:
    """The releases that are not out though the time of some version has come, in the order in which they were opened."""
    out = ReleasePublished.objects.values("release_id")
    waiting = Release.objects.filter(releaseversion__publish_at__lte=now).exclude(pk__in=out)
    return tuple(_lives(waiting.distinct().order_by("opened_at", "pk")))


def lives() -> tuple[Life, ...]:
    """All that was recorded of every release, the latest first."""
    return tuple(_lives(Release.objects.order_by("-opened_at", "-pk")))


def keep_version(
    slug: str, period: str, version: Version, *, title: str, content: bytes, inside: Mapping[str, Any],
    summary: Mapping[str, Any], words: Sequence[str], history_hash: str,
) -> None:  # fmt: skip
    """Keep another version of this release, the first of which opens it.

    Shape:   `history_hash` says against what was seen outside it was cleared, as `release_history` has it.
    """
    release, _ = Release.objects.get_or_create(
        slug=slug, defaults={"period": period, "opened_at": version.drafted_at, "opened_by": version.drafted_by}
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
        access=[[one.account, iso_text(one.from_when)] for one in version.access],
        words=list(words),
        corrects=version.corrects,
        why=version.why,
        drafted_by=version.drafted_by,
        drafted_at=version.drafted_at,
    )


def version_row(slug: str, number: int) -> ReleaseVersion:
    """The row of this version."""
    return ReleaseVersion.objects.select_related("release").get(release__slug=slug, number=number)


def keep_check(slug: str, number: int, check: Check) -> None:
    """Keep what one person found of this version."""
    ReleaseCheck.objects.create(
        version=version_row(slug, number), account=check.account, seal=check.seal, passed=check.passed,
        words=check.words, at=check.at,
    )  # fmt: skip


def keep_answer(slug: str, answer: Answer) -> None:
    """Keep the force's one answer."""
    version = version_row(slug, answer.version)
    ReleaseAnswer.objects.create(
        release=version.release, version=version, account=answer.account, words=answer.words, at=answer.at
    )


def answer_to(slug: str) -> Answer | None:
    """What did the force answer to this release? None while it has not."""
    row = ReleaseAnswer.objects.filter(release__slug=slug).select_related("version").first()
    return None if row is None else Answer(row.account, row.words, row.version.number, row.at)


def keep_files(slug: str, number: int, files: Mapping[str, bytes]) -> None:
    """Keep the files of this version, where they are not kept yet."""
    version = version_row(slug, number)
    held = set(ReleaseFile.objects.filter(version=version).values_list("name", flat=True))
    ReleaseFile.objects.bulk_create(
        ReleaseFile(version=version, name=name, body=body, sha256=sha256(body).hexdigest())
        for name, body in files.items()
        if name not in held
    )


def publish(slug: str, number: int, at: datetime) -> None:
    """Note that this version is out."""
    version = version_row(slug, number)
    last = ReleasePublished.objects.aggregate(last=Max("number"))["last"] or 0
    ReleasePublished.objects.create(release=version.release, version=version, number=last + 1, at=at)


def hold(slug: str) -> None:
    """Nobody else publishes this release until the transaction ends."""
    list(Release.objects.select_for_update().filter(slug=slug))


def is_published(slug: str) -> bool:
    """Is this release out?"""
    return ReleasePublished.objects.filter(release__slug=slug).exists()


def published() -> tuple[Out, ...]:
    """Every release that is out, the latest first."""
    rows = ReleasePublished.objects.select_related("release", "version")
    rows = rows.defer("version__content", "version__inside").order_by("-number")
    answers = dict(ReleaseAnswer.objects.values_list("release_id", "at"))
    found = [
        (row.release.slug, row.version.title, row.release.period, row.at, row.version.corrects, row.version.why,
         row.version.content_hash, answers.get(row.release_id))
        for row in rows
    ]  # fmt: skip
    corrected = {one[4]: one[0] for one in reversed(found) if one[4]}
    return tuple(Out(*one, corrected_by=corrected.get(one[0], "")) for one in found)


def published_content(slug: str) -> tuple[bytes, str] | None:
    """The content of a published release, with its hash; None where it is not out."""
    row = ReleasePublished.objects.filter(release__slug=slug).select_related("version").first()
    return None if row is None else (bytes(row.version.content), row.version.content_hash)


def published_file(slug: str, name: str) -> tuple[bytes, str] | None:
    """One file of a published release, with its hash; None where there is none."""
    row = ReleasePublished.objects.filter(release__slug=slug).first()
    held = row and ReleaseFile.objects.filter(version=row.version_id, name=name).first()
    return (bytes(held.body), held.sha256) if held else None


def published_file_names(slug: str) -> tuple[tuple[str, int], ...]:
    """Which files has a published release, each of how many bytes?"""
    row = ReleasePublished.objects.filter(release__slug=slug).first()
    if row is None:
        return ()
    held = ReleaseFile.objects.filter(version=row.version_id).order_by("name")
    return tuple((one.name, len(bytes(one.body))) for one in held)


def files_of(slug: str, number: int) -> dict[str, bytes]:
    """The files of this version, by name; empty before they were made."""
    held = ReleaseFile.objects.filter(version__release__slug=slug, version__number=number)
    return {one.name: bytes(one.body) for one in held}


def _lives(releases: Any) -> list[Life]:
    found = list(releases)
    versions = ReleaseVersion.objects.filter(release__in=found).defer("content", "inside").order_by("number")
    checks = ReleaseCheck.objects.filter(version__release__in=found).select_related("version").order_by("at", "pk")
    out = dict(ReleasePublished.objects.filter(release__in=found).values_list("release_id", "at"))
    return [
        Life(
            release.slug,
            tuple(_version(one) for one in versions if one.release_id == release.pk),
            tuple(
                Check(one.account, one.at, one.seal, one.passed, one.words)
                for one in checks
                if one.version.release_id == release.pk
            ),
            out.get(release.pk),
        )
        for release in found
    ]


def _version(row: ReleaseVersion) -> Version:
    access = tuple(Access(account, datetime.fromisoformat(from_when)) for account, from_when in row.access)
    return Version(
        row.number, row.content_hash, row.publish_at, access, row.corrects, row.why, row.drafted_by, row.drafted_at
    )
