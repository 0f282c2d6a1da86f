"""The key of a grader's drafts, which only a cookie of their own browser keeps."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse

from duecare.audit.grading.grade_sealing import OWN_KEY_BYTES, make_own_key

DAYS_90: Final = 90 * 24 * 3600
PATH: Final = "/sample/"


def draft_key_of(request: HttpRequest) -> tuple[bytes, bool]:
    """Under which key does this browser keep the drafts of whoever is signed in, and was it made just now?"""
    held = request.COOKIES.get(_name(request), "")
    try:
        key = base64.urlsafe_b64decode(held)
    except ValueError:
        key = b""
    return (key, False) if len(key) == OWN_KEY_BYTES else (make_own_key(), True)


def keep_draft_key(request: HttpRequest, answer: HttpResponse, key: bytes) -> None:
    """Let the browser keep this key: for ninety days, out of reach of scripts, for the pages of the sample alone."""
    answer.set_cookie(
        _name(request),
        base64.urlsafe_b64encode(key).decode(),
        max_age=DAYS_90,
        path=PATH,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )


def _name(request: HttpRequest) -> str:
    """Two graders at one browser have a key each."""
    return f"duecare-draft-{hashlib.sha256(request.user.get_username().encode()).hexdigest()[:16]}"
