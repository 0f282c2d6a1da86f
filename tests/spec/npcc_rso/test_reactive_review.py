"""NPCC-reactive-review (RO9): new information about someone managed reactively is reviewed. Suggested: 7 days."""

import pytest
from tests.made.timelines import check

DUTY = "NPCC-reactive-review"

EXAMPLES = {
    "reviewed within the days suggested: met; a standard only suggested tells nobody": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-03-01 10:00 |         | information_received        | R offender |
        2023-03-07 10:00 |         | reactive_reviewed           | R offender |
        as of 2023-04-01
        -> met | ref=RO9 | due_on=2023-03-08 | adopted=False | told=
    """,
    "bringing the visits back is a review; a day after the limit it is met late": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-03-01 10:00 |         | concern_reported            | R suspect  | case=M2
        2023-03-10 00:00 |         | reactive_management_ended   | R offender |
        as of 2023-04-01
        -> met_late | late=24.0
    """,
    "not reviewed: overdue": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-03-01 10:00 |         | change_known                | R offender |
        as of 2023-03-09 00:00:00
        -> overdue | told=
    """,
    "of someone who is visited it starts nothing": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-02-10 10:00 |         | reactive_management_ended   | R offender |
        2023-03-01 10:00 |         | information_received        | R offender |
        as of 2023-04-01
        -> none
    """,
    "reviewed on the same day, at a time not known: cannot tell": """
        happened         | written | what                        | who        | with
        2023-02-01 10:00 |         | reactive_management_started | R offender |
        2023-03-01 10:00 |         | information_received        | R offender |
        2023-03-01       |         | reactive_reviewed           | R offender |
        as of 2023-04-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
