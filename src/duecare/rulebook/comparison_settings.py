"""How boroughs, months and groups are compared: what limits allow for, how few are too few, where limits restart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FEWEST_COMPARED: Final = 10
MOST_NOT_KNOWN: Final = 0.25
ALLOWANCES: Final = ("added", "multiplied", "none")
SET_IN: Final = frozenset({"allowance", "fewest", "most_not_known", "anew"})
_MONTH: Final = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class LimitReset:
    """A restart of a figure's limits: which figure, from which month on, and why."""

    figure: str
    since: str
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a force sets for comparisons.

    Shape:   `allowance` for what sets areas apart beside chance; groups of fewer than `fewest` cases are not compared; none
             is, where of more than `most_not_known` of the cases the group is not known.
    """

    allowance: str = "added"
    fewest: int = FEWEST_COMPARED
    most_not_known: float = MOST_NOT_KNOWN
    anew: tuple[LimitReset, ...] = ()

    def resets_of(self, figure: str) -> tuple[LimitReset, ...]:
        """The restarts of this figure's limits."""
        return tuple(restatement for restatement in self.anew if restatement.figure == figure)


USUAL_COMPARISON: Final = Comparison()


def read_comparison(comparison_table: object, faults: list[str]) -> Comparison:
    """Read the policy's table `comparison`; what is wrong with it is added to the faults."""
    if not isinstance(comparison_table, Mapping):
        faults.append("comparison is not a table")
        return USUAL_COMPARISON
    faults += [f"comparison.{setting_name} is not a setting" for setting_name in sorted(set(comparison_table) - SET_IN)]
    allowance, fewest = comparison_table.get("allowance", "added"), comparison_table.get("fewest", FEWEST_COMPARED)
    most_not_known_share = comparison_table.get("most_not_known", MOST_NOT_KNOWN)
    if allowance not in ALLOWANCES:
        faults.append(f"comparison.allowance is none of {', '.join(ALLOWANCES)}")
    if not isinstance(fewest, int) or isinstance(fewest, bool) or not 5 <= fewest <= 1_000:
        faults.append("comparison.fewest is not a whole number from 5 to 1000")
    if (
        not isinstance(most_not_known_share, int | float)
        or isinstance(most_not_known_share, bool)
        or not 0 <= most_not_known_share <= 1
    ):
        faults.append("comparison.most_not_known is not a number from 0 to 1")
    restatements = tuple(_read_restated(comparison_table.get("anew", []), faults))
    return (
        USUAL_COMPARISON
        if faults
        else Comparison(str(allowance), int(fewest), float(most_not_known_share), restatements)
    )


def _read_restated(restated_table: object, faults: list[str]) -> list[LimitReset]:
    restatements = []
    for restated_row in restated_table if isinstance(restated_table, list) else [restated_table]:
        row_values = (
            restated_row
            if isinstance(restated_row, Mapping) and set(restated_row) == {"figure", "since", "why"}
            else {}
        )
        given_texts = [str(row_values.get(entry_name, "")).strip() for entry_name in ("figure", "since", "why")]
        if not all(given_texts) or not _MONTH.fullmatch(given_texts[1]):
            faults.append("comparison.anew is not a list of figure, since (a month, as 2026-04) and why")
        else:
            restatements.append(LimitReset(*given_texts))
    return restatements
