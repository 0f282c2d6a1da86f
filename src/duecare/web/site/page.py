"""How a page is shown: one template, the frame around it, and who is looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duecare.web.site.navigation import Navigation, navigation_for


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page's own content?

    Shape:   `here` names the route the page belongs to in the navigation; `who` is empty before sign-in.
    """

    here: str
    who: str
    is_demo: bool
    navigation: Navigation


def show_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page `template` with its frame. Called only after the step has committed its entry in the ledger."""
    return render(
        request, template, {**(context or {}), "frame": page_frame(request, here)}, status=status, using="jinja2"
    )


def page_frame(request: HttpRequest, here: str = "") -> Frame:
    """What stands around this request's page? Safe to ask when sign-in or the store is out of order."""
    user = getattr(request, "user", None) if here != "error" else None
    is_in = bool(user is not None and user.is_authenticated)
    roles = tuple(getattr(user, "roles", ())) if is_in else ()
    return Frame(
        here=here,
        who=(getattr(user, "display_name", "") or user.get_username()) if user is not None and is_in else "",
        is_demo=bool(getattr(settings, "DUECARE_DEMO", False)),
        navigation=navigation_for(roles, here, is_signed_in=is_in),
    )
