"""Sign-in is by accounts that the force enrols: nobody can sign up. Its errors are in the words of our pages."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from duecare.web.site.landing_page import landing_page_of

_WRONG_CODE: Final = "The code is not correct, or has expired"


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts that nobody can sign up for."""

    error_messages: Final = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is not in use",
        "enter_current_password": "The current password is not correct",
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": "The password is not correct",
        "rate_limited": "You have tried too many times. Wait a few minutes, then try again",
        "too_many_login_attempts": "You have tried too many times. Wait a few minutes, then try again",
        "username_password_mismatch": "The username or password is not correct",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Is sign-up open? No: accounts are enrolled."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Which flash message is left behind after signing in or out? None."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where does one land after signing in? On the worklist, for those who have one."""
        return landing_page_of(request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """The ways to confirm who is signed in, described as our pages do."""
        words = {"reauthenticate": "Use your password", "mfa_reauthenticate": "Use a code from your authenticator app"}
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words.get(method["id"], str(method["description"]))} for method in methods]


class TwoStep(DefaultMFAAdapter):
    """Two-step sign-in, with its errors in the words of our pages."""

    error_messages: Final = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "You cannot turn off two-step sign-in",
        "cannot_generate_recovery_codes": "Turn on two-step sign-in before you create recovery codes",
        "incorrect_code": _WRONG_CODE,
    }
