"""Which points, or runs of points, of a control chart are a signal: one outside, a run on one side, two of three near a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from duecare.vocabulary.unknown import Unknown

SIGMAS: Final = 3
_TINY_SPREAD: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Rule:
    """When a point is more than chance: `points` of `among` in a row lie further than `beyond` on one side.

    Units:   `beyond` in standard deviations from the middle; the limits stand at 3.
    """

    code: str
    says: str
    points: int
    among: int
    beyond: float


OUTSIDE: Final = Rule("outside", "a point is outside the limits", 1, 1, SIGMAS)
RUN_RULE: Final = Rule("run", "8 points in a row are on one side of the middle", 8, 8, 0)
NEAR_RULE: Final = Rule("near", "2 of 3 points in a row are in the outer third, on one side", 2, 3, 2)
RULES: Final = (OUTSIDE, RUN_RULE, NEAR_RULE)


class Middle(Protocol):
    """What a rule needs to know of a point's limits: their middle, and one standard deviation."""

    @property
    def centre(self) -> float:
        """The middle."""

    @property
    def spread(self) -> float:
        """One standard deviation."""


def broken_rules(points: Sequence[tuple[float | Unknown, Middle | Unknown]], rules: Sequence[Rule]) -> list[set[Rule]]:
    """The rules by which each of these points is more than chance; empty where it is not.

    Shape:   a point is its value, and the limits it is set against.
    Unknown: a point whose value or limits are not known is a signal by no rule, and a run ends there.
    """
    rules_by_point: list[set[Rule]] = [set() for _ in points]
    for chart_rule in rules:
        for line_side in (1, -1):
            beyond = [_is_beyond(value, limits, chart_rule.beyond, line_side) for value, limits in points]
            for end_index in range(chart_rule.among, len(points) + 1):
                window = range(end_index - chart_rule.among, end_index)
                if beyond[end_index - 1] and sum(beyond[point_index] for point_index in window) >= chart_rule.points:
                    for point_index in window:
                        if beyond[point_index]:
                            rules_by_point[point_index].add(chart_rule)
    return rules_by_point


def _is_beyond(value: float | Unknown, limits: Middle | Unknown, spreads: float, line_side: int) -> bool:
    if isinstance(value, Unknown) or isinstance(limits, Unknown):
        return False
    return line_side * (value - limits.centre) > spreads * limits.spread + _TINY_SPREAD
