"""What a draft of the force's own standard would have made of past facts, beside the standard in force; nothing is kept."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from duecare.access.act import Act
from duecare.access.thing import STANDARDS
from duecare.assessment.all_findings import every_finding
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.assessment.selected_duties import of_some
from duecare.authorisation.authorise import authorise, check_ledger_writable, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.duty.declaration import Duty
from duecare.duty.finding import Finding, State
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.all_duties import duty_of_id as duty_named
from duecare.rulebook.force_policy import Policy, draft_of, read_policy
from duecare.rulebook.local_standard import Standard, numbers_of
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.use_cases.casework.view_as_of import small_enough
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

A_YEAR = timedelta(days=365)
NOTES = (
    "Counts of what began in the period, as it stands at its end, from everything written so far.",
    "Nothing was kept, and nobody is told.",
    "Small counts can point to a person: this is for deciding on a standard, and not for publication.",
)
Tell = Callable[[str, int], None]
Numbers = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many began, and in which states do they stand at the end of the period?"""

    states: Mapping[str, int]

    @property
    def started(self) -> int:
        """How many began in the period?"""
        return sum(self.states.values())

    @property
    def late(self) -> int:
        """How many were done late, or not by the end?"""
        return self.of(State.MET_LATE) + self.of(State.OVERDUE)

    def of(self, state: State) -> int:
        """How many are in this state?"""
        return self.states.get(state.value, 0)


@dataclass(frozen=True, slots=True)
class Tried:
    """One duty by the standard in force and by the draft: its numbers, all together, and area by area.

    Shape:   counts are pairs (in force, draft); `areas` by name, empty for what names none.
    """

    duty: Duty
    numbers: tuple[Numbers, Numbers]
    total: tuple[Counts, Counts]
    areas: Mapping[str, tuple[Counts, Counts]]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would the draft have made of what began in this period, as it stands at its end?"""

    first: datetime
    last: datetime
    tried: tuple[Tried, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Which standards are to be tried? What else a whole policy sets is taken from it where it is there."""

    standards: tuple[Standard, ...]
    absence_grace: timedelta | None = None
    school_holidays: tuple[tuple[date, date], ...] | None = None


def as_json(found: WhatIf) -> dict[str, Any]:
    """How is this written in what we send out?"""
    return {
        "from": iso_text(found.first),
        "to": iso_text(found.last),
        "not_for_publication": True,
        "duties": [
            {
                "duty": one.duty.id,
                "says": one.duty.says,
                "numbers": _pair([{f"{unit}.{name}": n for (unit, name), n in some.items()} for some in one.numbers]),
                "total": _pair([_counts(counts) for counts in one.total]),
                "areas": [
                    {"area": area, **_pair([_counts(counts) for counts in both])} for area, both in one.areas.items()
                ],
            }
            for one in found.tried
        ],
        "notes": list(NOTES),
    }


def _pair(both: list[Any]) -> dict[str, Any]:
    return {"in_force": both[0], "draft": both[1]}


def _counts(counts: Counts) -> dict[str, int]:
    states = {state.value: counts.of(state) for state in State}
    return {"started": counts.started, "late": counts.late, **states}


def read_draft(path: Path) -> Draft:
    """Which draft does this file hold: a whole policy, or its table `standards` alone?

    Raises:  CFG-002 when it cannot be read, or names or sets something it may not.
    """
    whole = read_policy(path)
    said = tomllib.loads(path.read_text("utf-8"))
    return Draft(
        draft_of(said.get("standards", {}), str(path)),
        whole.absence_grace if "people" in said else None,
        whole.school_holidays if "school" in said else None,
    )


def standards_to_try(request: Request, config: Config) -> tuple[tuple[Duty, Numbers], ...]:
    """Of which duties does the force set the limit itself, and to what?

    Raises:  ACC-003 when the viewer may not try standards.
    """
    authorise(request, Act.TRY_STANDARD, STANDARDS)
    policy = read_policy(config.policy)
    log_read(request, Act.TRY_STANDARD)
    return tuple((duty, _numbers(policy, duty)) for duty in all_duties() if duty.local and numbers_of(duty))


def duty_to_try(duty: str) -> Duty | None:
    """Which duty, whose limit the force sets itself, has this id? None where none has."""
    return next((one for one in all_duties() if one.id == duty and one.local and numbers_of(one)), None)


def what_if(
    request: Request,
    config: Config,
    draft: Draft,
    *,
    first: datetime | None = None,
    last: datetime | None = None,
    on_a_page: bool = False,
    tell: Tell = lambda _what, _count: None,
) -> WhatIf:
    """How many would have been met, late, overdue by the draft, of what began in the period, beside the standard in force?

    Shape:   the last 365 days where no period is given; all as it stands at its end, from everything written so far.
             Figures of the whole force without what is sealed. Numbers that the draft leaves out stay as in force.
             Nothing is kept and nobody is told.
    Raises:  ACC-003 when the viewer may not; DUT-021 on a page where there are too many cases.
    """
    authorise(request, Act.TRY_STANDARD, STANDARDS)
    if on_a_page:
        small_enough(code="DUT-021")
    check_ledger_writable(request, Act.TRY_STANDARD)
    until = last or request.now
    since = first or until - A_YEAR
    if since > until:
        raise Refusal("CFG-002", where="the period", faults=("it ends before it begins",))
    policy = read_policy(config.policy)
    wanted = tuple(dict.fromkeys(standard.duty for standard in draft.standards))
    policies = policy, _tried(policy, draft)
    now = AssessmentContext.at(config, until, None)
    counted: list[dict[str, dict[str, Counter[str]]]] = []
    for name, one in zip(("the standard in force", "the draft"), policies, strict=True):
        by = of_some(replace(now, policy=one), frozenset(wanted))
        counted.append(_count(every_finding(by), since, until))
        tell(name, sum(sum(states.values()) for areas in counted[-1].values() for states in areas.values()))
    log_read(request, Act.TRY_STANDARD)
    return WhatIf(since, until, tuple(_side_by_side(duty_named(name), policies, counted) for name in wanted))


def _tried(policy: Policy, draft: Draft) -> Policy:
    """The policy in force with the draft in it: its standards hold for all time."""
    standards = list(policy.standards)
    for duty in dict.fromkeys(standard.duty for standard in draft.standards):
        mine = [standard for standard in draft.standards if standard.duty == duty]
        before = policy.standards_of(duty)
        if len(mine) == 1 and before:
            mine = [replace(mine[0], hours=tuple(sorted({**dict(before[-1].hours), **dict(mine[0].hours)}.items())))]
        standards = [*(standard for standard in standards if standard.duty != duty), *mine]
    return replace(
        policy,
        standards=tuple(standards),
        absence_grace=policy.absence_grace if draft.absence_grace is None else draft.absence_grace,
        school_holidays=policy.school_holidays if draft.school_holidays is None else draft.school_holidays,
    )


def _count(found: Iterable[Finding], since: datetime, until: datetime) -> dict[str, dict[str, Counter[str]]]:
    cases, people = sealed_cases(), sealed_people()
    counts: dict[str, dict[str, Counter[str]]] = {}
    for finding in found:
        if since <= finding.started_at <= until and finding.case not in cases and finding.person not in people:
            counts.setdefault(finding.duty, {}).setdefault(finding.area, Counter())[finding.state.value] += 1
    return counts


def _side_by_side(
    duty: Duty, policies: tuple[Policy, Policy], counted: list[dict[str, dict[str, Counter[str]]]]
) -> Tried:
    before, after = (counts.get(duty.id, {}) for counts in counted)
    areas = sorted(before.keys() | after.keys())
    return Tried(
        duty,
        (_numbers(policies[0], duty), _numbers(policies[1], duty)),
        (Counts(sum(before.values(), Counter())), Counts(sum(after.values(), Counter()))),
        {area: (Counts(before.get(area, {})), Counts(after.get(area, {}))) for area in areas},
    )


def _numbers(policy: Policy, duty: Duty) -> Numbers:
    return numbers_of(policy.applied(duty))
