"""Reckon every duty of every case and person anew, beside what is in force, then put the new findings in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.engine_run import DUCKDB, SPARK, Found, find
from duecare.assessment.may_turn import may_turn, may_turn_alone, officers_leaving
from duecare.assessment.policy_history import keep_policy
from duecare.assessment.refresh import assess_case, assess_person
from duecare.assessment.refresh_due import assess_due_in_force
from duecare.assessment.rules_in_force import CHILDREN, Reckoning, reckon_person
from duecare.assessment.worklist_rows import visit_kept, where_case, where_person, work_line
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.assess import assess_duties as judge
from duecare.duty.assess import in_order
from duecare.duty.finding import Finding, State
from duecare.record.pole import CaseKey, CaseRecord, EventRecord, PersonRecord, RecordKey
from duecare.store.bulk.all_facts import Everything, everything
from duecare.store.bulk.local_spark import require_spark
from duecare.store.database.transaction import transaction
from duecare.store.facts import delivery_records
from duecare.store.facts.fact_lookup import Facts
from duecare.store.findings import assessment_runs, turning_moments, worklist_lines
from duecare.store.findings.run_differences import Difference, differences
from duecare.store.linkage.linkage_runs import link_state
from duecare.timeline.weave import weave_case, weave_person
from duecare.visibility.case_scope import has_child_in_custody
from duecare.vocabulary.watched_moment import WatchedMoment, earliest_turn
from duecare.worklist import danger
from duecare.worklist.ownership import Ownership, case_ownership
from duecare.worklist.visits import visit_owed

BATCH = 2_000
MEMORY = "memory"
ENGINE_FROM = 200_000
"""From so many events on is the engine quicker than one case after another."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assessed:
    """How many findings were reckoned, how many are overdue, and how many has each duty?

    Shape:   `engine` says which reckoned them; `differences` from what was in force before, None where not asked for, or
             where that was reckoned by other rules or another policy.
    """

    findings: int
    overdue: int
    by_duty: Mapping[str, Mapping[str, int]]
    engine: str = ""
    differences: tuple[Difference, ...] | None = None


@dataclass(slots=True)
class _Sums:
    findings: int = 0
    overdue: int = 0
    by_duty: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.findings += 1
        self.overdue += finding.state is State.OVERDUE and finding.adopted is not False
        self.by_duty.setdefault(finding.duty, Counter())[finding.state.value] += 1


def assess(
    request: Request,
    config: Config,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    engine: str = "",
    check: bool = False,
    tell: Callable[[str, int], None] = lambda _what, _count: None,
) -> Assessed:
    """Reckon everything and put it in force.

    Shape:   what is in force stays so until the last short transaction moves the pointer. `engine` is memory, where the
             judge takes one case and person after another, or duckdb or spark, where all are worked out at once; where
             none is named, memory or duckdb, whichever is quicker for so many events. `check`: what was in force is
             brought up to now first, and held against the new assessment.
    Raises:  ACC-003 when the viewer may not assess; DUT-023 when Spark is named and cannot be run here.
    """
    authorise(request, Act.ASSESS, FINDINGS)
    if engine == SPARK:
        require_spark("DUT-023")
    if check:
        assess_due_in_force(request)
    before = assessment_runs.run_in_force() if check else None
    by = Reckoning.at(config, as_of or request.now, known_at)
    sums = _Sums()
    run = assessment_runs.begin(
        request.now, by.as_of, known_at, by.rulebook, link_state(), delivery_records.last_number()
    )
    with everything(known_at) as held:
        engine = engine or (DUCKDB if held.events > ENGINE_FROM else MEMORY)
        found = find(held, by, (*by.case_duties, *by.person_duties), engine) if engine != MEMORY else None
        reckoned = Everyone(held, by, found)
        for batch in _batches(reckoned.of_people(), BATCH):
            tell("people", len(batch))
        for some in _batches(reckoned.of_cases(), BATCH):
            tell("cases", len(some))
            with transaction():
                for case in some:
                    assessment_runs.keep_findings(run, case.findings)
                    worklist_lines.keep_work(run, [case.line] if case.line else [])
                    turning_moments.keep_turns(run, case.turns)
                    for finding in case.findings:
                        sums.add(finding)
        for alone in _batches(reckoned.without_case(), BATCH):
            with transaction():
                for one in alone:
                    assessment_runs.keep_findings(run, one.findings)
                    worklist_lines.keep_work(run, [one.line] if one.line else [])
                    for finding in one.findings:
                        sums.add(finding)
        with transaction():
            worklist_lines.keep_visits(run, reckoned.visits)
            turning_moments.keep_turns(run, reckoned.turns_of_people())
    for keys in _batches(sorted(reckoned.unsettled), BATCH):
        turns = [turn for key in keys for turn in _turn_of(key, by)]
        with transaction():
            turning_moments.keep_turns(run, turns)
    run.findings, run.overdue = sums.findings, sums.overdue
    run.by_duty = {duty: dict(states) for duty, states in sorted(sums.by_duty.items())}
    differ: tuple[Difference, ...] | None = () if check and before is None else None
    if before is not None and before.rulebook == run.rulebook:
        differ = tuple(differences(before.pk, run.pk))
    with transaction():
        assessment_runs.put_in_force(run)
        log_write(request, Act.ASSESS)
    keep_policy(config, request.now)
    for old in assessment_runs.old_runs():
        with transaction():
            assessment_runs.drop_run(old)
    return Assessed(run.findings, run.overdue, run.by_duty, engine, differ)


@dataclass(frozen=True, slots=True)
class _Reckoned:
    findings: tuple[Finding, ...]
    line: worklist_lines.WorkLine | None
    turns: tuple[turning_moments.Turn, ...] = ()


def _turn_of(key: tuple[str, str, str], by: Reckoning) -> list[turning_moments.Turn]:
    """When the result of one case or person next changes by itself, assessed alone."""
    source, case_ref, person = key
    if person:
        turns_at = assess_person(by, person, reckon_person).turns_at
        return [(person, turns_at)] if turns_at else []
    turns_at = assess_case(by, CaseKey(source, case_ref), reckon_person).turns_at
    return [(CaseKey(source, case_ref), turns_at)] if turns_at else []


class Everyone:
    """Everything reckoned once: people first, because a case's line shows what is owed to its people too."""

    def __init__(self, held: Everything, by: Reckoning, found: Found | None = None) -> None:
        self.held = held
        self.by = by
        self._found = found
        self._case_duties = tuple(duty for duty in by.case_duties if found is None or duty.id in found.left)
        self._person_duties = tuple(duty for duty in by.person_duties if found is None or duty.id in found.left)
        self.visits: list[worklist_lines.VisitKept] = []
        self._records = held.records_of()
        self._by_case: dict[CaseKey, list[Finding]] = {}
        self._alone: dict[str, list[Finding]] = {}
        self._dangerous: dict[str, tuple[tuple[EventRecord, ...], frozenset[RecordKey]]] = {}
        self._owners: dict[str, Ownership] = {}
        self.unsettled: set[tuple[str, str, str]] = set()
        self._turns: dict[str, datetime] = {}
        self._unsettled_people: set[str] = set()
        self._leaving = officers_leaving(by)

    def of_people(self) -> Iterator[str]:
        """Every person about whom a duty may be owed, reckoned."""
        for person, events in self.held.of_people(self.by.roles | CHILDREN):
            self._reckon_person(person, events)
            yield person

    def _reckon_person(self, person: str, events: tuple[EventRecord, ...]) -> None:
        records = [*self._records.get(person, [])]
        keys = frozenset(record.key for record in records) | {
            tie.record for event in events for tie in event.ties if self.held.whose[tie.record] == person
        }
        watch = WatchedMoment.watch(self.by.as_of)
        mine: list[Finding] = []
        if self._person_duties:
            cases = self._cases(events)
            timeline = weave_person(person, [*records, *keys], events, cases, self._persons(events), self.held.whose)
            mine.extend(judge(timeline, self._person_duties, self.by.roster, watch, self.by.policy))
        for finding in mine:
            if finding.case is not None:
                self._by_case.setdefault(finding.case, []).append(finding)
        if self._found is not None:
            mine = sorted([*mine, *self._found.of_person(person)], key=in_order)
        if alone := [finding for finding in mine if finding.case is None]:
            self._alone[person] = alone
        self._note(person, keys, events, mine, watch)
        if self._found is not None:
            if may_turn(self.by, self._leaving, events, self._cases(events).values()):
                self._unsettled_people.add(person)
            if person in self._unsettled_people or any(map(may_turn_alone, mine)):
                self.unsettled.add(("", "", person))
        elif watch.turns_at is not None:
            self._turns[person] = watch.turns_at

    def _note(
        self,
        person: str,
        keys: frozenset[RecordKey],
        events: tuple[EventRecord, ...],
        found: Iterable[Finding],
        watch: WatchedMoment,
    ) -> None:
        own = tuple(event for event in events if any(tie.record in keys for tie in event.ties))
        if dangerous := tuple(event for event in own if event.kind in danger.KINDS):
            self._dangerous[person] = dangerous, keys
        about_visits = [finding for finding in found if finding.duty == self.by.policy.visit_duty]
        if about_visits and (owed := visit_owed(keys, own, about_visits, watch)) is not None:
            holds = case_ownership(None, own, watch)
            self.visits.append(
                visit_kept(
                    where_person(person, owed.finding, holds, self._sealing(person, owed.finding.case)), owed, holds
                )
            )
        if person in self._alone:
            self._owners[person] = case_ownership(None, own, watch)

    def of_cases(self) -> Iterator[_Reckoned]:
        """Every case, reckoned, with what is owed to its people under it."""
        for key, events in self.held.of_cases():
            yield self._reckon_case(key, events)
        for key in sorted(self._by_case):
            yield self._reckon_case(key, ())

    def _reckon_case(self, key: CaseKey, events: tuple[EventRecord, ...]) -> _Reckoned:
        case = self.held.cases.get(key)
        persons = self._persons(events)
        watch = WatchedMoment.watch(self.by.as_of)
        found = self._found.of_case(key) if self._found is not None else []
        if self._case_duties:
            timeline = weave_case(key, case, events, persons, self.held.whose)
            found = [*found, *judge(timeline, self._case_duties, self.by.roster, watch, self.by.policy)]
        found = [*found, *self._by_case.pop(key, [])]
        tied = {tie.record for event in events for tie in event.ties if tie.role in CHILDREN}
        children = {record: self.held.whose[record] for record in tied}
        everyone = list(events)
        for person in set(children.values()):
            dangerous, keys = self._dangerous.get(person, ((), frozenset()))
            everyone.extend(dangerous)
            children |= dict.fromkeys(keys, person)
        holds = case_ownership(case, events, watch)
        dangerous_now = self.by.danger(everyone, children, watch)
        item = self.by.line(
            case=key,
            person=None,
            case_kind=case.kind if case else "",
            held_by=holds,
            danger=dangerous_now,
            findings=found,
        )
        facts = Facts({}, events, persons, self.held.whose, {})
        in_custody = has_child_in_custody(events, facts, watch)
        where = where_case(key, case, holds, in_custody=in_custody)
        people = {self.held.whose[tie.record] for event in events for tie in event.ties}
        if self._found is not None:
            if (
                in_custody
                or dangerous_now is not None
                or people & self._unsettled_people
                or may_turn(self.by, self._leaving, events, [case] if case else [])
                or any(map(may_turn_alone, found))
            ):
                self.unsettled.add((*key, ""))
            watch.turns_at = None
        turns_at = earliest_turn(watch.turns_at, *(self._turns.get(person) for person in people))
        return _Reckoned(tuple(found), work_line(where, item) if item else None, ((key, turns_at),) if turns_at else ())

    def turns_of_people(self) -> Iterator[turning_moments.Turn]:
        """When the result of each person, outside any case, next changes by itself."""
        yield from sorted(self._turns.items())

    def without_case(self) -> Iterator[_Reckoned]:
        """What is owed to people outside any case."""
        for person, found in sorted(self._alone.items()):
            holds = self._owners[person]
            item = self.by.line(case=None, person=person, case_kind="", held_by=holds, danger=None, findings=found)
            where = where_person(person, found[0], holds, self._sealing(person))
            yield _Reckoned(tuple(found), work_line(where, item) if item else None)

    def _sealing(self, person: str, case: CaseKey | None = None) -> tuple[bool, bool]:
        held: list[PersonRecord | CaseRecord] = [*self._records.get(person, [])]
        if case in self.held.cases:
            held.append(self.held.cases[case])
        return any(one.restricted for one in held), any(one.sealed for one in held)

    def _cases(self, events: Iterable[EventRecord]) -> dict[CaseKey, CaseRecord]:
        keys = {event.case for event in events if event.case is not None}
        return {key: self.held.cases[key] for key in keys if key in self.held.cases}

    def _persons(self, events: Iterable[EventRecord]) -> dict[RecordKey, PersonRecord]:
        tied = {self.held.whose[tie.record] for event in events for tie in event.ties}
        return {record.key: record for person in tied for record in self._records.get(person, [])}


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
