"""Pages of who is accountable: each thing that somebody must answer for, and all of them on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duecare.duty.accountable import Accountable, SignOff


@dataclass(frozen=True, slots=True)
class Answerable:
    """One thing that somebody must answer for: who does, what was last signed off, and how it stands.

    Shape:   `name` is the officer's, empty where no source has it; `late` and `open` are None for who may not see how
             much is late now, and of a recommendation. `mine`: the viewer holds the post.
    """

    who: Accountable
    says: str
    name: str = ""
    late: int | None = None
    open: int | None = None
    signed: SignOff | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class AccountableShown:
    """Everything that somebody must answer for, on a day. `vacant` are those for which nobody does."""

    on: date
    every: tuple[Answerable, ...]

    @property
    def vacant(self) -> tuple[Answerable, ...]:
        """Those for which nobody is accountable."""
        return tuple(answerable for answerable in self.every if answerable.who.vacant is not None)
