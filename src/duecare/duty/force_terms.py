"""The force's own terms that judging a duty reads: local limits, who adopted them, after how long an absence is a vacancy."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from duecare.duty.declaration import Duty


class Terms(Protocol):
    """The force's own limits, which of its standards are adopted, and when an absence becomes a vacancy."""

    @property
    def absence_grace(self) -> timedelta:
        """How long an absence lasts before it leaves a vacancy."""

    def applied(self, duty: Duty) -> Duty:
        """This duty with what the force sets for itself put in."""

    def is_adopted(self, duty_id: str, on_day: date) -> bool:
        """Whether a named officer had adopted this local standard by that day."""
