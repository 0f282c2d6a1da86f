"""Bring up to date the lines that the mere passing of time has changed since the assessment in force."""

from __future__ import annotations

from duecare.config import read_config
from duecare.steps.asking import Asking
from duecare.steps.in_reach import case_thing
from duecare.steps.reckoning import Reckoning, reckon_case
from duecare.steps.work_lines import where_case, where_person, work_line
from duecare.store import work
from duecare.store.facts import facts_of_person
from duecare.store.models import AssessRun
from duecare.store.transaction import transaction
from duecare.worklist.ownership import ownership

MOST = 200


def assess_due(asking: Asking, run: AssessRun) -> int:
    """Reckon anew every line due to change by now, soonest first, at most 200 at a time; how many were there?

    Shape:   findings are worked out, never facts: replacing them loses nothing, and the ledger is not concerned.
    """
    due = work.work_due_to_change(run.pk, int(asking.now.timestamp()), MOST)
    if not due:
        return 0
    by = Reckoning.at(read_config(), asking.now, run.known_at)
    for line in due:
        if line.where.case is not None:
            reckoned = reckon_case(line.where.case, by)
            thing = case_thing(line.where.case, reckoned.facts, by.as_of)
            case = reckoned.facts.cases.get(line.where.case)
            where = where_case(line.where.case, case, reckoned.owner, in_custody=thing.in_custody_now)
            item = by.line(
                case=line.where.case,
                person=None,
                case_kind=case.kind if case else "",
                held_by=reckoned.owner,
                danger=reckoned.danger,
                findings=reckoned.findings,
            )
            with transaction():
                work.replace_case(run, line.where.case, reckoned.findings, work_line(where, item) if item else None)
        elif line.where.person is not None:
            _person(by, run, line)
    return len(due)


def _person(by: Reckoning, run: AssessRun, line: work.WorkLine) -> None:
    person = line.where.person or ""
    records, facts = facts_of_person(person, by.known_at)
    found = [finding for finding in by.person(person, records, facts) if finding.case is None]
    own = [event for event in facts.events if any(tie.record in records for tie in event.ties)]
    holds = ownership(None, own, by.as_of)
    item = by.line(case=None, person=person, case_kind="", held_by=holds, danger=None, findings=found)
    sealing = (line.where.is_restricted, line.where.is_sealed)
    kept = work_line(where_person(person, found[0], holds, sealing), item) if found and item else None
    with transaction():
        work.replace_person(run, person, found, kept)
