"""The page of search. What is looked for is sent in the body: it stands in no address, log or history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from duecare.steps import search as step
from duecare.web.asking import asking_of
from duecare.web.page import show

LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Who may be meant?"""
    typed = {name: request.POST.get(name, "").strip()[:LONGEST] for name in ("text", "born", "near")}
    page = step.search(asking_of(request, "page: search"), typed["text"], born=typed["born"], near=typed["near"])
    return show(request, "search.html", {"page": page, "typed": typed}, here="search")
