"""Which facts of a timeline play a part in one duty, and what about them is uncertain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from duecare.duty.allowance import ByLatestPlan, ByLatestRisk
from duecare.duty.condition import NO, YES, About, Answer, all_hold, under_age
from duecare.duty.declaration import Duty, Fact, Unsure, Who
from duecare.duty.roster import Roster
from duecare.record.pole import CaseKey, EventRecord, RecordKey
from duecare.timeline.timelines import Born, CaseTimeline, Timeline
from duecare.vocabulary.moments import When, london_day

OF_WHOLE_CASE = frozenset({"case_closed", "case_reopened"})
BYSTANDERS = frozenset({"parent", "household", "appropriate_adult", "reporter", "professional"})


class Part(NamedTuple):
    """Which part do facts of a kind play in a duty? `level` orders starts by preference."""

    name: str
    fact: Fact
    level: int = 0


class Placed(NamedTuple):
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
    """An event that plays a part, or may. `counts` None: whether it does cannot be told, for this reason."""

    part: str
    level: int
    event: EventRecord
    counts: bool | None
    reason: str


@dataclass(slots=True)
class Reading:
    """One reading of a timeline for one duty: facts by part, each list in order."""

    starts: dict[int, list[Placed]] = field(default_factory=dict)
    parts: dict[str, list[Placed]] = field(default_factory=dict)

    def of(self, part: str) -> list[Placed]:
        """The facts that play this part, in order."""
        return self.parts.get(part, _NONE)


_NONE: list[Placed] = []


def parts(duty: Duty) -> dict[str, tuple[Part, ...]]:
    """Which parts do which kinds of event play in this duty?"""
    found: dict[str, list[Part]] = {}

    def add(name: str, facts: Iterable[Fact], level: int = 0) -> None:
        for fact in facts:
            found.setdefault(fact.kind, []).append(Part(name, fact, level))

    for level, facts in enumerate(duty.starts):
        add("start", facts, level)
    add("met", duty.met_by)
    add("excused", duty.excused_by)
    add("ended", duty.ended_by)
    add("attempted", duty.attempted_by)
    if duty.standing is not None:
        add("lapsed", duty.standing.ended_by)
    if duty.episode is not None:
        add("opened", (Fact(kind) for kind in duty.episode.opened_by))
        add("closed", (Fact(kind) for kind in duty.episode.closed_by))
    if duty.away is not None:
        add("left", duty.away.begins)
        add("returned", duty.away.ends)
    if duty.during is not None:
        add("began", duty.during.begun_by)
        add("ceased", duty.during.ended_by)
    add("dated", duty.dated_by)
    if duty.pause is not None:
        add("paused", duty.pause.begins)
        add("resumed", duty.pause.ends)
    for rule in duty.rules:
        for _, allowance in rule.turns:
            if isinstance(allowance, ByLatestRisk | ByLatestPlan):
                add(f"sets:{allowance.kind}", (Fact(allowance.kind),))
        if rule.superseded is not None:
            add("superseded", (rule.superseded.by,))
    if duty.ended_with_case:
        add("case_closed", (Fact("case_closed"),))
        add("case_reopened", (Fact("case_reopened"),))
    return {kind: tuple(dict.fromkeys(played)) for kind, played in found.items()}


class Cast:
    """Who is in each case of a timeline, in which roles, by the facts there are at as-of?"""

    __slots__ = ("_as_of", "_cases", "_timeline")

    def __init__(self, timeline: Timeline, as_of: datetime) -> None:
        self._timeline = timeline
        self._as_of = as_of
        self._cases: dict[CaseKey, dict[str, dict[RecordKey, set[str]]]] = {}

    def of(self, case: CaseKey) -> dict[str, dict[RecordKey, set[str]]]:
        """Everyone in this case: person, record, roles."""
        if case not in self._cases:
            people: dict[str, dict[RecordKey, set[str]]] = {}
            for event in self._timeline.events:
                if event.case == case and event.happened_at.earliest <= self._as_of:
                    for tie in event.ties:
                        records = people.setdefault(self._timeline.whose[tie.record], {})
                        records.setdefault(tie.record, set()).add(tie.role)
            self._cases[case] = people
        return self._cases[case]

    def roles(self, case: CaseKey, person: str) -> set[str]:
        """In which roles is this person in this case?"""
        return {role for roles in self.of(case).get(person, {}).values() for role in roles}


def is_subject(whom: tuple[Who, ...], roles: set[str], born: Born | None, on: date) -> Answer:
    """Is someone in these roles, so born, one whom the duty is owed to?"""
    unsure: Answer = NO
    for who in whom:
        if who.role not in roles or not who.in_force.holds_on(on):
            continue
        if who.under is None:
            return YES
        under = under_age(born, who.under, on)
        if under or (under is None and who.unsure is Unsure.COUNTS):
            return YES
        if under is None:
            unsure = None, "the age is not known"
    return unsure


def about(timeline: Timeline, event: EventRecord, roster: Roster) -> About:
    """What is known of this event besides itself?"""
    case = (
        timeline.case if isinstance(timeline, CaseTimeline) else timeline.cases.get(event.case) if event.case else None
    )
    day = london_day(event.happened_at.earliest)
    kind = case.kind if case else ""
    if isinstance(timeline, CaseTimeline):
        return About(day, case_kind=kind, roster=roster)
    person = timeline.person
    return About(day, timeline.born.get(person), timeline.sex.get(person, ""), kind, roster)


def candidates(
    timeline: Timeline,
    duty: Duty,
    played: dict[str, tuple[Part, ...]],
    cast: Cast,
    as_of: datetime,
    roster: Roster,
) -> list[Candidate]:
    """Which events of this timeline play a part in this duty, or may?"""
    found: list[Candidate] = []
    for event in timeline.events:
        if event.kind not in played or event.happened_at.earliest > as_of:
            continue
        known = about(timeline, event, roster)
        for part in played[event.kind]:
            theirs = YES if part.name in OF_WHOLE_CASE else _theirs(timeline, duty, part, event, cast, known.on)
            if theirs[0] is False:
                continue
            counts, reason = theirs
            holds, why = all_hold(part.fact.where, event, known)
            if holds is None and counts is True:
                counts, reason = None, why
            if holds is not False:
                found.append(Candidate(part.name, part.level, event, counts, reason))
    if duty.ended_with_case:
        found.extend(_row_closings(timeline, found, as_of))
    return found


def _row_closings(timeline: Timeline, found: list[Candidate], as_of: datetime) -> list[Candidate]:
    """The closings that only the rows of cases tell; an event that may be of the same moment stands for its row."""
    begun = {candidate.event.case for candidate in found if candidate.part == "start"}
    cases = (timeline.case,) if isinstance(timeline, CaseTimeline) else timeline.cases.values()
    told = [candidate.event for candidate in found if candidate.part == "case_closed"]
    closings = []
    for record in cases:
        when = record.closed_at if record else None
        if record is None or when is None or when.earliest > as_of or record.key not in begun:
            continue
        if any(e.case == record.key and _overlap(e.happened_at, when) for e in told):
            continue
        name = f"closed_at:{record.key.case_ref}"
        event = EventRecord(record.key.source, name, "case_closed", when, when.latest, case=record.key)
        closings.append(Candidate("row_closed", 0, event, True, ""))
    return closings


def _overlap(one: When, other: When) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _theirs(timeline: Timeline, duty: Duty, part: Part, event: EventRecord, cast: Cast, day: date) -> Answer:
    if isinstance(timeline, CaseTimeline):
        return YES
    born = timeline.born.get(timeline.person)
    tied = {tie.role for tie in event.ties if tie.record in timeline.records}
    if tied:
        if part.name == "start":
            return is_subject(duty.who, tied, born, day)
        return NO if tied <= BYSTANDERS else YES
    if event.ties or event.case is None:
        return NO
    mine = is_subject(duty.who, cast.roles(event.case, timeline.person), born, day)
    if mine[0] is False:
        return NO
    others = [
        person
        for person in cast.of(event.case)
        if person != timeline.person
        and is_subject(duty.who, cast.roles(event.case, person), timeline.born.get(person), day)[0] is not False
    ]
    if others:
        return None, f"{event.kind} names nobody, and its case has several it may concern"
    return mine


def placed(event: EventRecord, at: datetime) -> Placed:
    """This event, placed at this moment."""
    return Placed(at, event.written_at, event.source, event.event_id, event.kind, event.happened_at.earliest, event)


def read(found: Iterable[tuple[Candidate, datetime]]) -> Reading:
    """One reading: these facts at these moments."""
    reading = Reading()
    for candidate, at in found:
        fact = placed(candidate.event, at)
        if candidate.part == "start":
            reading.starts.setdefault(candidate.level, []).append(fact)
        else:
            reading.parts.setdefault(candidate.part, []).append(fact)
    for facts in reading.starts.values():
        facts.sort(key=order)
    for facts in reading.parts.values():
        facts.sort(key=order)
    return reading


def order(fact: Placed) -> tuple[datetime, datetime, str, str]:
    """The one order of facts."""
    return fact[:4]
