"""The health page for whatever monitors the site: whether it is alive; no personal data, no figures."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def health_page(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Does the site answer? It asks the store nothing."""
    return JsonResponse({"ok": True})
