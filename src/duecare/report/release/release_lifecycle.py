"""How far a release has come, who may do what next (no author checks it, two checks are needed), and when it goes out.

That one officer with two accounts counts once is decided in `use_cases/releases/check_release`.
"""

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
from duecare.vocabulary.text_lengths import RELEASE_TEXT

CHECKS_WANTED: Final = 2
RESERVED: Final = frozenset({"real-rounds", "recommendations", "draft"})
"""Names that addresses have already."""
SLUG_PATTERN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR_PATTERN = re.compile(r"(?:19|20)\d\d")
_FEW_PATTERN = re.compile(
    r"\b(?:[1-9]|one|two|three|four|five|six|seven|eight|nine)(?: \w+)? (?:child(?:ren)?|girls?|boys?|bab(?:y|ies)|victims?)\b"
)
"""A number of children below ten, in digits or words: it may be printed elsewhere as a number of something else."""


class Stage(StrEnum):
    """How far a release has come."""

    DRAFT = "draft"
    REFUSED = "refused"
    CHECKED = "checked"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may see the release before its time, and from when."""

    account: str
    from_when: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A draft: its content by hash, when it goes out, who sees it before, who drafted it.

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
        """The hash to which a check is bound."""
        return sha256(
            rfc8785.dumps({
                "content": self.content_hash,
                "publish_at": iso_text(self.publish_at),
                "access": [[granted.account, iso_text(granted.from_when)] for granted in self.access],
                "corrects": self.corrects,
                "why": self.why,
            })
        ).hexdigest()  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """A check by one person: what they found, of which seal, and when."""

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
        """The version that counts."""
        return self.versions[-1]

    @property
    def authors(self) -> frozenset[str]:
        """Everyone who drafted any version of it."""
        return frozenset(version.drafted_by for version in self.versions)

    @property
    def standing(self) -> tuple[Check, ...]:
        """The checks of the latest version, by people who drafted none.

        Shape:   of a person who checked the same seal twice the first alone.
        """
        release_seal = self.latest.seal
        checks_by_account: dict[str, Check] = {}
        for release_check in self.checks:
            if release_check.seal == release_seal and release_check.account not in self.authors:
                checks_by_account.setdefault(release_check.account, release_check)
        return tuple(checks_by_account.values())

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.published_at is not None:
            return Stage.PUBLISHED
        if any(not release_check.passed for release_check in self.standing):
            return Stage.REFUSED
        return Stage.CHECKED if len(self.standing) >= CHECKS_WANTED else Stage.DRAFT

    def is_due(self, moment_now: datetime) -> bool:
        """Whether it is checked, and its time has come."""
        return self.stage is Stage.CHECKED and self.latest.publish_at <= moment_now

    def is_open_to(self, account: str, moment_now: datetime, *, drafts_or_checks: bool) -> bool:
        """Whether this account may see it before its time."""
        return drafts_or_checks or any(
            granted.account == account and granted.from_when <= moment_now for granted in self.latest.access
        )

    def refuse_check(self, account: str, release_seal: str) -> None:
        """Refuse a check by an account that may not check what it read.

        Raises:  REP-026 once it is out; REP-023 of an author, or who has checked this version; REP-024 where it was
                 changed since.
        """
        if self.published_at is not None:
            raise Refusal("REP-026", where=self.slug)
        if account in self.authors:
            raise Refusal("REP-023", where=self.slug, found="an account that drafted it")
        if release_seal != self.latest.seal:
            raise Refusal("REP-024", where=self.slug)
        if any(release_check.account == account for release_check in self.standing):
            raise Refusal("REP-023", where=self.slug, found="an account that has checked this version")


def draft_faults(
    released: Released,
    words: Sequence[str],
    *,
    release_slug: str,
    moment_now: datetime,
    publish_at: datetime,
    access: Sequence[Access],
) -> tuple[str, ...]:
    """What is wrong with a draft as typed.

    Shape:   the author's own words hold no number that the release does not print: a figure leaves cleared, or not at all.
             Years are no figures. Nor do they speak of fewer than ten children.
    """
    faults = []
    if not SLUG_PATTERN.fullmatch(release_slug) or len(release_slug) > 60 or release_slug in RESERVED:
        faults.append("its name is not written in small letters, digits and single hyphens")
    if publish_at <= moment_now:
        faults.append("its time of publication has passed")
    if any(granted.from_when >= publish_at for granted in access):
        faults.append("somebody on the list may see it only when everybody may")
    if len({granted.account for granted in access}) < len(access):
        faults.append("an account stands on the list twice")
    if sum(map(len, words)) > RELEASE_TEXT:
        faults.append(f"the words are longer than {RELEASE_TEXT} characters")
    printed = _printed_numbers(released)
    strange = sorted(
        {
            number_text
            for draft_text in words
            for number_text in _NUMBER.findall(draft_text)
            if not _YEAR_PATTERN.fullmatch(number_text) and number_text.rstrip(",") not in printed
        }
    )
    if strange:
        faults.append(f"the words name numbers that the release does not print: {', '.join(strange[:10])}")
    few_words = sorted(
        {few_match for draft_text in words for few_match in _FEW_PATTERN.findall(" ".join(draft_text.lower().split()))}
    )
    if few_words:
        faults.append(f"the words name few children, which no report does: {', '.join(few_words[:10])}")
    return tuple(faults)


def _printed_numbers(released: Released) -> set[str]:
    printed_numbers = set()
    for table in released.tables():
        for row_cell in (released_cell for table_row in table.rows for released_cell in table_row):
            if not isinstance(row_cell, str) and row_cell.shown is not None:
                printed_numbers |= {row_cell.text, row_cell.text.replace(",", "")}
    return printed_numbers
