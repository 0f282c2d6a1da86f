"""ARMS-reassessment (RO11): assessed again every 12 months."""

import pytest
from tests.made.timelines import check

DUTY = "ARMS-reassessment"

EXAMPLES = {
    "within the year: met, and the next year runs from it": """
        happened         | written | what                | who        | with
        2023-02-01 10:00 |         | offender_registered | R offender |
        2023-02-10 10:00 |         | risk_assessed       | R offender | risk=medium; tool=ARMS
        2024-02-10 10:00 |         | risk_assessed       | R offender | risk=low; tool=ARMS
        as of 2024-04-01
        -> met | ref=RO11 | started=2023-02-10 10:00 | due_on=2024-02-10 | adopted=False
        -> open | due_on=2025-02-10
    """,
    "two days after the year: met late; then nothing: overdue": """
        happened         | written | what          | who        | with
        2022-02-10 10:00 |         | risk_assessed | R offender | risk=medium
        2023-02-12 00:00 |         | risk_assessed | R offender | risk=medium
        as of 2024-04-01
        -> met_late | late=24.0
        -> overdue | due_on=2024-02-12
    """,
    "never assessed: a year from the registration": """
        happened         | written | what                | who        | with
        2023-02-01 10:00 |         | offender_registered | R offender |
        as of 2024-02-02
        -> overdue | due_on=2024-02-01
    """,
    "another tool is not a reassessment": """
        happened         | written | what          | who        | with
        2022-02-10 10:00 |         | risk_assessed | R offender | risk=medium; tool=ARMS
        2023-02-01 10:00 |         | risk_assessed | R offender | risk=medium; tool=RM2000
        as of 2023-04-01
        -> overdue
    """,
    "prison ends it, the release starts it again": """
        happened         | written | what                 | who        | with
        2022-02-10 10:00 |         | risk_assessed        | R offender | risk=medium
        2022-05-01 10:00 |         | imprisoned           | R offender |
        2023-05-01 10:00 |         | released_from_prison | R offender |
        as of 2023-06-01
        -> not_applicable
        -> open | started=2023-05-01 10:00 | due_on=2024-05-01
    """,
    "an assessment that names nobody, in a case of two: cannot tell": """
        happened         | written | what          | who        | with
        2022-02-10 10:00 |         | risk_assessed | R offender | risk=medium
        2022-02-10 10:00 |         | visit         | S offender | outcome=seen
        2023-02-01 10:00 |         | risk_assessed |            | risk=medium
        as of 2023-04-01
        -> cannot_tell | subject=merlin:R | reason~names nobody
        -> cannot_tell | subject=merlin:R
        -> cannot_tell | subject=merlin:S
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
