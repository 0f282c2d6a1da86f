"""The fields that the `detail` of each kind of event may have, and what may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

YES_NO: Final = "true or false"
TEXT: Final = "text"
NUMBER: Final = "a number"
TIME: Final = "a time"
DAY: Final = "a day"
LIST: Final = "a list of texts"
OBJECT: Final = "an object"
PERIOD: Final = "an ISO 8601 period, such as P3M"

Allowed = str | tuple[str, ...]
"""What may stand in a field: its type in words, or the list of its values."""

_POLICE_ATTENDED: Final[Mapping[str, Allowed]] = {"police_attended": YES_NO}
_BAIL: Final[Mapping[str, Allowed]] = {"until": TIME, "conditions": LIST}
_STATED: Final[Mapping[str, Allowed]] = {"stated_date": DAY}
_NOTIFY: Final[Mapping[str, Allowed]] = {"notify_by": DAY, "stated_date": DAY}
_REASON: Final[Mapping[str, Allowed]] = {"reason": TEXT}
_COURT: Final[Mapping[str, Allowed]] = {"court_at": TIME}

DETAIL_FIELDS: Final[Mapping[str, Mapping[str, Allowed]]] = {
    "concern_reported": {
        "concern": (
            "sexual_abuse",
            "sexual_exploitation",
            "criminal_exploitation",
            "physical_abuse",
            "neglect",
            "emotional_abuse",
            "domestic_abuse",
            "online",
            "missing",
            "other",
        ),
        "crime": ("yes", "no", "unknown"),
        "response": TEXT,
        "age_said": TEXT,
        "none_of_those_found": TEXT,
    },
    "information_received": {"response": TEXT, "age_said": TEXT, "none_of_those_found": TEXT},
    "crime_recorded": _REASON,
    "crime_not_recorded": _REASON,
    "crime_cancelled": _REASON,
    "image_referral_received": {"band": ("very_high", "high", "medium", "low")},
    "supervisor_reviewed": {"actions": LIST},
    "case_closed": {"reason": TEXT, "by_supervisor": YES_NO, "dispatched_at": TIME, "arrived_at": TIME},
    "case_reopened": _REASON,
    "child_seen": {"alone": YES_NO, "voice": YES_NO},
    "victim_updated": {"about": TEXT},
    "shared_with_social_care": {"children": LIST, "by": TEXT},
    "referral_received": {"no_further_action": YES_NO, "primary_need": TEXT, "referral_source": TEXT},
    "referral_decided": {"day_stands_for": TEXT},
    "strategy_discussion_held": {"s47": YES_NO, "police_attended": YES_NO, "by": TEXT},
    "s47_started": {"conference_not_required": YES_NO, "conference_target": DAY},
    "s47_ended": {"day_stands_for": TEXT},
    "conference_held": {"police_attended": YES_NO, "plan": YES_NO},
    "assessment_completed": {"started_on": DAY, "factors": LIST},
    "plan_started": {"category": TEXT, "earlier_plans": NUMBER},
    "plan_ended": {"category": TEXT},
    "school_notified": {"content": OBJECT},
    "police_protection_started": {"designated_officer": TEXT, "place": TEXT, "understands": YES_NO},
    "bailed": {**_BAIL, **_COURT},
    "bail_extended": _BAIL,
    "bail_varied": _BAIL,
    "charged": {**_COURT, "relevant_time": TIME},
    "missing_reported": {
        "from": ("home", "care", "school", "hospital", "other"),
        "response": TEXT,
        "next_review_at": TIME,
    },
    "missing_graded": {"reason": TEXT, "risk": ("high", "medium", "low", "absent")},
    "missing_reviewed": {"next_review_at": TIME},
    "return_interview_held": {"independent": YES_NO},
    "custody_arrived": {
        "reason": ("arrest", "bail", "warrant", "breach", "s136"),
        "relevant_time": TIME,
        "earlier_minutes": NUMBER,
    },
    "detention_reviewed": {"postponed_reason": TEXT, "reviewer_rank": TEXT},
    "detention_extended": {"until": TIME, "rank": TEXT},
    "further_detention_granted": {"until": TIME},
    "detainee_placed": _REASON,
    "bail_refused": {**_COURT, "reason": TEXT},
    "accommodation_requested": {"secure": YES_NO},
    "accommodation_refused": {"authority": TEXT, "reason": TEXT},
    "detention_certified": {"ground": ("a", "b")},
    "custody_left": {**_COURT, "relevant_time": TIME},
    "court_appeared": _COURT,
    "offender_registered": {
        "relevant_date": DAY,
        "months": NUMBER,
        "custodial_months": NUMBER,
        "under_18": YES_NO,
    },
    "notification_made": {"notify_by": DAY, "relevant_date": DAY},
    "advance_notice_given": _STATED,
    "advance_notice_withdrawn": _STATED,
    "returned_uk": _NOTIFY,
    "risk_assessed": {"tool": TEXT, "to": ("children", "public", "known_adult", "staff")},
    "visit_plan_set": {"every": PERIOD},
    "visit": {"announced": YES_NO, "entry": ("refused", "no_answer", "moved")},
    "hospital_discharged": _NOTIFY,
    "released_from_prison": _NOTIFY,
    "registration_ended": {"relevant_date": DAY},
    "mappa_level_set": {"category": NUMBER, "level": NUMBER},
    "case_revisited": {"further_harm": YES_NO, "charged_or_cautioned": YES_NO},
    "data_breach_reported": _REASON,
}
"""A kind that is not listed has no fields."""

UNKNOWN_FIELD: Final = "has a field that this kind of event does not have"


def has_unknown_field(event_kind: str, detail: object) -> bool:
    """Whether this detail has a field that its kind of event does not have. Detail that is no object has none."""
    return isinstance(detail, dict) and not detail.keys() <= DETAIL_FIELDS.get(event_kind, _NONE).keys()


_NONE: Final[Mapping[str, Allowed]] = {}
