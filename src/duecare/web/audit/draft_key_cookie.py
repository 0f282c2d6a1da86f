"""How long a grader's draft can be read: as long as the cookie of their own browser, which alone keeps its key."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse

from duecare.audit.grading.grade_encryption import OWN_KEY_BYTES, make_own_key

NINETY_DAYS_IN_SECONDS: Final = 90 * 24 * 3600
COOKIE_PATH: Final = "/sample/"


def draft_key_of(http_request: HttpRequest) -> tuple[bytes, bool]:
    """Under which key does this browser keep the drafts of whoever is signed in, and was it made just now?"""
    cookie_text = http_request.COOKIES.get(_cookie_name(http_request), "")
    try:
        key = base64.urlsafe_b64decode(cookie_text)
    except ValueError:
        key = b""
    return (key, False) if len(key) == OWN_KEY_BYTES else (make_own_key(), True)


def keep_draft_key(http_request: HttpRequest, response: HttpResponse, key: bytes) -> None:
    """Let the browser keep this key: for ninety days, out of reach of scripts, for the pages of the sample alone."""
    response.set_cookie(
        _cookie_name(http_request),
        base64.urlsafe_b64encode(key).decode(),
        max_age=NINETY_DAYS_IN_SECONDS,
        path=COOKIE_PATH,
        secure=http_request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def _cookie_name(http_request: HttpRequest) -> str:
    """Two graders at one browser have a key each."""
    return f"duecare-draft-{hashlib.sha256(http_request.user.get_username().encode()).hexdigest()[:16]}"
