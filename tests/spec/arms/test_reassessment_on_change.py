"""ARMS-reassessment-on-change (RO11): assessed again when something changes. Suggested: 28 days."""

import pytest
from tests.made.timelines import check

DUTY = "ARMS-reassessment-on-change"

EXAMPLES = {
    "within 28 days: met": """
        happened         | written | what          | who        | with
        2023-02-01 10:00 |         | change_known  | R offender |
        2023-03-01 10:00 |         | risk_assessed | R offender | risk=high
        as of 2023-04-01
        -> met | ref=RO11 | due_on=2023-03-01 | adopted=False
    """,
    "later: met late": """
        happened         | written | what          | who        | with
        2023-02-01 10:00 |         | change_known  | R offender |
        2023-03-03 00:00 |         | risk_assessed | R offender | risk=high
        as of 2023-04-01
        -> met_late | late=24.0
    """,
    "not done: overdue": """
        happened         | written | what         | who        | with
        2023-02-01 10:00 |         | change_known | R offender |
        as of 2023-03-02 00:00:00
        -> overdue | told=
    """,
    "on the day of the change, at a time not known: cannot tell": """
        happened         | written | what          | who        | with
        2023-02-01 10:00 |         | change_known  | R offender |
        2023-02-01       |         | risk_assessed | R offender | risk=high
        as of 2023-04-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
