"""Children in custody: reviews, postponed reviews, bail refused and nowhere to go, and those who are there now."""

from __future__ import annotations

from typing import Any

from duecare.synthetic.clock import HOUR_SECONDS, wall_seconds
from duecare.synthetic.scenario.telling import MINUTE, Telling

_REVIEW = "PACE-s40-review"
_MOVE_DUTY = "PACE-s38-accommodation"


def custody_reviews(telling: Telling) -> None:
    """SC27: reviews run from authorisation; live, the first is due within the hour."""
    arrived = telling.at("2025-09-05 18:10", 340 * MINUTE)
    authorised = arrived + 30 * MINUTE
    written_person = telling.someone(
        telling.either("Jay", "Kofi"), telling.either("Merrick", "Addison"), 15, arrived, "M"
    )
    first_review = authorised + 6 * HOUR_SECONDS
    if telling.is_live:
        record_ref = telling.custody(written_person, arrived, authorised, authorised_at=authorised)
        telling.truth("custody", record_ref, "J")
        telling.expect(_REVIEW, "CU1", "open", authorised, first_review)
        return
    left_at = wall_seconds("2025-09-06 12:00")
    record_ref = telling.custody(
        written_person, arrived, left_at, authorised_at=authorised, left_at=left_at, left_to="bailed", placed_in="cell"
    )
    telling.truth("custody", record_ref, "J")
    second = wall_seconds("2025-09-06 09:40")
    telling.review(record_ref, 1, first_review)
    telling.review(record_ref, 2, second)
    telling.expect(_REVIEW, "CU1", "met", authorised, wall_seconds("2025-09-06 00:40"), first_review)
    telling.expect(_REVIEW, "CU2", "met", first_review, second, second)
    telling.expect(_REVIEW, "CU2", "not_applicable", second, wall_seconds("2025-09-06 18:40"))


def bail_refused(telling: Telling) -> None:
    """SC29: charged, bail refused, accommodation requested, no certificate; live, one with an hour left, one late."""
    written_person = telling.someone(
        telling.either("Jay", "Dion"), telling.either("Merrick", "Halloran"), 15, telling.at("2025-09-05 18:10", 0), "M"
    )
    if not telling.is_live:
        arrived, refused = wall_seconds("2025-09-12 15:10"), wall_seconds("2025-09-12 22:45")
        left_at = wall_seconds("2025-09-13 10:00")
        record_ref = telling.custody(
            written_person,
            arrived,
            left_at,
            authorised_at=arrived + 30 * MINUTE,
            charged_at=wall_seconds("2025-09-12 22:30"),
            bail_refused_at=refused,
            accommodation_requested_at=wall_seconds("2025-09-12 23:00"),
            secure_requested="false",
            accommodation_refused_at=wall_seconds("2025-09-12 23:50"),
            left_at=left_at,
            left_to="court",
            placed_in="cell",
        )
        telling.truth("custody", record_ref, "J")
        telling.review(record_ref, 1, wall_seconds("2025-09-12 21:35"))
        telling.review(record_ref, 2, wall_seconds("2025-09-13 06:30"))
        telling.expect(_MOVE_DUTY, "CU8", "overdue", refused, wall_seconds("2025-09-13 00:45"))
        return
    ending = telling.force.ending
    for part_suffix, since_refused, family in (("", HOUR_SECONDS, "Halloran"), ("-2", 5 * HOUR_SECONDS, "Sefton")):
        refused = ending - since_refused
        arrived = refused - 12 * HOUR_SECONDS
        authorised = arrived + 30 * MINUTE
        written_person = telling.someone(
            "Dion" if not part_suffix else "Marcus", family, 16, arrived, "M", home_place=len(part_suffix)
        )
        record_ref = telling.custody(
            written_person,
            arrived,
            refused + 15 * MINUTE,
            part_suffix=part_suffix,
            authorised_at=authorised,
            charged_at=refused - 15 * MINUTE,
            bail_refused_at=refused,
            accommodation_requested_at=refused + 15 * MINUTE,
            secure_requested="false",
            placed_in="cell",
            placed_at=authorised + 10 * MINUTE,
        )
        telling.truth("custody", record_ref, f"J{part_suffix}")
        telling.review(record_ref, 1, authorised + 355 * MINUTE)
        if part_suffix:
            telling.review(record_ref, 2, authorised + 15 * HOUR_SECONDS - 20 * MINUTE)
        state = "overdue" if part_suffix else "open"
        telling.expect(_MOVE_DUTY, "CU8", state, refused, refused + 2 * HOUR_SECONDS, case_ref=record_ref)


def postponed_review(telling: Telling) -> None:
    """CU4 over the autumn clock change: a postponed review does not move the next."""
    authorised = telling.at("2025-10-25 21:00", 8 * HOUR_SECONDS)
    arrived = authorised - 25 * MINUTE
    due_at = authorised + 6 * HOUR_SECONDS
    reviewed = due_at + 50 * MINUTE
    written_person = telling.someone(
        telling.either("Callum", "Idris"), telling.either("Shaw", "Penrose"), 16, arrived, "M"
    )
    left_at = authorised + 17 * HOUR_SECONDS
    ending_values: dict[str, Any] = {} if telling.is_live else {"left_at": left_at, "left_to": "bailed"}
    record_ref = telling.custody(
        written_person, arrived, authorised if telling.is_live else left_at, authorised_at=authorised, **ending_values
    )
    telling.truth("custody", record_ref, "L")
    telling.review(record_ref, 1, reviewed, "detainee in interview")
    telling.expect(_REVIEW, "CU1", "excused", authorised, due_at, reviewed)
    if telling.is_live:
        telling.expect(_REVIEW, "CU2", "open", due_at, due_at + 9 * HOUR_SECONDS)
        return
    telling.review(record_ref, 2, due_at + 9 * HOUR_SECONDS - 5 * MINUTE)
    telling.expect(
        _REVIEW, "CU2", "met", due_at, wall_seconds("2025-10-26 11:00"), due_at + 9 * HOUR_SECONDS - 5 * MINUTE
    )


def just_arrived(telling: Telling) -> None:
    """Live only: a child who arrived a little while ago; detention is not yet authorised."""
    if telling.is_live:
        arrived = telling.force.ending - 40 * MINUTE
        record_ref = telling.custody(telling.someone("Ellis", "Vane", 14, arrived, "M"), arrived, arrived + 5 * MINUTE)
        telling.truth("custody", record_ref, "V")
