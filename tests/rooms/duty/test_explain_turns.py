"""An explanation names the limit of its own turn, where all turns of a chain have one reference."""

import pytest
from tests.made.timelines import policy, scene

from duecare.duty.explain import explain_finding
from duecare.rulebook.all_duties import duty

REVIEWED = """
    happened         | written | what                | who      | with
    2025-06-02 09:00 |         | crime_recorded      | A victim |
    2025-06-03 08:00 |         | supervisor_reviewed |          |
    2025-06-09 12:00 |         | supervisor_reviewed |          |
    as of 2025-06-20
"""
CONFERENCES = """
    happened         | written | what            | who     | with
    2025-01-15 10:00 |         | conference_held | A child | outcome=initial
    2025-04-14 12:00 |         | conference_held | A child | outcome=review
    as of 2025-05-01
"""


@pytest.mark.parametrize(
    ("text", "duty_id", "limits"),
    [
        (REVIEWED, "LOCAL-supervisor-review", ["24 elapsed hours", "7 days", "28 days"]),
        (CONFERENCES, "WT-review-conference", ["3 months", "6 months"]),
    ],
    ids=["hours and days", "months"],
)
def test_each_turn_is_explained_by_its_own_limit(text, duty_id, limits):
    made, ((as_of, _),) = scene(text)
    declared = policy().applied(duty(duty_id))
    found = sorted(made.findings(as_of, (duty(duty_id),)), key=lambda finding: finding.started_at)

    said = [
        next(line for line in explain_finding(finding, declared) if line.startswith("Limit: ")) for finding in found
    ]

    assert [line.removeprefix("Limit: ").split(" (the force's own)")[0] for line in said] == limits
