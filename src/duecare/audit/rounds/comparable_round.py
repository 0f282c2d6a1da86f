"""When a blind round may be compared: every side has opened its grades of every set it grades; before that, nothing is shown."""

from __future__ import annotations

from collections.abc import Iterable

from duecare.audit.rounds.sample_sets import GRADED_BY

SetAndSide = tuple[str, str]


def may_be_compared(
    sampled_sets: Iterable[str], sealed: Iterable[SetAndSide], opened: Iterable[SetAndSide], *, has_ended: bool
) -> bool:
    """Whether every side has opened its grades of every set that it grades in this round.

    Shape:   `sampled_sets` are the sets with a file in the sample; `sealed` and `opened` are the (set, side) of which grades
             were submitted and opened. Of a round that was ended, a set needs only those who submitted anything of it.
    Example:
        >>> sealed = {("paired", "force"), ("paired", "inspectorate")}
        >>> may_be_compared({"paired"}, sealed, {("paired", "force")}, has_ended=False)
        False
    """
    owing = set(sealed)
    if not has_ended:
        owing |= {(set_name, side_name) for set_name in sampled_sets for side_name in GRADED_BY[set_name]}
    return bool(owing) and owing <= set(opened)
