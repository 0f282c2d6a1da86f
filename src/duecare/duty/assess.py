"""The judge: holds a timeline against duties and says in which state each stands. It knows no duty by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from duecare.duty.chain import occurrences
from duecare.duty.condition import under_age
from duecare.duty.declaration import Duty, Scope, rule_version
from duecare.duty.facts import Cast, Part, Placed, about, candidates, parts
from duecare.duty.finding import Evidence, Finding, State, Told, finding_id
from duecare.duty.ground import Ground
from duecare.duty.ladder import ladder_steps
from duecare.duty.occurrence import Occurrence
from duecare.duty.readings import Choice, Doubt, choices, doubts, reading_of
from duecare.duty.roster import Roster
from duecare.duty.terms import Terms
from duecare.record.pole import CaseKey
from duecare.timeline.timelines import CaseTimeline, PersonTimeline, Timeline
from duecare.vocabulary.moments import hours_between, london_day
from duecare.vocabulary.watched_moment import SECOND, WatchedMoment, unwatched

Key = tuple[str, str, int]
LATE = frozenset({State.MET_LATE, State.OVERDUE})


def assess(
    timeline: Timeline, duties: Sequence[Duty], roster: Roster, as_of: datetime, policy: Terms
) -> tuple[Finding, ...]:
    """In which state is each duty that this timeline starts, at as-of?

    Shape:   duties of a case are judged on a case's timeline, all others on a person's; ordered by due_at (unknown
             last), source, case_ref, finding.
    Unknown: where readings of an uncertain fact give different states, cannot_tell with the reason.
    """
    is_case = isinstance(timeline, CaseTimeline)
    kinds = {event.kind for event in timeline.events}
    found: list[Finding] = []
    cast: Cast | None = None
    for duty in duties:
        if (duty.scope is Scope.CASE) is not is_case or kinds.isdisjoint(_starting(duty)):
            continue
        cast = cast or Cast(timeline, as_of)
        found.extend(_Judged(timeline, policy.applied(duty), cast, roster, as_of, policy).findings())
    return tuple(sorted(found, key=in_order))


def in_order(finding: Finding) -> tuple[bool, float, str, str, str]:
    """Where does a finding stand in a list?"""
    due = finding.due_at.timestamp() if finding.due_at else 0.0
    return finding.due_at is None, due, finding.source, finding.case_ref or "", finding.finding


@lru_cache(maxsize=256)
def _starting(duty: Duty) -> frozenset[str]:
    return frozenset(fact.kind for facts in duty.starts for fact in facts)


@lru_cache(maxsize=256)
def _parts(duty: Duty) -> dict[str, tuple[Part, ...]]:
    return parts(duty)


class _Judged:
    """One duty held against one timeline."""

    __slots__ = ("as_of", "cast", "duty", "plain_as_of", "policy", "roster", "timeline")

    def __init__(
        self, timeline: Timeline, duty: Duty, cast: Cast, roster: Roster, as_of: datetime, policy: Terms
    ) -> None:
        self.timeline = timeline
        self.duty = duty
        self.cast = cast
        self.roster = roster
        self.as_of = as_of
        self.plain_as_of = unwatched(as_of)
        self.policy = policy

    def findings(self) -> list[Finding]:
        """Every finding of this duty."""
        found = candidates(self.timeline, self.duty, _parts(self.duty), self.cast, self.as_of, self.roster)
        if not any(candidate.part == "start" for candidate in found):
            return []
        ground = Ground(
            self.as_of,
            self.roster,
            self.policy,
            self._has_child,
            lambda event: about(self.timeline, event, self.roster),
        )
        uncertain = doubts(found)
        read: list[tuple[Choice, dict[Key, Occurrence]]] = []
        for choice in choices(uncertain):
            rows = occurrences(self.duty, reading_of(found, choice, self.as_of), ground)
            read.append((choice, {(r.trigger.source, r.trigger.event_id, r.number): r for r in rows}))
        return [self._finding(key, read) for key in dict.fromkeys(key for _, rows in read for key in rows)]

    def _finding(self, key: Key, read: list[tuple[Choice, dict[Key, Occurrence]]]) -> Finding:
        row = next(rows[key] for _, rows in read if key in rows)
        self._note_other_limits(row, [rows[key] for _, rows in read if key in rows])
        states = {
            rows[key].state if key in rows else None
            for choice, rows in read
            if key in rows or not self._is_hidden(row.trigger, choice)
        }
        if len(states) == 1:
            return self._say(row, row.state, row.reason, [row], is_doubtful=len(read) > 1)
        reason = _why(key, read)
        rows_read = [rows[key] for _, rows in read if key in rows]
        return self._say(row, State.CANNOT_TELL, reason, rows_read, is_doubtful=True)

    def _note_other_limits(self, row: Occurrence, rows: list[Occurrence]) -> None:
        """Where readings set different limits, the state changes as each passes; where they set one, it says so itself."""
        if isinstance(self.as_of, WatchedMoment) and any(other.due_at != row.due_at for other in rows):
            for other in rows:
                if other.due_at is not None:
                    self.as_of.note(other.due_at + SECOND)

    def _is_hidden(self, trigger: Placed, choice: Choice) -> bool:
        """Is the trigger itself put after as-of by this choice?"""
        event = trigger.event
        if event is None or event.happened_at.latest <= self.as_of:
            return False
        mine = (event.source, event.event_id)
        return any(chosen and d.is_time and (d.source, d.event_id) == mine for d, chosen in choice.items())

    def _say(
        self, row: Occurrence, state: State, reason: str | None, rows: list[Occurrence], *, is_doubtful: bool
    ) -> Finding:
        duty, trigger, timeline = self.duty, row.trigger, self.timeline
        case = timeline.key if isinstance(timeline, CaseTimeline) else (trigger.event.case if trigger.event else None)
        is_sure = len(rows) == 1
        met_at = row.met_at if is_sure else None
        ended_at = row.ended.at if is_sure and row.ended else None
        recorded_at = row.met.written_at if met_at is not None and row.met else None
        subject = self._subject(trigger)
        area = self._area(trigger, case)
        adopted = self.policy.is_adopted(duty.id, london_day(row.started_at)) if duty.local else None
        end = met_at or ended_at or self.plain_as_of
        steps = self._steps(row, state, case, area, adopted)
        late = None
        if row.due_at is not None and end > row.due_at and (state in LATE or (state is State.EXCUSED and met_at)):
            late = hours_between(row.due_at, end)
        return Finding(
            finding=finding_id(duty.id, trigger.source, trigger.event_id, subject, row.number),
            duty=duty.id,
            ref=row.ref,
            authority=duty.authority,
            case_ref=case.case_ref if case else None,
            source=case.source if case else trigger.source,
            person=timeline.person if isinstance(timeline, PersonTimeline) else None,
            subject=subject,
            area=area,
            owed_by=duty.owed_by,
            adopted=adopted,
            started_at=row.started_at,
            due_at=row.due_at,
            due_on=row.due_on,
            met_at=met_at,
            ended_at=ended_at,
            recorded_at=recorded_at,
            recorded_late=recorded_at is not None and row.due_at is not None and recorded_at > row.due_at,
            state=state,
            reason=reason,
            late_by_hours=late,
            rule_version=rule_version(duty, row.rule),
            evidence=_evidence(rows),
            told=tuple(step for step in steps if step.at <= self.plain_as_of),
            occurrence=row.number,
            told_later=tuple(step for step in steps if step.at > self.plain_as_of),
            is_doubtful=is_doubtful,
        )

    def _steps(
        self, row: Occurrence, state: State, case: CaseKey | None, area: str, adopted: bool | None
    ) -> tuple[Told, ...]:
        if state is State.CANNOT_TELL or adopted is False:
            return ()
        return ladder_steps(
            self.duty,
            due_at=row.due_at,
            stopped_at=row.stopped_at,
            timeline=self.timeline,
            trigger=row.trigger,
            case=case,
            area=area,
            roster=self.roster,
            grace=self.policy.absence_grace,
        )

    def _subject(self, trigger: Placed) -> str | None:
        timeline = self.timeline
        if isinstance(timeline, CaseTimeline):
            return None
        ties = trigger.event.ties if trigger.event else ()
        tied = [str(tie.record) for tie in ties if tie.record in timeline.records]
        if not tied and trigger.event is not None and trigger.event.case is not None:
            tied = [str(record) for record in self.cast.of(trigger.event.case).get(timeline.person, {})]
        return min(tied or map(str, timeline.records), default=None)

    def _area(self, trigger: Placed, case: CaseKey | None) -> str:
        timeline = self.timeline
        cases = {timeline.key: timeline.case} if isinstance(timeline, CaseTimeline) else timeline.cases
        record = cases.get(case) if case else None
        if record is not None and record.area:
            return record.area
        if trigger.event is not None and trigger.event.area:
            return trigger.event.area
        return next((e.area for e in timeline.events if case is not None and e.case == case and e.area), "")

    def _has_child(self, roles: tuple[str, ...], under: int, at: datetime) -> bool:
        timeline = self.timeline
        cases = [timeline.key] if isinstance(timeline, CaseTimeline) else list(timeline.cases)
        for case in cases:
            for person, records in self.cast.of(case).items():
                played = {role for each in records.values() for role in each}
                if played.isdisjoint(roles):
                    continue
                if under_age(timeline.born.get(person), under, london_day(at)) is not False:
                    return True
        return False


def _why(key: Key, read: list[tuple[Choice, dict[Key, Occurrence]]]) -> str:
    """The doubt that changes the state by itself, else all of them."""
    plainest, rows = read[0]
    before = rows[key].state if key in rows else None
    uncertain: list[Doubt] = list(plainest)
    for choice, others in read[1:]:
        flipped = [doubt for doubt in uncertain if choice[doubt]]
        if len(flipped) == 1 and (others[key].state if key in others else None) != before:
            return flipped[0].reason
    return "; ".join(dict.fromkeys(doubt.reason for doubt in uncertain))


def _evidence(rows: list[Occurrence]) -> tuple[Evidence, ...]:
    found: dict[tuple[str, str, str], Evidence] = {}
    for row in rows:
        facts = [("started", row.dated), ("started", row.trigger), ("met", row.met), ("excused", row.excused)]
        facts.extend(("attempted", fact) for fact in row.attempted)
        facts.extend(("paused", fact) for fact in row.paused)
        facts.append(("ended", row.ended.fact if row.ended else None))
        for role, fact in facts:
            if fact is not None:
                found[(role, fact.source, fact.event_id)] = Evidence(
                    role, fact.source, fact.event_id, fact.kind, fact.happened_at, fact.written_at
                )
    return tuple(sorted(found.values(), key=lambda e: (e.happened_at, e.written_at, e.source, e.event_id, e.role)))
