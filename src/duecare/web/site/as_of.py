"""Pages as they stood at another date: errors of its form, and the redirect to a lasting address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import Moments


def early_answer(http_request: HttpRequest, moments: Moments) -> HttpResponse | None:
    """The errors of the form of another date, or a redirect to the page's own lasting address; None to go on."""
    if moments.fault:
        return errors.unreadable_request(http_request, moments.fault)
    if not moments.form.is_bound:
        return None
    if not moments.form.is_valid():
        context = {"given": moments, "here": http_request.path}
        return show_page(http_request, "site/as_of.html", context, status=400)
    return HttpResponseRedirect(f"{http_request.path}{moments.address}")
