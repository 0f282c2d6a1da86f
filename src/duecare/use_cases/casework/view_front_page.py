"""The front page: how many of each duty are late or open, in figures without people, sealed cases left out."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import FRONT
from duecare.assessment.list_moment import list_moment
from duecare.assessment.source_freshness import source_freshness
from duecare.authorisation.authorise import authorise, log_read
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.rulebook.all_duties import all_duties
from duecare.store.facts import delivery_records
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.findings import assessment_runs
from duecare.store.linkage import linked_people
from duecare.use_cases.casework.unreported_duties import unreported_duties
from duecare.use_cases.oversight.view_accountability import who_answers
from duecare.visibility.linked_totals import people_linked
from duecare.visibility.page_types import FrontPage
from duecare.visibility.sealed_filter import sealed_people
from duecare.vocabulary.london_clock import london_day


def read_front(request: Request, config: Config) -> FrontPage:
    """How much is late now, by duty.

    Shape:   figures of the assessment in force, with its moment; those whose work is cases see them, others see none.
             Only what can still be done counts: not what ended, and no local standard that is only suggested. What is
             sealed counts for nobody. Duties of which nothing is late or open are left out. `vacant` is for those who see
             who is accountable.
    """
    authorise(request, Act.READ_FRONT, FRONT)
    assess_run = assessment_runs.run_in_force() if Act.READ_LATE_NOW in request.viewer.acts else None
    as_of = list_moment(assess_run, request.now) if assess_run else None
    counts = (
        assessment_runs.counts_by_duty(assess_run.id, as_of, sealed_cases(), sealed_people())
        if assess_run and as_of
        else {}
    )
    live_duties = [duty_rule for duty_rule in all_duties() if duty_rule.id in counts and any(counts[duty_rule.id])]
    silent = unreported_duties(live_duties)
    linked = linked_people.current_link_run()
    overseen = Act.READ_ACCOUNTABLE in request.viewer.acts
    vacant = who_answers(request, config, london_day(request.now), counted=False).vacant if overseen else ()
    log_read(request, Act.READ_LATE_NOW if assess_run else Act.READ_FRONT)
    return FrontPage(
        late=tuple((duty_rule.id, duty_rule.says, *counts[duty_rule.id]) for duty_rule in live_duties),
        people=people_linked(linked) if linked and assess_run else 0,
        cases=count_cases() if assess_run else 0,
        deliveries=delivery_records.last_number(),
        fresh=source_freshness(request.now, assess_run),
        as_of=as_of,
        unreported_duties=silent,
        vacant=vacant,
    )


def count_cases() -> int:
    """The number of cases that any source has named, not counting the sealed."""
    return max(0, delivery_records.count_cases() - len(sealed_cases()))
