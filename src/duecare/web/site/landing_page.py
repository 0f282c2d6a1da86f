"""Which page a viewer sees first after signing in: worklist, own sample, custody board, rounds or front page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from duecare.web.site import routes


def landing_page_of(request: HttpRequest) -> str:
    """Which page does this viewer open with: their worklist or sample, the custody board, the rounds, or the front page?"""
    roles = tuple(getattr(request.user, "roles", ()))
    if roles and set(roles) <= {"custody_officer", "custody_inspector"}:
        return reverse("custody")
    if roles and set(roles) <= {"audit_lead", "lead_inspector"}:
        return reverse("rounds")
    offered = [name for name in ("worklist", "sample") if routes.serves_roles(name, roles, is_signed_in=True)]
    return reverse(offered[0] if offered else "front")
