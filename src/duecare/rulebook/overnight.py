"""Which hours a force counts as a night in custody: a working definition, not a national one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Overnight:
    """The hours in detention, and the hours of the clock in London, that make a night.

    Units:   hours of one night; `opens` and `closes` are hours of the clock after midnight.
    Source:  https://beta.northumbria.police.uk/about-us/publications-and-documents/accessing-information/disclosure-log/crime-statistics/children-in-custody-26620/
    """

    hours: float = 4
    opens: float = 0
    closes: float = 8

    @property
    def version(self) -> str:
        """The hash of this definition, stored with whatever is counted by it."""
        return hashlib.sha256(f"{self.hours:g} {self.opens:g} {self.closes:g}".encode()).hexdigest()[:16]

    @property
    def words(self) -> str:
        """The words of this definition."""
        return f"{self.hours:g} hours or more between {_clock_text(self.opens)} and {_clock_text(self.closes)}"


def _clock_text(clock_hour: float) -> str:
    whole, part_hour = divmod(round(clock_hour * 60), 60)
    return f"{whole:02}:{part_hour:02}"


USUAL = Overnight()
