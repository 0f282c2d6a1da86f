"""The board of children in custody now, worked out as it is read: who stands on it, in which order, what each line says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from duecare.access.act import Act
from duecare.access.thing import BOARD_CUSTODY
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.finding import State
from duecare.store.facts.custody_events import comings_and_goings
from duecare.store.facts.fact_lookup import facts_of_person, records_in_custody
from duecare.store.ledger.opaque_ids import CASE_KIND, RECORD, LedgerRef
from duecare.store.linkage.linked_people import whose_are
from duecare.visibility.case_scope import is_grown_up, person_thing
from duecare.visibility.display_names import age_words, full_name
from duecare.visibility.page_types import CustodyBoard, CustodyLine
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.view import visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.worklist.custody import LONGEST_STAY, Detained, detained_now
from duecare.worklist.custody_board import BOARD_COUNTS
from duecare.worklist.overnight import is_overnight

SOURCE = "custody"


def read_custody(
    request: Request,
    chosen: str = "in_custody",
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> CustodyBoard:
    """The children in custody at `as_of`, as known at `known_at`, and what is next due for each.

    Shape:   ordered by what is due soonest. A person whose age is not known is held to be a child. A stay of more than
             14 days is taken to be a departure that was not recorded. What the viewer may open is what they may open now.
    Raises:  ACC-003 when the viewer may not see the board.
    """
    authorise(request, Act.READ_CUSTODY, BOARD_CUSTODY)
    as_of_moment = as_of or request.now
    config = read_config()
    context = AssessmentContext.at(config, as_of_moment, known_at)
    visibility = visibility_for_lists(request, config)
    lines: list[CustodyLine] = []
    names: set[LedgerRef] = set()
    recent = records_in_custody(as_of_moment - LONGEST_STAY, as_of_moment)
    came_and_went = comings_and_goings(whose_are(recent).values(), known_at)
    for person in sorted(
        person
        for person, (records_own, records_all) in came_and_went.items()
        if detained_now(records_own, records_all, as_of_moment)
    ):
        records, facts = facts_of_person(person, known_at)
        own_records = frozenset(records)
        custody_stay = detained_now(own_records, facts.events, as_of_moment)
        if custody_stay is None or is_grown_up(own_records, facts, as_of_moment):
            continue
        facts_now = facts if known_at is None else facts_of_person(person, None)[1]
        facts = facts if known_at is None else marked_as_now(facts)
        thing = person_thing(person, records, facts_now, request.now)
        visible = visibility.for_facts(facts_now, opened=person)
        if not visible.scope.admits_person(thing) or custody_stay.case in visible.sealed.cases:
            continue
        facts_shown = visible.facts_shown(facts)
        custody_stay = detained_now(own_records, facts_shown.events, as_of_moment)
        if custody_stay is None:
            continue
        records_shown = tuple(
            facts_shown.persons[record_key] for record_key in records if record_key in facts_shown.persons
        )
        about = context.person(person, records, facts)
        findings_owed = visible.for_findings(about).findings_shown(about)
        stay_findings = [
            finding for finding in findings_owed if custody_stay.case is None or finding.case == custody_stay.case
        ]
        label = full_name(records_shown[0]) if records_shown else "Name not known"
        night = is_overnight(context.policy.overnight, custody_stay.arrived, None, as_of_moment)
        lines.append(
            replace(
                _custody_line(person, label, age_words(records_shown, as_of_moment), custody_stay, stay_findings),
                overnight=night,
            )
        )
        names |= {(RECORD, *record) for record in visible.record_keys_shown(records)}
        names |= {(CASE_KIND, *custody_stay.case)} if custody_stay.case else set()
    chosen = chosen if chosen in BOARD_COUNTS else "in_custody"
    log_read(request, Act.READ_CUSTODY, names)
    freshness = source_freshness(request.now)
    return CustodyBoard(
        counts={
            count_name: sum(1 for custody_line in lines if count_rule(custody_line, as_of_moment))
            for count_name, count_rule in BOARD_COUNTS.items()
        },
        chosen=chosen,
        lines=tuple(
            sorted(
                (custody_line for custody_line in lines if BOARD_COUNTS[chosen](custody_line, as_of_moment)),
                key=_line_order,
            )
        ),
        is_fresh=any(source_fresh.source == SOURCE and not source_fresh.is_stale for source_fresh in freshness),
        fresh=freshness,
        as_of=as_of_moment,
        overnight_by=context.policy.overnight.words,
        overnight_version=context.policy.overnight.version,
    )


def _custody_line(
    person: str, label: str, person_age: str, custody_stay: Detained, stay_findings: list[VisibleFinding]
) -> CustodyLine:
    to_do = [
        finding
        for finding in stay_findings
        if finding.state in {State.OPEN, State.OVERDUE, State.CANNOT_TELL} and finding.ended_at is None
    ]
    reviews = [finding.due_at for finding in to_do if finding.ref in {"CU1", "CU2"} and finding.due_at is not None]
    return CustodyLine(
        person=person,
        label=label,
        age_words=person_age,
        area=custody_stay.area,
        case=custody_stay.case,
        arrived_at=custody_stay.arrived_at,
        placed_in=custody_stay.placed_in,
        adult=custody_stay.adult,
        accommodation=custody_stay.accommodation or ("not asked for" if custody_stay.bail_refused else ""),
        next_review_at=min(reviews, default=None),
        words="; ".join(sorted({finding.reason for finding in to_do if finding.reason})),
        findings=tuple(to_do),
    )


def _line_order(custody_line: CustodyLine) -> tuple[bool, float, datetime]:
    due_times = [finding.due_at.timestamp() for finding in custody_line.findings if finding.due_at is not None]
    return (not due_times, min(due_times, default=0.0), custody_line.arrived_at)
