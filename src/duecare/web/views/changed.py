"""The page of what changed in one case between two moments, and by what."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from duecare.config import read_config
from duecare.use_cases.findings import compare_moments as step
from duecare.vocabulary.moments import iso
from duecare.web.site.page import show_page
from duecare.web.site.pages import errors
from duecare.web.site.query_params import SPAN, read_span
from duecare.web.site.request import request_of

A_WEEK = timedelta(days=7)


@require_safe
def changed(request: HttpRequest, source: str, case_ref: str) -> HttpResponse:
    """What differs in one case between two moments, each as known then? From a week ago to now, where none is named."""
    given = read_span(request)
    if given.fault:
        return errors.unreadable(request, given.fault)
    if given.faults:
        shown = {"given": given, "here": request.path, "page": None, "source": source, "case_ref": case_ref}
        return show_page(request, "changed.html", shown, here="case", status=400)
    if given.typed:
        said = {name: iso(moment) for name in SPAN if (moment := given.moments[name]) is not None}
        return HttpResponseRedirect(f"{request.path}?{urlencode(said)}" if said else request.path)
    asking = request_of(request, "page: what changed")
    until = given.moments["to"] or asking.now
    since = given.moments["from"] or until - A_WEEK
    if since > until:
        return errors.unreadable(request, "The later moment is before the earlier one.")
    page = step.changed_in_case(
        asking, read_config(), source, case_ref, step.Moment(since, since), step.Moment(until, until)
    )
    shown = {
        "given": given.filled({"from": since, "to": given.moments["to"]}),
        "here": request.path,
        "page": page,
        "source": source,
        "case_ref": case_ref,
    }
    return show_page(request, "changed.html", shown, here="case")
