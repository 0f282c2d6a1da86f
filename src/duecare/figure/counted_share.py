"""How many of how many: the count and the total that every share is made of."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Counted:
    """How many have it, of how many that are known, beside how many of which it is not known.

    Shape:   0 <= part <= n; what is not known is in neither.
    """

    label: str
    part: int
    n: int
    unknown: int = 0

    @property
    def share(self) -> float | Unknown:
        """The share that has it; of 0 there is none."""
        return self.part / self.n if self.n else Unknown("no cases")
