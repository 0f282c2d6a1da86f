"""The front page: what the system is and what it refuses to do; after sign-in, what is late now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.access.act import Act
from duecare.config import read_config
from duecare.use_cases.casework import view_front_page
from duecare.web.site.page import show_page
from duecare.web.site.request import request_of


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What is this, and what is late now?"""
    if not request.user.is_authenticated:
        return show_page(request, "welcome.html", here="front")
    asking = request_of(request, "page: what is late now")
    if Act.READ_LATE_NOW not in asking.viewer.acts:
        return show_page(request, "welcome.html", here="front")
    page = view_front_page.read_front(asking, read_config())
    return show_page(request, "front.html", {"page": page}, here="front")
