"""The column contract of each shipped source system's own layout: which files it delivers, with which columns.

The layouts of real systems are not public; these are plain ones of ours, under the names the trade uses for the systems.
A `nominals` or `people` column lists who is in a row as `role=reference;role=reference`. The children in need census
`cin` is public: there a layout is a group of rows of its XML, with the columns around them that each row takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a source's file, and those that must be filled in."""

    file: str
    columns: tuple[str, ...]
    required: frozenset[str]


def _layout_of(file_name: str, column_spec: str) -> Layout:
    words = column_spec.split()
    return Layout(
        file_name,
        tuple(column_word.rstrip("*") for column_word in words),
        frozenset(column_word.rstrip("*") for column_word in words if column_word.endswith("*")),
    )


LAYOUTS: Final[dict[str, tuple[Layout, ...]]] = {
    "merlin": (
        _layout_of(
            "nominals",
            "nominal_ref* surname forenames aliases dob sex ethnicity address postcode uprn telephone email school upn"
            " nhs_no pnc_id restricted last_updated cancelled",
        ),
        _layout_of(
            "reports",
            "report_ref* borough report_type* reported_at* concern rag crime nominals address postcode uprn team"
            " reported_by oic oic_allocated_at oic_released_at supervisor supervisor_allocated_at shared_at closed_at"
            " narrative last_updated cancelled",
        ),
        _layout_of(
            "actions",
            "action_ref* report_ref* action* action_at* nominals officer borough result risk detail last_updated"
            " cancelled",
        ),
        _layout_of(
            "missing",
            "missing_ref* nominal_ref* borough missing_from reported_at* grade graded_at found_at returned_at"
            " interview_at interview_independent interview_declined_at officer grade_reason last_updated cancelled",
        ),
    ),
    "visor": (
        _layout_of(
            "offenders",
            "visor_ref* surname forenames aliases dob sex ethnicity home_address home_postcode home_uprn telephone"
            " pnc_id cro area registered_at* sentence sentence_months custodial_months manager manager_from"
            " registration_ended_at relevant_date under_18 manager_to last_updated deleted",
        ),
        _layout_of(
            "assessments",
            "assessment_ref* visor_ref* assessed_at* tool risk* risk_to area officer last_updated deleted",
        ),
        _layout_of("plans", "plan_ref* visor_ref* set_at* every* area officer last_updated deleted"),
        _layout_of(
            "visits",
            "visit_ref* visor_ref* visited_at* outcome* announced entry area officer address postcode uprn last_updated"
            " deleted",
        ),
        _layout_of("spells", "spell_ref* visor_ref* imprisoned_at* released_at area last_updated deleted"),
        _layout_of(
            "notifications",
            "notification_ref* visor_ref* type* made_at* area officer address postcode uprn last_updated deleted",
        ),
        _layout_of(
            "log",
            "entry_ref* visor_ref* entry* entry_at* area officer result address postcode uprn stated_date notify_by until"
            " mappa_category mappa_level reason last_updated deleted",
        ),
    ),
    "custody": (
        _layout_of(
            "records",
            "custody_ref* surname forenames dob sex ethnicity_self ethnicity_officer address postcode pnc_id cro"
            " area arrival_reason arrived_at* relevant_time authorised_at placed_in placed_at adult_requested_at"
            " adult_arrived_at charged_at bail_refused_at accommodation_requested_at secure_requested"
            " accommodation_refused_at accommodation_provided_at certified_at certificate_ground left_at left_to"
            " custody_officer earlier_minutes placed_reason court_at refused_by refusal_reason last_updated deleted",
        ),
        _layout_of(
            "reviews",
            "review_ref* custody_ref* reviewed_at* reviewer reviewer_rank postponed_reason area last_updated deleted",
        ),
        _layout_of(
            "log",
            "entry_ref* custody_ref* entry* entry_at* area officer result until court_at rank reason conditions secure authority"
            " ground last_updated deleted",
        ),
    ),
    "cris": (
        _layout_of(
            "nominals",
            "nominal_ref* surname forenames aliases dob sex ethnicity_self ethnicity_officer address postcode uprn"
            " telephone email school pnc_id cro restricted last_updated cancelled",
        ),
        _layout_of(
            "crimes",
            "crime_ref* borough crime_type* reported_at* recorded_at concern rag crime nominals address postcode uprn"
            " team reported_by closed_at restricted summary last_updated cancelled",
        ),
        _layout_of(
            "statuses",
            "status_ref* crime_ref* status* status_at* officer team borough result nominals last_updated cancelled",
        ),
        _layout_of(
            "allocations",
            "allocation_ref* crime_ref* role* officer* allocated_at* released_at team borough nominals last_updated"
            " cancelled",
        ),
        _layout_of(
            "actions",
            "action_ref* crime_ref* action* action_at* officer team borough result risk nominals until conditions about"
            " child_alone child_voice actions_set band s47 police_attended further_harm charged_or_cautioned content"
            " children last_updated cancelled",
        ),
    ),
    "cad": (
        _layout_of(
            "people",
            "person_ref* cad_ref* surname forenames dob sex address postcode uprn telephone last_updated cancelled",
        ),
        _layout_of(
            "calls",
            "cad_ref* called_at* opening_code* borough rag response_grade operator team people address postcode uprn"
            " missing_from dispatched_at arrived_at attended_by child_seen_at child_alone result_code closed_at crime_ref"
            " remarks last_updated cancelled",
        ),
        _layout_of(
            "log",
            "entry_ref* cad_ref* entry* entry_at* borough officer risk result reason next_review_at place"
            " designated_officer people crime_ref remarks last_updated cancelled",
        ),
    ),
    "cin": (
        _layout_of(
            "child",
            "LAchildID* UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate GenderCurrent Sex"
            " PersonDeathDate Ethnicity Disability LEA* ReferenceDate DateTime",
        ),
        _layout_of(
            "referral",
            "CINreferralDate* ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC ReferralNFA"
            " LAchildID* LEA* ReferenceDate DateTime",
        ),
        _layout_of(
            "assessment",
            "AssessmentActualStartDate* AssessmentInternalReviewDate AssessmentAuthorisationDate AssessmentFactors"
            " CINreferralDate* CINclosureDate LAchildID* LEA* ReferenceDate DateTime",
        ),
        _layout_of(
            "section47",
            "S47ActualStartDate* InitialCPCtarget DateOfInitialCPC ICPCnotRequired CINreferralDate* CINclosureDate"
            " LAchildID* LEA* ReferenceDate DateTime",
        ),
        _layout_of(
            "plan",
            "CPPstartDate* CPPendDate InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP CINreferralDate*"
            " CINclosureDate LAchildID* LEA* ReferenceDate DateTime",
        ),
        _layout_of("review", "CPPreviewDate* CPPstartDate CINreferralDate* LAchildID* LEA* ReferenceDate DateTime"),
    ),
    "people": (
        _layout_of(
            "officers",
            "officer* name rank force team supervisor accreditations from to absent_from absent_to written_at deleted",
        ),
        _layout_of("posts", "post* kind* area holder from to dedicated on_call written_at deleted"),
    ),
}

XML_SOURCES: Final[frozenset[str]] = frozenset({"cin"})
"""Which sources send XML: their layouts are groups of its rows, not files."""

CENSUS_YEARS: Final[range] = range(2021, 2027)
"""The collections of the children in need census that are known, by the year of their reference date."""
