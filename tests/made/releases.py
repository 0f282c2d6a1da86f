"""Releases of the made-up quarter, through their own steps: nothing is made up but the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.made.quarters import facts
from tests.made.stores import NOW, asking

from duecare.access.viewer import Viewer
from duecare.config import Config
from duecare.disclosure import Cleared, DisclosurePolicy, DraftTable, Earlier, clear_tables
from duecare.report.quarterly.quarterly_report import quarterly_report
from duecare.report.release import release_clearance
from duecare.report.release.release_lifecycle import Access, Version
from duecare.report.render import bundle

AUTHOR = Viewer("author", frozenset({"statistician"}))
FIRST = Viewer("first", frozenset({"statistician"}))
SECOND = Viewer("second", frozenset({"lead_inspector"}))
CHIEF = Viewer("chief", frozenset({"chief_officer"}))
HOME = Viewer("home", frozenset({"home_office"}))
EXPERT = Viewer("expert", frozenset({"expert"}))
_CLEARED: dict[tuple[str, int], Cleared] = {}
OUT = NOW + timedelta(days=2)
AFTER = OUT + timedelta(minutes=1)


def figures_made_up(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The snapshot of the quarter is made up; what is put into the answer changes its facts. No PDF is made."""
    from duecare.use_cases.releases import draft_release

    said: dict[str, Any] = {}

    def drafted(config: Config, wanted: Any, at: datetime) -> Any:
        def draft(head: tuple[str, str]) -> Any:
            corrects = f"This corrects the release {wanted.corrects}: {wanted.why}" if wanted.corrects else ""
            made = {"words": wanted.words, "corrects": corrects, "provenance": (("period", "2026-Q3"), head), **said}
            return quarterly_report(facts(**made), wanted.slug)

        return draft

    monkeypatch.setattr(draft_release, "drafted_quarter", drafted)
    monkeypatch.setattr(bundle, "can_be_made", lambda: False)
    monkeypatch.setattr(release_clearance, "clear_tables", cleared_before())
    return said


def cleared_before() -> Any:
    """Clearance, which takes a second, taken from an earlier test that asked the very same.

    Shape:   asked twice in one test it is worked out twice, so that a second answer is never held against itself.
    """
    asked: Counter[str] = Counter()

    def once(draft: Sequence[DraftTable], history: Sequence[Earlier], policy: DisclosurePolicy) -> Cleared:
        same = repr((draft, history, policy))
        asked[same] += 1
        key = (same, asked[same])
        if key not in _CLEARED:
            _CLEARED[key] = clear_tables(draft, history, policy)
        return _CLEARED[key]

    return once


def enrolled(*more: Viewer) -> None:
    """Accounts for everybody who has to do with a release."""
    from duecare.store import accounts

    for viewer in (AUTHOR, FIRST, SECOND, CHIEF, HOME, *more):
        accounts.enrol_account(viewer.account, sorted(viewer.roles), password=None)


def draft(config: Config, viewer: Viewer = AUTHOR, slug: str = "2026-q3", now: datetime = NOW, **more: Any) -> Version:
    """A release drafted, by default with the chief officer on its list now, and the Home Office from tomorrow."""
    from duecare.use_cases.releases.draft_release import DraftAsked, draft_release

    said = {"access": (Access("chief", NOW), Access("home", NOW + timedelta(days=1))), "publish_at": OUT, **more}
    return draft_release(asking(now, viewer), config, DraftAsked(slug, "2026-Q3", **said))


def check(
    config: Config, viewer: Viewer, seal: str, slug: str = "2026-q3", *, passed: bool = True, words: str = ""
) -> Any:
    """A check of the version that has this seal."""
    from duecare.use_cases.releases.check_release import check_release

    return check_release(asking(NOW, viewer), config, slug, seal, passed=passed, words=words)


def checked(config: Config, slug: str = "2026-q3", **more: Any) -> Version:
    """A release drafted and checked by two others."""
    version = draft(config, slug=slug, **more)
    check(config, FIRST, version.seal, slug)
    check(config, SECOND, version.seal, slug)
    return version


def out(config: Config, slug: str = "2026-q3", **more: Any) -> None:
    """A release that is out."""
    from duecare.use_cases.releases.publish_release import publish_due

    version = checked(config, slug, **more)
    assert publish_due(asking(version.publish_at), config).published == (slug,)
