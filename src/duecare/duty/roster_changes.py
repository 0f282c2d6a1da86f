"""The changes from an older roster to a newer one: of which officers, and of which posts in which spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.duty.roster import EARLIEST, Roster, plain_number
from duecare.record.pole import OfficerRecord
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class HeldOtherwise:
    """A post of this kind that somebody else has from one moment, until before another (None: ever after).

    Shape:   `area` is as compared, and empty for areas that have no post of their own.
    """

    kind: str
    area: str
    from_: datetime
    to: datetime | None


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """The officers and posts that the newer roster changes.

    Shape:   officers' numbers without case.
    """

    officers: frozenset[str]
    posts: tuple[HeldOtherwise, ...]


def roster_changes(old_roster: Roster, new_roster: Roster, grace: timedelta) -> RosterChanges:
    """Find the officers with changed vacancies, supervisors or accreditations, and the posts with changed holders."""
    before, now_rows = _by_officer(old_roster), _by_officer(new_roster)
    changed = {
        officer
        for officer in before.keys() | now_rows.keys()
        if before.get(officer) != now_rows.get(officer)
        or old_roster.vacancies(officer, grace) != new_roster.vacancies(officer, grace)
    }
    places = {
        (plain_number(post_record.kind), plain_area(post_record.area))
        for roster in (old_roster, new_roster)
        for post_record in roster.posts
    }
    return RosterChanges(
        frozenset(changed),
        tuple(
            changed_span
            for post_kind, area_name in sorted(places)
            for changed_span in _changed_spans(old_roster, new_roster, post_kind, area_name, grace)
        ),
    )


def _by_officer(roster: Roster) -> dict[str, list[object]]:
    """The rows of each officer, in the order in which one is preferred to another; when it was written adds no more."""
    rows_by_officer: dict[str, list[object]] = {}
    for officer_row in sorted(roster.officers, key=_preferred_order):
        row_content = (officer_row.supervisor, officer_row.accreditations, officer_row.from_, officer_row.to)
        rows_by_officer.setdefault(plain_number(officer_row.officer), []).append(row_content)
    return rows_by_officer


def _preferred_order(officer_row: OfficerRecord) -> tuple[datetime, datetime, str]:
    return officer_row.from_ or EARLIEST, officer_row.written_at or EARLIEST, officer_row.source


def _changed_spans(
    old_roster: Roster, new_roster: Roster, post_kind: str, area_name: str, grace: timedelta
) -> list[HeldOtherwise]:
    moments = {EARLIEST}
    for roster in (old_roster, new_roster):
        for post_record in roster.posts:
            if plain_number(post_record.kind) == post_kind and plain_area(post_record.area) in {area_name, ""}:
                moments |= {moment for moment in (post_record.from_, post_record.to) if moment is not None}
                for vacancy in roster.vacancies(post_record.holder, grace):
                    moments |= {moment for moment in (vacancy.from_, vacancy.to) if moment is not None}
    changed_spans: list[HeldOtherwise] = []
    ordered = sorted(moments)
    for span_start, span_end in zip(ordered, [*ordered[1:], None], strict=True):
        if old_roster.holder(post_kind, area_name, span_start, grace) != new_roster.holder(
            post_kind, area_name, span_start, grace
        ):
            if changed_spans and changed_spans[-1].to == span_start:
                changed_spans[-1] = HeldOtherwise(post_kind, area_name, changed_spans[-1].from_, span_end)
            else:
                changed_spans.append(HeldOtherwise(post_kind, area_name, span_start, span_end))
    return changed_spans
