"""What the server log says of each request: an id of its own, the route, how long it took, and what went wrong."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable

import structlog
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from duecare.server_log import error_facts, server_logger
from duecare.use_cases.operations.store_failure import as_refusal

HEADER = "X-Request-Id"


class RequestLog:
    """Gives each request an id, logs it at level info, and logs an unforeseen error with its stack.

    Shape:   a line names the route, never the address: an address may hold a person's id or what was searched for. The id
             is our own, never one that came in with the request. An answer that others may keep carries none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(log_unforeseen, dispatch_uid="duecare.request_log")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the id in the header."""
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            server_logger().info(
                "request",
                method=method_of(request),
                route=route_of(request),
                status=response.status_code,
                milliseconds=round((time.monotonic() - began) * 1000),
            )
        if response.get("Cache-Control") == "no-store":
            response[HEADER] = request_id
        return response


def log_unforeseen(sender: object, request: HttpRequest | None = None, **_: object) -> None:  # noqa: ARG001
    """Log the error that is being handled: type, stack and request id, and no personal value."""
    error = sys.exc_info()[1]
    if error is None:
        return
    refusal = as_refusal(error)
    facts = error_facts(error)
    where = {} if request is None else {"method": method_of(request), "route": route_of(request)}
    if refusal is not None:
        server_logger().warning("store failed", code=refusal.code, **where, **facts)
    else:
        server_logger().error("unforeseen error", **where, **facts)


def route_of(request: HttpRequest) -> str:
    """The name of the route that this request found; empty where it found none."""
    match = request.resolver_match
    return (match.url_name or "") if match is not None else ""


def method_of(request: HttpRequest) -> str:
    """The method of this request, where it is one of those in use."""
    return request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"} else "other"
