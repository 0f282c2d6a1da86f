"""A page at another date: what is answered before anything is read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import Moments


def early_answer(http_request: HttpRequest, given: Moments) -> HttpResponse | None:
    """The errors of the form of another date, or a redirect to the page's own lasting address; None to go on."""
    if given.fault:
        return errors.unreadable_request(http_request, given.fault)
    if not given.form.is_bound:
        return None
    if not given.form.is_valid():
        shown = {"given": given, "here": http_request.path}
        return show_page(http_request, "site/as_of.html", shown, status=400)
    return HttpResponseRedirect(f"{http_request.path}{given.address}")
