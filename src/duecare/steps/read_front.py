"""The front page: what is late now, in figures without people."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import FRONT
from duecare.config import Config
from duecare.rulebook.catalogue import duties
from duecare.steps.asking import Asking
from duecare.steps.assess_due import assess_due
from duecare.steps.freshness import fresh
from duecare.steps.read_accountable import who_answers
from duecare.steps.sealed import sealed_people
from duecare.steps.shape import ask, consulted
from duecare.steps.shown import FrontPage
from duecare.steps.untold import untold
from duecare.store import deliveries, findings, people
from duecare.store.facts import sealed_cases
from duecare.vocabulary.moments import london_day


def read_front(asking: Asking, config: Config) -> FrontPage:
    """How much is late now, by duty?

    Shape:   figures of the assessment in force, with its moment; those whose work is cases see them, others see none.
             Only what can still be done counts: not what ended, and no local standard that is only suggested. What is
             sealed counts for nobody. Duties of which nothing is late or open are left out. `vacant` is for those who see
             who is accountable.
    """
    ask(asking, Act.READ_FRONT, FRONT)
    run = findings.run_in_force() if Act.READ_LATE_NOW in asking.viewer.acts else None
    if run is not None:
        assess_due(asking, run)
    counts = findings.counts_by_duty(run.pk, sealed_cases(), sealed_people()) if run else {}
    live = [duty for duty in duties() if duty.id in counts and any(counts[duty.id])]
    silent = untold(live)
    linked = people.current_link_run()
    overseen = Act.READ_ACCOUNTABLE in asking.viewer.acts
    vacant = who_answers(asking, config, london_day(asking.now), counted=False).vacant if overseen else ()
    consulted(asking, Act.READ_LATE_NOW if run else Act.READ_FRONT)
    return FrontPage(
        late=tuple((duty.id, duty.says, *counts[duty.id]) for duty in live),
        people=linked.people if linked and run else 0,
        cases=count_cases() if run else 0,
        deliveries=deliveries.last_number(),
        fresh=fresh(asking.now, run),
        as_of=run.as_of if run else None,
        untold=silent,
        vacant=vacant,
    )


def count_cases() -> int:
    """How many cases has any source named, not counting the sealed?"""
    return max(0, deliveries.count_cases() - len(sealed_cases()))
