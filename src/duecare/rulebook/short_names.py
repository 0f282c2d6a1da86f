"""A duty in a few words, for lists and the names of figures; its full wording stands where there is room."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from duecare.rulebook.all_duties import all_duties

SHORT: Final[dict[str, str]] = {
    "LOCAL-allocate-investigator": "Allocate an investigator",
    "LOCAL-see-the-child": "See the child",
    "LOCAL-supervisor-review": "Review the case, as its supervisor",
    "LOCAL-information-read": "Read what came in about the child",
    "LOCAL-image-referral": "Act on the referral about indecent images",
    "LOCAL-referral-back-acknowledged": "Acknowledge the case referred back",
    "LOCAL-referral-back-actioned": "Act on the case referred back",
    "CA1989-s46-72-hours": "End police protection within 72 hours",
    "CA1989-s46-tell-authority-where-found": "Tell the local authority where the child was found",
    "CA1989-s46-tell-authority-of-residence": "Tell the local authority where the child lives",
    "CA1989-s46-tell-child": "Tell the child what is being done, and why",
    "CA1989-s46-wishes-and-feelings": "Find out the child's wishes and feelings",
    "CA1989-s46-inquired-by-designated-officer": "Inquire into the case, as designated officer",
    "CA1989-s46-tell-parents": "Tell the parents, or who had the care of the child",
    "WT-icpc-15-working-days": "Hold the child protection conference",
    "WT-assessment-45-working-days": "Complete the social-work assessment",
    "WT-referral-decision": "Decide on the referral, at the local authority",
    "WT-core-group": "Hold the core group",
    "WT-review-conference": "Hold the review conference",
    "WT-serious-incident-5-working-days": "Notify the national panel",
    "WT-rapid-review-15-working-days": "Complete the rapid review",
    "LOCAL-strategy-discussion": "Hold the strategy discussion",
    "LOCAL-strategy-meeting-after-telephone": "Hold the meeting after the telephone discussion",
    "LOCAL-mash-triage": "Decide on the notification, in the hub",
    "LOCAL-police-attend-strategy-discussion": "Attend the strategy discussion",
    "LOCAL-police-attend-conference": "Attend the child protection conference",
    "VPA2024-encompass-school-notified": "Notify the child's school",
    "HO2025-encompass-content": "Tell the school all that the guidance asks",
    "MSA2015-nrm-referral": "Refer to the national referral mechanism",
    "NRM-reasonable-grounds": "Decide on reasonable grounds, at the competent authority",
    "CSODS-checks-24-hours": "Make the first checks on the disclosure application",
    "CSODS-end-to-end": "Decide the application about a sex offender",
    "DVDS-28-days": "Decide the application about domestic violence",
    "HOCR-record-crime": "Record the crime, or why it is none",
    "VCOP-victim-told-of-step": "Tell the victim of the step taken",
    "VCOP-progress-every-28-days": "Tell the victim how the case goes",
    "DFE2014-return-interview": "Offer an independent return interview",
    "APP-missing-review": "Review the risk while the child is missing",
    "APP-missing-prevention-interview": "See the child after the return",
    "LOCAL-missing-child-graded-medium-or-high": "Grade the missing child medium or high",
    "LOCAL-missing-grade-with-reason": "Say why the missing child was graded so",
    "DPA2018-s67-breach-72-hours": "Report the data breach to the Commissioner",
    "PACE-s40-review": "Review the detention",
    "PACE-s40-reviewer-before-charge": "Have an inspector or above review, before charge",
    "PACE-s40-reviewer-after-charge": "Have a custody officer review, after charge",
    "PACE-s38-accommodation": "Move the child to local authority accommodation",
    "PACE-s38-certificate-at-court": "Produce to the court the certificate of why",
    "PACE-s46-first-sitting": "Bring the child before the first sitting of the court",
    "PACE-s41-24-hours": "Hold no longer than 24 hours without charge",
    "PACE-s42-36-hours": "Hold no longer than 36 hours without charge",
    "PACE-s44-96-hours": "Hold no longer than 96 hours without charge",
    "PACE-s42-superintendent": "Have a superintendent or above extend past 24 hours",
    "PACE-code-c-appropriate-adult": "Ask for an appropriate adult",
    "PACE-code-c-person-responsible": "Tell the person responsible for the child",
    "PACE-code-c-8-8-cell": "Keep the child out of a cell, or record why",
    "CA1989-s21-accept-request": "Provide accommodation, at the local authority",
    "CYPA1933-s31-woman-assigned": "Put the girl in the care of a named woman",
    "MHA1983-s136A-no-police-station": "Keep no child at a police station as a place of safety",
    "HMIC2016-report-every-detained-child": "Send a report of the child detained",
    "HMIC2016-support-on-release": "Consider and offer support on release",
    "PACE-s47ZB-bail-period": "Extend or end bail before it runs out",
    "PACE-bail-victims-views": "Seek the victim's views on the conditions of bail",
    "LOCAL-rui-supervisor-review": "Review the release under investigation",
    "LOCAL-rui-victim-updated": "Tell the victim, during release under investigation",
    "LOCAL-rui-suspect-updated": "Tell the suspect, during release under investigation",
    "SOA2003-s83-initial-notification": "Notify for the first time (the registered person)",
    "SOA2003-s84-changes": "Notify a change (the registered person)",
    "SOA2003-s84-advance-notice": "Say that a change told in advance has not come about",
    "SOA2003-s85-periodic-notification": "Notify each year (the registered person)",
    "SOA2003-weekly-notification": "Notify each week (the registered person)",
    "SOA2003-child-household": "Notify of a child in the household (the registered person)",
    "SOA2003-travel-notification": "Notify travel abroad (the registered person)",
    "SOA2003-s82-notification-period": "End the registration when its period has run",
    "NPCC-rso-visit": "Visit, and see the person",
    "NPCC-reactive-only-if-low": "Manage reactively only where the risk is low",
    "NPCC-reactive-review": "Review the new information",
    "NPCC-named-offender-manager": "Name an offender manager",
    "ARMS-reassessment": "Assess the risk anew, within the year",
    "ARMS-reassessment-on-change": "Assess the risk anew, after a change",
    "MAPPA-level-2-meeting": "Hold the level 2 meeting",
    "MAPPA-level-3-meeting": "Hold the level 3 meeting",
}


def duty_words(duty_id: str) -> str:
    """What is owed, in a few words; a duty without short words gives the first sentence of its own wording."""
    return SHORT.get(duty_id) or _words_by_duty().get(duty_id, duty_id).split(". ")[0].rstrip(".")


@lru_cache(maxsize=1)
def _words_by_duty() -> dict[str, str]:
    return {each_duty.id: each_duty.says for each_duty in all_duties()}
