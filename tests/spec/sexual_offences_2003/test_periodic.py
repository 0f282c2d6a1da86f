"""SOA2003-s85-periodic-notification (RO4): a year after the last notification; three days after custody or hospital."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-s85-periodic-notification"

EXAMPLES = {
    "a year from the last notification, of whichever kind": """
        happened         | written | what              | who        | with
        2024-03-10 10:00 |         | notification_made | R offender | outcome=initial
        2024-08-20 10:00 |         | notification_made | R offender | outcome=change
        as of 2025-03-11
        -> met | ref=RO4 | due_on=2025-03-10
        -> open | started=2024-08-20 10:00 | due_on=2025-08-20
    """,
    "two days late: met late, and the next year runs from then": """
        happened         | written | what              | who        | with
        2024-03-10 10:00 |         | notification_made | R offender | outcome=initial
        2025-03-12 00:00 |         | notification_made | R offender | outcome=annual
        as of 2025-04-01
        -> met_late | late=24.0
        -> open | due_on=2026-03-12
    """,
    "nothing since: overdue": """
        happened         | written | what              | who        | with
        2024-03-10 10:00 |         | notification_made | R offender | outcome=initial
        as of 2025-03-11 00:00:00
        -> overdue
    """,
    "from 29 February to the last day of the next February": """
        happened         | written | what              | who        | with
        2024-02-29 10:00 |         | notification_made | R offender | outcome=initial
        as of 2025-02-28 23:59:59
        -> open | due_on=2025-02-28
    """,
    "prison ends the year; three days beginning with the release": """
        happened         | written | what                 | who        | with
        2024-03-10 10:00 |         | notification_made    | R offender | outcome=initial
        2024-06-01 10:00 |         | imprisoned           | R offender |
        2025-06-10 10:00 |         | released_from_prison | R offender |
        as of 2025-06-11
        -> not_applicable | ended=2024-06-01 10:00
        -> open | due_on=2025-06-12
    """,
    "after a stay abroad the limit is the later of two, and is not known unless the return names it": """
        happened         | written | what              | who        | with
        2024-03-10 10:00 |         | notification_made | R offender | outcome=initial
        2025-02-20 10:00 |         | left_uk           | R offender |
        2025-03-20 10:00 |         | returned_uk       | R offender |
        2024-03-10 10:00 |         | notification_made | S offender | outcome=initial; case=M2
        2025-02-20 10:00 |         | left_uk           | S offender | case=M2
        2025-03-20 10:00 |         | returned_uk       | S offender | case=M2; notify_by=2025-03-22
        as of 2025-03-21
        -> not_applicable | case_ref=M1
        -> not_applicable | case_ref=M2
        -> cannot_tell | case_ref=M1 | reason~notify_by
        -> open | case_ref=M2 | due_on=2025-03-22
    """,
    "the end of registration ends it": """
        happened         | written | what               | who        | with
        2024-03-10 10:00 |         | notification_made  | R offender | outcome=initial
        2024-06-01 10:00 |         | registration_ended | R offender |
        as of 2025-06-11
        -> not_applicable | reason~registration ended
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
