"""Children at risk: nobody allocated, not seen, missing, in police protection, waiting for a conference."""

from __future__ import annotations

from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, london_text, utc_text, wall_seconds
from duecare.synthetic.concern import TEAM_NAME
from duecare.synthetic.places import Place
from duecare.synthetic.scenario.managed import register_offender
from duecare.synthetic.scenario.telling import MINUTE, Telling


def seventeen_days(telling: Telling) -> None:
    """SC01 and SC03: nobody was allocated for seventeen days, while the suspect went on messaging the child."""
    reported = telling.at("2016-03-01 09:00", 9 * DAY_SECONDS)
    child = telling.pole_person(
        "A",
        telling.someone(telling.either("Edie", "Isla"), telling.either("Marlow", "Fenwick"), 13, reported),
        reported,
    )
    man_written = telling.someone(
        telling.either("Colin", "Keith"), telling.either("Tarrant", "Ollerton"), 34, reported, "M", home_place=40
    )
    suspect = telling.pole_person("S", man_written, reported)
    telling.event(
        "crime_recorded",
        reported,
        (child, "victim"),
        (suspect, "suspect"),
        officer=telling.officer("Response"),
        event_text="Report received.",
    )
    telling.event(
        "child_contacted", reported + 7 * HOUR_SECONDS, (child, "victim"), officer=telling.officer("Response")
    )
    for own_text, before in (
        ("2016-03-04 20:00", 6 * DAY_SECONDS),
        ("2016-03-09 22:00", 82 * HOUR_SECONDS),
        ("2016-03-15 21:00", 20 * HOUR_SECONDS),
    ):
        telling.event("suspect_contact", telling.at(own_text, before), (child, "victim"), (suspect, "suspect"))
    telling.expect("LOCAL-see-the-child", "AL2", "met", reported, reported + DAY_SECONDS, reported + 7 * HOUR_SECONDS)
    if telling.is_live:
        telling.expect("LOCAL-allocate-investigator", "AL1", "overdue", reported, reported + DAY_SECONDS)
        telling.pole_case("online", reported)
        return
    allocated = wall_seconds("2016-03-18 09:00")
    telling.event("investigator_allocated", allocated, officer=telling.officer(TEAM_NAME))
    telling.event("arrested", wall_seconds("2016-03-21 07:10"), (suspect, "suspect"))
    telling.event("case_closed", wall_seconds("2016-09-01 12:00"))
    telling.pole_case("online", reported, wall_seconds("2016-09-01 12:00"))
    telling.expect(
        "LOCAL-allocate-investigator", "AL1", "met_late", reported, wall_seconds("2016-03-02 09:00"), allocated
    )


def not_seen(telling: Telling) -> None:
    """SC04: a child was not spoken to for eleven days."""
    reported = telling.at("2017-02-01 10:00", 5 * DAY_SECONDS)
    written_person = telling.someone(telling.either("Nell", "Poppy"), telling.either("Harker", "Stanhope"), 9, reported)
    child = telling.merlin_nominal("B", written_person, reported)
    allocated = reported + 5 * HOUR_SECONDS
    values = {
        "report_ref": telling.ref,
        "borough": telling.borough.name,
        "report_type": "child_concern",
        "reported_at": london_text(reported),
        "concern": "physical_abuse",
        "rag": "amber",
        "crime": "unknown",
        "nominals": f"child={child}",
        "team": f"{TEAM_NAME}, {telling.borough.name}",
        "reported_by": telling.officer("Response"),
        "oic": telling.officer(TEAM_NAME),
        "oic_allocated_at": london_text(allocated),
        "narrative": "Report received.",
    }
    telling.expect("LOCAL-allocate-investigator", "AL1", "met", reported, reported + DAY_SECONDS, allocated)
    if telling.is_live:
        telling.row("merlin", "reports", allocated + MINUTE, **values)
        telling.expect("LOCAL-see-the-child", "AL2", "overdue", reported, reported + DAY_SECONDS)
        return
    telling.row("merlin", "reports", wall_seconds("2017-04-03 12:05"), closed_at="2017-04-03T12:00:00", **values)
    seen_at = wall_seconds("2017-02-12 10:00")
    telling.row(
        "merlin",
        "actions",
        seen_at + HOUR_SECONDS,
        action_ref=f"{telling.ref}-1",
        report_ref=telling.ref,
        action="child_seen",
        action_at=london_text(seen_at),
        nominals=f"child={child}",
        officer=telling.officer(TEAM_NAME),
        borough=telling.borough.name,
    )
    telling.expect("LOCAL-see-the-child", "AL2", "met_late", reported, wall_seconds("2017-02-02 10:00"), seen_at)


def found_at_offender(telling: Telling) -> None:
    """SC06: a missing child was found where a registered sex offender lives; another child is recorded there too."""
    reported = telling.at("2024-05-10 19:00", 17 * HOUR_SECONDS)
    found_at, returned = reported + 370 * MINUTE, reported + 7 * HOUR_SECONDS
    home_place = Place(
        f"4 Ash Road, {telling.borough.name}",
        f"NM{telling.borough.number + 1} 9ZA",
        f"9990{telling.borough.number:02d}99900{int(telling.is_live)}",
    )
    man_written = telling.someone(
        telling.either("Derek", "Barry"), telling.either("Scholes", "Winstanley"), 51, reported, "M"
    )
    man_written.address, man_written.postcode, man_written.uprn = home_place
    ended = None if telling.is_live else wall_seconds("2024-12-02 10:00")
    register_offender(
        telling,
        f"{telling.ref}-R",
        man_written,
        reported - 600 * DAY_SECONDS,
        "P6M",
        "medium",
        ended or telling.force.ending,
        ended,
    )
    written_person = telling.someone(
        telling.either("Carys", "Tilly"), telling.either("Prosser", "Hallam"), 15, reported, home_place=80
    )
    child = telling.merlin_nominal("C", written_person, reported)
    interview = {} if telling.is_live else {"interview_at": "2024-05-13T15:00:00", "interview_independent": "true"}
    telling.row(
        "merlin",
        "missing",
        returned + MINUTE if telling.is_live else wall_seconds("2024-05-13 16:00"),
        missing_ref=telling.ref,
        nominal_ref=child,
        borough=telling.borough.name,
        missing_from="care",
        reported_at=london_text(reported),
        grade="medium",
        graded_at=london_text(reported + 20 * MINUTE),
        returned_at=london_text(returned),
        officer=telling.officer("Response"),
        **interview,
    )
    other_child = telling.someone(
        telling.either("Rhys", "Alfie"), telling.either("Dunne", "Sparrow"), 11, reported, "M"
    )
    other_child.address, other_child.postcode, other_child.uprn = home_place
    sibling = telling.pole_person("D", other_child, reported - 30 * DAY_SECONDS)
    telling.event("missing_found", found_at, (child, "child"), place=home_place, source="merlin")
    telling.event(
        "strategy_discussion_requested", found_at + 90 * MINUTE, (child, "child"), place=home_place, source="merlin"
    )
    telling.event("information_received", found_at + 2 * HOUR_SECONDS, (sibling, "household"), place=home_place)
    telling.pole_case("child_concern", found_at, None if telling.is_live else wall_seconds("2024-08-01 10:00"))
    due_at = returned + 72 * HOUR_SECONDS
    if telling.is_live:
        telling.expect("DFE2014-return-interview", "MI4", "open", returned, due_at)
    else:
        telling.expect("DFE2014-return-interview", "MI4", "met", returned, due_at, wall_seconds("2024-05-13 15:00"))


def police_protection(telling: Telling) -> None:
    """SC25: seventy-two hours over the clock change."""
    started = telling.at("2025-03-29 10:00", 50 * HOUR_SECONDS)
    written_person = telling.someone(telling.either("Orla", "Maisie"), telling.either("Keane", "Boyd"), 4, started)
    child = telling.pole_person("P", written_person, started)
    officer = telling.force.staff.holder(telling.borough, "designated_officer")
    detail = f'{{"designated_officer":"{officer}","place":"home"}}'
    telling.event(
        "police_protection_started", started, (child, "child"), officer=telling.officer("Response"), detail=detail
    )
    for told_role, after in (("authority_found", 20), ("authority_resident", 25), ("child", 30), ("parent", 45)):
        telling.event("told", started + after * MINUTE, (child, "child"), outcome=told_role)
    telling.event("child_placed", started + 4 * HOUR_SECONDS, (child, "child"))
    due_at = started + 72 * HOUR_SECONDS
    if telling.is_live:
        telling.pole_case("police_protection", started)
        telling.expect("CA1989-s46-72-hours", "CP1", "open", started, due_at)
        return
    ended = wall_seconds("2025-04-01 10:30")
    telling.event("police_protection_ended", ended, (child, "child"))
    telling.pole_case("police_protection", started, wall_seconds("2025-04-02 10:00"))
    telling.expect("CA1989-s46-72-hours", "CP1", "met", started, wall_seconds("2025-04-01 11:00"), ended)


def return_interview(telling: Telling) -> None:
    """SC33: a return interview over a weekend; live, the hours left are few."""
    returned = telling.at("2025-12-19 16:00", 60 * HOUR_SECONDS)
    reported = returned - 9 * HOUR_SECONDS
    written_person = telling.someone(telling.either("Tia", "Ruby"), telling.either("Lorne", "Ashdown"), 14, reported)
    child = telling.merlin_nominal("M", written_person, reported)
    held_at = wall_seconds("2025-12-23 11:00")
    interview = {} if telling.is_live else {"interview_at": london_text(held_at), "interview_independent": "true"}
    telling.row(
        "merlin",
        "missing",
        returned + MINUTE if telling.is_live else held_at + HOUR_SECONDS,
        missing_ref=telling.ref,
        nominal_ref=child,
        borough=telling.borough.name,
        missing_from="home",
        reported_at=london_text(reported),
        grade="medium",
        graded_at=london_text(reported + 15 * MINUTE),
        returned_at=london_text(returned),
        officer=telling.officer("Response"),
        **interview,
    )
    if telling.is_live:
        telling.expect("DFE2014-return-interview", "MI4", "open", returned, returned + 72 * HOUR_SECONDS)
    else:
        telling.expect(
            "DFE2014-return-interview", "MI4", "met_late", returned, wall_seconds("2025-12-22 16:00"), held_at
        )


def missing_now(telling: Telling) -> None:
    """Live only: a child who is missing and has not come back."""
    if not telling.is_live:
        return
    reported = telling.force.ending - 7 * HOUR_SECONDS
    child = telling.merlin_nominal("N", telling.someone("Kezia", "Rudge", 15, reported), reported)
    telling.row(
        "merlin",
        "missing",
        reported + HOUR_SECONDS,
        missing_ref=telling.ref,
        nominal_ref=child,
        borough=telling.borough.name,
        missing_from="care",
        reported_at=london_text(reported),
        grade="high",
        graded_at=london_text(reported + 25 * MINUTE),
        officer=telling.officer("Response"),
    )


def late_conference(telling: Telling) -> None:
    """SC37: an initial child protection conference, due fifteen working days after the strategy discussion."""
    working_days = telling.force.working_days
    today = telling.force.ending // DAY_SECONDS
    before = [working_day for working_day in working_days if working_day < today][-12]
    held_at = before * DAY_SECONDS + 11 * HOUR_SECONDS if telling.is_live else wall_seconds("2025-04-07 11:00")
    written_person = telling.someone(
        telling.either("Jude", "Arlo"), telling.either("Pickering", "Whitlock"), 6, held_at, "M"
    )
    child = telling.pole_person("K", written_person, held_at)
    detail = '{"s47":true,"police_attended":true}'
    telling.event("strategy_discussion_held", held_at, (child, "child"), detail=detail)
    telling.event("s47_started", held_at + HOUR_SECONDS, (child, "child"))
    due_at = _end_of_day(telling.force.working_day_after(held_at, 15))
    if telling.is_live:
        telling.pole_case("s47_enquiry", held_at)
        telling.expect("WT-icpc-15-working-days", "CP4", "open", held_at, due_at)
        return
    met_at = wall_seconds("2025-05-01 10:00")
    telling.event("conference_held", met_at, (child, "child"), outcome="initial", detail='{"police_attended":true}')
    telling.pole_case("s47_enquiry", held_at, wall_seconds("2025-07-01 12:00"))
    telling.expect("WT-icpc-15-working-days", "CP4", "met_late", held_at, wall_seconds("2025-04-30 23:59") + 59, met_at)


def _end_of_day(midnight: int) -> int:
    return wall_seconds(f"{utc_text(midnight)[:10]} 23:59") + 59
