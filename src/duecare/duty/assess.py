"""The judge: gives the state of each duty in a timeline; cannot tell where readings of an uncertain fact (a day alone) differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from duecare.duty.chain import find_occurrences
from duecare.duty.condition import under_age
from duecare.duty.declaration import Duty, Scope, rule_version
from duecare.duty.evaluation_context import EvaluationContext
from duecare.duty.facts import Cast, Part, PlacedFact, duty_parts, event_context, find_candidates
from duecare.duty.finding import Evidence, Finding, State, Told, finding_id
from duecare.duty.force_terms import Terms
from duecare.duty.ladder import told_steps
from duecare.duty.occurrence_state import Occurrence
from duecare.duty.readings import Choice, Doubt, every_choice, find_doubts, reading_of
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey
from duecare.timeline.timelines import CaseTimeline, PersonTimeline, Timeline
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import hours_between
from duecare.vocabulary.watched_moment import SECOND, WatchedMoment, unwatched

OccurrenceKey = tuple[str, str, int]
LATE_STATES = frozenset({State.MET_LATE, State.OVERDUE})


def assess_duties(
    timeline: Timeline, duties: Sequence[Duty], roster: Roster, as_of: datetime, policy: Terms
) -> tuple[Finding, ...]:
    """The state of each duty that this timeline starts, at as-of.

    Shape:   duties of a case are judged on a case's timeline, all others on a person's; ordered by due_at (unknown
             last), source, case_ref, finding.
    Unknown: where readings of an uncertain fact give different states, cannot_tell with the reason.
    """
    is_case = isinstance(timeline, CaseTimeline)
    kinds = {event.kind for event in timeline.events}
    findings: list[Finding] = []
    case_cast: Cast | None = None
    for duty in duties:
        if (duty.scope is Scope.CASE) is not is_case or kinds.isdisjoint(_starting_kinds(duty)):
            continue
        case_cast = case_cast or Cast(timeline, as_of)
        findings.extend(_Judged(timeline, policy.applied(duty), case_cast, roster, as_of, policy).findings())
    return tuple(sorted(findings, key=in_order))


def in_order(finding: Finding) -> tuple[bool, float, str, str, str]:
    """The place of a finding in a list."""
    due_timestamp = finding.due_at.timestamp() if finding.due_at else 0.0
    return finding.due_at is None, due_timestamp, finding.source, finding.case_ref or "", finding.finding


@lru_cache(maxsize=256)
def _starting_kinds(duty: Duty) -> frozenset[str]:
    return frozenset(start_fact.kind for facts in duty.starts for start_fact in facts)


@lru_cache(maxsize=256)
def _parts_by_kind(duty: Duty) -> dict[str, tuple[Part, ...]]:
    return duty_parts(duty)


class _Judged:
    """One duty checked against one timeline."""

    __slots__ = ("as_of", "cast", "duty", "plain_as_of", "policy", "roster", "timeline")

    def __init__(
        self, timeline: Timeline, duty: Duty, case_cast: Cast, roster: Roster, as_of: datetime, policy: Terms
    ) -> None:
        self.timeline = timeline
        self.duty = duty
        self.cast = case_cast
        self.roster = roster
        self.as_of = as_of
        self.plain_as_of = unwatched(as_of)
        self.policy = policy

    def findings(self) -> list[Finding]:
        """Every finding of this duty."""
        candidate_facts = find_candidates(
            self.timeline, self.duty, _parts_by_kind(self.duty), self.cast, self.as_of, self.roster
        )
        if not any(candidate.part == "start" for candidate in candidate_facts):
            return []
        ground = EvaluationContext(
            self.as_of,
            self.roster,
            self.policy,
            self._has_child,
            lambda event: event_context(self.timeline, event, self.roster),
        )
        uncertain = find_doubts(candidate_facts)
        readings: list[tuple[Choice, dict[OccurrenceKey, Occurrence]]] = []
        for choice in every_choice(uncertain):
            occurrences_read = find_occurrences(self.duty, reading_of(candidate_facts, choice, self.as_of), ground)
            readings.append(
                (
                    choice,
                    {
                        (occurrence.trigger.source, occurrence.trigger.event_id, occurrence.number): occurrence
                        for occurrence in occurrences_read
                    },
                )
            )
        return [
            self._finding(occurrence_key, readings)
            for occurrence_key in dict.fromkeys(
                occurrence_key for _, occurrences_read in readings for occurrence_key in occurrences_read
            )
        ]

    def _finding(
        self, occurrence_key: OccurrenceKey, readings: list[tuple[Choice, dict[OccurrenceKey, Occurrence]]]
    ) -> Finding:
        occurrence = next(
            occurrences_read[occurrence_key] for _, occurrences_read in readings if occurrence_key in occurrences_read
        )
        every_reading = [
            occurrences_read[occurrence_key] for _, occurrences_read in readings if occurrence_key in occurrences_read
        ]
        self._note_other_limits(occurrence, every_reading)
        states = {
            occurrences_read[occurrence_key].state if occurrence_key in occurrences_read else None
            for choice, occurrences_read in readings
            if occurrence_key in occurrences_read or not self._is_hidden(occurrence.trigger, choice)
        }
        if len(states) == 1:
            is_doubtful = len(readings) > 1
            return self._say(occurrence, occurrence.state, occurrence.reason, [occurrence], is_doubtful=is_doubtful)
        reason = _unknown_reason(occurrence_key, readings)
        return self._say(occurrence, State.CANNOT_TELL, reason, every_reading, is_doubtful=True)

    def _note_other_limits(self, occurrence: Occurrence, every_reading: list[Occurrence]) -> None:
        """Where readings set different limits, the state changes as each passes; where they set one, it says so itself."""
        if isinstance(self.as_of, WatchedMoment) and any(other.due_at != occurrence.due_at for other in every_reading):
            for other in every_reading:
                if other.due_at is not None:
                    self.as_of.note(other.due_at + SECOND)

    def _is_hidden(self, trigger: PlacedFact, choice: Choice) -> bool:
        """Whether the trigger itself is put after as-of by this choice."""
        event = trigger.event
        if event is None or event.happened_at.latest <= self.as_of:
            return False
        event_key = (event.source, event.event_id)
        return any(
            chosen and doubt.is_time and (doubt.source, doubt.event_id) == event_key for doubt, chosen in choice.items()
        )

    def _say(
        self,
        occurrence: Occurrence,
        state: State,
        reason: str | None,
        occurrences: list[Occurrence],
        *,
        is_doubtful: bool,
    ) -> Finding:
        duty, trigger, timeline = self.duty, occurrence.trigger, self.timeline
        case_key = (
            timeline.key if isinstance(timeline, CaseTimeline) else (trigger.event.case if trigger.event else None)
        )
        is_sure = len(occurrences) == 1
        met_at = occurrence.met_at if is_sure else None
        ended_at = occurrence.ended.at if is_sure and occurrence.ended else None
        recorded_at = occurrence.met.written_at if met_at is not None and occurrence.met else None
        subject = self._subject(trigger)
        area_name = self._area(trigger, case_key)
        adopted = self.policy.is_adopted(duty.id, london_day(occurrence.started_at)) if duty.local else None
        end_moment = met_at or ended_at or self.plain_as_of
        steps = self._steps(occurrence, state, case_key, area_name, adopted)
        late_by_hours = None
        if (
            occurrence.due_at is not None
            and end_moment > occurrence.due_at
            and (state in LATE_STATES or (state is State.EXCUSED and met_at))
        ):
            late_by_hours = hours_between(occurrence.due_at, end_moment)
        return Finding(
            finding=finding_id(duty.id, trigger.source, trigger.event_id, subject, occurrence.number),
            duty=duty.id,
            ref=occurrence.ref,
            authority=duty.authority,
            case_ref=case_key.case_ref if case_key else None,
            source=case_key.source if case_key else trigger.source,
            person=timeline.person if isinstance(timeline, PersonTimeline) else None,
            subject=subject,
            area=area_name,
            owed_by=duty.owed_by,
            adopted=adopted,
            started_at=occurrence.started_at,
            due_at=occurrence.due_at,
            due_on=occurrence.due_on,
            met_at=met_at,
            ended_at=ended_at,
            recorded_at=recorded_at,
            recorded_late=recorded_at is not None and occurrence.due_at is not None and recorded_at > occurrence.due_at,
            state=state,
            reason=reason,
            late_by_hours=late_by_hours,
            rule_version=rule_version(duty, occurrence.rule),
            evidence=_all_evidence(occurrences),
            told=tuple(step for step in steps if step.at <= self.plain_as_of),
            occurrence=occurrence.number,
            told_later=tuple(step for step in steps if step.at > self.plain_as_of),
            is_doubtful=is_doubtful,
        )

    def _steps(
        self, occurrence: Occurrence, state: State, case_key: CaseKey | None, area_name: str, adopted: bool | None
    ) -> tuple[Told, ...]:
        if state is State.CANNOT_TELL or adopted is False:
            return ()
        return told_steps(
            self.duty,
            due_at=occurrence.due_at,
            stopped_at=occurrence.stopped_at,
            timeline=self.timeline,
            trigger=occurrence.trigger,
            case_key=case_key,
            area_name=area_name,
            roster=self.roster,
            grace=self.policy.absence_grace,
        )

    def _subject(self, trigger: PlacedFact) -> str | None:
        timeline = self.timeline
        if isinstance(timeline, CaseTimeline):
            return None
        participations = trigger.event.ties if trigger.event else ()
        subject_keys = [
            str(participation.record) for participation in participations if participation.record in timeline.records
        ]
        if not subject_keys and trigger.event is not None and trigger.event.case is not None:
            subject_keys = [str(record) for record in self.cast.of(trigger.event.case).get(timeline.person, {})]
        return min(subject_keys or map(str, timeline.records), default=None)

    def _area(self, trigger: PlacedFact, case_key: CaseKey | None) -> str:
        timeline = self.timeline
        cases = {timeline.key: timeline.case} if isinstance(timeline, CaseTimeline) else timeline.cases
        record = cases.get(case_key) if case_key else None
        if record is not None and record.area:
            return record.area
        if trigger.event is not None and trigger.event.area:
            return trigger.event.area
        return next(
            (event.area for event in timeline.events if case_key is not None and event.case == case_key and event.area),
            "",
        )

    def _has_child(self, roles: tuple[str, ...], under: int, at_moment: datetime) -> bool:
        timeline = self.timeline
        cases = [timeline.key] if isinstance(timeline, CaseTimeline) else list(timeline.cases)
        for case_key in cases:
            for person, records in self.cast.of(case_key).items():
                played = {role_name for record_roles in records.values() for role_name in record_roles}
                if played.isdisjoint(roles):
                    continue
                if under_age(timeline.born.get(person), under, london_day(at_moment)) is not False:
                    return True
        return False


def _unknown_reason(
    occurrence_key: OccurrenceKey, readings: list[tuple[Choice, dict[OccurrenceKey, Occurrence]]]
) -> str:
    """The doubt that changes the state by itself, else all of them."""
    plainest, plain_occurrences = readings[0]
    before = plain_occurrences[occurrence_key].state if occurrence_key in plain_occurrences else None
    uncertain: list[Doubt] = list(plainest)
    for choice, others in readings[1:]:
        flipped = [doubt for doubt in uncertain if choice[doubt]]
        if len(flipped) == 1 and (others[occurrence_key].state if occurrence_key in others else None) != before:
            return flipped[0].reason
    return "; ".join(dict.fromkeys(doubt.reason for doubt in uncertain))


def _all_evidence(occurrences: list[Occurrence]) -> tuple[Evidence, ...]:
    evidence_by_fact: dict[tuple[str, str, str], Evidence] = {}
    for occurrence in occurrences:
        facts = [
            ("started", occurrence.dated),
            ("started", occurrence.trigger),
            ("met", occurrence.met),
            ("excused", occurrence.excused),
        ]
        facts.extend(("attempted", attempt) for attempt in occurrence.attempted)
        facts.extend(("paused", pause_fact) for pause_fact in occurrence.paused)
        facts.append(("ended", occurrence.ended.fact if occurrence.ended else None))
        for evidence_role, placed_fact in facts:
            if placed_fact is not None:
                evidence_by_fact[(evidence_role, placed_fact.source, placed_fact.event_id)] = Evidence(
                    evidence_role,
                    placed_fact.source,
                    placed_fact.event_id,
                    placed_fact.kind,
                    placed_fact.happened_at,
                    placed_fact.written_at,
                )
    return tuple(
        sorted(
            evidence_by_fact.values(),
            key=lambda evidence: (
                evidence.happened_at,
                evidence.written_at,
                evidence.source,
                evidence.event_id,
                evidence.role,
            ),
        )
    )
