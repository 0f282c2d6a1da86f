"""Which version of a row stands at a moment: the newest written by then, unless that one withdraws the row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Version(Protocol):
    """One version of one row, as far as choosing between versions needs it."""

    @property
    def version_at(self) -> datetime:
        """When this version was written."""

    @property
    def sha256(self) -> bytes:
        """The hash of the content."""

    @property
    def withdrawn(self) -> bool:
        """Whether this version withdraws the row."""


V = TypeVar("V", bound=Version)


def as_known(versions: Iterable[V], known_at: datetime | None) -> V | None:
    """The version of one row that stands at `known_at`, of these.

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
