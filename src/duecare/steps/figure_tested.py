"""A figure as a registered test asks for it: is there such a figure, and what did it come to in a period that was kept?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duecare.audit.interval import Interval
from duecare.config import Config
from duecare.figure.catalogue import catalogue
from duecare.figure.definition import Dimension
from duecare.vocabulary.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Came:
    """What did the figure come to, and when did its period begin?"""

    value: float | Unknown
    interval: Interval | Unknown
    began_at: datetime


def fault_of(figure: str, cut: tuple[tuple[str, str], ...]) -> str:
    """Why can no test name this figure with this cut? Empty where it can."""
    known = catalogue().get(figure)
    if known is None:
        return "the catalogue has no figure of this name"
    wrong = [name for name, _ in cut if name not in {one.value for one in Dimension}]
    wrong += [name for name, _ in cut if name in set(Dimension) and Dimension(name) not in known.definition.by]
    return f"the figure is not cut by {', '.join(wrong)}" if wrong else ""


def value_in(config: Config, figure: str, cut: tuple[tuple[str, str], ...], period: str) -> Came | Unknown:
    """What did this figure come to in this period, as kept?

    Unknown: where the figures of the period are not kept yet.
    """
    del config, figure, cut
    return Unknown(f"the figures of {period} are not kept yet")
