"""Refresh the assessment in force after deliveries and linkage: only cases and people they affect are worked out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duecare.assessment.affected_units import TooManyAffected, affected_by
from duecare.assessment.incremental_limits import CASES_AT_RECEIPT
from duecare.assessment.refresh import refresh_units
from duecare.assessment.rules_in_force import AssessmentContext, rulebook_with
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.transaction import transaction
from duecare.store.facts import affected_facts
from duecare.store.findings import assessment_runs, finding_replacement
from duecare.store.findings.assessment_runs import AssessmentRun
from duecare.store.linkage.linkage_runs import link_state

AT_ONE_LOOK = 100
ROWS_PER_CASE = 10
TRIES = 3

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class RefreshResult:
    """What has been worked out again, and what is left to a full assessment?

    Shape:   `left` are the numbers of accepted deliveries that the findings in force do not count yet; `is_linked`: they
             follow the people of the linkage in force; `is_ruled`: all of them by the rules and the policy in force, and
             not only those worked out since. `assessed` False: there is no assessment yet to bring up.
    """

    cases: int = 0
    people: int = 0
    left: tuple[int, ...] = ()
    is_linked: bool = True
    is_ruled: bool = True
    assessed: bool = True

    @property
    def is_whole(self) -> bool:
        """Do the findings in force count everything there is?"""
        return self.assessed and not self.left and self.is_linked and self.is_ruled

    @property
    def words(self) -> str:
        """What is not counted yet, in words."""
        numbers = ", ".join(str(number) for number in self.left[:5]) + (" …" if len(self.left) > 5 else "")
        delivery_word = "delivery" if len(self.left) == 1 else "deliveries"
        parts = [f"{delivery_word} {numbers}"] if self.left else []
        parts += ["the last linkage"] * (not self.is_linked) + ["the policy or rules now in force"] * (
            not self.is_ruled
        )
        return " and ".join(parts)


def refresh_affected(
    request: Request,
    assessment_run: AssessmentRun | None = None,
    *,
    most_units: int = CASES_AT_RECEIPT,
    with_link: bool = True,
    report_progress: Tell = lambda _name, _count: None,
) -> RefreshResult:
    """Assess again what changed since the assessment in force (or this one), unless that is more than so many cases.

    Shape:   what is not counted yet is told by numbers that are kept: the delivery that the assessment has been brought
             up to, and those accepted. So whoever comes next goes on where another was stopped. Findings are worked
             out, never facts: replacing them loses nothing, and the ledger is not concerned. Without `with_link`, another
             linkage is left: to see whom it moved, every record is looked at.
    """
    assessment_run = assessment_run or assessment_runs.run_in_force()
    if assessment_run is None:
        return RefreshResult(assessed=False)
    cases = people = 0
    for _ in range(TRIES):
        pending, links = affected_facts.pending_deliveries(assessment_run.upto_delivery), link_state()
        if not pending.numbers and assessment_run.links == links:
            return RefreshResult(cases, people, is_ruled=_is_ruled(assessment_run))
        if pending.rows > ROWS_PER_CASE * most_units or (assessment_run.links.run != links.run and not with_link):
            break
        context = AssessmentContext.at(read_config(), request.now, assessment_run.known_at)
        try:
            affected = affected_by(context, assessment_run, pending, links, most_units)
        except TooManyAffected:
            break
        if refresh_units(context, assessment_run, affected.cases, affected.people, report_progress) < len(affected):
            break
        with transaction():
            if not assessment_runs.lock_run(assessment_run):
                break
            for person in sorted(affected.former_people):
                finding_replacement.forget_person(assessment_run, person)
            assessment_run = assessment_runs.record_reached(assessment_run, pending.upto, links)
        cases, people = cases + len(affected.cases), people + len(affected.people)
    return pending_refresh(assessment_run, cases, people)


def pending_refresh(assessment_run: AssessmentRun | None, cases: int = 0, people: int = 0) -> RefreshResult:
    """What do the findings of this assessment not count yet?"""
    if assessment_run is None:
        return RefreshResult(assessed=False)
    pending = affected_facts.pending_deliveries(assessment_run.upto_delivery)
    return RefreshResult(
        cases,
        people,
        pending.numbers,
        assessment_run.links == link_state(),
        _is_ruled(assessment_run),
    )


def _is_ruled(assessment_run: AssessmentRun) -> bool:
    return assessment_run.rulebook == rulebook_with(read_policy(read_config().policy))
