"""SOA2003-weekly-notification (RO5): every seven days without a fixed address."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-weekly-notification"

EXAMPLES = {
    "each week from the last: met, then met late by a day, then overdue": """
        happened         | written | what                     | who        | with
        2025-03-03 10:00 |         | no_fixed_address_started | R offender |
        2025-03-10 10:00 |         | notification_made        | R offender | outcome=change
        2025-03-19 00:00 |         | notification_made        | R offender | outcome=change
        as of 2025-03-27
        -> met | ref=RO5 | due_on=2025-03-10
        -> met_late | due_on=2025-03-17 | late=24.0
        -> overdue | due_on=2025-03-26
    """,
    "an address ends it": """
        happened         | written | what                     | who        | with
        2025-03-03 10:00 |         | no_fixed_address_started | R offender |
        2025-03-05 10:00 |         | no_fixed_address_ended   | R offender |
        as of 2025-03-27
        -> not_applicable | ended=2025-03-05 10:00
    """,
    "nothing is owed in prison; three days beginning with the release, then weekly again": """
        happened         | written | what                     | who        | with
        2025-03-03 10:00 |         | no_fixed_address_started | R offender |
        2025-03-05 10:00 |         | imprisoned               | R offender |
        2025-06-02 10:00 |         | released_from_prison     | R offender |
        2025-06-04 10:00 |         | notification_made        | R offender | outcome=change
        as of 2025-06-05
        -> not_applicable | ended=2025-03-05 10:00
        -> met | started=2025-06-02 10:00 | due_on=2025-06-04
        -> open | due_on=2025-06-11
    """,
    "an address found while in prison ends it for good": """
        happened         | written | what                     | who        | with
        2025-03-03 10:00 |         | no_fixed_address_started | R offender |
        2025-03-05 10:00 |         | remanded                 | R offender |
        2025-03-20 10:00 |         | no_fixed_address_ended   | R offender |
        2025-06-02 10:00 |         | released_from_prison     | R offender |
        as of 2025-06-20
        -> not_applicable | ended=2025-03-05 10:00
    """,
    "a notification of the same day, its time unknown: cannot tell": """
        happened         | written | what                     | who        | with
        2025-03-03 10:00 |         | no_fixed_address_started | R offender |
        2025-03-03       |         | notification_made        | R offender | outcome=change
        as of 2025-03-27
        -> cannot_tell | reason~only the day
        -> cannot_tell
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
