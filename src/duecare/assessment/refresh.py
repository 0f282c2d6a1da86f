"""Reckon some cases and people anew, and put what is found in the place of what the assessment in force kept of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from duecare.assessment.rules_in_force import PersonReckoned, Reckoning, reckon_case, reckon_person
from duecare.assessment.worklist_rows import visit_kept, where_case, where_person, work_line
from duecare.duty.finding import Finding
from duecare.record.pole import CaseKey
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.findings import assessment_runs, finding_replacement, worklist_lines
from duecare.store.linkage.linkage_runs import LinkState, link_state
from duecare.store.models import AssessRun
from duecare.visibility.case_scope import case_thing
from duecare.worklist.ownership import case_ownership
from duecare.worklist.visits import visit_owed

AT_ONCE = 25
TRIES = 5
PEOPLE_KNOWN = 1_000


@dataclass(frozen=True, slots=True)
class Anew:
    """One case assessed again; or one person, outside any case, with the visit they are owed.

    Shape:   `turns_at` is when the result next changes by itself, other than by due times and ladders passing.
    """

    case: CaseKey | None
    person: str
    findings: tuple[Finding, ...]
    line: worklist_lines.WorkLine | None
    visit: worklist_lines.VisitKept | None = None
    turns_at: datetime | None = None


def bring(
    by: Reckoning,
    run: AssessRun,
    cases: Iterable[CaseKey],
    people: Iterable[str],
    tell: Callable[[str, int], None] = lambda _what, _count: None,
) -> int:
    """Reckon these anew, some at a time, each some in one short transaction; how many?

    Shape:   fewer than were asked for where another assessment has taken this one's place, or deliveries come faster
             than can be reckoned. What was reckoned from facts to which a delivery, or a linkage, has been added since is
             reckoned again: the other's result may stand in its place already, and no older one may overwrite it.
    """
    done, known = 0, _Known()
    wanted: list[CaseKey | str] = [*sorted(cases), *sorted(people)]
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        if not any(_some(by, run, some, known) for _ in range(TRIES)):
            return done
        done += len(some)
        tell("cases and people", done)
    return done


@dataclass(slots=True)
class _Known:
    """People reckoned already: one who is tied in many cases is not reckoned for each, while nothing new is held."""

    rests_on: tuple[int, LinkState] = (0, LinkState())
    people: dict[str, PersonReckoned] = field(default_factory=dict)

    def of(self, person: str, by: Reckoning) -> PersonReckoned:
        """This person, reckoned."""
        if person not in self.people:
            self.people[person] = reckon_person(person, by)
        return self.people[person]


def _some(by: Reckoning, run: AssessRun, some: Iterable[CaseKey | str], known: _Known) -> bool:
    rests_on = _held()
    by = by.with_officers_of_now()
    if known.rests_on != rests_on or len(known.people) > PEOPLE_KNOWN:
        known.rests_on, known.people = rests_on, {}
    anew = [
        assess_case(by, one, known.of) if isinstance(one, CaseKey) else assess_person(by, one, known.of) for one in some
    ]
    with transaction():
        if not assessment_runs.hold(run) or _held() != rests_on:
            return False
        for one in anew:
            if one.case is not None:
                finding_replacement.replace_case(run, one.case, one.findings, one.line, one.turns_at)
            else:
                finding_replacement.replace_person(run, one.person, one.findings, one.line, one.turns_at)
                finding_replacement.replace_visit(run, one.person, one.visit)
    return True


def _held() -> tuple[int, LinkState]:
    return delivery_records.last_number(), link_state()


def assess_case(by: Reckoning, key: CaseKey, of: Callable[[str, Reckoning], PersonReckoned]) -> Anew:
    """One case, with its line on the worklist; `of` gives each person in it assessed."""
    reckoned = reckon_case(key, by, lambda person: of(person, by))
    case = reckoned.facts.cases.get(key)
    thing = case_thing(key, reckoned.facts, reckoned.watch)
    item = by.line(
        case=key,
        person=None,
        case_kind=case.kind if case else "",
        held_by=reckoned.owner,
        danger=reckoned.danger,
        findings=reckoned.findings,
    )
    where = where_case(key, case, reckoned.owner, in_custody=thing.in_custody_now)
    line = work_line(where, item) if item else None
    return Anew(key, "", reckoned.findings, line, turns_at=reckoned.watch.turns_at)


def assess_person(by: Reckoning, person: str, of: Callable[[str, Reckoning], PersonReckoned]) -> Anew:
    """One person outside any case, with their lines on the worklist and on the board of visits."""
    reckoned = of(person, by)
    records, facts = reckoned.records, reckoned.facts
    found = tuple(finding for finding in reckoned.findings if finding.case is None)
    own = [event for event in facts.events if any(tie.record in records for tie in event.ties)]
    holds = case_ownership(None, own, reckoned.watch)
    item = by.line(case=None, person=person, case_kind="", held_by=holds, danger=None, findings=found)
    held = [facts.persons[key] for key in records if key in facts.persons]
    sealing = any(record.restricted for record in held), any(record.sealed for record in held)
    line = work_line(where_person(person, found[0], holds, sealing), item) if found and item else None
    about = [f for f in reckoned.findings if f.duty == by.policy.visit_duty]
    owed = visit_owed(frozenset(records), own, about, reckoned.watch) if about else None
    visit = None
    if owed is not None:
        case = facts.cases.get(owed.finding.case) if owed.finding.case else None
        sealing = sealing[0] or bool(case and case.restricted), sealing[1] or bool(case and case.sealed)
        visit = visit_kept(where_person(person, owed.finding, holds, sealing), owed, holds)
    return Anew(None, person, found, line, visit, reckoned.watch.turns_at)
