"""How far has a release come, who may do what next, and when does it go out? From what was recorded of it alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

import rfc8785

from duecare.report.release.released_figures import Released
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

CHECKS_WANTED: Final = 2
MOST_WORDS: Final = 4_000
RESERVED: Final = frozenset({"real-rounds", "recommendations", "draft"})
"""Names that addresses have already."""
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEW = re.compile(
    r"\b(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)(?: \w+)? (?:child(?:ren)?|girls?|boys?|bab(?:y|ies)|victims?)\b"
)
"""A number of children below ten, in digits or words: it may be printed elsewhere as a number of something else."""


class Stage(StrEnum):
    """How far has a release come?"""

    DRAFT = "draft"
    REFUSED = "refused"
    CHECKED = "checked"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see the release before its time, from when?"""

    account: str
    from_when: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What was drafted: its content by hash, when it goes out, who sees it before, who drafted it?

    Shape:   `seal` is over all of these: whoever checks one checks the time and the list with the content.
    """

    number: int
    content_hash: str
    publish_at: datetime
    access: tuple[Access, ...]
    corrects: str
    why: str
    drafted_by: str
    drafted_at: datetime

    @property
    def seal(self) -> str:
        """To which hash is a check bound?"""
        return sha256(
            rfc8785.dumps({
                "content": self.content_hash,
                "publish_at": iso_text(self.publish_at),
                "access": [[one.account, iso_text(one.from_when)] for one in self.access],
                "corrects": self.corrects,
                "why": self.why,
            })
        ).hexdigest()  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """What did one person find, of which seal, when?"""

    account: str
    at: datetime
    seal: str
    passed: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """All that was recorded of one release.

    Shape:   versions and checks in order; `published_at` is None until it is out.
    """

    slug: str
    versions: tuple[Version, ...]
    checks: tuple[Check, ...] = ()
    published_at: datetime | None = None

    @property
    def latest(self) -> Version:
        """Which version counts?"""
        return self.versions[-1]

    @property
    def authors(self) -> frozenset[str]:
        """Who drafted any version of it?"""
        return frozenset(one.drafted_by for one in self.versions)

    @property
    def standing(self) -> tuple[Check, ...]:
        """Which checks are of the latest version, by people who drafted none?

        Shape:   of a person who checked the same seal twice the first alone.
        """
        seal = self.latest.seal
        found: dict[str, Check] = {}
        for one in self.checks:
            if one.seal == seal and one.account not in self.authors:
                found.setdefault(one.account, one)
        return tuple(found.values())

    @property
    def stage(self) -> Stage:
        """How far has it come?"""
        if self.published_at is not None:
            return Stage.PUBLISHED
        if any(not one.passed for one in self.standing):
            return Stage.REFUSED
        return Stage.CHECKED if len(self.standing) >= CHECKS_WANTED else Stage.DRAFT

    def is_due(self, now: datetime) -> bool:
        """Is it checked, and has its time come?"""
        return self.stage is Stage.CHECKED and self.latest.publish_at <= now

    def is_open_to(self, account: str, now: datetime, *, drafts_or_checks: bool) -> bool:
        """May this account see it before its time?"""
        return drafts_or_checks or any(one.account == account and one.from_when <= now for one in self.latest.access)

    def refuse_check(self, account: str, seal: str) -> None:
        """May this account check what it read?

        Raises:  REP-026 once it is out; REP-023 of an author, or who has checked this version; REP-024 where it was
                 changed since.
        """
        if self.published_at is not None:
            raise Refusal("REP-026", where=self.slug)
        if account in self.authors:
            raise Refusal("REP-023", where=self.slug, found="an account that drafted it")
        if seal != self.latest.seal:
            raise Refusal("REP-024", where=self.slug)
        if any(one.account == account for one in self.standing):
            raise Refusal("REP-023", where=self.slug, found="an account that has checked this version")


def draft_faults(
    released: Released,
    words: Sequence[str],
    *,
    slug: str,
    now: datetime,
    publish_at: datetime,
    access: Sequence[Access],
) -> tuple[str, ...]:
    """What is wrong with a draft as typed?

    Shape:   the author's own words hold no number that the release does not print: a figure leaves cleared, or not at all.
             Years are no figures. Nor do they speak of fewer than ten children.
    """
    faults = []
    if not SLUG.fullmatch(slug) or len(slug) > 60 or slug in RESERVED:
        faults.append("its name is not written in small letters, digits and single hyphens")
    if publish_at <= now:
        faults.append("its time of publication has passed")
    if any(one.from_when >= publish_at for one in access):
        faults.append("somebody on the list may see it only when everybody may")
    if len({one.account for one in access}) < len(access):
        faults.append("an account stands on the list twice")
    if sum(map(len, words)) > MOST_WORDS:
        faults.append(f"the words are longer than {MOST_WORDS} characters")
    printed = _printed(released)
    strange = sorted({
        one for text in words for one in _NUMBER.findall(text) if not _YEAR.fullmatch(one) and one.rstrip(",") not in printed
    })  # fmt: skip
    if strange:
        faults.append(f"the words name numbers that the release does not print: {', '.join(strange[:10])}")
    few = sorted({found for text in words for found in _FEW.findall(" ".join(text.lower().split()))})
    if few:
        faults.append(f"the words name few children, which no report does: {', '.join(few[:10])}")
    return tuple(faults)


def _printed(released: Released) -> set[str]:
    found = set()
    for table in released.tables():
        for cell in (cell for row in table.rows for cell in row):
            if not isinstance(cell, str) and cell.shown is not None:
                found |= {cell.text, cell.text.replace(",", "")}
    return found
