"""The one order of the worklist: danger now, statutory limits, lateness; unallocated first; then soonest due; no scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Protocol

from duecare.duty.finding import Authority, Finding, State
from duecare.record.pole import CaseKey
from duecare.worklist.item import Danger, Item, Step
from duecare.worklist.ownership import Ownership

SHOWN = frozenset({State.OPEN, State.OVERDUE, State.CANNOT_TELL})
A_SECOND = timedelta(seconds=1)  # at its limit a duty is still open; overdue is the second after
NEVER = 32_503_680_000
NO_RUNGS: Mapping[str, tuple[float, ...]] = MappingProxyType({})

ORDER_COLUMNS: Final = ("step", "-is_unallocated", "order_at")
"""The order of lines where they are kept: by step, the unallocated first, then by what is due."""

ALONE_FIRST: Final = ("case_source", "case_ref", "person")
"""The order of lines that `ORDER_COLUMNS` leaves alike: lines of a person alone, with no case, before those of cases."""


class LinePlace(Protocol):
    """Of which case, or of which person alone, a line is."""

    @property
    def case(self) -> CaseKey | None:
        """The case, if any."""

    @property
    def person(self) -> str | None:
        """The person, if any."""


class PlacedLine(Protocol):
    """What the order needs to know of a line."""

    @property
    def where(self) -> LinePlace:
        """Of which case or person it is."""

    @property
    def step(self) -> int:
        """The number of its step, the first first."""

    @property
    def is_unallocated(self) -> bool:
        """Whether nobody has been named to act."""

    @property
    def order_at(self) -> int:
        """Its place within its step, as `order_at` says."""


def line_order(placed_line: PlacedLine) -> tuple[int, bool, int, str, str, str]:
    """The place of a line among all lines: `ORDER_COLUMNS`, then `ALONE_FIRST`, said of a line in memory."""
    case = placed_line.where.case
    source, case_ref = (case.source, case.case_ref) if case else ("", "")
    return (
        placed_line.step,
        not placed_line.is_unallocated,
        placed_line.order_at,
        source,
        case_ref,
        placed_line.where.person or "",
    )


def is_to_do(finding: Finding) -> bool:
    """Whether anything is still to be done or found out about this finding."""
    return finding.state in SHOWN and finding.ended_at is None


def worklist_item(
    *,
    case_key: CaseKey | None,
    person: str | None,
    case_kind: str,
    held_by: Ownership,
    danger: Danger | None,
    findings: Iterable[Finding],
    allocation: str,
    as_of: datetime | None = None,
    rungs: Mapping[str, tuple[float, ...]] = NO_RUNGS,
) -> Item | None:
    """The line for a case or person, or None where nothing is to be done.

    Shape:   `allocation` is the id of the duty to allocate: while one of its findings is open or overdue, the line is
             unallocated. `next_at` is when the line, or what is said of who should have been told, changes by the mere
             passing of time; `rungs` are the hours after the due time at which somebody is told, by duty.
    """
    to_do = [finding for finding in findings if is_to_do(finding)]
    if not to_do and danger is None:
        return None
    worklist_step = _step_of(danger, to_do)
    return Item(
        case=case_key,
        person=person,
        case_kind=case_kind,
        area=held_by.area,
        team=held_by.team,
        officer=held_by.officer,
        step=worklist_step,
        is_unallocated=any(finding.duty == allocation and finding.state is not State.CANNOT_TELL for finding in to_do),
        danger=danger,
        findings=leading_first(to_do, worklist_step),
        next_at=_next_change(to_do, as_of, rungs),
    )


def leading_first(findings: Iterable[Finding], worklist_step: Step) -> tuple[Finding, ...]:
    """What is still to be done in a line of this step, in order: what the line stands where it stands for comes first.

    Shape:   the soonest due first; of what was due at one moment, what is adopted before what is only suggested.
    Unknown: what is not known comes after all that is known to be owed.
    """
    return tuple(sorted(filter(is_to_do, findings), key=lambda finding: _leading_key(finding, worklist_step)))


def order_at(worklist_item: Item) -> int:
    """The place of a line within its step: the seconds of the due time it is ordered by.

    Unknown: a line of which nothing is known to be owed comes after all that are: what is not known is shown, and does
             not stand before what is late.
    """
    leading = worklist_item.findings[0] if worklist_item.findings else None
    if leading is None or leading.due_at is None or leading.state is State.CANNOT_TELL:
        return NEVER
    return int(leading.due_at.timestamp())


def _is_statutory(finding: Finding) -> bool:
    is_owed = finding.state in {State.OPEN, State.OVERDUE}
    return finding.authority is Authority.STATUTE and is_owed and finding.due_at is not None


def _step_of(danger: Danger | None, to_do: list[Finding]) -> Step:
    if danger is not None:
        return Step.DANGER_NOW
    return Step.STATUTORY_LIMIT if any(_is_statutory(finding) for finding in to_do) else Step.LATENESS


def _leading_key(finding: Finding, worklist_step: Step) -> tuple[bool, bool, float, bool, str]:
    is_unsure = finding.state is State.CANNOT_TELL
    due_timestamp = finding.due_at.timestamp() if finding.due_at else NEVER
    is_outside = worklist_step is Step.STATUTORY_LIMIT and not _is_statutory(finding)
    return (is_outside, is_unsure, due_timestamp, finding.adopted is False, finding.finding)


def _next_change(
    to_do: list[Finding],
    as_of: datetime | None,
    rungs: Mapping[str, tuple[float, ...]],
) -> datetime | None:
    moments = [
        finding.due_at + A_SECOND for finding in to_do if finding.state is State.OPEN and finding.due_at is not None
    ]
    for finding in to_do:
        if as_of is not None and finding.due_at is not None and finding.adopted is not False:
            told_moments = (finding.due_at + timedelta(hours=hours) for hours in rungs.get(finding.duty, ()))
            moments.extend(told_at for told_at in told_moments if told_at > as_of)
    return min(moments, default=None)
