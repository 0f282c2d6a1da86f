"""Pages that are the same for everyone: what this system is and refuses to do, help, accessibility."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecare.web.site.page import show_page


@require_safe
def system_page(request: HttpRequest) -> HttpResponse:
    """What is this system, and what will it not do?"""
    return show_page(request, "site/system.html", here="system")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What do the words on the pages mean?"""
    return show_page(request, "site/help.html", here="help")


@require_safe
def accessibility_page(request: HttpRequest) -> HttpResponse:
    """How accessible is the site, and what is not?"""
    return show_page(request, "site/accessibility.html", here="accessibility")


@require_safe
def no_password_page(request: HttpRequest) -> HttpResponse:
    """What does one see who wants to change a password and has none?"""
    return show_page(request, "site/no_password.html")
