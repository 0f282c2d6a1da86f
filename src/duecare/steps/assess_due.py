"""Bring up to date what the mere passing of time has changed since the assessment in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from duecare.config import read_config
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.steps.asking import Asking
from duecare.steps.in_reach import case_thing
from duecare.steps.reckoning import Reckoning, reckon_case
from duecare.steps.work_lines import visit_kept, where_case, where_person, work_line
from duecare.store import findings, waking, work
from duecare.store.facts import facts_of_person
from duecare.store.models import AssessRun
from duecare.store.people import whose_are
from duecare.store.transaction import transaction
from duecare.vocabulary.moments import london_day
from duecare.worklist.ownership import ownership
from duecare.worklist.visits import visit_owed

AT_ONCE = 25
MOST = 200


@dataclass(frozen=True, slots=True)
class _Anew:
    """What was reckoned anew of one case, or of one person outside any case."""

    case: CaseKey | None
    person: str
    findings: tuple[Finding, ...]
    line: work.WorkLine | None


def assess_due(asking: Asking, run: AssessRun) -> int:
    """Reckon anew every case and person that time has changed since the assessment was last looked at; how many?

    Shape:   those are: lines whose next change has come; whoever has an event, or is held by an officer whose absence
             begins or ends to count, since then; where the clock has been put back, whatever was due in between.
             Findings are worked out, never facts: replacing them loses nothing, and the ledger is not concerned.
    """
    by = Reckoning.at(read_config(), asking.now, run.known_at)
    cases, people = _woken(by, run.as_of)
    done = _bring(by, run, cases, people)
    for person in sorted(people):
        _visit(by, run, person)
    while True:
        due = work.work_due_to_change(run.pk, int(asking.now.timestamp()), MOST)
        some = {line.where.case for line in due if line.where.case is not None} - cases
        alone = {line.where.person for line in due if line.where.case is None and line.where.person} - people
        if not some and not alone:
            break
        done += _bring(by, run, some, alone)
        cases |= some
        people |= alone
    if done:
        findings.looked_at(run, asking.now)
    return done


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
        cases, people = findings.due_between(first, last)
    if london_day(first) != london_day(last):
        since -= timedelta(days=1)
    named, records = waking.named_between(since, last)
    cases |= named
    people |= set(whose_are(records).values())
    grace = by.policy.absence_grace
    absent = {
        officer.officer
        for officer in by.roster.officers
        for vacancy in by.roster.vacancies(officer.officer, grace)
        if first < vacancy.from_ <= last or (vacancy.to is not None and first < vacancy.to <= last)
    }
    cases |= waking.cases_of_officers(absent)
    for person in people:
        records_, facts = facts_of_person(person, by.known_at)
        mine = (event for event in facts.events if any(tie.record in records_ for tie in event.ties))
        cases |= {event.case for event in mine if event.case is not None}
    return cases, people


def _bring(by: Reckoning, run: AssessRun, cases: Iterable[CaseKey], people: Iterable[str]) -> int:
    done = 0
    wanted: list[CaseKey | str] = [*sorted(cases), *sorted(people)]
    for first in range(0, len(wanted), AT_ONCE):
        anew = [
            _case(by, key) if isinstance(key, CaseKey) else _person(by, key) for key in wanted[first : first + AT_ONCE]
        ]
        with transaction():
            if not findings.hold(run):
                return done
            for one in anew:
                if one.case is not None:
                    work.replace_case(run, one.case, one.findings, one.line)
                else:
                    work.replace_person(run, one.person, one.findings, one.line)
        done += len(anew)
    return done


def _case(by: Reckoning, key: CaseKey) -> _Anew:
    reckoned = reckon_case(key, by)
    case = reckoned.facts.cases.get(key)
    thing = case_thing(key, reckoned.facts, by.as_of)
    item = by.line(
        case=key,
        person=None,
        case_kind=case.kind if case else "",
        held_by=reckoned.owner,
        danger=reckoned.danger,
        findings=reckoned.findings,
    )
    where = where_case(key, case, reckoned.owner, in_custody=thing.in_custody_now)
    return _Anew(key, "", reckoned.findings, work_line(where, item) if item else None)


def _person(by: Reckoning, person: str) -> _Anew:
    records, facts = facts_of_person(person, by.known_at)
    found = tuple(finding for finding in by.person(person, records, facts) if finding.case is None)
    own = [event for event in facts.events if any(tie.record in records for tie in event.ties)]
    holds = ownership(None, own, by.as_of)
    item = by.line(case=None, person=person, case_kind="", held_by=holds, danger=None, findings=found)
    held = [facts.persons[key] for key in records if key in facts.persons]
    sealing = any(record.restricted for record in held), any(record.sealed for record in held)
    line = work_line(where_person(person, found[0], holds, sealing), item) if found and item else None
    return _Anew(None, person, found, line)


def _visit(by: Reckoning, run: AssessRun, person: str) -> None:
    records, facts = facts_of_person(person, by.known_at)
    own = [event for event in facts.events if any(tie.record in records for tie in event.ties)]
    found = [f for f in by.person(person, records, facts) if f.duty == by.policy.visit_duty]
    owed = visit_owed(frozenset(records), own, found, by.as_of) if found else None
    held = [facts.persons[key] for key in records if key in facts.persons]
    case = facts.cases.get(owed.finding.case) if owed and owed.finding.case else None
    sealing = (
        any(record.restricted for record in held) or bool(case and case.restricted),
        any(record.sealed for record in held) or bool(case and case.sealed),
    )
    holds = ownership(None, own, by.as_of)
    kept = visit_kept(where_person(person, owed.finding, holds, sealing), owed, holds) if owed else None
    with transaction():
        if findings.hold(run):
            work.replace_visit(run, person, kept)
