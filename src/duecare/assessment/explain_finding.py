"""A finding with what its duty says and how it was worked out, ready to be shown."""

from __future__ import annotations

from duecare.duty.explain import explain_finding
from duecare.rulebook.all_duties import duty_of_id as duty_named
from duecare.rulebook.force_policy import Policy
from duecare.visibility.page_types import Explained
from duecare.visibility.visible import VisibleFinding


def explained(finding: VisibleFinding, policy: Policy) -> Explained:
    """How was this finding worked out, in plain words?"""
    duty = policy.applied(duty_named(finding.duty))
    return Explained(
        finding=finding,
        says=duty.says,
        source=f"{duty.source.title}, {duty.source.provision}",
        steps=explain_finding(finding, duty),
    )
