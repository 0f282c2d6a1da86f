"""Who holds which post, who supervises whom, and who is absent, at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from duecare.record.pole import OfficerRecord, PostRecord
from duecare.vocabulary.areas import plain_area
from duecare.vocabulary.moments import iso_text

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """From when until when does an absent officer leave a vacancy? `to` None: no return is known.

    Shape:   `event_id` is `absence:OFFICER:ABSENT_FROM`.
    """

    from_: datetime
    to: datetime | None
    absent_from: datetime
    source: str
    event_id: str
    written_at: datetime


class Roster:
    """Which officers and posts are there? Numbers are compared without case.

    Shape:   `officers` and `posts` as known at one moment, one record a key.
    """

    __slots__ = ("_areas", "_by_officer", "_vacancies", "officers", "posts")

    def __init__(self, officers: tuple[OfficerRecord, ...] = (), posts: tuple[PostRecord, ...] = ()) -> None:
        self.officers = officers
        self.posts = posts
        self._by_officer: dict[str, list[OfficerRecord]] = {}
        for officer in officers:
            self._by_officer.setdefault(plain(officer.officer), []).append(officer)
        self._areas: dict[tuple[str, str], list[PostRecord]] = {}
        for post in posts:
            self._areas.setdefault((plain(post.kind), plain_area(post.area)), []).append(post)
        self._vacancies: dict[tuple[str, timedelta], tuple[Vacancy, ...]] = {}

    def supervisor_of(self, officer: str, at: datetime) -> str | None:
        """Who supervises this officer then?"""
        rows = [
            row for row in self._by_officer.get(plain(officer), ()) if row.supervisor and _holds(row.from_, row.to, at)
        ]
        if not rows:
            return None
        return max(rows, key=lambda row: (_instant(row.from_), _instant(row.written_at), row.source)).supervisor

    def lacks(self, officer: str, accreditation: str, at: datetime) -> bool:
        """Are accreditations known of this officer then, and is this one not among them?"""
        held = [row for row in self._by_officer.get(plain(officer), ()) if _holds(row.from_, row.to, at)]
        known = {plain(one) for row in held for one in row.accreditations}
        return bool(known) and plain(accreditation) not in known

    def vacancies(self, officer: str, grace: timedelta) -> tuple[Vacancy, ...]:
        """In which spans does this officer's absence leave a vacancy, in order?"""
        key = (plain(officer), grace)
        if key not in self._vacancies:
            found = {}
            for row in self._by_officer.get(key[0], ()):
                if row.absent_from is None:
                    continue
                start = row.absent_from + grace
                if row.absent_to is not None and row.absent_to <= start:
                    continue
                event_id = f"absence:{row.officer}:{row.absent_from_text or iso_text(row.absent_from)}"
                found[(row.source, event_id)] = Vacancy(
                    start, row.absent_to, row.absent_from, row.source, event_id, row.written_at or row.absent_from
                )
            self._vacancies[key] = tuple(sorted(found.values(), key=lambda v: (v.from_, v.source, v.event_id)))
        return self._vacancies[key]

    def is_absent(self, officer: str, at: datetime, grace: timedelta) -> bool:
        """Does this officer's absence leave a vacancy then?"""
        return any(v.from_ <= at and (v.to is None or at < v.to) for v in self.vacancies(officer, grace))

    def holder(self, kind: str, area: str, at: datetime, grace: timedelta) -> str | None:
        """Who holds the post of this kind then, for this area, else without area? None: vacant, or no such post."""
        for place in dict.fromkeys((area, "")):
            standing = self.standing_posts(kind, place, at)
            if standing:
                there = (post.holder for post in standing if post.holder)
                return next((holder for holder in there if not self.is_absent(holder, at, grace)), None)
        return None

    def standing_posts(self, kind: str, area: str, at: datetime) -> tuple[PostRecord, ...]:
        """Which posts of this kind stand for this very area then, held or not? In the order of their numbers."""
        standing: dict[str, PostRecord] = {}
        for post in self._areas.get((plain(kind), plain_area(area)), ()):
            if not _holds(post.from_, post.to, at):
                continue
            held = standing.get(plain(post.post))
            if held is None or _instant(held.from_) < _instant(post.from_):
                standing[plain(post.post)] = post
        return tuple(standing[name] for name in sorted(standing))


def plain(text: str) -> str:
    """The form in which officers' numbers, posts and areas are compared: trimmed, without case."""
    return text.strip().casefold()


def _holds(first: datetime | None, to: datetime | None, at: datetime) -> bool:
    return (first is None or first <= at) and (to is None or at < to)


def _instant(moment: datetime | None) -> datetime:
    return EARLIEST if moment is None else moment
