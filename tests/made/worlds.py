"""Random small worlds of events, for laws that must hold of every one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from tests.made.timelines import Scene

from duecare.duty.facts import duty_parts
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, InvolvementRow, OfficerRecord, PersonRecord, RecordKey
from duecare.rulebook.all_duties import all_duties
from duecare.vocabulary.kinds import EVENT_KINDS
from duecare.vocabulary.london_clock import london_day, when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date

NAMED = sorted({kind for duty in all_duties() for kind in duty_parts(duty)} | {"supervisor_allocated"})
UNNAMED = sorted(EVENT_KINDS - set(NAMED))
START = datetime(2017, 3, 20, tzinfo=UTC)
BORN = ("2010-05-01", "2004-02-29", "2007", "1999", "")


STRANDS = {
    "allocation": ("child victim", 72, "investigator_allocated investigator_released supervisor_allocated case_closed"),
    "seeing": ("child victim", 30, "child_seen child_contacted child_seen_attempted case_closed concern_reported"),
    "protection": ("child", 90, "police_protection_ended police_protection_started"),
    "conference": ("child", 900, "conference_held s47_ended strategy_discussion_held"),
    "missing": ("child", 90, "return_interview_held return_interview_declined missing_reported missing_returned"),
    "custody": ("detainee", 14, "detention_reviewed detention_reviewed custody_left bail_refused"),
    "bail": ("detainee", 4, "accommodation_provided detention_certified accommodation_requested custody_left"),
    "told": ("child", 6, "told told wishes_recorded child_declined protection_inquired police_protection_ended"),
    "hub": ("child victim", 100, "mash_decided school_notified crime_recorded crime_not_recorded information_read"),
    "referred": ("child", 1500, "referral_decided assessment_completed core_group_held conference_held plan_ended"),
    "graded": ("child", 30, "missing_graded missing_reviewed missing_reviewed prevention_interview_held missing_found"),
    "updated": (
        "child victim",
        700,
        "victim_updated supervisor_reviewed warrant_executed arrested case_closed charged",
    ),
    "visits": ("offender", 3000, "visit visit visit_plan_set risk_assessed imprisoned released_from_prison"),
    "notified": (
        "offender",
        1500,
        (
            "notification_made notification_made change_known advance_notice_withdrawn left_uk returned_uk remanded"
            " released_from_prison no_fixed_address_ended registration_ended offender_manager_released"
        ),
    ),
    "managed": (
        "offender suspect",
        1500,
        (
            "information_received reactive_reviewed reactive_management_ended risk_assessed mappa_meeting_held"
            " mappa_level_set offender_manager_allocated offender_manager_released change_known"
        ),
    ),
    "held": (
        "detainee",
        20,
        (
            "detention_extended detention_reviewed charged hospital_admitted hospital_discharged detainee_placed told"
            " woman_assigned merlin_submitted bail_refused certificate_produced court_appeared custody_left detained_s136"
        ),
    ),
    "bailed": (
        "suspect detainee",
        1500,
        (
            "bail_extended bail_extended bail_varied victim_wishes victim_updated supervisor_reviewed told bail_ended"
            " charged released_under_investigation no_further_action"
        ),
    ),
}
OPENINGS = {
    "allocation": "concern_reported crime_recorded",
    "seeing": "concern_reported crime_recorded",
    "protection": "police_protection_started",
    "conference": "strategy_discussion_held",
    "missing": "missing_returned missing_found",
    "custody": "detention_authorised",
    "bail": "bail_refused",
    "told": "police_protection_started",
    "hub": "mash_received concern_reported information_received",
    "referred": "referral_received plan_started conference_held",
    "graded": "missing_reported missing_graded",
    "updated": "crime_recorded image_referral_received arrested",
    "visits": "offender_registered",
    "notified": "offender_registered notification_made advance_notice_given no_fixed_address_started travel_notified",
    "managed": "offender_registered reactive_management_started mappa_level_set",
    "held": "custody_arrived",
    "bailed": "arrested released_under_investigation",
}
DETAILS = {
    "s47": (True, True, True, False),
    "independent": (True, True, False),
    "every": ("P1M", "P14D", "P6M", "soon"),
    "ground": ("a", "b"),
    "postponed_reason": ("interview",),
    "concern": ("domestic_abuse", "domestic_abuse", "neglect"),
    "crime": ("yes", "yes", "no", "unknown"),
    "band": ("high", "low", "urgent"),
    "next_review_at": ("2017-05-01T12:00:00", "2017-09-01", "soon"),
    "reason": ("checked", "", "arrest", "s136"),
    "reviewer_rank": ("inspector", "sergeant"),
    "rank": ("superintendent", "inspector"),
    "secure": (False, False, True),
    "level": ("2", 3, ""),
    "tool": ("ARMS", "RM2000"),
    "months": (12, "20", 40, "few"),
    "custodial_months": (6, ""),
    "under_18": (True, False),
    "relevant_date": ("2017-04-01", "2017-05-01T12:00", "soon"),
    "relevant_time": ("2017-04-01T10:00", ""),
    "earlier_minutes": (60, "some"),
    "stated_date": ("2017-05-01", "soon"),
    "conditions": (["no contact"], []),
    "court_at": ("2017-05-01T10:00", "2017-06-01"),
}
OUTCOMES = {
    "visit": ("seen", "not_seen", ""),
    "notification_made": ("initial", "change", "annual", ""),
    "offender_registered": ("caution", "detention", "dto", "life", "community", "conditional discharge", ""),
    "custody_left": ("court", "bailed", "accommodation", ""),
    "detainee_placed": ("cell", "detention_room", ""),
}


@st.composite
def events(draw, kinds=(), most=3):
    """Strands of events, each a duty's start and what may follow it, near its limit; of given kinds, without a start."""
    found: list[EventRecord] = []
    for _ in range(draw(st.integers(1, most))):
        name = draw(st.sampled_from(sorted(STRANDS)))
        roles, span, follow = STRANDS[name]
        person, role = draw(st.sampled_from("AAB")), draw(st.sampled_from(roles.split()))
        source = draw(st.sampled_from(("s", "t")))
        case = draw(st.sampled_from((CaseKey(source, "1"), CaseKey(source, "1"), CaseKey(source, "2"), None)))
        moment = START + timedelta(hours=draw(st.integers(0, 5000)), seconds=draw(st.integers(0, 3600)))
        chosen = draw(st.lists(st.sampled_from(kinds or follow.split()), max_size=6))
        if not kinds:
            chosen.insert(0, draw(st.sampled_from(OPENINGS[name].split())))
            if name == "visits":
                chosen.insert(0, "risk_assessed")
            if name in {"custody", "bail"} and draw(st.booleans()):
                chosen.insert(0, "custody_arrived")
            if name == "bailed":
                chosen.insert(1, "bailed")
        for kind in chosen:
            tied = (InvolvementRow(RecordKey("s", person), role),)
            if draw(st.integers(0, 9)) == 0:
                tied = draw(st.sampled_from(((), (InvolvementRow(RecordKey("s", "C"), role), *tied))))
            when = When.at(moment)
            if draw(st.integers(0, 14)) == 0:
                when = when_on_day(london_day(moment))
            found.append(
                EventRecord(
                    source,
                    f"e{len(found)}",
                    kind,
                    when,
                    when.latest + timedelta(minutes=draw(st.sampled_from((0, 5, 3000)))),
                    case=case,
                    officer=draw(st.sampled_from(("X1", "x1", "X2", ""))),
                    risk=draw(st.sampled_from(("", "red", "amber", "blue", "high", "low", "very_high"))),
                    outcome=draw(st.sampled_from(OUTCOMES[kind])) if kind in OUTCOMES else _outcome(draw),
                    detail={n: draw(st.sampled_from(v)) for n, v in DETAILS.items() if draw(st.integers(0, 5))},
                    ties=tied,
                )
            )
            moment += timedelta(seconds=draw(st.integers(0, span * 1800)))
    return found


def _outcome(draw):
    return draw(
        st.sampled_from(("initial", "initial", "no_conference", "review", "child", "authority_found", "suspect", ""))
    )


@st.composite
def scenes(draw, most=3):
    """A whole scene: events, people of whom some birth dates are known, one absent officer."""
    made = Scene(events=draw(events(most=most)))
    for name in "ABC":
        born = draw(st.sampled_from(BORN))
        if born:
            record = RecordKey("s", name)
            made.persons[record] = PersonRecord(
                record, born=read_partial_date(born), sex=draw(st.sampled_from(("F", "F", "M", "")))
            )
    for source, ref in (("s", "1"), ("s", "2"), ("t", "1")):
        kind = draw(st.sampled_from(("", "", "custody", "exploitation")))
        if kind:
            case = CaseKey(source, ref)
            made.cases[case] = CaseRecord(case, kind)
    away = START + timedelta(days=draw(st.integers(0, 100)))
    back = away + timedelta(days=draw(st.integers(0, 60)))
    made.officers.append(OfficerRecord("people", "X1", absent_from=away, absent_to=back, absent_from_text="away"))
    if draw(st.booleans()):
        made.officers.append(OfficerRecord("people", "X2", accreditations=("custody_officer",)))
    return made


moments = st.integers(100 * 86400, 500 * 86400).map(lambda n: START + timedelta(seconds=n))
