"""The built style and script files: where they are served, and whether they have been built."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

BUILT = Path(__file__).parents[1] / "static_built" / "duecare.css"


def is_styled() -> bool:
    """True when the style files have been built."""
    return BUILT.is_file()


def static_url(path: str) -> str:
    """The address at which a built file is served."""
    return f"{settings.STATIC_URL}{path}"
