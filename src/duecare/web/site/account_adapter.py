"""Sign-in is by accounts that the force enrols: nobody can sign up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from duecare.web.site.landing_page import landing_page_of


class ClosedSignUp(DefaultAccountAdapter):
    """May a stranger make an account? Never."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Is sign-up open? No: accounts are enrolled."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Which flash message is left behind after signing in or out? None."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where does one land after signing in? On the worklist, for those who have one."""
        return landing_page_of(request)
