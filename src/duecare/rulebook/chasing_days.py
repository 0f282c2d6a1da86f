"""After how many days a force chases its recommendations: its own choice, for no text gives these numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Chasing:
    """The days after which a recommendation is red or nearly red, and the chief officer is notified.

    Units:   days. `immediate_days`: after so many from publication an immediate one is late; `soon_days`: so many before
             its day another is due soon; `chief_officer_days`: so many after either the chief officer is told too.
    """

    immediate_days: int = 28
    soon_days: int = 28
    chief_officer_days: int = 14


USUAL: Final = Chasing()
