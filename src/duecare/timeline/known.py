"""Which version of a row stands at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Version(Protocol):
    """One version of one row, as far as choosing between versions needs it."""

    @property
    def version_at(self) -> datetime:
        """When was this version written?"""

    @property
    def sha256(self) -> bytes:
        """Which content is it?"""

    @property
    def withdrawn(self) -> bool:
        """Does this version withdraw the row?"""


V = TypeVar("V", bound=Version)


def as_known(versions: Iterable[V], known_at: datetime | None) -> V | None:
    """Which of these versions of one row stands at `known_at`?

    Shape:   the newest written by then, ties by the larger hash; None where none was written, or that one withdraws.
             `known_at` None: all written so far.
    """
    newest: V | None = None
    for version in versions:
        if known_at is not None and version.version_at > known_at:
            continue
        if newest is None or (version.version_at, version.sha256) > (newest.version_at, newest.sha256):
            newest = version
    return None if newest is None or newest.withdrawn else newest
