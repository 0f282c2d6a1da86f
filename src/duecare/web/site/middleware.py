"""What every answer carries and every request passes: headers, sign-in unless a route is public, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from duecare.vocabulary.refusals import Refusal
from duecare.web.site import routes
from duecare.web.site.pages import errors

# Nothing inline, nothing from another host, nothing framed.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)

HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


# Pages that are the same for everybody, and look at nobody: the only ones that may be kept on the way.
FOR_EVERYBODY = frozenset(
    {"published", "published_real", "published_register", "published_release", "published_file", "published_whole"}
)


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        match is not None and match.url_name in FOR_EVERYBODY and not response.cookies and "Cache-Control" in response
    )


class Hardening:
    """Is this request allowed past the door, and what must its answer carry?"""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and put the hardening set on whatever comes back."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        if not request.path.startswith(settings.STATIC_URL) and not _is_for_everybody(request, response):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send whoever is not signed in to the sign-in page, unless the route is for anyone."""
        match = request.resolver_match
        if match is not None and routes.is_for_anyone(match.url_name or ""):
            return None
        if request.user.is_authenticated:
            return None
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; leave anything else to Django's own page for errors."""
        return errors.refusal_page(request, exception) if isinstance(exception, Refusal) else None
