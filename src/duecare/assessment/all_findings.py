"""Every finding there is, reckoned and handed on without being kept."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.assessment.full_run import Everyone
from duecare.assessment.rules_in_force import Reckoning
from duecare.duty.finding import Finding
from duecare.store.bulk.all_facts import everything


def reckon_everything(by: Reckoning) -> Iterator[Finding]:
    """Every finding of every case and person, at the reckoning's moment."""
    with everything(by.known_at) as held:
        reckoned = Everyone(held, by)
        for _ in reckoned.of_people():
            pass
        for case in reckoned.of_cases():
            yield from case.findings
        for alone in reckoned.without_case():
            yield from alone.findings
