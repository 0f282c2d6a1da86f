"""Bring the assessment in force up to what deliveries and linkage have said since, by reckoning only what they touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duecare.assessment.affected import TooMany, touched_by
from duecare.assessment.refresh import bring
from duecare.assessment.rules_in_force import Reckoning, rulebook_with
from duecare.authorisation.request import Request
from duecare.config import read_config
from duecare.rulebook.force_policy import read_policy
from duecare.store.database.transaction import transaction
from duecare.store.facts import affected_facts
from duecare.store.findings import assessment_runs, finding_replacement
from duecare.store.linkage.linkage_runs import link_state
from duecare.store.models import AssessRun

AT_ONE_LOOK = 100
AT_RECEIPT = 5_000
ROWS_PER_CASE = 10
TRIES = 3

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Brought:
    """What has been reckoned anew, and what is left to a full assessment?

    Shape:   `left` are the numbers of accepted deliveries that the findings in force do not count yet; `is_linked`: they
             go by the people of the linkage in force; `is_ruled`: all of them by the rules and the policy in force, and
             not only those reckoned since. `assessed` False: there is no assessment yet to bring up.
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
        kind = "delivery" if len(self.left) == 1 else "deliveries"
        said = [f"{kind} {numbers}"] if self.left else []
        said += ["the last linkage"] * (not self.is_linked) + ["the policy or rules now in force"] * (not self.is_ruled)
        return " and ".join(said)


def assess_touched(
    request: Request,
    run: AssessRun | None = None,
    *,
    most: int = AT_RECEIPT,
    with_link: bool = True,
    tell: Tell = lambda _what, _count: None,
) -> Brought:
    """Reckon anew what was touched since the assessment in force (or `run`), unless that is more than `most` cases.

    Shape:   what is not counted yet is told by numbers that are kept: the delivery that the assessment has been brought
             up to, and those accepted. So whoever comes next goes on where another was stopped. Findings are worked
             out, never facts: replacing them loses nothing, and the ledger is not concerned. Without `with_link`, another
             linkage is left: to see whom it moved, every record is looked at.
    """
    run = run or assessment_runs.run_in_force()
    if run is None:
        return Brought(assessed=False)
    cases = people = 0
    for _ in range(TRIES):
        came, links = affected_facts.pending(run.upto_delivery), link_state()
        if not came.numbers and assessment_runs.links_of(run) == links:
            return Brought(cases, people, is_ruled=_is_ruled(run))
        if came.rows > ROWS_PER_CASE * most or (run.link_run != links.run and not with_link):
            break
        by = Reckoning.at(read_config(), request.now, run.known_at)
        try:
            found = touched_by(by, run, came, links, most)
        except TooMany:
            break
        if bring(by, run, found.cases, found.people, tell) < len(found):
            break
        with transaction():
            if not assessment_runs.hold(run):
                break
            for person in sorted(found.gone):
                finding_replacement.forget_person(run, person)
            assessment_runs.reached(run, came.upto, links)
        cases, people = cases + len(found.cases), people + len(found.people)
    return waiting(run, cases, people)


def waiting(run: AssessRun | None, cases: int = 0, people: int = 0) -> Brought:
    """What do the findings of this assessment not count yet?"""
    if run is None:
        return Brought(assessed=False)
    came = affected_facts.pending(run.upto_delivery)
    return Brought(cases, people, came.numbers, assessment_runs.links_of(run) == link_state(), _is_ruled(run))


def _is_ruled(run: AssessRun) -> bool:
    return run.rulebook == rulebook_with(read_policy(read_config().policy))
