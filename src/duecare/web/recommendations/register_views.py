"""The register of recommendations; whoever makes them enters another here."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.recommendation.fact import Kind, Origin, Urgency
from duecare.recommendation.making import ADDRESSED, MAKERS, Making
from duecare.use_cases.recommendations import list_recommendations, make_recommendation
from duecare.use_cases.recommendations.recommendation_register import PARTIES
from duecare.vocabulary.moments import london_day
from duecare.vocabulary.refusals import Refusal
from duecare.web.recommendations.presenters import class_words, kind_words, origin_words, party_words
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

Choices = list[tuple[str, str, list[tuple[str, str]]]]


@require_http_methods(["GET", "HEAD", "POST"])
def recommendations(request: HttpRequest) -> HttpResponse:
    """Which recommendations are there, and which are late?"""
    asking = request_of(request, "page: recommendations")
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            making = _making(asking, request.POST)
            make_recommendation.make_recommendation(asking, making)
            return redirect("recommendation", making.number)
        except Refusal as refusal:
            if refusal.code != "RCM-003":
                raise
            faults = refusal.faults
    shown = {
        "found": list_recommendations.read_recommendations(asking, read_config()),
        "may_make": Act.MAKE_RECOMMENDATION in asking.viewer.acts,
        "choices": _choices(asking),
        "faults": faults,
        "typed": request.POST,
        "as_of": asking.now,
    }
    return show_page(
        request, "recommendations/recommendations.html", shown, here="recommendations", status=400 if faults else 200
    )


def _making(asking: Request, given: QueryDict) -> Making:
    return Making(
        number=given.get("number", "").strip(),
        title=given.get("title", ""),
        words=given.get("words", ""),
        origin=given.get("origin", ""),
        urgency=given.get("urgency", ""),
        kind=given.get("kind", ""),
        addressed_to=given.get("addressed_to", ""),
        published_on=_day(given, "published_on") or london_day(asking.now),
        due_on=_day(given, "due_on"),
        report=given.get("report", ""),
    )


def _day(given: QueryDict, name: str) -> date | None:
    text = given.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal("RCM-003", faults=("give days as in 2026-04-01",)) from None


def _choices(asking: Request) -> Choices:
    """Which choices does the form offer? Only what those for whom the viewer speaks can make."""
    parties = {PARTIES[role] for role in asking.viewer.roles if role in PARTIES}
    origins = [origin for origin in Origin if MAKERS[origin] & parties]
    return [
        ("kind", "What it is", [(one.value, kind_words(one)) for one in Kind]),
        ("origin", "From", [(one.value, origin_words(one)) for one in origins]),
        ("addressed_to", "To", [(one.value, party_words(one)) for one in ADDRESSED]),
        ("urgency", "Class", [(one.value, class_words(one)) for one in Urgency]),
    ]
