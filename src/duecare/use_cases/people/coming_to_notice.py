"""How a person came to notice: as what, in which case, and the rows in which that is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.access.roles import Reach
from duecare.access.viewer import plain
from duecare.audit.grading.judgement_validation import is_text
from duecare.authorisation.authorise import authorise, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.person.person_description import Described, is_age, row_of
from duecare.record.pole import CaseKey, RecordKey
from duecare.store.facts.fact_lookup import facts_of_case
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.deliveries.receive_delivery import OWN_SOURCE
from duecare.visibility.case_scope import case_thing
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.text_lengths import NOTICE_TEXT

NOTED: Final = "information_received"
ROLES_HERE: Final = ("child", "victim", "suspect", "parent", "household", "witness", "other")
CHILDREN_HERE: Final = frozenset({"child", "victim"})


@dataclass(frozen=True, slots=True)
class Coming:
    """How they came to notice, as what, and in which area and case.

    Shape:   `case` is `source:ref` of a case that the viewer may open; empty, a new case of their area is begun, where
             their role has an area. `role` is one of a tie.
    """

    how: str = ""
    role: str = "child"
    case: str = ""
    area: str = ""


def faults_of_coming(request: Request, coming: Coming) -> tuple[str, ...]:
    """What is wrong with how somebody is said to have come to notice; empty where it can be kept."""
    faults = [] if coming.how.strip() else ["how they came to notice is missing"]
    if len(coming.how) > NOTICE_TEXT:
        faults.append(f"how they came to notice is told in more than {NOTICE_TEXT:,} characters")
    if not is_text(coming.how[:NOTICE_TEXT]):
        faults.append("how they came to notice has a character that is not text")
    if coming.role not in ROLES_HERE:
        faults.append("their role in the case is none of " + ", ".join(ROLES_HERE))
    if coming.case.strip():
        return tuple(faults)
    areas = areas_of(request)
    if not areas and Reach.ALL not in request.viewer.reach:
        faults.append("the case is missing, and your role has no area to start a case in")
    elif areas and plain(coming.area) not in {plain(known_area) for known_area in areas}:
        faults.append("the area is none of yours")
    return tuple(faults)


def areas_of(request: Request) -> tuple[str, ...]:
    """The areas in which the viewer may begin a case."""
    return tuple(sorted(request.viewer.areas)) if Reach.AREA in request.viewer.reach else ()


def case_of(request: Request, coming: Coming, new_record: RecordKey) -> CaseKey:
    """The case in which the new record is noted: the one given, else a new one of its own.

    Raises:  ACC-001 where the viewer may not open the one given, and where there is no such case.
    """
    if not coming.case.strip():
        return CaseKey(OWN_SOURCE, new_record.record_id)
    source, _, case_ref = coming.case.strip().partition(":")
    case_key = CaseKey(source, case_ref)
    facts = facts_of_case(case_key, None)
    authorise(
        request,
        Act.OPEN_CASE,
        case_thing(case_key, facts, request.now),
        [(CASE_KIND, *case_key)] if facts.events else (),
    )
    if case_key not in facts.cases and not any(event.case == case_key for event in facts.events):
        refuse_as_absent(request, Act.OPEN_CASE)
    return case_key


def rows_of(
    request: Request,
    described: Described,
    coming: Coming,
    new_record: RecordKey,
    case_key: CaseKey,
    mother: RecordKey | None,
    *,
    none_because: str = "",
) -> dict[str, list[dict[str, str]]]:
    """The rows of the neutral layout that say who this is and how they came to notice.

    Shape:   by sheet; `none_because` says why it is none of those who were found, where anybody was.
    """
    written = {"written_at": iso_text(request.now)}
    detail = {"age_said": described.born.strip()} if is_age(described.born) else {}
    detail |= {"none_of_those_found": none_because} if none_because else {}
    event = {
        "event_id": new_record.record_id,
        "kind": NOTED,
        "happened_at": iso_text(request.now),
        "case_ref": case_key.case_ref,
        "case_source": case_key.source,
        "area": "" if coming.case.strip() else coming.area.strip(),
        "officer": request.viewer.officer,
        "detail": json.dumps(detail) if detail else "",
        "text": coming.how.strip(),
    }
    role_name = "child" if mother else coming.role
    involvement_rows = [
        {"event_id": new_record.record_id, "record_id": new_record.record_id, "role": role_name, "source": OWN_SOURCE}
    ]
    if mother:
        involvement_rows.append(
            {"event_id": new_record.record_id, "record_id": mother.record_id, "role": "parent", "source": mother.source}
        )
    sheet_rows = {
        "persons": [{"record_id": new_record.record_id, **row_of(described, london_day(request.now)), **written}],
        "events": [event | written],
        "ties": [involvement_row | written for involvement_row in involvement_rows],
    }
    if case_key.source == OWN_SOURCE and case_key.case_ref == new_record.record_id:
        event_kind = "child_concern" if role_name in CHILDREN_HERE else "other"
        sheet_rows["cases"] = [
            {
                "case_ref": case_key.case_ref,
                "kind": event_kind,
                "area": coming.area.strip(),
                "opened_at": iso_text(request.now),
                **written,
            }
        ]
    return sheet_rows
