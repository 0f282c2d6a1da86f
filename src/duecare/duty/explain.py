"""How a finding was reckoned, in plain words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from duecare.duty.allowance import (
    Allowance,
    BeforeSchoolDay,
    Hours,
    LocalWorkingDays,
    OfficeHours,
    SchoolDays,
    WorkingDays,
    parts_of,
)
from duecare.duty.declaration import Duty, Fact, Rule
from duecare.duty.due import due_or_unknown
from duecare.duty.finding import NOT_SHOWN, Evidence, Finding, State
from duecare.duty.words import shortly
from duecare.vocabulary.calendar import OutsideCalendar, is_working_day
from duecare.vocabulary.moments import in_london, london_day

_UNSHOWN = {
    State.MET: "Met in time",
    State.MET_LATE: "Met late",
    State.OPEN: "Not yet done",
    State.OVERDUE: "Not done in time",
    State.EXCUSED: "Excused",
    State.NOT_APPLICABLE: "Does not apply",
    State.CANNOT_TELL: "It cannot be told whether this was done in time",
}


def explain(finding: Finding, duty: Duty) -> tuple[str, ...]:
    """Why is this finding what it is?

    Shape:   in order: what started it, which limit by whose word, which days counted, what was done or not, what met,
             paused or stopped it, and what would discharge it where it is still owed. Never empty.
    Units:   times as clocks in London showed them.
    """
    rule, allowance = _rule(finding, duty)
    steps = [f"Started on {_say(finding.started_at)}{_by(finding, 'started')}."]
    steps.append(f"Limit: {shortly(allowance)}, by {duty.source.title}, {duty.source.provision} ({finding.ref}).")
    if finding.due_at is None:
        steps.append(f"The limit cannot be told{': ' + NOT_SHOWN if finding.reason == NOT_SHOWN else ''}.")
    else:
        if finding.due_on is None and not isinstance(allowance, Hours):
            allowed = (finding.due_at - finding.started_at).total_seconds() / 3600
            steps.append(f"Here that is {allowed:g} elapsed hours.")
        steps.append(f"Due by {_say(finding.due_at)}.")
    steps.extend(_counted(finding, allowance))
    paused = [fact for fact in finding.evidence if fact.role == "paused"]
    steps.extend(
        f"The clock stood still from {_say(fact.happened_at)} by {fact.kind.replace('_', ' ')}." for fact in paused
    )
    if not duty.source.is_verified:
        steps.append("The text of this source has not yet been verified.")
    if duty.local:
        adopted = "has been adopted by the force" if finding.adopted else "is only suggested; no officer has adopted it"
        steps.append(f"The limit is the force's own; it {adopted}.")
    attempts = [fact for fact in finding.evidence if fact.role == "attempted"]
    if attempts:
        steps.append(f"Tried without success {len(attempts)} times, last on {_say(attempts[-1].happened_at)}.")
    steps.append(_outcome(finding))
    if finding.recorded_late and finding.recorded_at is not None:
        steps.append(f"It was written down only on {_say(finding.recorded_at)}, after the limit.")
    if finding.state in {State.OPEN, State.OVERDUE, State.CANNOT_TELL} and finding.ended_at is None:
        if duty.met_by and not duty.holds:
            steps.append(f"It would be discharged by: {_kinds(duty.met_by)}.")
        else:
            steps.append("It is a rule about that fact itself: nothing that comes later can meet it.")
        if duty.excused_by:
            steps.append(f"It would be excused by: {_kinds(duty.excused_by)}.")
    if rule.in_force.first or rule.in_force.last:
        steps.append(f"This rule is for what started {_span(rule)}.")
    return tuple(steps)


def _outcome(finding: Finding) -> str:
    late = "" if finding.late_by_hours is None else f", {_hours(finding.late_by_hours)} late"
    if finding.reason == NOT_SHOWN:
        return f"{_UNSHOWN[finding.state]}; {NOT_SHOWN}."
    match finding.state:
        case State.MET:
            return f"Met on {_say(finding.met_at)}{_by(finding, 'met')}, in time."
        case State.MET_LATE:
            return f"Met on {_say(finding.met_at)}{_by(finding, 'met')}{late}."
        case State.OPEN:
            return "Not yet done; there is still time."
        case State.OVERDUE if finding.ended_at is not None:
            return f"Never done; it ended on {_say(finding.ended_at)}{_by(finding, 'ended')}{late}."
        case State.OVERDUE:
            return f"Not done{late}."
        case State.EXCUSED:
            done = f" It was done on {_say(finding.met_at)}." if finding.met_at else ""
            return f"Excused: {finding.reason}{_by(finding, 'excused')}.{done}"
        case State.NOT_APPLICABLE:
            return f"Does not apply: {finding.reason}."
        case State.CANNOT_TELL:
            return f"It cannot be told whether this was done in time: {finding.reason}."


def _rule(finding: Finding, duty: Duty) -> tuple[Rule, Allowance]:
    starts = [fact.happened_at for fact in finding.evidence if fact.role == "started"] or [finding.started_at]
    days = {london_day(finding.started_at), *(london_day(at) for at in starts)}
    standing = [rule for rule in duty.rules if any(rule.in_force.holds_on(day) for day in days)] or list(duty.rules)
    for fits in (_gave, _may_be):
        for rule in standing:
            for ref, allowance in reversed(rule.turns):
                if ref == finding.ref and fits(allowance, finding):
                    return rule, allowance
    return standing[0], standing[0].allows


def _gave(allowance: Allowance, finding: Finding) -> bool:
    """Does a limit of this kind, from the start, give just that one? It tells apart the turns under one reference."""
    limit = (finding.due_at, finding.due_on)
    return any(due_or_unknown(finding.started_at, fixed) == limit for fixed in parts_of(allowance))


def _may_be(allowance: Allowance, finding: Finding) -> bool:
    """May a limit of this kind have given that one? Of several turns under one reference, the first may be another's."""
    if finding.due_at is None:
        return True
    elapsed = (finding.due_at - finding.started_at).total_seconds() / 3600
    fixed = parts_of(allowance)
    hours = [one.n for one in fixed if isinstance(one, Hours)]
    return len(hours) != len(fixed) or not hours or elapsed in hours


def _counted(finding: Finding, allowance: Allowance) -> list[str]:
    """Which days were counted, and which were left out?"""
    fixed = parts_of(allowance)
    if finding.due_at is None or not any(
        isinstance(one, WorkingDays | LocalWorkingDays | SchoolDays | BeforeSchoolDay | OfficeHours) for one in fixed
    ):
        return []
    first, last = london_day(finding.started_at), london_day(finding.due_at)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if any(isinstance(one, SchoolDays | BeforeSchoolDay) for one in fixed):
        return ["Days on which schools are closed by the policy, weekends and bank holidays are left out."]
    try:
        left_out = [day for day in days if not is_working_day(day)]
    except OutsideCalendar:
        return []
    holidays = [day for day in left_out if day.weekday() < 5]
    weekends = len(left_out) - len(holidays)
    said = [f"{weekends} days at weekends"] if weekends else []
    said += [f"the bank holiday on {_day(day)}" for day in holidays]
    counted = len(days) - len(left_out) - (first not in left_out)
    if any(isinstance(one, OfficeHours) for one in fixed):
        return [f"Left out: {' and '.join(said)}."] if said else []
    told = f"Counted: {counted} working days after {_day(first)}, which is day nought"
    return [f"{told}; left out: {', '.join(said)}." if said else f"{told}; none is left out."]


def _day(day: date) -> str:
    return f"{day:%A %-d %B %Y}"


def _by(finding: Finding, role: str) -> str:
    fact: Evidence | None = next((fact for fact in finding.evidence if fact.role == role), None)
    return "" if fact is None else f" by {fact.kind.replace('_', ' ')} ({fact.source}, {fact.event_id})"


def _kinds(facts: tuple[Fact, ...]) -> str:
    return " or ".join(dict.fromkeys(fact.kind.replace("_", " ") for fact in facts))


def _span(rule: Rule) -> str:
    first, last = rule.in_force.first, rule.in_force.last
    said = []
    if first:
        said.append(f"from {first:%-d %B %Y}")
    if last:
        said.append(f"up to {last:%-d %B %Y}")
    return " ".join(said)


def _hours(hours: float) -> str:
    if hours >= 48:
        days, left = divmod(round(hours), 24)
        return f"{days} days" + (f" and {left} hours" if left else "")
    return f"{hours:g} hours"


def _say(moment: datetime | None) -> str:
    return "an unknown day" if moment is None else f"{in_london(moment):%A %-d %B %Y at %H:%M:%S}"
