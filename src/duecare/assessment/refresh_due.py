"""Bring up to date what the mere passing of time has changed since the assessment in force."""

from __future__ import annotations

from datetime import datetime, timedelta

from duecare.assessment.affected import cases_of_people
from duecare.assessment.refresh import bring
from duecare.assessment.refresh_affected import AT_ONE_LOOK, assess_touched
from duecare.assessment.rules_in_force import CHILDREN, Reckoning, rungs
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.record.pole import CaseKey
from duecare.store.facts import due_to_change
from duecare.store.findings import assessment_runs, turning_moments, worklist_lines
from duecare.store.linkage.linked_people import whose_are
from duecare.store.models import AssessRun
from duecare.vocabulary.moments import london_day

MOST = 200


def assess_due(request: Request, run: AssessRun) -> int:
    """Reckon anew every case and person that time has changed since the assessment was last looked at; how many?

    Shape:   what a delivery accepted since has touched comes first, where it is little: whoever received it may have
             been stopped before it was reckoned. Of time, those are: lines whose next change has come; whoever has an
             event, or is held by an officer whose absence begins or ends to count, since then; where the clock has been
             put back, whatever was due in between. Findings are worked out, never facts: replacing them loses nothing,
             and the ledger is not concerned.
    """
    assess_touched(request, run, most=AT_ONE_LOOK, with_link=False)
    by = Reckoning.at(read_config(), request.now, run.known_at)
    cases, people = _woken(by, run.as_of)
    turned_cases, turned_people = turning_moments.turned_by(run.pk, request.now)
    cases, people = cases | turned_cases, people | turned_people
    done = bring(by, run, cases, people)
    wanted = len(cases) + len(people)
    while done == wanted:
        due = worklist_lines.work_due_to_change(run.pk, int(request.now.timestamp()), MOST)
        some = {line.where.case for line in due if line.where.case is not None} - cases
        alone = {line.where.person for line in due if line.where.case is None and line.where.person} - people
        if not some and not alone:
            break
        alone |= worklist_lines.visited_in(run.pk, some) - people
        done += bring(by, run, some, alone)
        wanted += len(some) + len(alone)
        cases |= some
        people |= alone
    if done and done == wanted:
        assessment_runs.looked_at(run, request.now)
    return done


def assess_due_in_force(request: Request) -> int:
    """The same of the assessment in force, where there is one."""
    run = assessment_runs.run_in_force()
    return assess_due(request, run) if run is not None else 0


def _woken(by: Reckoning, before: datetime) -> tuple[set[CaseKey], set[str]]:
    """Whose facts come to be, or cease to be, between the two moments?"""
    first, last = sorted((before, by.as_of))
    if first == last:
        return set(), set()
    cases: set[CaseKey] = set()
    people: set[str] = set()
    since = first
    if by.as_of < before:
        since -= timedelta(days=by.policy.danger_now_days, seconds=1)
        told = [0.0, *(hours for after in rungs().values() for hours in after)]  # some before it is due
        cases, people = assessment_runs.due_between(
            first - timedelta(hours=max(told)), last - timedelta(hours=min(told))
        )
    if london_day(first) != london_day(last):
        since -= timedelta(days=1)
    named, records = due_to_change.named_between(since, last)
    cases |= named
    people |= set(whose_are(records).values())
    grace = by.policy.absence_grace
    absent = {
        officer.officer
        for officer in by.roster.officers
        for vacancy in by.roster.vacancies(officer.officer, grace)
        if first < vacancy.from_ <= last or (vacancy.to is not None and first < vacancy.to <= last)
    }
    cases |= due_to_change.cases_of_officers(absent)
    return cases | cases_of_people(people, by.roles | CHILDREN), people
