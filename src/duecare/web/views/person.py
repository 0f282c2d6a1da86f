"""The page of one person: warnings first, then what is owed, the timeline, names, sources and links."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.access.act import Act
from duecare.use_cases.people import view_person
from duecare.use_cases.people.record_birth import unborn_among
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.query_params import read_moments
from duecare.web.site.request import request_of


@require_safe
def person(request: HttpRequest, person: str) -> HttpResponse:
    """What is held of one person, across every source?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    asking = request_of(request, "page: person")
    page = view_person.read_person(asking, person, **given.at)
    shown = {
        "page": page,
        "given": given,
        "may_note": Act.NOTE_PERSON in asking.viewer.acts and given.is_now,
        "unborn": unborn_among(page.records),
    }
    return show_page(request, "person.html", shown, here="person")
