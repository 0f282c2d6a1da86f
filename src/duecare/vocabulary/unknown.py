"""A value that is not known, with the reason why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is not known, and why.

    Shape:   a plain-English reason, never personal data; it is never equal to a zero, a pass or a blank.
    """

    reason: str

    def __bool__(self) -> bool:
        return False
