"""Enquiries with children's services and police protection, as they reach the force from its partners."""

from __future__ import annotations

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS
from duecare.synthetic.force import Enquired, Force, Told
from duecare.synthetic.household import Human


def make_enquiry(force: Force, happened_at: int) -> None:
    """A strategy discussion about a child, and what follows: a conference, or an end without one."""
    chance = force.chance
    household, minors = force.family(happened_at, oldest=15)
    borough = household.borough
    record_ref = f"SC{force.number('enquiry'):07d}"
    person_ties: list[tuple[Human, str]] = [(child, "child") for child in minors]
    force.event(
        record_ref, "strategy_discussion_requested", happened_at - chance.wait(DAY_SECONDS), borough, person_ties[:1]
    )
    is_s47 = chance.within(0.85)
    attended = "true" if chance.within(0.9) else "false"
    detail = f'{{"s47":{"true" if is_s47 else "false"},"police_attended":{attended}}}'
    force.event(record_ref, "strategy_discussion_held", happened_at, borough, person_ties, detail=detail, by_day=0.1)
    if chance.within(0.3):
        # Social care names the child by the number on the notification that it had from the police.
        named_children = [
            (force.nominals.merlin(child, happened_at), person_role, "merlin") for child, person_role in person_ties
        ]
        force.event(record_ref, "referral_received", happened_at - HOUR_SECONDS, borough, foreign=named_children)
        force.told.append(
            Told("referral", record_ref, borough, happened_at - HOUR_SECONDS, happened_at, tuple(named_children))
        )
    if not is_s47:
        force.pole_case(record_ref, "s47_enquiry", borough, happened_at, happened_at + 5 * DAY_SECONDS)
        return
    started = happened_at + chance.between(1, 20) * HOUR_SECONDS
    held_at = plan_ended = 0
    is_planned = False
    force.event(record_ref, "s47_started", started, borough, person_ties)
    assessed = happened_at + chance.between(20, 60) * DAY_SECONDS
    closed = happened_at + chance.between(100, 300) * DAY_SECONDS
    drawn = chance.draw()
    if drawn < 0.24:
        ended = force.working_day_after(happened_at, chance.between(5, 14)) + 14 * HOUR_SECONDS
        force.event(record_ref, "s47_ended", ended, borough, person_ties, outcome="no_conference")
        closed = ended + 5 * DAY_SECONDS
    elif drawn < 0.985:
        is_late = chance.within(borough.late)
        held_at = force.working_day_after(happened_at, chance.between(16, 24) if is_late else chance.between(8, 15))
        held_at += chance.between(9, 16) * HOUR_SECONDS
        known_ties = person_ties if chance.within(0.96) else ()
        detail = f'{{"police_attended":{"true" if chance.within(0.85) else "false"}}}'
        force.event(record_ref, "s47_ended", held_at - 3 * DAY_SECONDS, borough, person_ties, outcome="conference")
        force.event(
            record_ref, "conference_held", held_at, borough, known_ties, outcome="initial", detail=detail, by_day=0.15
        )
        is_planned = chance.within(0.75)
        if is_planned:
            force.event(record_ref, "plan_started", held_at + HOUR_SECONDS, borough, person_ties)
            force.event(
                record_ref,
                "core_group_held",
                force.working_day_after(held_at, 9) + 10 * HOUR_SECONDS,
                borough,
                person_ties,
            )
            force.event(
                record_ref, "conference_held", held_at + 85 * DAY_SECONDS, borough, person_ties, outcome="review"
            )
            plan_ended = held_at + chance.between(150, 400) * DAY_SECONDS
            force.event(record_ref, "plan_ended", plan_ended, borough, person_ties)
    force.event(record_ref, "assessment_completed", assessed, borough, person_ties)
    force.pole_case(record_ref, "s47_enquiry", borough, happened_at, closed)
    force.enquired.append(
        Enquired(
            borough,
            tuple(minors),
            happened_at,
            started,
            assessed,
            closed,
            held_at,
            drawn < 0.24,
            is_planned,
            plan_ended,
        )
    )


def make_protection(force: Force, happened_at: int) -> None:
    """A constable takes children into police protection, and what follows."""
    chance = force.chance
    household, minors = force.family(happened_at, oldest=15)
    borough = household.borough
    record_ref = f"PP{force.number('protection'):07d}"
    person_ties: list[tuple[Human, str]] = [(child, "child") for child in minors]
    officer = force.staff.pick(borough, "Response", happened_at).number
    place = household.adults[0].place(happened_at)
    limit = 72 * HOUR_SECONDS
    if chance.within(borough.late * 0.6):
        ended = happened_at + limit + chance.between(300, 9 * HOUR_SECONDS)
    else:
        ended = happened_at + chance.between(9 * HOUR_SECONDS, limit - 600)
    force.event(
        record_ref,
        "police_protection_started",
        happened_at,
        borough,
        person_ties,
        officer=officer,
        place=place,
        detail='{"place":"home"}',
        by_day=0.05,
    )
    for told_role, share in (("authority_found", 0.95), ("authority_resident", 0.9), ("child", 0.8), ("parent", 0.85)):
        if chance.within(share):
            force.event(
                record_ref,
                "told",
                happened_at + chance.wait(0.6 * HOUR_SECONDS),
                borough,
                person_ties,
                outcome=told_role,
            )
    records = ((force.nominals.in_case(child), "child", "pole") for child in minors)
    force.told.append(
        Told(
            "protection",
            record_ref,
            borough,
            happened_at,
            ended,
            tuple(record_tied for record_tied in records if record_tied[0]),
        )
    )
    force.event(record_ref, "protection_inquired", happened_at + chance.wait(1.5 * HOUR_SECONDS), borough, person_ties)
    force.event(record_ref, "child_placed", happened_at + chance.between(2, 9) * HOUR_SECONDS, borough, person_ties)
    known_ties = person_ties if chance.within(0.95) else ()
    force.event(record_ref, "police_protection_ended", ended, borough, known_ties, by_day=0.06)
    force.pole_case(record_ref, "police_protection", borough, happened_at, ended + DAY_SECONDS)
