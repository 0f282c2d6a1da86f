"""The trace page of `make serve-dev`: the last requests, the SQL statements of each with their times, and what failed.

Loaded only while code is read again (`duecare serve --reload`); a site in use has neither this page nor what it keeps.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from duecare.server_log import error_facts
from duecare.use_cases.operations.trace_statements import statements_recorded
from duecare.web.site.page import show_page
from duecare.web.site.request_log import method_of, route_of

ADDRESS: Final = "/trace/"
REQUESTS_KEPT: Final = 50
TRACE_KEY: Final = "duecare.trace"
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


@dataclass(slots=True)
class TracedRequest:
    """What is known of one request.

    Shape:   `statements` are as written in the code, without values; `error` is as in the server log.
    Units:   milliseconds.
    """

    request_id: str
    method: str
    route: str = ""
    status: int = 0
    milliseconds: float = 0.0
    statements: list[tuple[str, float]] = field(default_factory=list)
    error: dict[str, Any] | None = None


class RequestTrace:
    """Keeps the last requests of this process, and shows them at /trace/ to whoever is on this machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.requests: deque[TracedRequest] = deque(maxlen=REQUESTS_KEPT)
        got_request_exception.connect(note_error, dispatch_uid="duecare.request_trace")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the trace page itself, or pass the request on and keep its trace."""
        is_local = request.META.get("REMOTE_ADDR") in LOOPBACK
        if is_local and request.path == ADDRESS:
            return show_page(request, "site/trace.html", {"requests": list(reversed(self.requests))})
        return self._traced_answer(request)

    def _traced_answer(self, request: HttpRequest) -> HttpResponse:
        traced = TracedRequest(getattr(request, "request_id", ""), method_of(request))
        request.META[TRACE_KEY] = traced
        began = time.monotonic()
        with statements_recorded(traced.statements):
            response = self.get_response(request)
        traced.route, traced.status = route_of(request), response.status_code
        traced.milliseconds = _milliseconds_since(began)
        if not request.path.startswith("/static/"):
            self.requests.append(traced)
        return response


def note_error(sender: object, request: HttpRequest | None = None, **_: object) -> None:  # noqa: ARG001
    """Keep an unforeseen error's type and stack with the trace of its request."""
    error = sys.exc_info()[1]
    traced: TracedRequest | None = None if request is None else request.META.get(TRACE_KEY)
    if error is not None and traced is not None:
        traced.error = error_facts(error)


def _milliseconds_since(began: float) -> float:
    return round((time.monotonic() - began) * 1000, 1)
