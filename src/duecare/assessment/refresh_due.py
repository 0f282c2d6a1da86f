"""Refresh the findings and worklist lines that time alone has changed since the assessment: limits passed, steps reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.assessment.affected_units import cases_of_people
from duecare.assessment.refresh import refresh_units
from duecare.assessment.refresh_affected import AT_ONE_LOOK, refresh_affected
from duecare.assessment.rules_in_force import CHILDREN, AssessmentContext, ladder_hours_by_duty
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.store.facts import due_to_change
from duecare.store.findings import assessment_runs, turning_moments, worklist_lines
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.linkage.linked_people import whose_are
from duecare.vocabulary.london_clock import london_day

MOST_AT_ONCE = 200


def refresh_due(request: Request, assessment_run: AssessmentRun) -> int:
    """Work out again every case and person that time has changed since the assessment was last looked at; how many?

    Shape:   what a delivery accepted since has touched comes first, where it is little: whoever received it may have
             been stopped before it was worked out. Of time, those are: lines whose next change has come; whoever has an
             event, or is held by an officer whose absence begins or ends to count, since then; where the clock has been
             put back, whatever was due in between. Findings are worked out, never facts: replacing them loses nothing,
             and the ledger is not concerned.
    """
    refresh_affected(request, assessment_run, most_units=AT_ONE_LOOK, with_link=False)
    context = AssessmentContext.at(read_config(), request.now, assessment_run.known_at)
    cases, people = _changed_by_time(context, assessment_run.as_of)
    turned_cases, turned_people = turning_moments.turned_by(assessment_run.id, request.now)
    cases, people = cases | turned_cases, people | turned_people
    done_count = refresh_units(context, assessment_run, cases, people)
    wanted_count = len(cases) + len(people)
    while done_count == wanted_count:
        due_lines = worklist_lines.work_due_to_change(assessment_run.id, int(request.now.timestamp()), MOST_AT_ONCE)
        due_cases = {due_line.where.case for due_line in due_lines if due_line.where.case is not None} - cases
        alone = {
            due_line.where.person for due_line in due_lines if due_line.where.case is None and due_line.where.person
        } - people
        if not due_cases and not alone:
            break
        alone |= worklist_lines.visited_in(assessment_run.id, due_cases) - people
        done_count += refresh_units(context, assessment_run, due_cases, alone)
        wanted_count += len(due_cases) + len(alone)
        cases |= due_cases
        people |= alone
    if done_count and done_count == wanted_count:
        assessment_runs.looked_at(assessment_run, request.now)
    return done_count


def refresh_due_in_force(request: Request) -> int:
    """The same of the assessment in force, where there is one."""
    assessment_run = assessment_runs.run_in_force()
    return refresh_due(request, assessment_run) if assessment_run is not None else 0


def _changed_by_time(context: AssessmentContext, before: datetime) -> tuple[set[CaseKey], set[str]]:
    """Whose facts come to be, or cease to be, between the two moments?"""
    start_moment, end_moment = sorted((before, context.as_of))
    if start_moment == end_moment:
        return set(), set()
    cases: set[CaseKey] = set()
    people: set[str] = set()
    since = start_moment
    if context.as_of < before:
        ladder_hours = [
            0.0,
            *(hours for after in ladder_hours_by_duty().values() for hours in after),
        ]  # some before it is due
        cases, people = assessment_runs.due_between(
            start_moment - timedelta(hours=max(ladder_hours)), end_moment - timedelta(hours=min(ladder_hours))
        )
    if london_day(start_moment) != london_day(end_moment):
        since -= timedelta(days=1)
    named_cases, records = due_to_change.named_between(since, end_moment)
    cases |= named_cases
    people |= set(whose_are(records).values())
    grace = context.policy.absence_grace
    absent = {
        officer.officer
        for officer in context.roster.officers
        for vacancy in context.roster.vacancies(officer.officer, grace)
        if start_moment < vacancy.from_ <= end_moment
        or (vacancy.to is not None and start_moment < vacancy.to <= end_moment)
    }
    cases |= due_to_change.cases_of_officers(absent)
    return cases | cases_of_people(people, context.roles | CHILDREN), people
