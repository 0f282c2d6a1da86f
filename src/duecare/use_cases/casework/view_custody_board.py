"""The board of children in custody now, worked out at the moment it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from duecare.access.act import Act
from duecare.access.thing import BOARD_CUSTODY
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.duty.finding import Finding, State
from duecare.store.facts.custody_events import comings_and_goings
from duecare.store.facts.fact_lookup import facts_of_person, records_in_custody
from duecare.store.ledger.opaque_ids import CASE, RECORD, Name
from duecare.store.linkage.linked_people import whose_are
from duecare.visibility.case_scope import is_grown_up, person_thing
from duecare.visibility.display_names import age_words, full_name
from duecare.visibility.page_types import CustodyBoard, CustodyLine
from duecare.visibility.sealed_filter import marked_as_now
from duecare.visibility.view import visibility_for_lists
from duecare.visibility.visible import VisibleFinding
from duecare.worklist.custody import Detained, detained_now
from duecare.worklist.overnight import is_overnight

LONGEST_STAY = timedelta(days=14)
SOURCE = "custody"

COUNTS: dict[str, Callable[[CustodyLine, datetime], bool]] = {
    "in_custody": lambda line, now: True,
    "review_overdue": lambda line, now: any(f.state is State.OVERDUE for f in _reviews(line)),
    "review_due_hour": lambda line, now: (
        line.next_review_at is not None and now <= line.next_review_at <= now + timedelta(hours=1)
    ),
    "no_adult": lambda line, now: line.adult != "arrived",
    "accommodation_asked": lambda line, now: line.accommodation in {"requested", "refused", "provided"},
    "in_cell": lambda line, now: line.placed_in == "cell",
    "overnight": lambda line, now: line.overnight is True,
}


def read_custody(
    request: Request,
    chosen: str = "in_custody",
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> CustodyBoard:
    """Which children are in custody at `as_of`, as known at `known_at`, and what is next due for each?

    Shape:   ordered by what is due soonest. A person whose age cannot be told is held to be a child. A stay of more than
             14 days is taken to be a departure that was not recorded. What the viewer may open is what they may open now.
    Raises:  ACC-003 when the viewer may not see the board.
    """
    authorise(request, Act.READ_CUSTODY, BOARD_CUSTODY)
    at = as_of or request.now
    config = read_config()
    by = AssessmentContext.at(config, at, known_at)
    visibility = visibility_for_lists(request, config)
    lines: list[CustodyLine] = []
    names: set[Name] = set()
    recent = records_in_custody(at - LONGEST_STAY, at)
    came_and_went = comings_and_goings(whose_are(recent).values(), known_at)
    for person in sorted(person for person, (own, all_) in came_and_went.items() if detained_now(own, all_, at)):
        records, facts = facts_of_person(person, known_at)
        own = frozenset(records)
        stay = detained_now(own, facts.events, at)
        if stay is None or is_grown_up(own, facts, at):
            continue
        now = facts if known_at is None else facts_of_person(person, None)[1]
        facts = facts if known_at is None else marked_as_now(facts)
        thing = person_thing(person, records, now, request.now)
        visible = visibility.for_facts(now, opened=person)
        if not visible.scope.admits_person(thing) or stay.case in visible.sealed.cases:
            continue
        shown = visible.facts_shown(facts)
        stay = detained_now(own, shown.events, at)
        if stay is None:
            continue
        held = tuple(shown.persons[key] for key in records if key in shown.persons)
        about = by.person(person, records, facts)
        owed = visible.for_findings(about).findings_shown(about)
        found = [f for f in owed if stay.case is None or f.case == stay.case]
        label = full_name(held[0]) if held else "Name not known"
        night = is_overnight(by.policy.overnight, stay.arrived, None, at)
        lines.append(replace(_line(person, label, age_words(held, at), stay, found), overnight=night))
        names |= {(RECORD, *record) for record in visible.record_keys_shown(records)}
        names |= {(CASE, *stay.case)} if stay.case else set()
    chosen = chosen if chosen in COUNTS else "in_custody"
    log_read(request, Act.READ_CUSTODY, names)
    freshness = source_freshness(request.now)
    return CustodyBoard(
        counts={name: sum(1 for line in lines if rule(line, at)) for name, rule in COUNTS.items()},
        chosen=chosen,
        lines=tuple(sorted((line for line in lines if COUNTS[chosen](line, at)), key=_order)),
        is_fresh=any(f.source == SOURCE and not f.is_stale for f in freshness),
        fresh=freshness,
        as_of=at,
        overnight_by=by.policy.overnight.words,
        overnight_version=by.policy.overnight.version,
    )


def _line(person: str, label: str, age: str, stay: Detained, found: list[VisibleFinding]) -> CustodyLine:
    to_do = [f for f in found if f.state in {State.OPEN, State.OVERDUE, State.CANNOT_TELL} and f.ended_at is None]
    reviews = [f.due_at for f in to_do if f.ref in {"CU1", "CU2"} and f.due_at is not None]
    return CustodyLine(
        person=person,
        label=label,
        age_words=age,
        area=stay.area,
        case=stay.case,
        arrived_at=stay.arrived_at,
        placed_in=stay.placed_in,
        adult=stay.adult,
        accommodation=stay.accommodation or ("not asked for" if stay.bail_refused else ""),
        next_review_at=min(reviews, default=None),
        words="; ".join(sorted({f.reason for f in to_do if f.reason})),
        findings=tuple(to_do),
    )


def _reviews(line: CustodyLine) -> list[Finding]:
    return [finding for finding in line.findings if finding.ref in {"CU1", "CU2"}]


def _order(line: CustodyLine) -> tuple[bool, float, datetime]:
    due = [finding.due_at.timestamp() for finding in line.findings if finding.due_at is not None]
    return (not due, min(due, default=0.0), line.arrived_at)
