"""What a force itself sets, as far as judging a duty needs it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol


class Terms(Protocol):
    """The force's own hours, which of its standards are adopted, and when an absence becomes a vacancy."""

    @property
    def absence_grace(self) -> timedelta:
        """After how long does an absence leave a vacancy?"""

    @property
    def school_holidays(self) -> tuple[tuple[date, date], ...]:
        """From which day to which day are schools closed, besides weekends and bank holidays?"""

    def hours(self, duty: str) -> tuple[tuple[str, float], ...]:
        """Which hours, days or months does the force set for this duty, by their names?"""

    def is_adopted(self, duty: str, on: date) -> bool:
        """Had a named officer adopted this local standard by that day?"""
