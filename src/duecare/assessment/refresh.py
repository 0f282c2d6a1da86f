"""Work out some cases and people again, and put what is found in place of what the assessment in force kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from duecare.assessment.rules_in_force import AssessedPerson, AssessmentContext, assess_case, assess_person
from duecare.assessment.worklist_rows import visit_kept, where_case, where_person, work_line
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.findings import assessment_runs, finding_replacement, worklist_lines
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.linkage.linkage_runs import LinkState, link_state
from duecare.visibility.case_scope import case_thing
from duecare.worklist.offender_visits import visit_owed
from duecare.worklist.ownership import person_ownership

AT_ONCE = 25
TRIES = 5
PEOPLE_KNOWN = 1_000


@dataclass(frozen=True, slots=True)
class RefreshedUnit:
    """One case assessed again; or one person, outside any case, with the visit they are owed.

    Shape:   `turns_at` is when the result next changes by itself, other than by due times and ladders passing.
    """

    case: CaseKey | None
    person: str
    findings: tuple[Finding, ...]
    line: worklist_lines.WorkLine | None
    visit: worklist_lines.VisitKept | None = None
    turns_at: datetime | None = None


def refresh_units(
    context: AssessmentContext,
    assessment_run: AssessmentRun,
    cases: Iterable[CaseKey],
    people: Iterable[str],
    report_progress: Callable[[str, int], None] = lambda _name, _count: None,
) -> int:
    """Work out these again, some at a time, each some in one short transaction; how many?

    Shape:   fewer than were asked for where another assessment has taken this one's place, or deliveries come faster
             than can be worked out. What was worked out from facts to which a delivery, or a linkage, has been added since is
             worked out again: the other's result may stand in its place already, and no older one may overwrite it.
    """
    done_count, assessed_people = 0, _AssessedPeople()
    wanted_units: list[CaseKey | str] = [*sorted(cases), *sorted(people)]
    for batch_start in range(0, len(wanted_units), AT_ONCE):
        unit_batch = wanted_units[batch_start : batch_start + AT_ONCE]
        if not any(_refresh_batch(context, assessment_run, unit_batch, assessed_people) for _ in range(TRIES)):
            return done_count
        done_count += len(unit_batch)
        report_progress("cases and people", done_count)
    return done_count


@dataclass(slots=True)
class _AssessedPeople:
    """People worked out already: one who is tied in many cases is not worked out for each, while nothing new is held."""

    rests_on: tuple[int, LinkState] = (0, LinkState())
    people: dict[str, AssessedPerson] = field(default_factory=dict)

    def assessed_person(self, person: str, context: AssessmentContext) -> AssessedPerson:
        """This person, worked out."""
        if person not in self.people:
            self.people[person] = assess_person(person, context)
        return self.people[person]


def _refresh_batch(
    context: AssessmentContext,
    assessment_run: AssessmentRun,
    unit_batch: Iterable[CaseKey | str],
    assessed_people: _AssessedPeople,
) -> bool:
    rests_on = _facts_version()
    context = context.with_officers_of_now()
    if assessed_people.rests_on != rests_on or len(assessed_people.people) > PEOPLE_KNOWN:
        assessed_people.rests_on, assessed_people.people = rests_on, {}
    refreshed_units = [
        refreshed_case(context, refreshed_unit, assessed_people.assessed_person)
        if isinstance(refreshed_unit, CaseKey)
        else refreshed_person(context, refreshed_unit, assessed_people.assessed_person)
        for refreshed_unit in unit_batch
    ]
    with transaction():
        if not assessment_runs.lock_run(assessment_run) or _facts_version() != rests_on:
            return False
        for refreshed_unit in refreshed_units:
            if refreshed_unit.case is not None:
                finding_replacement.replace_case(
                    assessment_run,
                    refreshed_unit.case,
                    refreshed_unit.findings,
                    refreshed_unit.line,
                    refreshed_unit.turns_at,
                )
            else:
                finding_replacement.replace_person(
                    assessment_run,
                    refreshed_unit.person,
                    refreshed_unit.findings,
                    refreshed_unit.line,
                    refreshed_unit.turns_at,
                )
                finding_replacement.replace_visit(assessment_run, refreshed_unit.person, refreshed_unit.visit)
    return True


def _facts_version() -> tuple[int, LinkState]:
    return delivery_records.last_number(), link_state()


def refreshed_case(
    context: AssessmentContext, case_key: CaseKey, person_source: Callable[[str, AssessmentContext], AssessedPerson]
) -> RefreshedUnit:
    """One case, with its line on the worklist; `person_source` gives each person in it assessed."""
    assessed = assess_case(case_key, context, lambda person: person_source(person, context))
    case_record = assessed.facts.cases.get(case_key)
    thing = case_thing(case_key, assessed.facts, assessed.watch)
    worklist_item = context.line(
        case_record=case_key,
        person=None,
        case_kind=case_record.kind if case_record else "",
        held_by=assessed.owner,
        danger=assessed.danger,
        findings=assessed.findings,
    )
    where = where_case(case_key, case_record, assessed.owner, in_custody=thing.in_custody_now)
    kept_line = work_line(where, worklist_item) if worklist_item else None
    return RefreshedUnit(case_key, "", assessed.findings, kept_line, turns_at=assessed.watch.turns_at)


def refreshed_person(
    context: AssessmentContext, person: str, person_source: Callable[[str, AssessmentContext], AssessedPerson]
) -> RefreshedUnit:
    """One person outside any case, with their lines on the worklist and on the board of visits."""
    assessed = person_source(person, context)
    records, facts = assessed.records, assessed.facts
    own_findings = tuple(finding for finding in assessed.findings if finding.case is None)
    own_events = [
        event for event in facts.events if any(participation.record in records for participation in event.ties)
    ]
    holds = person_ownership(own_events, facts.cases, assessed.watch)
    worklist_item = context.line(
        case_record=None, person=person, case_kind="", held_by=holds, danger=None, findings=own_findings
    )
    person_records = [facts.persons[record_key] for record_key in records if record_key in facts.persons]
    sealing = any(record.restricted for record in person_records), any(record.sealed for record in person_records)
    kept_line = (
        work_line(where_person(person, own_findings[0], holds, sealing), worklist_item)
        if own_findings and worklist_item
        else None
    )
    about = [finding for finding in assessed.findings if finding.duty == context.policy.visit_duty]
    owed_visit = visit_owed(frozenset(records), own_events, about, assessed.watch) if about else None
    visit = None
    if owed_visit is not None:
        visit_case = owed_visit.finding.case
        holds = person_ownership(own_events, facts.cases, assessed.watch, in_case=visit_case)
        case_record = facts.cases.get(visit_case) if visit_case else None
        sealing = (
            sealing[0] or bool(case_record and case_record.restricted),
            sealing[1] or bool(case_record and case_record.sealed),
        )
        visit = visit_kept(where_person(person, owed_visit.finding, holds, sealing), owed_visit, holds)
    return RefreshedUnit(None, person, own_findings, kept_line, visit, assessed.watch.turns_at)
