"""The public's own part of the site: every release, its files, and the real rounds of 2016 to 2018. No sign-in, no script."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from duecare.authorisation.request import now
from duecare.config import read_config
from duecare.report.quarterly.history_2016 import CONFLICTS, NOT_FOUND
from duecare.report.release.released_figures import MARKS
from duecare.report.release.released_paper import left_out
from duecare.report.render.bundle import kind_of
from duecare.use_cases.recommendations import list_recommendations
from duecare.use_cases.releases import view_published as step
from duecare.vocabulary.refusals import Refusal
from duecare.web.recommendations.presenters import public_words

A_MINUTE: Final = "public, max-age=60"
FOR_GOOD: Final = "public, max-age=31536000, immutable"


@require_safe
def published(request: HttpRequest) -> HttpResponseBase:
    """Which releases are out?"""
    return _page(request, "releases/published.html", {"releases": step.published(read_config())}, here="published")


@require_safe
def published_release(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What does this release say?"""
    try:
        found = step.published_page(read_config(), slug)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _page(request, "releases/published_none.html", {}, status=404)
    shown = {"page": found, "released": found.released, "marks": MARKS, "left_out": left_out}
    return _page(request, "releases/published_release.html", shown, here="published")


@require_safe
def published_file(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """One file of a release, as it went out: it never changes."""
    try:
        held, known_by = step.published_file(read_config(), slug, name)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _page(request, "releases/published_none.html", {}, status=404)
    answer = HttpResponse(held, content_type=kind_of(name))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept(request, answer, FOR_GOOD, known_by)


@require_safe
def published_whole(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every file of a release, in one."""
    try:
        held = step.published_whole(read_config(), slug)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _page(request, "releases/published_none.html", {}, status=404)
    answer = HttpResponse(held, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
    return _kept(request, answer, FOR_GOOD)


@require_safe
def published_real(request: HttpRequest) -> HttpResponseBase:
    """What was really published of the rounds of 2016 to 2018, by whom, and where sources differ?"""
    shown = {"page": step.real_rounds(), "conflicts": CONFLICTS, "not_found": NOT_FOUND}
    return _page(request, "releases/published_real.html", shown, here="published_real")


@require_safe
def published_register(request: HttpRequest) -> HttpResponseBase:
    """What was recommended, and what proves that it was done?"""
    rows = list_recommendations.public_register(read_config(), now())
    return _page(
        request,
        "releases/published_register.html",
        {"rows": [public_words(row) for row in rows]},
        here="published_register",
    )


def _page(
    request: HttpRequest, template: str, context: dict[str, object], *, here: str = "", status: int = 200
) -> HttpResponseBase:
    """A page for anybody: who asks is not looked at, so that everybody gets the same."""
    parts = (("published", "Reports"), ("published_register", "Recommendations"), ("published_real", "2016 to 2018"))
    navigation = [{"text": text, "href": reverse(name), "current": name == here} for name, text in parts]
    shown = {**context, "navigation": navigation, "is_demo": bool(getattr(settings, "DUECARE_DEMO", False))}
    answer = render(request, template, shown, status=status, using="jinja2")
    return _kept(request, answer, A_MINUTE if status == 200 else "no-store")


def _kept(request: HttpRequest, answer: HttpResponse, how_long: str, known_by: str = "") -> HttpResponseBase:
    answer["Cache-Control"] = how_long
    answer["ETag"] = f'"{known_by or sha256(answer.content).hexdigest()}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer
