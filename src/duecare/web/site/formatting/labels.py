"""Sources, event kinds, case kinds, roles and posts in words. No word here calls a child an offender.

Words that no page may say are banned by `tests/house/test_plain_words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from duecare.duty.accountable import Over
from duecare.recommendation.oversight_register import Body
from duecare.record.pole import RecordKey
from duecare.rulebook.short_names import duty_words
from duecare.web.site.formatting.reasons import plain_words

_EVENTS: Final[dict[str, str]] = {
    "nrm_referred": "Referred to the National Referral Mechanism",
    "nrm_decided": "National Referral Mechanism decision",
    "mash_received": "Received by the multi-agency safeguarding hub (MASH)",
    "mash_decided": "Decided by the multi-agency safeguarding hub (MASH)",
    "s47_started": "Section 47 enquiry started",
    "s47_ended": "Section 47 enquiry ended",
    "conference_called": "Child protection conference called",
    "conference_held": "Child protection conference held",
    "epo_applied": "Emergency protection order applied for",
    "epo_granted": "Emergency protection order granted",
    "suspect_contact": "Suspect reported in contact with the child",
    "evidence_against_recorded": "Evidence against the suspect recorded",
    "no_further_action": "No further action decided",
    "image_referral_received": "Referral about images received",
    "custody_arrived": "Arrived in custody",
    "custody_left": "Left custody",
    "detained_s136": "Detained under section 136 of the Mental Health Act 1983",
    "detainee_placed": "Place of detention recorded",
    "woman_assigned": "Woman officer assigned",
    "merlin_submitted": "Merlin report submitted",
    "offender_registered": "Became subject to notification",
    "offender_manager_allocated": "Manager allocated",
    "offender_manager_released": "Manager released",
    "change_known": "Change of notified details known",
    "left_uk": "Left the United Kingdom",
    "returned_uk": "Returned to the United Kingdom",
    "visit_plan_set": "Visit plan set",
    "visit": "Visit",
    "mappa_level_set": "Multi-agency public protection (MAPPA) level set",
    "mappa_meeting_held": "Multi-agency public protection (MAPPA) meeting held",
    "child_seen_attempted": "Tried to see the child, not seen",
    "case_referred_back": "Case referred back by inspectors",
    "referral_acknowledged": "Referral back acknowledged",
    "referral_actioned": "Referral back acted on",
    "told": "Notified",
    "absence": "Officer absent: the post or case counts as vacant",
}

_CASES: Final[dict[str, str]] = {
    "child_concern": "concern about a child",
    "domestic_abuse": "domestic abuse",
    "crime": "crime",
    "exploitation": "exploitation",
    "online": "online abuse",
    "missing": "missing",
    "police_protection": "police protection",
    "s47_enquiry": "section 47 enquiry",
    "custody": "custody",
    "offender": "management under notification rules",
    "other": "other",
}

_ROLES: Final[dict[str, str]] = {
    "offender": "subject to notification",
    "detainee": "in custody",
    "appropriate_adult": "appropriate adult",
    "household": "same household",
}

_POSTS: Final[dict[str, str]] = {
    "mash_lead": "MASH lead",
    "bcu_lead": "BCU (borough command) lead",
    "chief_officer_lead": "chief officer lead",
    "custody_officer": "custody officer",
    "local_authority": "the local authority",
    "offender_manager": "the manager of the registered person",
    "investigator": "the investigator",
    "supervisor": "the supervisor",
}

_OUTCOMES: Final[dict[str, str]] = {
    "shpo": "sexual harm prevention order",
    "sopo": "sexual offences prevention order",
    "sro": "sexual risk order",
    "dvpo": "domestic violence protection order",
    "csods": "child sex offender disclosure scheme",
    "dvds": "domestic violence disclosure scheme",
}

PERSON_NOT_NAMED: Final = "Person whose name is not shown to you"
_NOT_SHOWN: Final = re.compile(r"What (\S+) says is not shown to you: (.*)\.")
_SOURCES: Final[dict[str, str]] = {
    "cad": "CAD call records",
    "cin": "Children in Need census",
    "cris": "CRIS crime reports",
    "custody": "Custody records",
    "duecare": "Duecare",
    "merlin": "Merlin",
    "people": "Officers and posts",
    "pole": "Police records",
    "visor": "ViSOR",
}

_SOURCE_OF_EVIDENCE: Final = re.compile(rf"\((?P<source>{'|'.join(_SOURCES)}), ")

_DUTIES: Final[dict[str, str]] = {
    "LOCAL-information-read": "Read new information about the child",
    "LOCAL-supervisor-review": "Review the case (supervisor)",
    "CA1989-s46-inquired-by-designated-officer": "Make inquiries (designated officer)",
    "CA1989-s46-tell-parents": "Tell the parents or carers",
    "CA1989-s21-accept-request": "Provide accommodation (local authority)",
    "WT-referral-decision": "Decide on the referral (local authority)",
    "LOCAL-mash-triage": "Decide on the notification (MASH)",
    "HO2025-encompass-content": "Tell the school everything the guidance requires",
    "NRM-reasonable-grounds": "Decide on reasonable grounds (competent authority)",
    "CSODS-end-to-end": "Decide the child sex offender disclosure application",
    "DVDS-28-days": "Decide the domestic violence disclosure application",
    "HOCR-record-crime": "Record the crime, or why it is not a crime",
    "VCOP-victim-told-of-step": "Tell the victim about the step taken",
    "VCOP-progress-every-28-days": "Update the victim on progress",
    "LOCAL-missing-child-graded-medium-or-high": "Grade the missing child as medium or high risk",
    "LOCAL-missing-grade-with-reason": "Record why the missing child was given that risk grade",
    "PACE-s40-reviewer-before-charge": "Before charge: review by an inspector or above",
    "PACE-s40-reviewer-after-charge": "After charge: review by a custody officer",
    "PACE-s38-certificate-at-court": "Give the court the certificate explaining detention",
    "MHA1983-s136A-no-police-station": "Do not use a police station as a place of safety for a child",
    "HMIC2016-report-every-detained-child": "Send a report about the detained child",
    "SOA2003-s84-advance-notice": "Report that an announced change did not happen",
    "SOA2003-s82-notification-period": "End the registration when its period ends",
    "NPCC-rso-visit": "Visit and see the registered person",
    "NPCC-named-offender-manager": "Name a manager for the registered person",
    "ARMS-reassessment": "Reassess the risk within a year",
    "ARMS-reassessment-on-change": "Reassess the risk after a change",
}
"""Duties that pages name more plainly than `short_names.py`: its words are titles of figures, and kept figures rest on them."""

_FAIR: Final[tuple[tuple[str, str], ...]] = (
    ("registered sex offenders", "people on the register"),
    ("registered sex offender", "person on the register"),
    ("offender registered", "became subject to notification"),
    ("offender manager", "manager"),
)


def kind_words(kind: str) -> str:
    """What happened, with no abbreviation left unexplained."""
    return _EVENTS.get(kind) or _spaced_words(kind)


def source_words(source: str) -> str:
    """The name of a source system; one that is not listed here keeps its own name."""
    return _SOURCES.get(source) or _spaced_words(source)


def record_words(key: RecordKey | str) -> str:
    """A record's source system by name, and its number there."""
    source, _, record_id = str(key).partition(":")
    return f"{source_words(source)} {record_id}"


def officer_words(number: str, officers: Mapping[str, str] | None = None) -> str:
    """An officer by rank and name with the number beside, where `officers` names them; else by number."""
    return (officers or {}).get(number, number)


def notice_words(notice: str) -> str:
    """A notice of what is not shown to this viewer, with its source by name."""
    match = _NOT_SHOWN.fullmatch(notice)
    if match is None:
        return plain_words(notice)
    call = match[2].removeprefix("Managed offender, call ")
    return f"Some information from {source_words(match[1])} is not shown to you. It is about a managed offender: call {call}."


def case_words(kind: str) -> str:
    """The kind of a case."""
    return _CASES.get(kind) or kind.replace("_", " ")


def role_words(role: str) -> str:
    """A person's part in it; `offender` in an extract reads `subject to notification`, at any age."""
    return _ROLES.get(role) or role.replace("_", " ")


def post_words(post: str) -> str:
    """The name of a post."""
    return _POSTS.get(post) or post.replace("_", " ")


def over_words(over: Over) -> str:
    """The heading for things of this kind that somebody is accountable for."""
    return {Over.AREA: "Boroughs", Over.DUTY: "Duties", Over.RECOMMENDATION: "Recommendations"}[over]


def body_words(body: Body) -> str:
    """The name of an oversight body."""
    return {Body.MAYOR: "the mayor’s office", Body.EXPERTS: "the expert group", Body.INSPECTORATE: "the inspectorate"}[
        body
    ]


def fair_words(text: str) -> str:
    """Text of the rulebook or of an explanation in everyday words, with nobody called an offender, at any age.

    Example:
        >>> fair_words("A registered sex offender is seen at home.")
        'A person on the register is seen at home.'
    """
    for written, shown in _FAIR:
        text = text.replace(written, shown)
    return _SOURCE_OF_EVIDENCE.sub(lambda match: f"({source_words(match[1])}, ", plain_words(text))


def duty_label(duty_id: str) -> str:
    """What is owed, in a few words."""
    return _DUTIES.get(duty_id) or duty_words(duty_id)


def evidence_role(role: str) -> str:
    """What a fact shows about a duty."""
    return {
        "attempted": "Tried",
        "excused": "Excused by",
        "met": "Met by",
        "paused": "Paused by",
        "ended": "Ended by",
    }.get(role, _spaced_words(role))


def verdict_words(verdict: str) -> str:
    """What somebody judged two records to be."""
    return {"same": "The same person", "different": "Different people", "unsure": "Not sure"}.get(verdict, verdict)


def outcome_words(outcome: str) -> str:
    """The outcome of an event."""
    return _OUTCOMES.get(outcome) or outcome.replace("_", " ")


def _spaced_words(kind: str) -> str:
    words = kind.replace("_", " ")
    return words[:1].upper() + words[1:]
