"""Which file replaces one taken out of the sample, the next in its stratum's order, and the reasons agreed for taking one out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from duecare.audit.rounds.frame_file import Case, FrameKey, Stratum
from duecare.vocabulary.refusals import Refusal

CONFLICTED: Final = "every_grader_conflicted"
REASONS: Final = ("not_in_scope", "not_found", CONFLICTED)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file taken out of the sample, the reason, and the file in its place."""

    out: Case
    reason: str
    by: Case


def replace_taken_out(
    orders: Mapping[Stratum, Sequence[Case]],
    sets_by_place: Mapping[Stratum, dict[int, str]],
    sizes: Iterable[tuple[Stratum, int]],
    taken_out: Iterable[tuple[FrameKey, str]],
) -> tuple[tuple[Replaced, ...], dict[Stratum, int]]:
    """The files replaced, each by the next in its stratum's order, and how far each order has then been drawn.

    Shape:   `taken_out` names files and reasons in the order in which they were taken out. `sets_by_place` has the set of
             each place drawn; here a place is given up for the next, and what replaces a file takes its set.
    Raises:  AUD-011 if a file taken out is not in the sample, the reason is none of REASONS, or its stratum has no file
             left.
    """
    reached = dict(sizes)
    places = {
        frame_case.key: (stratum, draw_position)
        for stratum, order in orders.items()
        for draw_position, frame_case in enumerate(order)
    }
    replaced: list[Replaced] = []
    for case_key, reason in taken_out:
        stratum, draw_position = places.get(case_key, ((), -1))
        if reason not in REASONS:
            raise Refusal("AUD-011", where=":".join(case_key), found="a reason that is not among those agreed")
        if draw_position not in sets_by_place.get(stratum, ()):
            raise Refusal("AUD-011", where=":".join(case_key), found="a file that is not in the sample")
        order = orders[stratum]
        if reached[stratum] == len(order):
            raise Refusal("AUD-011", where=":".join(case_key), found="every file of the stratum has been drawn")
        sets_by_place[stratum][reached[stratum]] = sets_by_place[stratum].pop(draw_position)
        replaced.append(Replaced(order[draw_position], reason, order[reached[stratum]]))
        reached[stratum] += 1
    return tuple(replaced), reached
