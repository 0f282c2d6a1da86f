"""SOA2003-child-household (RO5): living with a child is notified within three days."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-child-household"

EXAMPLES = {
    "three days beginning with the event: met": """
        happened         | written | what                    | who        | with
        2025-03-03 10:00 |         | child_household_started | R offender |
        2025-03-05 10:00 |         | notification_made       | R offender | outcome=change
        as of 2025-04-01
        -> met | ref=RO5 | due_on=2025-03-05
    """,
    "the fourth day: met late": """
        happened         | written | what                    | who        | with
        2025-03-03 10:00 |         | child_household_started | R offender |
        2025-03-06 06:00 |         | notification_made       | R offender | outcome=change
        as of 2025-04-01
        -> met_late | late=6.0
    """,
    "moving out again does not undo it: overdue": """
        happened         | written | what                    | who        | with
        2025-03-03 10:00 |         | child_household_started | R offender |
        2025-03-04 10:00 |         | child_household_ended   | R offender |
        as of 2025-04-01
        -> overdue
    """,
    "a notification that does not say which it is: cannot tell": """
        happened         | written | what                    | who        | with
        2025-03-03 10:00 |         | child_household_started | R offender |
        2025-03-04 10:00 |         | notification_made       | R offender |
        as of 2025-04-01
        -> cannot_tell | reason~outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
