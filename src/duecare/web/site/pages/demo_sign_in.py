"""One-click sign-in to the made-up accounts; it exists in a demo store only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from duecare.web.site.landing_page import landing_page_of


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the made-up people. Anywhere but in a demo there is no such page."""
    if not settings.DUECARE_DEMO:
        raise Http404
    name = request.POST.get("account", "")
    account = get_user_model().objects.filter(username=name, is_active=True).first()
    if account is None or not account.roles:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return redirect(asked if is_ours else landing_page_of(request))
