"""What a newer roster says otherwise than an older one: of which officers, and of which posts in which spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.roster import EARLIEST, Roster, plain
from duecare.record.pole import OfficerRecord
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class HeldOtherwise:
    """A post of this kind is held by somebody else from one moment, until before another (None: ever after).

    Shape:   `area` is as compared, and empty for areas that have no post of their own.
    """

    kind: str
    area: str
    from_: datetime
    to: datetime | None


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """Of whom, and of which posts, does the newer roster say something else?

    Shape:   officers' numbers without case.
    """

    officers: frozenset[str]
    posts: tuple[HeldOtherwise, ...]


def roster_changes(old: Roster, new: Roster, grace: timedelta) -> RosterChanges:
    """Which officers' vacancies, supervisors or accreditations, and which holders of posts, are now said otherwise?"""
    before, now = _by_officer(old), _by_officer(new)
    changed = {
        officer
        for officer in before.keys() | now.keys()
        if before.get(officer) != now.get(officer) or old.vacancies(officer, grace) != new.vacancies(officer, grace)
    }
    places = {(plain(post.kind), plain_area(post.area)) for roster in (old, new) for post in roster.posts}
    return RosterChanges(
        frozenset(changed),
        tuple(span for kind, area in sorted(places) for span in _spans(old, new, kind, area, grace)),
    )


def _by_officer(roster: Roster) -> dict[str, list[object]]:
    """What is said of each, in the order in which one row is preferred to another; when it was written says no more."""
    found: dict[str, list[object]] = {}
    for row in sorted(roster.officers, key=_preferred):
        said = (row.supervisor, row.accreditations, row.from_, row.to)
        found.setdefault(plain(row.officer), []).append(said)
    return found


def _preferred(row: OfficerRecord) -> tuple[datetime, datetime, str]:
    return row.from_ or EARLIEST, row.written_at or EARLIEST, row.source


def _spans(old: Roster, new: Roster, kind: str, area: str, grace: timedelta) -> list[HeldOtherwise]:
    moments = {EARLIEST}
    for roster in (old, new):
        for post in roster.posts:
            if plain(post.kind) == kind and plain_area(post.area) in {area, ""}:
                moments |= {moment for moment in (post.from_, post.to) if moment is not None}
                for vacancy in roster.vacancies(post.holder, grace):
                    moments |= {moment for moment in (vacancy.from_, vacancy.to) if moment is not None}
    found: list[HeldOtherwise] = []
    ordered = sorted(moments)
    for first, then in zip(ordered, [*ordered[1:], None], strict=True):
        if old.holder(kind, area, first, grace) != new.holder(kind, area, first, grace):
            if found and found[-1].to == first:
                found[-1] = HeldOtherwise(kind, area, found[-1].from_, then)
            else:
                found.append(HeldOtherwise(kind, area, first, then))
    return found
