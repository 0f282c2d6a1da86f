"""The time limits of all duties by their references, with a few words each, for lists to choose from."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from duecare.rulebook.all_duties import all_duties
from duecare.web.site.formatting.labels import duty_label

_LIMITS: Final[dict[str, str]] = {
    "CU1": "First review of the detention",
    "CU2": "Later reviews of the detention",
    "RO7": "Visit as often as the risk grade requires (until 28 June 2017)",
    "RO8": "Visit as often as the visit plan requires",
}
"""Limits of one duty that its few words do not tell apart."""


@lru_cache(maxsize=1)
def limits_by_ref() -> dict[str, str]:
    """Each reference with its few words, in order: `AL2` comes before `AL10`.

    Shape:   a reference that several duties share has the words of the first, and how many more there are.
    """
    labels_by_ref: dict[str, list[str]] = {}
    for duty in all_duties():
        for ref in {ref for rule in duty.rules for ref, _ in rule.turns}:
            labels_by_ref.setdefault(ref, []).append(duty_label(duty.id))
    return {ref: f"{ref}: {_limit_words(ref, labels_by_ref[ref])}" for ref in sorted(labels_by_ref, key=_ref_order)}


def _limit_words(ref: str, labels: list[str]) -> str:
    words = _LIMITS.get(ref) or labels[0]
    return words if len(labels) == 1 else f"{words}, and {len(labels) - 1} more"


def _ref_order(ref: str) -> tuple[str, int]:
    letters, number = re.fullmatch(r"(\D+)(\d+)", ref).groups()  # type: ignore[union-attr]
    return letters, int(number)
