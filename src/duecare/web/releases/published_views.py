"""The public's own pages: every release, its files, and the real rounds of 2016 to 2018. No sign-in, no cookie, no script."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.report.quarterly.history_2016 import CONFLICTS, NOT_FOUND
from duecare.report.release.printed_marks import MARKS
from duecare.report.render.bundle import kind_of
from duecare.use_cases.recommendations import list_recommendations
from duecare.use_cases.releases import view_published
from duecare.vocabulary import clock
from duecare.vocabulary.refusals import Refusal
from duecare.web.recommendations.presenters import public_words
from duecare.web.releases.presenters import not_shown_words

A_MINUTE: Final = "public, max-age=60"
FOR_GOOD: Final = "public, max-age=31536000, immutable"


@require_safe
def published_page(http_request: HttpRequest) -> HttpResponseBase:
    """The published releases, the latest first."""
    return _public_page(
        http_request, "releases/published.html", {"releases": view_published.list_published()}, here="published"
    )


@require_safe
def published_release_page(http_request: HttpRequest, slug: str) -> HttpResponseBase:
    """One published release, with its files."""
    try:
        page = view_published.published_page(slug)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _public_page(http_request, "releases/published_none.html", {}, status=404)
    context = {"page": page, "released": page.released, "marks": MARKS, "not_shown": not_shown_words}
    return _public_page(http_request, "releases/published_release.html", context, here="published")


@require_safe
def published_file(http_request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """One file of a release, as published: it never changes."""
    try:
        content, etag = view_published.published_file(slug, name)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _public_page(http_request, "releases/published_none.html", {}, status=404)
    response = HttpResponse(content, content_type=kind_of(name))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _with_cache_headers(http_request, response, FOR_GOOD, etag)


@require_safe
def published_zip(http_request: HttpRequest, slug: str) -> HttpResponseBase:
    """All files of a release in one ZIP file."""
    try:
        content = view_published.published_whole(slug)
    except Refusal as refusal:
        if refusal.code != "REP-022":
            raise
        return _public_page(http_request, "releases/published_none.html", {}, status=404)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slug}.zip"'
    return _with_cache_headers(http_request, response, FOR_GOOD)


@require_safe
def real_figures_page(http_request: HttpRequest) -> HttpResponseBase:
    """The real figures published about the rounds of 2016 to 2018, with their sources and where these differ."""
    context = {"page": view_published.real_rounds(), "conflicts": CONFLICTS, "not_found": NOT_FOUND}
    return _public_page(http_request, "releases/published_real.html", context, here="published_real")


@require_safe
def register_page(http_request: HttpRequest) -> HttpResponseBase:
    """The public register of recommendations, with the evidence that they were carried out."""
    rows = list_recommendations.public_register(read_config(), clock.current_moment())
    return _public_page(
        http_request,
        "releases/published_register.html",
        {"rows": [public_words(row) for row in rows]},
        here="published_register",
    )


def _public_page(
    http_request: HttpRequest, template: str, context: dict[str, object], *, here: str = "", status: int = 200
) -> HttpResponseBase:
    """A page for anyone. It does not depend on who asks, so that everyone gets the same bytes."""
    parts = (("published", "Reports"), ("published_register", "Recommendations"), ("published_real", "2016 to 2018"))
    navigation = [{"text": text, "href": reverse(name), "current": name == here} for name, text in parts]
    context = {**context, "navigation": navigation, "is_demo": bool(getattr(settings, "DUECARE_DEMO", False))}
    response = render(http_request, template, context, status=status, using="jinja2")
    return _with_cache_headers(http_request, response, A_MINUTE if status == 200 else "no-store")


def _with_cache_headers(
    http_request: HttpRequest, response: HttpResponse, cache_control: str, etag_hash: str = ""
) -> HttpResponseBase:
    response["Cache-Control"] = cache_control
    response["ETag"] = f'"{etag_hash or sha256(response.content).hexdigest()}"'
    return get_conditional_response(http_request, etag=response["ETag"], response=response) or response
