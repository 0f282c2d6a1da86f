"""The page of one person: warnings first, then what is owed, the timeline, names, sources and links."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.steps import read_person
from duecare.web.asking import asking_of
from duecare.web.given import moments
from duecare.web.page import show
from duecare.web.views.at_moment import instead


@require_safe
def person(request: HttpRequest, person: str) -> HttpResponse:
    """What is held of one person, across every source?"""
    given = moments(request)
    if (answer := instead(request, given)) is not None:
        return answer
    page = read_person.read_person(asking_of(request, "page: person"), person, **given.at)
    return show(request, "person.html", {"page": page, "given": given}, here="person")
