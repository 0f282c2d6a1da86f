"""Error pages and their HTTP status (not there and not yours alike): what was refused and what to do next, never about whom."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse

from duecare.use_cases.operations.store_failure import as_refusal
from duecare.vocabulary.refusals import Refusal
from duecare.web.site.page import show_page

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


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: its code and what to do, without the keys that are in the log."""
    status = status_of(refusal)
    if refusal.code == "ACC-001":
        return _cannot_open(request)
    return show_page(
        request,
        "site/errors/refused.html",
        {"code": refusal.code, "what": refusal.kind.what, "todo": refusal.kind.todo, "title": _title(status)},
        here="error" if status == 503 else "",
        status=status,
    )


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    return _STATUS.get(refusal.code) or _STATUS_BY_FAMILY.get(refusal.kind.family, 400)


def not_found_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for an address that does not exist."""
    return show_page(request, "site/errors/not_found.html", status=404)


def forbidden_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for what this account may not do."""
    kind = Refusal("ACC-003").kind
    context = {"code": kind.code, "what": kind.what, "todo": kind.todo, "title": _title(403)}
    return show_page(request, "site/errors/refused.html", context, status=403)


def bad_request_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The page for a request that cannot be read. Its frame is bare, because nothing in the request can be trusted."""
    return show_page(request, "site/errors/unreadable_request.html", {"fault": ""}, here="error", status=400)


def unreadable_request(request: HttpRequest, fault: str) -> HttpResponse:
    """The page for a request whose error can be named, such as a date that is not a date."""
    return show_page(request, "site/errors/unreadable_request.html", {"fault": fault}, status=400)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page for a form that did not come from one of our pages, or was sent after signing out."""
    return show_page(request, "site/errors/form_lapsed.html", status=403)


def server_error_page(request: HttpRequest) -> HttpResponse:
    """The page for an unforeseen error. Its frame reads nothing from the store.

    Shape:   where the store was busy or gone, even while the account was being read, the page of that refusal.
    """
    refusal = as_refusal(sys.exc_info()[1])
    if refusal is not None:
        return refusal_page(request, refusal)
    context = {"request_id": getattr(request, "request_id", "")}
    return show_page(request, "site/errors/server_error.html", context, here="error", status=500)


def _cannot_open(request: HttpRequest) -> HttpResponse:
    return show_page(request, "site/errors/cannot_open.html", status=404)


def _title(status: int) -> str:
    if status == 503:
        return "Duecare is not available at the moment"
    return "You do not have permission to do this" if status == 403 else "This could not be done"
