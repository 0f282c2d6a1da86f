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
TellProgress = Callable[[str, int], None]
Numbers = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many began, and their states at the end of the period."""

    states: Mapping[str, int]

    @property
    def started(self) -> int:
        """The number that began in the period."""
        return sum(self.states.values())

    @property
    def late(self) -> int:
        """The number that were done late, or not by the end."""
        return self.of(State.MET_LATE) + self.of(State.OVERDUE)

    def of(self, state: State) -> int:
        """The number in this state."""
        return self.states.get(state.value, 0)


@dataclass(frozen=True, slots=True)
class TrialResult:
    """One duty by the standard in force and by the draft: its numbers, all together, and area by area.

    Shape:   counts are pairs (in force, draft); `areas` by name, empty for what names none.
    """

    duty: Duty
    numbers: tuple[Numbers, Numbers]
    total: tuple[Counts, Counts]
    areas: Mapping[str, tuple[Counts, Counts]]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the draft would have made of what began in this period, as it stands at its end."""

    first: datetime
    last: datetime
    tried: tuple[TrialResult, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The standards to be tried, with the rest of a whole policy where one is given."""

    standards: tuple[Standard, ...]
    absence_grace: timedelta | None = None
    school_holidays: tuple[tuple[date, date], ...] | None = None


def as_json(what_if_found: WhatIf) -> dict[str, Any]:
    """This as it is written to JSON."""
    return {
        "from": iso_text(what_if_found.first),
        "to": iso_text(what_if_found.last),
        "not_for_publication": True,
        "duties": [
            {
                "duty": tried_duty.duty.id,
                "says": tried_duty.duty.says,
                "numbers": _before_and_after(
                    [
                        {
                            f"{number_unit}.{number_name}": standard_number
                            for (number_unit, number_name), standard_number in policy_numbers.items()
                        }
                        for policy_numbers in tried_duty.numbers
                    ]
                ),
                "total": _before_and_after([_counts_json(counts) for counts in tried_duty.total]),
                "areas": [
                    {"area": force_area, **_before_and_after([_counts_json(counts) for counts in both_counts])}
                    for force_area, both_counts in tried_duty.areas.items()
                ],
            }
            for tried_duty in what_if_found.tried
        ],
        "notes": list(NOTES),
    }


def _before_and_after(both_values: list[Any]) -> dict[str, Any]:
    return {"in_force": both_values[0], "draft": both_values[1]}


def _counts_json(counts: Counts) -> dict[str, int]:
    states = {state.value: counts.of(state) for state in State}
    return {"started": counts.started, "late": counts.late, **states}


def read_draft(file_path: Path) -> Draft:
    """The draft in this file: a whole policy, or its table `standards` alone.

    Raises:  CFG-002 when it cannot be read, or names or sets something it may not.
    """
    whole = read_policy(file_path)
    draft_content = tomllib.loads(file_path.read_text("utf-8"))
    return Draft(
        draft_of(draft_content.get("standards", {}), str(file_path)),
        whole.absence_grace if "people" in draft_content else None,
        whole.school_holidays if "school" in draft_content else None,
    )


def standards_to_try(request: Request, config: Config) -> tuple[tuple[Duty, Numbers], ...]:
    """The duties whose limit the force sets itself, with their numbers.

    Raises:  ACC-003 when the viewer may not try standards.
    """
    authorise(request, Act.TRY_STANDARD, STANDARDS)
    policy = read_policy(config.policy)
    log_read(request, Act.TRY_STANDARD)
    return tuple(
        (duty_rule, _numbers_of(policy, duty_rule))
        for duty_rule in all_duties()
        if duty_rule.local and numbers_of(duty_rule)
    )


def duty_to_try(duty_id: str) -> Duty | None:
    """The duty with this id whose limit the force sets itself; None where there is none."""
    return next(
        (
            duty_rule
            for duty_rule in all_duties()
            if duty_rule.id == duty_id and duty_rule.local and numbers_of(duty_rule)
        ),
        None,
    )


def what_if(
    request: Request,
    config: Config,
    draft: Draft,
    *,
    first_moment: datetime | None = None,
    last_moment: datetime | None = None,
    on_a_page: bool = False,
    tell_progress: TellProgress = lambda _step_name, _count: None,
) -> WhatIf:
    """Counts by state of what began in the period, by the draft beside the standard in force.

    Shape:   the last 365 days where no period is given; all as it stands at its end, from everything written so far.
             Figures of the whole force without what is sealed. Numbers that the draft leaves out stay as in force.
             Nothing is kept and nobody is told.
    Raises:  ACC-003 when the viewer may not; DUT-021 on a page where there are too many cases.
    """
    authorise(request, Act.TRY_STANDARD, STANDARDS)
    if on_a_page:
        small_enough(reason_code="DUT-021")
    check_ledger_writable(request, Act.TRY_STANDARD)
    until = last_moment or request.now
    since = first_moment or until - A_YEAR
    if since > until:
        raise Refusal("CFG-002", where="the period", faults=("it ends before it begins",))
    policy = read_policy(config.policy)
    wanted_duties = tuple(dict.fromkeys(standard.duty for standard in draft.standards))
    policies = policy, _tried_policy(policy, draft)
    context_now = AssessmentContext.at(config, until, None)
    counted: list[dict[str, dict[str, Counter[str]]]] = []
    for policy_label, tried_policy in zip(("the standard in force", "the draft"), policies, strict=True):
        context = of_some(replace(context_now, policy=tried_policy), frozenset(wanted_duties))
        counted.append(_count_findings(every_finding(context), since, until))
        tell_progress(
            policy_label, sum(sum(states.values()) for areas in counted[-1].values() for states in areas.values())
        )
    log_read(request, Act.TRY_STANDARD)
    return WhatIf(
        since, until, tuple(_side_by_side(duty_named(wanted_duty), policies, counted) for wanted_duty in wanted_duties)
    )


def _tried_policy(policy: Policy, draft: Draft) -> Policy:
    """The policy in force with the draft in it: its standards hold for all time."""
    standards = list(policy.standards)
    for duty_id in dict.fromkeys(standard.duty for standard in draft.standards):
        own_standards = [standard for standard in draft.standards if standard.duty == duty_id]
        before = policy.standards_of(duty_id)
        if len(own_standards) == 1 and before:
            own_standards = [
                replace(
                    own_standards[0],
                    hours=tuple(sorted({**dict(before[-1].hours), **dict(own_standards[0].hours)}.items())),
                )
            ]
        standards = [*(standard for standard in standards if standard.duty != duty_id), *own_standards]
    return replace(
        policy,
        standards=tuple(standards),
        absence_grace=policy.absence_grace if draft.absence_grace is None else draft.absence_grace,
        school_holidays=policy.school_holidays if draft.school_holidays is None else draft.school_holidays,
    )


def _count_findings(
    findings_found: Iterable[Finding], since: datetime, until: datetime
) -> dict[str, dict[str, Counter[str]]]:
    cases, people = sealed_cases(), sealed_people()
    counts: dict[str, dict[str, Counter[str]]] = {}
    for finding in findings_found:
        if since <= finding.started_at <= until and finding.case not in cases and finding.person not in people:
            counts.setdefault(finding.duty, {}).setdefault(finding.area, Counter())[finding.state.value] += 1
    return counts


def _side_by_side(
    duty_rule: Duty, policies: tuple[Policy, Policy], counted: list[dict[str, dict[str, Counter[str]]]]
) -> TrialResult:
    before, after = (counts.get(duty_rule.id, {}) for counts in counted)
    areas = sorted(before.keys() | after.keys())
    return TrialResult(
        duty_rule,
        (_numbers_of(policies[0], duty_rule), _numbers_of(policies[1], duty_rule)),
        (Counts(sum(before.values(), Counter())), Counts(sum(after.values(), Counter()))),
        {force_area: (Counts(before.get(force_area, {})), Counts(after.get(force_area, {}))) for force_area in areas},
    )


def _numbers_of(policy: Policy, duty_rule: Duty) -> Numbers:
    return numbers_of(policy.applied(duty_rule))
