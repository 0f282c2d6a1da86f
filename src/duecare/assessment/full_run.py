"""Work out every duty of every case and person again, beside what is in force, then put the new findings in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from duecare.access.act import Act
from duecare.access.thing import FINDINGS
from duecare.assessment.engine_run import DUCKDB, SPARK, EngineFindings, find_by_engine
from duecare.assessment.policy_history import keep_policy
from duecare.assessment.refresh import refreshed_case, refreshed_person
from duecare.assessment.refresh_due import refresh_due_in_force
from duecare.assessment.rules_in_force import CHILDREN, AssessmentContext, assess_person
from duecare.assessment.time_dependent_results import may_turn, may_turn_alone, officers_leaving
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
from duecare.store.findings.run_differences import Difference, differences_of_runs
from duecare.store.linkage.linkage_runs import link_state
from duecare.timeline.weave import weave_case, weave_person
from duecare.visibility.case_scope import has_child_in_custody
from duecare.vocabulary.watched_moment import WatchedMoment, earliest_turn
from duecare.worklist import danger
from duecare.worklist.offender_visits import visit_owed
from duecare.worklist.ownership import Ownership, case_ownership, person_ownership

BATCH = 2_000
MEMORY = "memory"
ENGINE_FROM = 200_000
"""From so many events on is the engine quicker than one case after another."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assessed:
    """How many findings were worked out, how many are overdue, and how many has each duty?

    Shape:   `engine` says which worked out them; `differences` from what was in force before, None where not asked for, or
             where that was worked out by other rules or another policy.
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


def run_full_assessment(
    request: Request,
    config: Config,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    engine: str = "",
    check: bool = False,
    report_progress: Callable[[str, int], None] = lambda _name, _count: None,
) -> Assessed:
    """Work out everything and put it in force.

    Shape:   what is in force stays so until the last short transaction moves the pointer. `engine` is memory, where the
             judge takes one case and person after another, or duckdb or spark, where all are worked out at once; where
             none is named, memory or duckdb, whichever is quicker for so many events. `check`: what was in force is
             refreshed to now first, and held against the new assessment.
    Raises:  ACC-003 when the viewer may not assess; DUT-023 when Spark is named and cannot be run here.
    """
    authorise(request, Act.ASSESS, FINDINGS)
    if engine == SPARK:
        require_spark("DUT-023")
    if check:
        refresh_due_in_force(request)
    before = assessment_runs.run_in_force() if check else None
    context = AssessmentContext.at(config, as_of or request.now, known_at)
    running_totals = _Sums()
    assessment_run = assessment_runs.begin_run(
        request.now, context.as_of, known_at, context.rulebook, link_state(), delivery_records.last_number()
    )
    with everything(known_at) as all_facts:
        engine = engine or (DUCKDB if all_facts.events > ENGINE_FROM else MEMORY)
        engine_findings = (
            find_by_engine(all_facts, context, (*context.case_duties, *context.person_duties), engine)
            if engine != MEMORY
            else None
        )
        assessed = FullAssessment(all_facts, context, engine_findings)
        for batch in _in_batches(assessed.assess_people(), BATCH):
            report_progress("people", len(batch))
        for case_batch in _in_batches(assessed.assess_cases(), BATCH):
            report_progress("cases", len(case_batch))
            with transaction():
                for assessed_case in case_batch:
                    assessment_runs.keep_findings(assessment_run, assessed_case.findings)
                    worklist_lines.keep_work(assessment_run, [assessed_case.line] if assessed_case.line else [])
                    turning_moments.keep_turns(assessment_run, assessed_case.turns)
                    for finding in assessed_case.findings:
                        running_totals.add(finding)
        for alone in _in_batches(assessed.people_without_case(), BATCH):
            with transaction():
                for assessed_unit in alone:
                    assessment_runs.keep_findings(assessment_run, assessed_unit.findings)
                    worklist_lines.keep_work(assessment_run, [assessed_unit.line] if assessed_unit.line else [])
                    for finding in assessed_unit.findings:
                        running_totals.add(finding)
        with transaction():
            worklist_lines.keep_visits(assessment_run, assessed.visits)
            turning_moments.keep_turns(assessment_run, assessed.turns_of_people())
    for unit_batch in _in_batches(sorted(assessed.unsettled), BATCH):
        turns = [turning_moment for unit_key in unit_batch for turning_moment in _turn_of(unit_key, context)]
        with transaction():
            turning_moments.keep_turns(assessment_run, turns)
    by_duty = {duty: dict(states) for duty, states in sorted(running_totals.by_duty.items())}
    differ: tuple[Difference, ...] | None = () if check and before is None else None
    if before is not None and before.rulebook == assessment_run.rulebook:
        differ = tuple(differences_of_runs(before.id, assessment_run.id))
    with transaction():
        assessment_runs.keep_totals(assessment_run, running_totals.findings, running_totals.overdue, by_duty)
        assessment_runs.put_in_force(assessment_run)
        log_write(request, Act.ASSESS)
    keep_policy(config, request.now)
    for old_run in assessment_runs.old_runs():
        with transaction():
            assessment_runs.drop_run(old_run)
    return Assessed(running_totals.findings, running_totals.overdue, by_duty, engine, differ)


@dataclass(frozen=True, slots=True)
class _AssessedUnit:
    findings: tuple[Finding, ...]
    line: worklist_lines.WorkLine | None
    turns: tuple[turning_moments.TurningPoint, ...] = ()


def _turn_of(unit_key: tuple[str, str, str], context: AssessmentContext) -> list[turning_moments.TurningPoint]:
    """When the result of one case or person next changes by itself, assessed alone."""
    source, case_ref, person = unit_key
    if person:
        turns_at = refreshed_person(context, person, assess_person).turns_at
        return [(person, turns_at)] if turns_at else []
    turns_at = refreshed_case(context, CaseKey(source, case_ref), assess_person).turns_at
    return [(CaseKey(source, case_ref), turns_at)] if turns_at else []


class FullAssessment:
    """Everything worked out once: people first, because a case's line shows what is owed to its people too."""

    def __init__(
        self, all_facts: Everything, context: AssessmentContext, engine_findings: EngineFindings | None = None
    ) -> None:
        self.held = all_facts
        self.by = context
        self._found = engine_findings
        self._case_duties = tuple(
            duty for duty in context.case_duties if engine_findings is None or duty.id in engine_findings.left
        )
        self._person_duties = tuple(
            duty for duty in context.person_duties if engine_findings is None or duty.id in engine_findings.left
        )
        self.visits: list[worklist_lines.VisitKept] = []
        self._records = all_facts.records_of()
        self._by_case: dict[CaseKey, list[Finding]] = {}
        self._alone: dict[str, list[Finding]] = {}
        self._dangerous: dict[str, tuple[tuple[EventRecord, ...], frozenset[RecordKey]]] = {}
        self._owners: dict[str, Ownership] = {}
        self.unsettled: set[tuple[str, str, str]] = set()
        self._turns: dict[str, datetime] = {}
        self._unsettled_people: set[str] = set()
        self._leaving = officers_leaving(context)

    def assess_people(self) -> Iterator[str]:
        """Every person about whom a duty may be owed, worked out."""
        for person, events in self.held.of_people(self.by.roles | CHILDREN):
            self._assess_person(person, events)
            yield person

    def _assess_person(self, person: str, events: tuple[EventRecord, ...]) -> None:
        records = [*self._records.get(person, [])]
        record_keys = frozenset(record.key for record in records) | {
            participation.record
            for event in events
            for participation in event.ties
            if self.held.whose[participation.record] == person
        }
        watch = WatchedMoment.watch(self.by.as_of)
        own_findings: list[Finding] = []
        if self._person_duties:
            cases = self._case_records(events)
            timeline = weave_person(
                person, [*records, *record_keys], events, cases, self._person_records(events), self.held.whose
            )
            own_findings.extend(judge(timeline, self._person_duties, self.by.roster, watch, self.by.policy))
        for finding in own_findings:
            if finding.case is not None:
                self._by_case.setdefault(finding.case, []).append(finding)
        if self._found is not None:
            own_findings = sorted([*own_findings, *self._found.of_person(person)], key=in_order)
        if alone := [finding for finding in own_findings if finding.case is None]:
            self._alone[person] = alone
        self._note_person(person, record_keys, events, own_findings, watch)
        if self._found is not None:
            if may_turn(self.by, self._leaving, events, self._case_records(events).values()):
                self._unsettled_people.add(person)
            if person in self._unsettled_people or any(map(may_turn_alone, own_findings)):
                self.unsettled.add(("", "", person))
        elif watch.turns_at is not None:
            self._turns[person] = watch.turns_at

    def _note_person(
        self,
        person: str,
        record_keys: frozenset[RecordKey],
        events: tuple[EventRecord, ...],
        person_findings: Iterable[Finding],
        watch: WatchedMoment,
    ) -> None:
        own_events = tuple(
            event for event in events if any(participation.record in record_keys for participation in event.ties)
        )
        if dangerous := danger.events_of_danger(events, record_keys):
            self._dangerous[person] = dangerous, record_keys
        about_visits = [finding for finding in person_findings if finding.duty == self.by.policy.visit_duty]
        if about_visits and (owed_visit := visit_owed(record_keys, own_events, about_visits, watch)) is not None:
            holds = person_ownership(own_events, self._case_records(own_events), watch, in_case=owed_visit.finding.case)
            self.visits.append(
                visit_kept(
                    where_person(
                        person, owed_visit.finding, holds, self._sealed_marks(person, owed_visit.finding.case)
                    ),
                    owed_visit,
                    holds,
                )
            )
        if person in self._alone:
            self._owners[person] = person_ownership(own_events, self._case_records(own_events), watch)

    def assess_cases(self) -> Iterator[_AssessedUnit]:
        """Every case, worked out, with what is owed to its people under it."""
        for case_key, events in self.held.of_cases():
            yield self._assess_case(case_key, events)
        for case_key in sorted(self._by_case):
            yield self._assess_case(case_key, ())

    def _assess_case(self, case_key: CaseKey, events: tuple[EventRecord, ...]) -> _AssessedUnit:
        case_record = self.held.cases.get(case_key)
        persons = self._person_records(events)
        watch = WatchedMoment.watch(self.by.as_of)
        case_findings = self._found.of_case(case_key) if self._found is not None else []
        if self._case_duties:
            timeline = weave_case(case_key, case_record, events, persons, self.held.whose)
            case_findings = [*case_findings, *judge(timeline, self._case_duties, self.by.roster, watch, self.by.policy)]
        case_findings = [*case_findings, *self._by_case.pop(case_key, [])]
        tied_records = {
            participation.record for event in events for participation in event.ties if participation.role in CHILDREN
        }
        children = {record: self.held.whose[record] for record in tied_records}
        all_events = list(events)
        for person in set(children.values()):
            dangerous, person_records = self._dangerous.get(person, ((), frozenset()))
            all_events.extend(dangerous)
            children |= dict.fromkeys(person_records, person)
        holds = case_ownership(case_record, events, watch)
        dangerous_now = self.by.danger(all_events, children, self.held.whose, watch)
        worklist_item = self.by.line(
            case_record=case_key,
            person=None,
            case_kind=case_record.kind if case_record else "",
            held_by=holds,
            danger=dangerous_now,
            findings=case_findings,
        )
        facts = Facts({}, events, persons, self.held.whose, {})
        in_custody = has_child_in_custody(events, facts, watch)
        where = where_case(case_key, case_record, holds, in_custody=in_custody)
        people = {self.held.whose[participation.record] for event in events for participation in event.ties}
        if self._found is not None:
            if (
                in_custody
                or dangerous_now is not None
                or people & self._unsettled_people
                or may_turn(self.by, self._leaving, events, [case_record] if case_record else [])
                or any(map(may_turn_alone, case_findings))
            ):
                self.unsettled.add((*case_key, ""))
            watch.turns_at = None
        turns_at = earliest_turn(watch.turns_at, *(self._turns.get(person) for person in people))
        return _AssessedUnit(
            tuple(case_findings),
            work_line(where, worklist_item) if worklist_item else None,
            ((case_key, turns_at),) if turns_at else (),
        )

    def turns_of_people(self) -> Iterator[turning_moments.TurningPoint]:
        """When the result of each person, outside any case, next changes by itself."""
        yield from sorted(self._turns.items())

    def people_without_case(self) -> Iterator[_AssessedUnit]:
        """What is owed to people outside any case."""
        for person, person_findings in sorted(self._alone.items()):
            holds = self._owners[person]
            worklist_item = self.by.line(
                case_record=None, person=person, case_kind="", held_by=holds, danger=None, findings=person_findings
            )
            where = where_person(person, person_findings[0], holds, self._sealed_marks(person))
            yield _AssessedUnit(tuple(person_findings), work_line(where, worklist_item) if worklist_item else None)

    def _sealed_marks(self, person: str, case_key: CaseKey | None = None) -> tuple[bool, bool]:
        marked_records: list[PersonRecord | CaseRecord] = [*self._records.get(person, [])]
        if case_key in self.held.cases:
            marked_records.append(self.held.cases[case_key])
        return any(marked_record.restricted for marked_record in marked_records), any(
            marked_record.sealed for marked_record in marked_records
        )

    def _case_records(self, events: Iterable[EventRecord]) -> dict[CaseKey, CaseRecord]:
        case_keys = {event.case for event in events if event.case is not None}
        return {case_key: self.held.cases[case_key] for case_key in case_keys if case_key in self.held.cases}

    def _person_records(self, events: Iterable[EventRecord]) -> dict[RecordKey, PersonRecord]:
        people = {self.held.whose[participation.record] for event in events for participation in event.ties}
        return {record.key: record for person in people for record in self._records.get(person, [])}


def _in_batches(values: Iterable[T], batch_size: int) -> Iterator[list[T]]:
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) == batch_size:
            yield batch
            batch = []
    if batch:
        yield batch
