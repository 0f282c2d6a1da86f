"""Releases as their pages show them: one waiting for its checks, one checked, one refused, two out of which one corrects."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from tests.made.pages import NOW
from tests.made.quarters import clearance

from duecare.report.release.release_lifecycle import Access, Check, Life, Version
from duecare.report.release.released_figures import Released
from duecare.store.releases.disclosed_history import ShownTo
from duecare.store.releases.release_records import Answer, Out
from duecare.use_cases.releases.draft_release import Offered
from duecare.use_cases.releases.view_drafts import DraftPage
from duecare.use_cases.releases.view_published import PublishedPage

AT = NOW + timedelta(days=3)


@lru_cache(maxsize=1)
def released() -> Released:
    """A made-up quarter, cleared."""
    return clearance().released


def life(slug: str = "waiting") -> Life:
    """A release at the stage that its name says."""
    access = (Access("chief-officer", NOW), Access("home-office", NOW + timedelta(days=1)))
    version = Version(2, "ab" * 32, AT, access, "", "", "statistician", NOW - timedelta(days=1))
    if slug == "corrects":
        version = Version(1, "cd" * 32, AT, access, "out", "Two boroughs were named wrongly.", "statistician", NOW)
    first = Check(
        "statistician-2", NOW, version.seal, passed=slug != "refused", words="A total is off." * (slug == "refused")
    )
    checks = {"waiting": (), "refused": (first,)}.get(
        slug, (first, Check("lead-inspector", NOW, version.seal, passed=True))
    )
    return Life(slug, (version,), checks, NOW if slug in {"out", "corrects"} else None)


def lives() -> tuple[Life, ...]:
    """A release at every stage."""
    return tuple(map(life, ("waiting", "refused", "checked", "corrects", "out")))


def draft_page(slug: str = "waiting") -> DraftPage:
    """A release as somebody sees it who may do everything; once out, nothing."""
    is_open = slug not in {"out", "corrects"}
    summary = {"cells": 170, "hidden": 59, "rounded": 0, "lost": 0.35,
               "bounds": [["custody-held-overnight, area Ashmere, period 2026-Q3", 1, 9]]}  # fmt: skip
    answer = Answer("chief-officer", "Ashmere is written Ashmere.", 1, NOW) if slug == "checked" else None
    seen = (ShownTo("chief-officer", 1, NOW),) if slug == "checked" else ()
    return DraftPage(life(slug), released(), answer, summary, (), is_open, slug == "waiting", slug == "refused", seen)


def outs() -> tuple[Out, ...]:
    """Two releases that are out, of which the later corrects the earlier."""
    title = released().title
    why = "Two boroughs were named wrongly."
    return (
        Out("corrects", title, "2026-Q3", NOW, "out", why, "cd" * 32, None),
        Out("out", title, "2026-Q3", NOW, "", "", "ab" * 32, NOW, "corrects"),
    )


def published_page(slug: str = "out") -> PublishedPage:
    """A release as everybody sees it."""
    later, earlier = outs()
    files = (("report.html", 50_000), ("report.pdf", 120_000), ("report.ods", 12_000), ("manifest.json", 6_000),
             ("csv-metadata.json", 60_000), ("visits-overdue-by-risk.csv", 300))  # fmt: skip
    return (
        PublishedPage(earlier, released(), files, later)
        if slug == "out"
        else PublishedPage(later, released(), files, None)
    )


def offered() -> Offered:
    """What may be drafted."""
    return Offered(("2026-Q3", "2026-Q2"), outs()[:1])
