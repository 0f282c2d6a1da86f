"""Which facts of a timeline play a part in one duty, and what about them is uncertain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk
from duecare.duty.condition import ANSWER_NO, ANSWER_YES, About, Answer, all_hold, under_age
from duecare.duty.declaration import Duty, Fact, Unsure, Who
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.timeline.timelines import Born, CaseTimeline, Timeline
from duecare.vocabulary.london_clock import london_day
from duecare.vocabulary.moments import When

OF_WHOLE_CASE = frozenset({"case_closed", "case_reopened"})
BYSTANDERS = frozenset({"parent", "household", "appropriate_adult", "reporter", "professional"})


class Part(NamedTuple):
    """The part that facts of a kind play in a duty; `level` orders starts by preference."""

    name: str
    fact: Fact
    level: int = 0


class PlacedFact(NamedTuple):
    """A fact at one moment, as one reading of the timeline places it. Ordered as evidence is."""

    at: datetime
    written_at: datetime
    source: str
    event_id: str
    kind: str
    happened_at: datetime
    event: EventRecord | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that plays a part, or may. `counts` None: whether it does is not known, for this reason."""

    part: str
    level: int
    event: EventRecord
    counts: bool | None
    reason: str


@dataclass(slots=True)
class Interpretation:
    """One reading of a timeline for one duty: facts by part, each list in order."""

    starts: dict[int, list[PlacedFact]] = field(default_factory=dict)
    parts: dict[str, list[PlacedFact]] = field(default_factory=dict)

    def of(self, part_name: str) -> list[PlacedFact]:
        """The facts that play this part, in order."""
        return self.parts.get(part_name, _NO_FACTS)


_NO_FACTS: list[PlacedFact] = []


def duty_parts(duty: Duty) -> dict[str, tuple[Part, ...]]:
    """The parts that kinds of event play in this duty."""
    parts_by_kind: dict[str, list[Part]] = {}

    def add_part(part_name: str, facts: Iterable[Fact], level: int = 0) -> None:
        for duty_fact in facts:
            parts_by_kind.setdefault(duty_fact.kind, []).append(Part(part_name, duty_fact, level))

    for level, facts in enumerate(duty.starts):
        add_part("start", facts, level)
    add_part("met", duty.met_by)
    add_part("excused", duty.excused_by)
    add_part("ended", duty.ended_by)
    add_part("attempted", duty.attempted_by)
    if duty.standing is not None:
        add_part("lapsed", duty.standing.ended_by)
    if duty.episode is not None:
        add_part("opened", (Fact(opening_kind) for opening_kind in duty.episode.opened_by))
        add_part("closed", (Fact(closing_kind) for closing_kind in duty.episode.closed_by))
    if duty.away is not None:
        add_part("left", duty.away.begins)
        add_part("returned", duty.away.ends)
    if duty.during is not None:
        add_part("began", duty.during.begun_by)
        add_part("ceased", duty.during.ended_by)
    add_part("dated", duty.dated_by)
    if duty.pause is not None:
        add_part("paused", duty.pause.begins)
        add_part("resumed", duty.pause.ends)
    for dated_rule in duty.rules:
        for _, allowance in dated_rule.turns:
            if isinstance(allowance, ByLatestRisk | ByLatestPlan):
                add_part(f"sets:{allowance.kind}", (Fact(allowance.kind),))
        if dated_rule.superseded is not None:
            add_part("superseded", (dated_rule.superseded.by,))
    if duty.ended_with_case:
        add_part("case_closed", (Fact("case_closed"),))
        add_part("case_reopened", (Fact("case_reopened"),))
    return {event_kind: tuple(dict.fromkeys(played)) for event_kind, played in parts_by_kind.items()}


class Cast:
    """The people in each case of a timeline, and their roles, by the facts there are at as-of."""

    __slots__ = ("_as_of", "_cases", "_timeline")

    def __init__(self, timeline: Timeline, as_of: datetime) -> None:
        self._timeline = timeline
        self._as_of = as_of
        self._cases: dict[CaseKey, dict[str, dict[RecordKey, set[str]]]] = {}

    def of(self, case_key: CaseKey) -> dict[str, dict[RecordKey, set[str]]]:
        """Everyone in this case: person, record, roles."""
        if case_key not in self._cases:
            people: dict[str, dict[RecordKey, set[str]]] = {}
            for event in self._timeline.events:
                if event.case == case_key and event.happened_at.earliest <= self._as_of:
                    for participation in event.ties:
                        records = people.setdefault(self._timeline.whose[participation.record], {})
                        records.setdefault(participation.record, set()).add(participation.role)
            self._cases[case_key] = people
        return self._cases[case_key]

    def roles(self, case_key: CaseKey, person: str) -> set[str]:
        """The roles of this person in this case."""
        return {role_name for roles in self.of(case_key).get(person, {}).values() for role_name in roles}


def is_subject(subjects: tuple[Who, ...], roles: set[str], birth_date: Born | None, on_day: date) -> Answer:
    """Whether someone in these roles, so born, is one the duty is owed to."""
    unsure: Answer = ANSWER_NO
    for duty_subject in subjects:
        if duty_subject.role not in roles or not duty_subject.in_force.holds_on(on_day):
            continue
        if duty_subject.under is None:
            return ANSWER_YES
        under = under_age(birth_date, duty_subject.under, on_day)
        if under or (under is None and duty_subject.unsure is Unsure.COUNTS):
            return ANSWER_YES
        if under is None:
            unsure = None, "the age is not known"
    return unsure


def event_context(timeline: Timeline, event: EventRecord, roster: Roster) -> About:
    """What is known of this event besides itself."""
    case_record = (
        timeline.case if isinstance(timeline, CaseTimeline) else timeline.cases.get(event.case) if event.case else None
    )
    event_day = london_day(event.happened_at.earliest)
    case_kind = case_record.kind if case_record else ""
    if isinstance(timeline, CaseTimeline):
        return About(event_day, case_kind=case_kind, roster=roster)
    person = timeline.person
    return About(event_day, timeline.born.get(person), timeline.sex.get(person, ""), case_kind, roster)


def find_candidates(
    timeline: Timeline,
    duty: Duty,
    played: dict[str, tuple[Part, ...]],
    case_cast: Cast,
    as_of: datetime,
    roster: Roster,
) -> list[Candidate]:
    """Find the events of this timeline that play a part in this duty, or may."""
    candidates: list[Candidate] = []
    for event in timeline.events:
        if event.kind not in played or event.happened_at.earliest > as_of:
            continue
        context = event_context(timeline, event, roster)
        for duty_part in played[event.kind]:
            theirs = (
                ANSWER_YES
                if duty_part.name in OF_WHOLE_CASE
                else _their_answer(timeline, duty, duty_part, event, case_cast, context.on)
            )
            if theirs[0] is False:
                continue
            counts, reason = theirs
            holds, unknown_reason = all_hold(duty_part.fact.where, event, context)
            if holds is None and counts is True:
                counts, reason = None, unknown_reason
            if holds is not False:
                candidates.append(Candidate(duty_part.name, duty_part.level, event, counts, reason))
    if duty.ended_with_case:
        candidates.extend(_row_closings(timeline, candidates, as_of))
    return candidates


def _row_closings(timeline: Timeline, candidates: list[Candidate], as_of: datetime) -> list[Candidate]:
    """The closings known only from the rows of cases; an event that may be of the same moment stands for its row."""
    started_cases = {candidate.event.case for candidate in candidates if candidate.part == "start"}
    cases = (timeline.case,) if isinstance(timeline, CaseTimeline) else timeline.cases.values()
    told_closings = [candidate.event for candidate in candidates if candidate.part == "case_closed"]
    closings = []
    for record in cases:
        closed_at = record.closed_at if record else None
        if record is None or closed_at is None or closed_at.earliest > as_of or record.key not in started_cases:
            continue
        if any(
            closing_event.case == record.key and _may_overlap(closing_event.happened_at, closed_at)
            for closing_event in told_closings
        ):
            continue
        event_id = f"closed_at:{record.key.case_ref}"
        event = EventRecord(record.key.source, event_id, "case_closed", closed_at, closed_at.latest, case=record.key)
        closings.append(Candidate("row_closed", 0, event, True, ""))
    return closings


def _may_overlap(first_time: When, second_time: When) -> bool:
    return first_time.earliest <= second_time.latest and second_time.earliest <= first_time.latest


def _their_answer(
    timeline: Timeline, duty: Duty, duty_part: Part, event: EventRecord, case_cast: Cast, event_day: date
) -> Answer:
    if isinstance(timeline, CaseTimeline):
        return ANSWER_YES
    birth_date = timeline.born.get(timeline.person)
    roles_played = {participation.role for participation in event.ties if participation.record in timeline.records}
    if roles_played:
        if duty_part.name == "start":
            return is_subject(duty.who, roles_played, birth_date, event_day)
        return ANSWER_NO if roles_played <= BYSTANDERS else ANSWER_YES
    if event.ties or event.case is None:
        return ANSWER_NO
    subject_answer = is_subject(duty.who, case_cast.roles(event.case, timeline.person), birth_date, event_day)
    if subject_answer[0] is False:
        return ANSWER_NO
    others = [
        person
        for person in case_cast.of(event.case)
        if person != timeline.person
        and is_subject(duty.who, case_cast.roles(event.case, person), timeline.born.get(person), event_day)[0]
        is not False
    ]
    if others:
        return None, f"{event.kind} names nobody, and its case has several it may concern"
    return subject_answer


def placed_fact(event: EventRecord, at_moment: datetime) -> PlacedFact:
    """This event, placed at this moment."""
    return PlacedFact(
        at_moment, event.written_at, event.source, event.event_id, event.kind, event.happened_at.earliest, event
    )


def read_facts(dated_candidates: Iterable[tuple[Candidate, datetime]]) -> Interpretation:
    """One reading: these facts at these moments."""
    reading = Interpretation()
    for candidate, at_moment in dated_candidates:
        known_fact = placed_fact(candidate.event, at_moment)
        if candidate.part == "start":
            reading.starts.setdefault(candidate.level, []).append(known_fact)
        else:
            reading.parts.setdefault(candidate.part, []).append(known_fact)
    for facts in reading.starts.values():
        facts.sort(key=fact_order)
    for facts in reading.parts.values():
        facts.sort(key=fact_order)
    return reading


def fact_order(placed: PlacedFact) -> tuple[datetime, datetime, str, str]:
    """The one order of facts."""
    return placed[:4]
