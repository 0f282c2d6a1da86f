"""The pages that say no: what was refused, that nothing was shown, and what to do next; never whose it was."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse

from duecare.use_cases.operations.store_failure import as_refusal
from duecare.vocabulary.refusals import Refusal
from duecare.web.page import show

# The same page and the same status for what is not yours and what is not there: neither tells which.
_STATUS = {
    "ACC-001": 404,
    "EXT-030": 404,
    "AUD-021": 404,
    "ACC-002": 403,
    "ACC-003": 403,
    "AUD-041": 404,
    "REP-031": 404,
    "RCM-002": 404,
    "RCM-041": 404,
    "REP-022": 404,
    "AUD-042": 403,
}
_STATUS_BY_FAMILY = {"STO": 503, "LED": 503, "CFG": 503}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal. It shows the code and what to do, not the keys that the log holds."""
    status = status_of(refusal)
    if refusal.code == "ACC-001":
        return _cannot_open(request)
    return show(
        request,
        "refused.html",
        {"code": refusal.code, "what": refusal.kind.what, "todo": refusal.kind.todo, "title": _title(status)},
        here="error" if status == 503 else "",
        status=status,
    )


def status_of(refusal: Refusal) -> int:
    """Which HTTP status does this refusal answer with?"""
    return _STATUS.get(refusal.code) or _STATUS_BY_FAMILY.get(refusal.kind.family, 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """No such address."""
    return show(request, "not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Not for this account."""
    kind = Refusal("ACC-003").kind
    context = {"code": kind.code, "what": kind.what, "todo": kind.todo, "title": _title(403)}
    return show(request, "refused.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """A request that cannot be understood. The frame is bare, as nothing about it can be trusted."""
    return show(request, "unreadable.html", {"fault": ""}, here="error", status=400)


def unreadable(request: HttpRequest, fault: str) -> HttpResponse:
    """A request whose fault can be named, such as a time that is no time."""
    return show(request, "unreadable.html", {"fault": fault}, status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that did not come from one of our own pages, or whose sign-in has lapsed."""
    return show(request, "form_lapsed.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong that nobody foresaw: nothing was shown, and the frame asks the store nothing.

    Shape:   a store that is busy or gone is not that: wherever it failed, even while it was looked up who asks, the answer
             is the refusal's.
    """
    refusal = as_refusal(sys.exc_info()[1])
    if refusal is not None:
        return refused(request, refusal)
    context = {"request_id": getattr(request, "request_id", "")}
    return show(request, "broken.html", context, here="error", status=500)


def _cannot_open(request: HttpRequest) -> HttpResponse:
    return show(request, "cannot_open.html", status=404)


def _title(status: int) -> str:
    if status == 503:
        return "Not available just now"
    return "Your role may not do this" if status == 403 else "This was refused"
