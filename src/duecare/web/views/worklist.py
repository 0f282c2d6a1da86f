"""The worklist: what to look at first, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.use_cases.casework import view_as_of, view_worklist
from duecare.web.site.as_of import early_answer
from duecare.web.site.page import show_page
from duecare.web.site.query_params import page_number, read_moments
from duecare.web.site.request import request_of


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """Which lines does this viewer look at first, now or at another moment?"""
    given = read_moments(request)
    if (answer := early_answer(request, given)) is not None:
        return answer
    unallocated, area = request.GET.get("unallocated") == "yes", request.GET.get("area", "")
    asking, number = request_of(request, "page: worklist"), page_number(request)
    if given.is_now:
        page = view_worklist.read_worklist(asking, unallocated=unallocated, area=area, page=number)
    else:
        page = view_as_of.worklist_then(
            asking, unallocated=unallocated, area=area, page=number, as_of=given.as_of, known_at=given.known_at
        )
    shown = {"page": page, "given": given, "unallocated": unallocated, "area": area}
    return show_page(request, "worklist.html", shown, here="worklist")
