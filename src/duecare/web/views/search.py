"""The page of search. What is looked for is sent in the body: it stands in no address, log or history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duecare.access.act import Act
from duecare.use_cases.people import search_people as step
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of

LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Who may be meant?"""
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("text", "born", "near")}
    asking = request_of(request, "page: search")
    page = step.search(asking, typed["text"], born=typed["born"], near=typed["near"])
    shown = {"page": page, "typed": typed, "may_note": Act.NOTE_PERSON in asking.viewer.acts}
    return show_page(request, "search.html", shown, here="search")
