"""Children in custody: reviews, postponed reviews, bail refused and nowhere to go, and those who are there now."""

from __future__ import annotations

from typing import Any

from duecare.synthetic.clock import HOUR, wall
from duecare.synthetic.scenario.telling import MINUTE, Telling

_REVIEW = "PACE-s40-review"
_MOVE = "PACE-s38-accommodation"


def reviews(t: Telling) -> None:
    """SC27: reviews run from authorisation; live, the first is due within the hour."""
    arrived = t.at("2025-09-05 18:10", 340 * MINUTE)
    authorised = arrived + 30 * MINUTE
    who = t.someone(t.either("Jay", "Kofi"), t.either("Merrick", "Addison"), 15, arrived, "M")
    first = authorised + 6 * HOUR
    if t.is_live:
        ref = t.custody(who, arrived, authorised, authorised_at=authorised)
        t.truth("custody", ref, "J")
        t.expect(_REVIEW, "CU1", "open", authorised, first)
        return
    left = wall("2025-09-06 12:00")
    ref = t.custody(who, arrived, left, authorised_at=authorised, left_at=left, left_to="bailed", placed_in="cell")
    t.truth("custody", ref, "J")
    second = wall("2025-09-06 09:40")
    t.review(ref, 1, first)
    t.review(ref, 2, second)
    t.expect(_REVIEW, "CU1", "met", authorised, wall("2025-09-06 00:40"), first)
    t.expect(_REVIEW, "CU2", "met", first, second, second)
    t.expect(_REVIEW, "CU2", "not_applicable", second, wall("2025-09-06 18:40"))


def bail_refused(t: Telling) -> None:
    """SC29: charged, bail refused, accommodation asked for, no certificate; live, one with an hour left, one late."""
    who = t.someone(t.either("Jay", "Dion"), t.either("Merrick", "Halloran"), 15, t.at("2025-09-05 18:10", 0), "M")
    if not t.is_live:
        arrived, refused = wall("2025-09-12 15:10"), wall("2025-09-12 22:45")
        left = wall("2025-09-13 10:00")
        ref = t.custody(
            who,
            arrived,
            left,
            authorised_at=arrived + 30 * MINUTE,
            charged_at=wall("2025-09-12 22:30"),
            bail_refused_at=refused,
            accommodation_requested_at=wall("2025-09-12 23:00"),
            secure_requested="false",
            accommodation_refused_at=wall("2025-09-12 23:50"),
            left_at=left,
            left_to="court",
            placed_in="cell",
        )
        t.truth("custody", ref, "J")
        t.review(ref, 1, wall("2025-09-12 21:35"))
        t.review(ref, 2, wall("2025-09-13 06:30"))
        t.expect(_MOVE, "CU8", "overdue", refused, wall("2025-09-13 00:45"))
        return
    end = t.force.ending
    for part, since_refused, family in (("", HOUR, "Halloran"), ("-2", 5 * HOUR, "Sefton")):
        refused = end - since_refused
        arrived = refused - 12 * HOUR
        authorised = arrived + 30 * MINUTE
        who = t.someone("Dion" if not part else "Marcus", family, 16, arrived, "M", home=len(part))
        ref = t.custody(
            who,
            arrived,
            refused + 15 * MINUTE,
            part=part,
            authorised_at=authorised,
            charged_at=refused - 15 * MINUTE,
            bail_refused_at=refused,
            accommodation_requested_at=refused + 15 * MINUTE,
            secure_requested="false",
            placed_in="cell",
            placed_at=authorised + 10 * MINUTE,
        )
        t.truth("custody", ref, f"J{part}")
        t.review(ref, 1, authorised + 355 * MINUTE)
        if part:
            t.review(ref, 2, authorised + 15 * HOUR - 20 * MINUTE)
        state = "overdue" if part else "open"
        t.expect(_MOVE, "CU8", state, refused, refused + 2 * HOUR, case=ref)


def postponed(t: Telling) -> None:
    """CU4 over the autumn clock change: a postponed review does not move the next."""
    authorised = t.at("2025-10-25 21:00", 8 * HOUR)
    arrived = authorised - 25 * MINUTE
    due = authorised + 6 * HOUR
    reviewed = due + 50 * MINUTE
    who = t.someone(t.either("Callum", "Idris"), t.either("Shaw", "Penrose"), 16, arrived, "M")
    left = authorised + 17 * HOUR
    ends: dict[str, Any] = {} if t.is_live else {"left_at": left, "left_to": "bailed"}
    ref = t.custody(who, arrived, authorised if t.is_live else left, authorised_at=authorised, **ends)
    t.truth("custody", ref, "L")
    t.review(ref, 1, reviewed, "detainee in interview")
    t.expect(_REVIEW, "CU1", "excused", authorised, due, reviewed)
    if t.is_live:
        t.expect(_REVIEW, "CU2", "open", due, due + 9 * HOUR)
        return
    t.review(ref, 2, due + 9 * HOUR - 5 * MINUTE)
    t.expect(_REVIEW, "CU2", "met", due, wall("2025-10-26 11:00"), due + 9 * HOUR - 5 * MINUTE)


def just_arrived(t: Telling) -> None:
    """Live only: a child who arrived a little while ago; detention is not yet authorised."""
    if t.is_live:
        arrived = t.force.ending - 40 * MINUTE
        ref = t.custody(t.someone("Ellis", "Vane", 14, arrived, "M"), arrived, arrived + 5 * MINUTE)
        t.truth("custody", ref, "V")
