"""The true clock, and the one place where it is read."""

from __future__ import annotations

from datetime import UTC, datetime


def current_moment() -> datetime:
    """The moment it is now.

    Shape:   read only where somebody's request comes in; whatever works for them is given the moment. It is called as
             `clock.current_moment()`, and never taken by name into another module, so that it can be moved in one place.
    Units:   UTC, whole seconds.
    """
    return datetime.now(UTC).replace(microsecond=0)
