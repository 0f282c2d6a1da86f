"""NPCC-reactive-only-if-low (RO9): only someone assessed as low is managed without visits."""

import pytest
from tests.made.timelines import check

DUTY = "NPCC-reactive-only-if-low"

EXAMPLES = {
    "assessed low when it begins: met": """
        happened         | written | what                        | who        | with
        2020-01-10 10:00 |         | risk_assessed               | R offender | risk=low
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        as of 2023-03-01
        -> met | ref=RO9 | met=2023-02-01 10:00
    """,
    "the latest assessment is medium: overdue from its start, until it ends": """
        happened         | written | what                        | who        | with
        2020-01-10 10:00 |         | risk_assessed               | R offender | risk=low
        2022-01-10 10:00 |         | risk_assessed               | R offender | risk=medium
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-02-03 10:00 |         | reactive_management_ended   | R offender |
        as of 2023-03-01
        -> overdue | ended=2023-02-03 10:00 | late=48.0
    """,
    "assessed low only afterwards: met late": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-02-03 10:00 |         | risk_assessed               | R offender | risk=low
        as of 2023-03-01
        -> met_late | late=48.0
    """,
    "assessed on the day it began, at a time not known: cannot tell": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-02-01       |         | risk_assessed               | R offender | risk=low
        as of 2023-03-01
        -> cannot_tell | reason~only the day
    """,
    "before the guidance of June 2017 there was no such thing": """
        happened         | written | what                        | who        | with
        2016-02-01 10:00 |         | reactive_management_started | R offender |
        as of 2016-03-01
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
