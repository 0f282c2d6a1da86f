"""The explanation of a finding, in plain words."""

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
from duecare.duty.due_moment import due_or_unknown
from duecare.duty.finding import NOT_SHOWN, Evidence, Finding, State
from duecare.duty.words import short_allowance
from duecare.vocabulary.calendar import OutsideCalendar, is_working_day
from duecare.vocabulary.london_clock import in_london, london_day

_UNSHOWN = {
    State.MET: "Met in time",
    State.MET_LATE: "Met late",
    State.OPEN: "Not yet done",
    State.OVERDUE: "Not done in time",
    State.EXCUSED: "Excused",
    State.NOT_APPLICABLE: "Does not apply",
    State.CANNOT_TELL: "It cannot be told whether this was done in time",
}


def explain_finding(finding: Finding, duty: Duty) -> tuple[str, ...]:
    """Explain why this finding is what it is.

    Shape:   in order: what started it, which limit by whose word, which days counted, what was done or not, what met,
             paused or stopped it, and what would discharge it where it is still owed. Never empty.
    Units:   times as clocks in London showed them.
    """
    dated_rule, allowance = _rule_and_allowance(finding, duty)
    steps = [f"Started on {_moment_words(finding.started_at)}{_by_words(finding, 'started')}."]
    steps.append(
        f"Limit: {short_allowance(allowance)}, by {duty.source.title}, {duty.source.provision} ({finding.ref})."
    )
    if finding.due_at is None:
        steps.append(f"The limit cannot be told{': ' + NOT_SHOWN if finding.reason == NOT_SHOWN else ''}.")
    else:
        if finding.due_on is None and not isinstance(allowance, Hours):
            allowed = (finding.due_at - finding.started_at).total_seconds() / 3600
            steps.append(f"Here that is {allowed:g} elapsed hours.")
        steps.append(f"Due by {_moment_words(finding.due_at)}.")
    steps.extend(_counted_words(finding, allowance))
    paused = [pause_evidence for pause_evidence in finding.evidence if pause_evidence.role == "paused"]
    steps.extend(
        f"The clock stood still from {_moment_words(pause_evidence.happened_at)} by {pause_evidence.kind.replace('_', ' ')}."
        for pause_evidence in paused
    )
    if not duty.source.is_verified:
        steps.append("The text of this source has not yet been verified.")
    if duty.local:
        adopted = "has been adopted by the force" if finding.adopted else "is only suggested; no officer has adopted it"
        steps.append(f"The limit is the force's own; it {adopted}.")
    attempts = [attempt_evidence for attempt_evidence in finding.evidence if attempt_evidence.role == "attempted"]
    if attempts:
        steps.append(f"Tried without success {len(attempts)} times, last on {_moment_words(attempts[-1].happened_at)}.")
    steps.append(_outcome_words(finding))
    if finding.recorded_late and finding.recorded_at is not None:
        steps.append(f"It was written down only on {_moment_words(finding.recorded_at)}, after the limit.")
    if finding.state in {State.OPEN, State.OVERDUE, State.CANNOT_TELL} and finding.ended_at is None:
        if duty.met_by and not duty.holds:
            steps.append(f"It would be discharged by: {_kind_words(duty.met_by)}.")
        else:
            steps.append("It is a rule about that fact itself: nothing that comes later can meet it.")
        if duty.excused_by:
            steps.append(f"It would be excused by: {_kind_words(duty.excused_by)}.")
    if dated_rule.in_force.first or dated_rule.in_force.last:
        steps.append(f"This rule is for what started {_span_words(dated_rule)}.")
    return tuple(steps)


def _outcome_words(finding: Finding) -> str:
    late_words = "" if finding.late_by_hours is None else f", {_hours_words(finding.late_by_hours)} late"
    if finding.reason == NOT_SHOWN:
        return f"{_UNSHOWN[finding.state]}; {NOT_SHOWN}."
    match finding.state:
        case State.MET:
            return f"Met on {_moment_words(finding.met_at)}{_by_words(finding, 'met')}, in time."
        case State.MET_LATE:
            return f"Met on {_moment_words(finding.met_at)}{_by_words(finding, 'met')}{late_words}."
        case State.OPEN:
            return "Not yet done; there is still time."
        case State.OVERDUE if finding.ended_at is not None:
            return (
                f"Never done; it ended on {_moment_words(finding.ended_at)}{_by_words(finding, 'ended')}{late_words}."
            )
        case State.OVERDUE:
            return f"Not done{late_words}."
        case State.EXCUSED:
            done_words = f" It was done on {_moment_words(finding.met_at)}." if finding.met_at else ""
            return f"Excused: {finding.reason}{_by_words(finding, 'excused')}.{done_words}"
        case State.NOT_APPLICABLE:
            return f"Does not apply: {finding.reason}."
        case State.CANNOT_TELL:
            return f"It cannot be told whether this was done in time: {finding.reason}."


def _rule_and_allowance(finding: Finding, duty: Duty) -> tuple[Rule, Allowance]:
    starts = [
        start_evidence.happened_at for start_evidence in finding.evidence if start_evidence.role == "started"
    ] or [finding.started_at]
    start_days = {london_day(finding.started_at), *(london_day(start_moment) for start_moment in starts)}
    standing = [
        dated_rule
        for dated_rule in duty.rules
        if any(dated_rule.in_force.holds_on(start_day) for start_day in start_days)
    ] or list(duty.rules)
    for is_fitting in (_gave_limit, _may_be):
        for dated_rule in standing:
            for limit_ref, allowance in reversed(dated_rule.turns):
                if limit_ref == finding.ref and is_fitting(allowance, finding):
                    return dated_rule, allowance
    return standing[0], standing[0].allows


def _gave_limit(allowance: Allowance, finding: Finding) -> bool:
    """Whether a limit of this kind, from the start, gives just that one, which separates the turns under one reference."""
    limit = (finding.due_at, finding.due_on)
    return any(due_or_unknown(finding.started_at, fixed) == limit for fixed in parts_of(allowance))


def _may_be(allowance: Allowance, finding: Finding) -> bool:
    """Whether a limit of this kind may have given that one; of several turns under one reference, the first may be another's."""
    if finding.due_at is None:
        return True
    elapsed = (finding.due_at - finding.started_at).total_seconds() / 3600
    fixed = parts_of(allowance)
    hours = [allowance_part.n for allowance_part in fixed if isinstance(allowance_part, Hours)]
    return len(hours) != len(fixed) or not hours or elapsed in hours


def _counted_words(finding: Finding, allowance: Allowance) -> list[str]:
    """The days that were counted, and those left out."""
    fixed = parts_of(allowance)
    if finding.due_at is None or not any(
        isinstance(allowance_part, WorkingDays | LocalWorkingDays | SchoolDays | BeforeSchoolDay | OfficeHours)
        for allowance_part in fixed
    ):
        return []
    first_day, last_day = london_day(finding.started_at), london_day(finding.due_at)
    days_between = [first_day + timedelta(days=day_offset) for day_offset in range((last_day - first_day).days + 1)]
    if any(isinstance(allowance_part, SchoolDays | BeforeSchoolDay) for allowance_part in fixed):
        return ["Days on which schools are closed by the policy, weekends and bank holidays are left out."]
    try:
        left_out = [calendar_day for calendar_day in days_between if not is_working_day(calendar_day)]
    except OutsideCalendar:
        return []
    holidays = [calendar_day for calendar_day in left_out if calendar_day.weekday() < 5]
    weekends = len(left_out) - len(holidays)
    exceptions = [f"{weekends} days at weekends"] if weekends else []
    exceptions += [f"the bank holiday on {_day_words(calendar_day)}" for calendar_day in holidays]
    counted = len(days_between) - len(left_out) - (first_day not in left_out)
    if any(isinstance(allowance_part, OfficeHours) for allowance_part in fixed):
        return [f"Left out: {' and '.join(exceptions)}."] if exceptions else []
    counted_words = f"Counted: {counted} working days after {_day_words(first_day)}, which is day nought"
    return [
        f"{counted_words}; left out: {', '.join(exceptions)}." if exceptions else f"{counted_words}; none is left out."
    ]


def _day_words(calendar_day: date) -> str:
    return f"{calendar_day:%A %-d %B %Y}"


def _by_words(finding: Finding, evidence_role: str) -> str:
    evidence_item: Evidence | None = next(
        (evidence for evidence in finding.evidence if evidence.role == evidence_role), None
    )
    return (
        ""
        if evidence_item is None
        else f" by {evidence_item.kind.replace('_', ' ')} ({evidence_item.source}, {evidence_item.event_id})"
    )


def _kind_words(facts: tuple[Fact, ...]) -> str:
    return " or ".join(dict.fromkeys(duty_fact.kind.replace("_", " ") for duty_fact in facts))


def _span_words(dated_rule: Rule) -> str:
    first_day, last_day = dated_rule.in_force.first, dated_rule.in_force.last
    span_parts = []
    if first_day:
        span_parts.append(f"from {first_day:%-d %B %Y}")
    if last_day:
        span_parts.append(f"up to {last_day:%-d %B %Y}")
    return " ".join(span_parts)


def _hours_words(hours: float) -> str:
    if hours >= 48:
        day_count, hours_left = divmod(round(hours), 24)
        return f"{day_count} days" + (f" and {hours_left} hours" if hours_left else "")
    return f"{hours:g} hours"


def _moment_words(moment: datetime | None) -> str:
    return "an unknown day" if moment is None else f"{in_london(moment):%A %-d %B %Y at %H:%M:%S}"
