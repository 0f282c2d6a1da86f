"""Work out every finding of every case and person, and stream them without keeping any."""

from __future__ import annotations

from collections.abc import Iterator

from duecare.assessment.full_run import FullAssessment
from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.finding import Finding
from duecare.store.bulk.all_facts import everything


def every_finding(context: AssessmentContext) -> Iterator[Finding]:
    """Every finding of every case and person, at the assessment's moment."""
    with everything(context.known_at) as all_facts:
        assessed = FullAssessment(all_facts, context)
        for _ in assessed.assess_people():
            pass
        for assessed_case in assessed.assess_cases():
            yield from assessed_case.findings
        for alone in assessed.people_without_case():
            yield from alone.findings
