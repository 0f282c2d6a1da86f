"""Children at risk: nobody allocated, not seen, missing, in police protection, waiting for a conference."""

from __future__ import annotations

from duecare.synthetic.clock import DAY, HOUR, london_text, utc_text, wall
from duecare.synthetic.concern import TEAM
from duecare.synthetic.places import Place
from duecare.synthetic.scenario.managed import register
from duecare.synthetic.scenario.telling import MINUTE, Telling


def seventeen_days(t: Telling) -> None:
    """SC01 and SC03: nobody was allocated for seventeen days, while the suspect went on messaging the child."""
    reported = t.at("2016-03-01 09:00", 9 * DAY)
    child = t.pole_person(
        "A", t.someone(t.either("Edie", "Isla"), t.either("Marlow", "Fenwick"), 13, reported), reported
    )
    man = t.someone(t.either("Colin", "Keith"), t.either("Tarrant", "Ollerton"), 34, reported, "M", home=40)
    suspect = t.pole_person("S", man, reported)
    t.event(
        "crime_recorded",
        reported,
        (child, "victim"),
        (suspect, "suspect"),
        officer=t.officer("Response"),
        text="Report received.",
    )
    t.event("child_contacted", reported + 7 * HOUR, (child, "victim"), officer=t.officer("Response"))
    for own, before in (
        ("2016-03-04 20:00", 6 * DAY),
        ("2016-03-09 22:00", 82 * HOUR),
        ("2016-03-15 21:00", 20 * HOUR),
    ):
        t.event("suspect_contact", t.at(own, before), (child, "victim"), (suspect, "suspect"))
    t.expect("LOCAL-see-the-child", "AL2", "met", reported, reported + DAY, reported + 7 * HOUR)
    if t.is_live:
        t.expect("LOCAL-allocate-investigator", "AL1", "overdue", reported, reported + DAY)
        t.pole_case("online", reported)
        return
    allocated = wall("2016-03-18 09:00")
    t.event("investigator_allocated", allocated, officer=t.officer(TEAM))
    t.event("arrested", wall("2016-03-21 07:10"), (suspect, "suspect"))
    t.event("case_closed", wall("2016-09-01 12:00"))
    t.pole_case("online", reported, wall("2016-09-01 12:00"))
    t.expect("LOCAL-allocate-investigator", "AL1", "met_late", reported, wall("2016-03-02 09:00"), allocated)


def not_seen(t: Telling) -> None:
    """SC04: a child was not spoken to for eleven days."""
    reported = t.at("2017-02-01 10:00", 5 * DAY)
    who = t.someone(t.either("Nell", "Poppy"), t.either("Harker", "Stanhope"), 9, reported)
    child = t.merlin_nominal("B", who, reported)
    allocated = reported + 5 * HOUR
    values = {
        "report_ref": t.ref,
        "borough": t.borough.name,
        "report_type": "child_concern",
        "reported_at": london_text(reported),
        "concern": "physical_abuse",
        "rag": "amber",
        "crime": "unknown",
        "nominals": f"child={child}",
        "team": f"{TEAM}, {t.borough.name}",
        "reported_by": t.officer("Response"),
        "oic": t.officer(TEAM),
        "oic_allocated_at": london_text(allocated),
        "narrative": "Report received.",
    }
    t.expect("LOCAL-allocate-investigator", "AL1", "met", reported, reported + DAY, allocated)
    if t.is_live:
        t.row("merlin", "reports", allocated + MINUTE, **values)
        t.expect("LOCAL-see-the-child", "AL2", "overdue", reported, reported + DAY)
        return
    t.row("merlin", "reports", wall("2017-04-03 12:05"), closed_at="2017-04-03T12:00:00", **values)
    seen = wall("2017-02-12 10:00")
    t.row(
        "merlin",
        "actions",
        seen + HOUR,
        action_ref=f"{t.ref}-1",
        report_ref=t.ref,
        action="child_seen",
        action_at=london_text(seen),
        nominals=f"child={child}",
        officer=t.officer(TEAM),
        borough=t.borough.name,
    )
    t.expect("LOCAL-see-the-child", "AL2", "met_late", reported, wall("2017-02-02 10:00"), seen)


def found_at_offender(t: Telling) -> None:
    """SC06: a missing child was found where a registered sex offender lives; another child is recorded there too."""
    reported = t.at("2024-05-10 19:00", 17 * HOUR)
    found, returned = reported + 370 * MINUTE, reported + 7 * HOUR
    home = Place(
        f"4 Ash Road, {t.borough.name}",
        f"NM{t.borough.number + 1} 9ZA",
        f"9990{t.borough.number:02d}99900{int(t.is_live)}",
    )
    man = t.someone(t.either("Derek", "Barry"), t.either("Scholes", "Winstanley"), 51, reported, "M")
    man.address, man.postcode, man.uprn = home
    ended = None if t.is_live else wall("2024-12-02 10:00")
    register(t, f"{t.ref}-R", man, reported - 600 * DAY, "P6M", "medium", ended or t.force.ending, ended)
    who = t.someone(t.either("Carys", "Tilly"), t.either("Prosser", "Hallam"), 15, reported, home=80)
    child = t.merlin_nominal("C", who, reported)
    interview = {} if t.is_live else {"interview_at": "2024-05-13T15:00:00", "interview_independent": "true"}
    t.row(
        "merlin",
        "missing",
        returned + MINUTE if t.is_live else wall("2024-05-13 16:00"),
        missing_ref=t.ref,
        nominal_ref=child,
        borough=t.borough.name,
        missing_from="care",
        reported_at=london_text(reported),
        grade="medium",
        graded_at=london_text(reported + 20 * MINUTE),
        returned_at=london_text(returned),
        officer=t.officer("Response"),
        **interview,
    )
    other = t.someone(t.either("Rhys", "Alfie"), t.either("Dunne", "Sparrow"), 11, reported, "M")
    other.address, other.postcode, other.uprn = home
    sibling = t.pole_person("D", other, reported - 30 * DAY)
    t.event("missing_found", found, (child, "child"), place=home, source="merlin")
    t.event("strategy_discussion_requested", found + 90 * MINUTE, (child, "child"), place=home, source="merlin")
    t.event("information_received", found + 2 * HOUR, (sibling, "household"), place=home)
    t.pole_case("child_concern", found, None if t.is_live else wall("2024-08-01 10:00"))
    due = returned + 72 * HOUR
    if t.is_live:
        t.expect("DFE2014-return-interview", "MI4", "open", returned, due)
    else:
        t.expect("DFE2014-return-interview", "MI4", "met", returned, due, wall("2024-05-13 15:00"))


def police_protection(t: Telling) -> None:
    """SC25: seventy-two hours over the clock change."""
    started = t.at("2025-03-29 10:00", 50 * HOUR)
    who = t.someone(t.either("Orla", "Maisie"), t.either("Keane", "Boyd"), 4, started)
    child = t.pole_person("P", who, started)
    officer = t.force.staff.holder(t.borough, "designated_officer")
    detail = f'{{"designated_officer":"{officer}","place":"home"}}'
    t.event("police_protection_started", started, (child, "child"), officer=t.officer("Response"), detail=detail)
    for whom, after in (("authority_found", 20), ("authority_resident", 25), ("child", 30), ("parent", 45)):
        t.event("told", started + after * MINUTE, (child, "child"), outcome=whom)
    t.event("child_placed", started + 4 * HOUR, (child, "child"))
    due = started + 72 * HOUR
    if t.is_live:
        t.pole_case("police_protection", started)
        t.expect("CA1989-s46-72-hours", "CP1", "open", started, due)
        return
    ended = wall("2025-04-01 10:30")
    t.event("police_protection_ended", ended, (child, "child"))
    t.pole_case("police_protection", started, wall("2025-04-02 10:00"))
    t.expect("CA1989-s46-72-hours", "CP1", "met", started, wall("2025-04-01 11:00"), ended)


def return_interview(t: Telling) -> None:
    """SC33: a return interview over a weekend; live, the hours left are few."""
    returned = t.at("2025-12-19 16:00", 60 * HOUR)
    reported = returned - 9 * HOUR
    who = t.someone(t.either("Tia", "Ruby"), t.either("Lorne", "Ashdown"), 14, reported)
    child = t.merlin_nominal("M", who, reported)
    held = wall("2025-12-23 11:00")
    interview = {} if t.is_live else {"interview_at": london_text(held), "interview_independent": "true"}
    t.row(
        "merlin",
        "missing",
        returned + MINUTE if t.is_live else held + HOUR,
        missing_ref=t.ref,
        nominal_ref=child,
        borough=t.borough.name,
        missing_from="home",
        reported_at=london_text(reported),
        grade="medium",
        graded_at=london_text(reported + 15 * MINUTE),
        returned_at=london_text(returned),
        officer=t.officer("Response"),
        **interview,
    )
    if t.is_live:
        t.expect("DFE2014-return-interview", "MI4", "open", returned, returned + 72 * HOUR)
    else:
        t.expect("DFE2014-return-interview", "MI4", "met_late", returned, wall("2025-12-22 16:00"), held)


def missing_now(t: Telling) -> None:
    """Live only: a child who is missing and has not come back."""
    if not t.is_live:
        return
    reported = t.force.ending - 7 * HOUR
    child = t.merlin_nominal("N", t.someone("Kezia", "Rudge", 15, reported), reported)
    t.row(
        "merlin",
        "missing",
        reported + HOUR,
        missing_ref=t.ref,
        nominal_ref=child,
        borough=t.borough.name,
        missing_from="care",
        reported_at=london_text(reported),
        grade="high",
        graded_at=london_text(reported + 25 * MINUTE),
        officer=t.officer("Response"),
    )


def conference(t: Telling) -> None:
    """SC37: an initial child protection conference, due fifteen working days after the strategy discussion."""
    days = t.force.working_days
    today = t.force.ending // DAY
    before = [day for day in days if day < today][-12]
    held = before * DAY + 11 * HOUR if t.is_live else wall("2025-04-07 11:00")
    who = t.someone(t.either("Jude", "Arlo"), t.either("Pickering", "Whitlock"), 6, held, "M")
    child = t.pole_person("K", who, held)
    detail = '{"s47":true,"police_attended":true}'
    t.event("strategy_discussion_held", held, (child, "child"), detail=detail)
    t.event("s47_started", held + HOUR, (child, "child"))
    due = _end_of_day(t.force.working_day_after(held, 15))
    if t.is_live:
        t.pole_case("s47_enquiry", held)
        t.expect("WT-icpc-15-working-days", "CP4", "open", held, due)
        return
    met = wall("2025-05-01 10:00")
    t.event("conference_held", met, (child, "child"), outcome="initial", detail='{"police_attended":true}')
    t.pole_case("s47_enquiry", held, wall("2025-07-01 12:00"))
    t.expect("WT-icpc-15-working-days", "CP4", "met_late", held, wall("2025-04-30 23:59") + 59, met)


def _end_of_day(midnight: int) -> int:
    return wall(f"{utc_text(midnight)[:10]} 23:59") + 59
