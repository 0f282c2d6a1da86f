"""Posts, supervisors and absences at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from duecare.record.pole import OfficerRecord, PostRecord
from duecare.vocabulary.areas import plain_area
from duecare.vocabulary.moments import iso_text

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The moments between which an absent officer leaves a vacancy. `to` None: no return is known.

    Shape:   `event_id` is `absence:OFFICER:ABSENT_FROM`.
    """

    from_: datetime
    to: datetime | None
    absent_from: datetime
    source: str
    event_id: str
    written_at: datetime


class Roster:
    """The officers and posts there are; numbers are compared without case.

    Shape:   `officers` and `posts` as known at one moment, one record a key.
    """

    __slots__ = ("_areas", "_by_officer", "_vacancies", "officers", "posts")

    def __init__(self, officers: tuple[OfficerRecord, ...] = (), posts: tuple[PostRecord, ...] = ()) -> None:
        self.officers = officers
        self.posts = posts
        self._by_officer: dict[str, list[OfficerRecord]] = {}
        for officer in officers:
            self._by_officer.setdefault(plain_number(officer.officer), []).append(officer)
        self._areas: dict[tuple[str, str], list[PostRecord]] = {}
        for post_record in posts:
            self._areas.setdefault((plain_number(post_record.kind), plain_area(post_record.area)), []).append(
                post_record
            )
        self._vacancies: dict[tuple[str, timedelta], tuple[Vacancy, ...]] = {}

    def supervisor_of(self, officer: str, at_moment: datetime) -> str | None:
        """The supervisor of this officer then."""
        officer_rows = [
            officer_row
            for officer_row in self._by_officer.get(plain_number(officer), ())
            if officer_row.supervisor and _is_in_force(officer_row.from_, officer_row.to, at_moment)
        ]
        if not officer_rows:
            return None
        return max(
            officer_rows,
            key=lambda officer_row: (
                _or_earliest(officer_row.from_),
                _or_earliest(officer_row.written_at),
                officer_row.source,
            ),
        ).supervisor

    def lacks(self, officer: str, accreditation: str, at_moment: datetime) -> bool:
        """Whether accreditations are known of this officer then, and this one is not among them."""
        rows_in_force = [
            officer_row
            for officer_row in self._by_officer.get(plain_number(officer), ())
            if _is_in_force(officer_row.from_, officer_row.to, at_moment)
        ]
        accreditations = {
            plain_number(accredited) for officer_row in rows_in_force for accredited in officer_row.accreditations
        }
        return bool(accreditations) and plain_number(accreditation) not in accreditations

    def vacancies(self, officer: str, grace: timedelta) -> tuple[Vacancy, ...]:
        """The spans in which this officer's absence leaves a vacancy, in order."""
        cache_key = (plain_number(officer), grace)
        if cache_key not in self._vacancies:
            vacancies_by_start = {}
            for officer_row in self._by_officer.get(cache_key[0], ()):
                if officer_row.absent_from is None:
                    continue
                start = officer_row.absent_from + grace
                if officer_row.absent_to is not None and officer_row.absent_to <= start:
                    continue
                event_id = (
                    f"absence:{officer_row.officer}:{officer_row.absent_from_text or iso_text(officer_row.absent_from)}"
                )
                vacancies_by_start[(officer_row.source, event_id)] = Vacancy(
                    start,
                    officer_row.absent_to,
                    officer_row.absent_from,
                    officer_row.source,
                    event_id,
                    officer_row.written_at or officer_row.absent_from,
                )
            self._vacancies[cache_key] = tuple(
                sorted(
                    vacancies_by_start.values(), key=lambda vacancy: (vacancy.from_, vacancy.source, vacancy.event_id)
                )
            )
        return self._vacancies[cache_key]

    def is_absent(self, officer: str, at_moment: datetime, grace: timedelta) -> bool:
        """Whether this officer's absence leaves a vacancy then."""
        return any(
            vacancy.from_ <= at_moment and (vacancy.to is None or at_moment < vacancy.to)
            for vacancy in self.vacancies(officer, grace)
        )

    def holder(self, post_kind: str, area_name: str, at_moment: datetime, grace: timedelta) -> str | None:
        """The holder of the post of this kind then, for this area, else without area; None: vacant, or no such post."""
        for place in dict.fromkeys((area_name, "")):
            standing = self.standing_posts(post_kind, place, at_moment)
            if standing:
                there = (post_record.holder for post_record in standing if post_record.holder)
                return next((holder for holder in there if not self.is_absent(holder, at_moment, grace)), None)
        return None

    def standing_posts(self, post_kind: str, area_name: str, at_moment: datetime) -> tuple[PostRecord, ...]:
        """The posts of this kind for this very area then, vacant or not, in the order of their numbers."""
        standing: dict[str, PostRecord] = {}
        for post_record in self._areas.get((plain_number(post_kind), plain_area(area_name)), ()):
            if not _is_in_force(post_record.from_, post_record.to, at_moment):
                continue
            standing_post = standing.get(plain_number(post_record.post))
            if standing_post is None or _or_earliest(standing_post.from_) < _or_earliest(post_record.from_):
                standing[plain_number(post_record.post)] = post_record
        return tuple(standing[post_name] for post_name in sorted(standing))


def plain_number(written_text: str) -> str:
    """The form in which officers' numbers, posts and areas are compared: trimmed, without case."""
    return written_text.strip().casefold()


def _is_in_force(first_moment: datetime | None, last_moment: datetime | None, at_moment: datetime) -> bool:
    return (first_moment is None or first_moment <= at_moment) and (last_moment is None or at_moment < last_moment)


def _or_earliest(moment: datetime | None) -> datetime:
    return EARLIEST if moment is None else moment
