"""Enquiries with children's services and police protection, as they reach the force from its partners."""

from __future__ import annotations

from duecare.synthetic.clock import DAY, HOUR
from duecare.synthetic.force import Enquired, Force, Told
from duecare.synthetic.household import Human


def enquiry(force: Force, at: int) -> None:
    """A strategy discussion about a child, and what follows: a conference, or an end without one."""
    chance = force.chance
    household, minors = force.family(at, oldest=15)
    borough = household.borough
    ref = f"SC{force.number('enquiry'):07d}"
    ties: list[tuple[Human, str]] = [(child, "child") for child in minors]
    force.event(ref, "strategy_discussion_requested", at - chance.wait(DAY), borough, ties[:1])
    is_s47 = chance.within(0.85)
    attended = "true" if chance.within(0.9) else "false"
    detail = f'{{"s47":{"true" if is_s47 else "false"},"police_attended":{attended}}}'
    force.event(ref, "strategy_discussion_held", at, borough, ties, detail=detail, by_day=0.1)
    if chance.within(0.3):
        # Social care names the child by the number on the notification that it had from the police.
        named = [(force.nominals.merlin(child, at), role, "merlin") for child, role in ties]
        force.event(ref, "referral_received", at - HOUR, borough, foreign=named)
        force.told.append(Told("referral", ref, borough, at - HOUR, at, tuple(named)))
    if not is_s47:
        force.pole_case(ref, "s47_enquiry", borough, at, at + 5 * DAY)
        return
    started = at + chance.between(1, 20) * HOUR
    held = plan_ended = 0
    is_planned = False
    force.event(ref, "s47_started", started, borough, ties)
    assessed = at + chance.between(20, 60) * DAY
    closed = at + chance.between(100, 300) * DAY
    drawn = chance.draw()
    if drawn < 0.24:
        ended = force.working_day_after(at, chance.between(5, 14)) + 14 * HOUR
        force.event(ref, "s47_ended", ended, borough, ties, outcome="no_conference")
        closed = ended + 5 * DAY
    elif drawn < 0.985:
        late = chance.within(borough.late)
        held = force.working_day_after(at, chance.between(16, 24) if late else chance.between(8, 15))
        held += chance.between(9, 16) * HOUR
        known = ties if chance.within(0.96) else ()
        detail = f'{{"police_attended":{"true" if chance.within(0.85) else "false"}}}'
        force.event(ref, "s47_ended", held - 3 * DAY, borough, ties, outcome="conference")
        force.event(ref, "conference_held", held, borough, known, outcome="initial", detail=detail, by_day=0.15)
        is_planned = chance.within(0.75)
        if is_planned:
            force.event(ref, "plan_started", held + HOUR, borough, ties)
            force.event(ref, "core_group_held", force.working_day_after(held, 9) + 10 * HOUR, borough, ties)
            force.event(ref, "conference_held", held + 85 * DAY, borough, ties, outcome="review")
            plan_ended = held + chance.between(150, 400) * DAY
            force.event(ref, "plan_ended", plan_ended, borough, ties)
    force.event(ref, "assessment_completed", assessed, borough, ties)
    force.pole_case(ref, "s47_enquiry", borough, at, closed)
    force.enquired.append(
        Enquired(borough, tuple(minors), at, started, assessed, closed, held, drawn < 0.24, is_planned, plan_ended)
    )


def protection(force: Force, at: int) -> None:
    """A constable takes children into police protection, and what follows."""
    chance = force.chance
    household, minors = force.family(at, oldest=15)
    borough = household.borough
    ref = f"PP{force.number('protection'):07d}"
    ties: list[tuple[Human, str]] = [(child, "child") for child in minors]
    officer = force.staff.pick(borough, "Response", at).number
    place = household.adults[0].place(at)
    limit = 72 * HOUR
    if chance.within(borough.late * 0.6):
        ended = at + limit + chance.between(300, 9 * HOUR)
    else:
        ended = at + chance.between(9 * HOUR, limit - 600)
    force.event(
        ref,
        "police_protection_started",
        at,
        borough,
        ties,
        officer=officer,
        place=place,
        detail='{"place":"home"}',
        by_day=0.05,
    )
    for whom, share in (("authority_found", 0.95), ("authority_resident", 0.9), ("child", 0.8), ("parent", 0.85)):
        if chance.within(share):
            force.event(ref, "told", at + chance.wait(0.6 * HOUR), borough, ties, outcome=whom)
    records = ((force.nominals.in_case(child), "child", "pole") for child in minors)
    force.told.append(Told("protection", ref, borough, at, ended, tuple(one for one in records if one[0])))
    force.event(ref, "protection_inquired", at + chance.wait(1.5 * HOUR), borough, ties)
    force.event(ref, "child_placed", at + chance.between(2, 9) * HOUR, borough, ties)
    known = ties if chance.within(0.95) else ()
    force.event(ref, "police_protection_ended", ended, borough, known, by_day=0.06)
    force.pole_case(ref, "police_protection", borough, at, ended + DAY)
