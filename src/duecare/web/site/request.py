"""Who asks, by which channel and for what purpose: the one place where a web request becomes a `Request`."""

from __future__ import annotations

from django.http import HttpRequest

from duecare.access.viewer import Viewer
from duecare.authorisation.request import Request
from duecare.vocabulary import clock
from duecare.vocabulary.refusals import Refusal


def request_of(request: HttpRequest, purpose: str) -> Request:
    """Who asks by this request, and why? Roles and teams are read again at each request.

    Raises:  ACC-002 when nobody is signed in.
    """
    user = request.user
    if not user.is_authenticated:
        raise Refusal("ACC-002")
    viewer = Viewer(
        account=user.get_username(),
        roles=frozenset(user.roles),
        officer=user.officer,
        teams=frozenset(user.teams),
        areas=frozenset(user.areas),
        channel="web",
    )
    return Request(viewer, purpose, clock.current_moment(), channel="web")
