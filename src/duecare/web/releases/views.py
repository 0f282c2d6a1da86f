"""Releases before their time, for those who draft, check, answer and may look: a list, one with its forms, and a new draft."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.report.release.release_lifecycle import MOST_WORDS
from duecare.report.release.released_figures import MARKS
from duecare.report.release.released_paper import left_out
from duecare.use_cases.releases import answer_release, check_release, draft_release, view_drafts
from duecare.vocabulary.moments import london, read_time
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

FORM = {"REP-023", "REP-024", "REP-025", "REP-026", "REP-027"}
"""What is refused beside its form, so that what was typed is not lost."""
DRAFTED = {*FORM, "REP-011", "REP-012", "REP-060"}
FIELDS = ("slug", "period", "publish_at", "access", "words", "corrects", "why")
BETWEEN_PARAGRAPHS = re.compile(r"\r?\n[ \t]*\r?\n")


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Which releases may this viewer see, and how far has each come?"""
    asking = request_of(request, "page: releases")
    shown = {"lives": view_drafts.read_drafts(asking), "may_draft": Act.DRAFT_RELEASE in asking.viewer.acts}
    return show_page(request, "releases/releases.html", shown, here="releases")


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """What does this release say, who checked it, and what may this viewer do?"""
    faults: tuple[str, ...] = ()
    field = "words"
    if request.method == "POST":
        deed, words = request.POST.get("deed", ""), request.POST.get("words", "")
        try:
            if deed == "answer":
                answer_release.answer_release(request_of(request, "form: answer a release"), slug, words)
            else:
                asking = request_of(request, "form: check a release")
                seal = request.POST.get("seal", "")
                check_release.check_release(asking, read_config(), slug, seal, passed=deed == "pass", words=words)
        except Refusal as refusal:
            if refusal.code not in FORM:
                raise
            faults, field = _faults(refusal), "words" if deed != "pass" else "pass"
        else:
            return redirect(reverse("release", args=[slug]) + "#checks")
    page = view_drafts.read_draft(request_of(request, "page: a release"), slug)
    shown = {
        "page": page,
        "life": page.life,
        "released": page.released,
        "marks": MARKS,
        "left_out": left_out,
        "faults": faults,
        "field": field,
        "typed": request.POST,
        "most": MOST_WORDS,
    }
    return show_page(request, "releases/release.html", shown, here="releases", status=400 if faults else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def release_draft(request: HttpRequest) -> HttpResponse:
    """A release drafted, or drafted anew from what its latest version says."""
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    faults: tuple[str, ...] = ()
    if request.method != "POST" and request.GET.get("slug"):
        typed = _as_typed(
            view_drafts.read_draft(request_of(request, "form: draft a release anew"), request.GET["slug"])
        )
    asking = request_of(request, "form: draft a release")
    if request.method == "POST":
        try:
            wanted = draft_release.DraftAsked(
                typed["slug"].strip(),
                typed["period"].strip(),
                _publish_at(typed["publish_at"]),
                draft_release.read_access(typed["access"].splitlines(), _time),
                tuple(one.strip() for one in BETWEEN_PARAGRAPHS.split(typed["words"]) if one.strip()),
                typed["corrects"].strip(),
                typed["why"].strip(),
            )
            draft_release.draft_release(asking, read_config(), wanted)
        except Refusal as refusal:
            if refusal.code not in DRAFTED:
                raise
            faults = _faults(refusal)
        else:
            return redirect(reverse("release", args=[wanted.slug]))
    offered = draft_release.to_draft(asking)
    shown = {"typed": typed, "faults": faults, "offered": offered, "most": MOST_WORDS}
    return show_page(request, "releases/release_draft.html", shown, here="releases", status=400 if faults else 200)


def _as_typed(page: view_drafts.DraftPage) -> dict[str, str]:
    latest = page.life.latest
    return {
        "slug": page.life.slug,
        "period": page.released.period,
        "publish_at": _written(latest.publish_at),
        "access": "\n".join(f"{one.account} {_written(one.from_when)}" for one in latest.access),
        "words": "\n\n".join(page.words),
        "corrects": latest.corrects,
        "why": latest.why,
    }


def _written(moment: datetime) -> str:
    return f"{london(moment):%Y-%m-%d %H:%M}"


def _time(text: str) -> datetime:
    return read_time(text.strip()).when.latest.astimezone(UTC)


def _publish_at(text: str) -> datetime:
    try:
        return _time(text)
    except ValueError:
        told = "the time of publication cannot be read: write it as 2026-12-01 09:30"
        raise Refusal("REP-027", faults=(told,)) from None


def _faults(refusal: Refusal) -> tuple[str, ...]:
    said = (refusal.kind.what, refusal.kind.todo) if not refusal.faults else ()
    return (*said, *refusal.faults, *((refusal.found,) if refusal.found and not refusal.faults else ()))
