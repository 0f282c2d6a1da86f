"""Who worked, supervised or commanded a case, by what its facts and the list of officers and posts say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from duecare.audit.rounds.file_allocation import Tie
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, OfficerRecord, PostRecord
from duecare.vocabulary.areas import plain_area

COMMANDS: Final = frozenset(
    {
        "duty_inspector",
        "detective_inspector",
        "custody_inspector",
        "mash_lead",
        "bcu_lead",
        "detective_superintendent",
        "chief_officer_lead",
    }
)
_EVER: Final = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def ties_of(
    key: CaseKey,
    case: CaseRecord | None,
    events: Iterable[EventRecord],
    officers: Iterable[OfficerRecord],
    posts: Iterable[PostRecord],
    until: datetime,
) -> frozenset[Tie]:
    """Which officers have what to do with this case?

    Shape:   worked: whoever an event of the case names, allocated or not; supervised: whoever was named its supervisor,
             or supervised someone who worked it while it ran; commanded: whoever then held a post of command for one of
             its areas, or for the whole force. Numbers are stripped and case-folded.
    Unknown: an open end of a span counts as for ever: a doubt is a tie.
    """
    known = tuple(events)
    named = {_plain(event.officer) for event in known if event.kind != "supervisor_allocated"} - {""}
    supervisors = {_plain(event.officer) for event in known if event.kind == "supervisor_allocated"} - {""}
    ran = _ran(case, known, until)
    supervisors |= {
        _plain(row.supervisor)
        for row in officers
        if row.supervisor and _plain(row.officer) in named and _meets(ran, row.from_, row.to)
    }
    areas = {plain_area(area) for area in (case.area if case else "", *(event.area for event in known))}
    commanders = {
        _plain(post.holder)
        for post in posts
        if post.kind in COMMANDS
        and post.holder
        and plain_area(post.area) in areas | {""}
        and _meets(ran, post.from_, post.to)
    }
    return frozenset(_ties(key, worked=named, supervised=supervisors - {""}, commanded=commanders - {""}))


def _ties(key: CaseKey, **how: set[str]) -> Iterator[Tie]:
    for word, who in how.items():
        yield from (Tie((key.source, key.case_ref), officer, word) for officer in who)


def _ran(case: CaseRecord | None, events: tuple[EventRecord, ...], until: datetime) -> tuple[datetime, datetime]:
    begun = [event.happened_at.earliest for event in events]
    if case and case.opened_at:
        begun.append(case.opened_at.earliest)
    end = case.closed_at.latest if case and case.closed_at else until
    return min(begun, default=_EVER[0]), end


def _meets(ran: tuple[datetime, datetime], first: datetime | None, to: datetime | None) -> bool:
    return (first or _EVER[0]) <= ran[1] and ran[0] < (to or _EVER[1])


def _plain(text: str) -> str:
    return text.strip().casefold()
