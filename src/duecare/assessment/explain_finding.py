"""A finding with what its duty says and how it was reckoned, ready to be shown."""

from __future__ import annotations

from duecare.duty.explain import explain_finding
from duecare.duty.finding import Finding
from duecare.rulebook.all_duties import duty as duty_named
from duecare.rulebook.force_policy import Policy
from duecare.visibility.page_types import Explained


def explained(finding: Finding, policy: Policy) -> Explained:
    """How was this finding reckoned, in plain words?"""
    duty = policy.applied(duty_named(finding.duty))
    return Explained(
        finding=finding,
        says=duty.says,
        source=f"{duty.source.title}, {duty.source.provision}",
        steps=explain_finding(finding, duty),
    )
