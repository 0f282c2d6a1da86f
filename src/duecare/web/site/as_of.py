"""Pages that can be seen at another moment than now: what comes before the page itself is asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import Moments


def early_answer(request: HttpRequest, given: Moments) -> HttpResponse | None:
    """What is answered before any step is asked: a fault told beside its field, or the page's own lasting address."""
    if given.fault:
        return errors.unreadable(request, given.fault)
    if given.faults:
        return show_page(request, "moment.html", {"given": given, "here": request.path}, status=400)
    return HttpResponseRedirect(f"{request.path}{given.address}") if given.typed else None
