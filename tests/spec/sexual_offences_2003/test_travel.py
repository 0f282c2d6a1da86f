"""SOA2003-travel-notification (RO5): all travel abroad is notified before leaving."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-travel-notification"

EXAMPLES = {
    "notified before leaving: met at the moment of leaving; the next journey needs its own": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-02-01 10:00 |         | travel_notified     | R offender |
        2025-02-10 08:00 |         | left_uk             | R offender |
        2025-02-17 08:00 |         | returned_uk         | R offender |
        2025-05-01 08:00 |         | left_uk             | R offender |
        2025-05-08 08:00 |         | returned_uk         | R offender |
        as of 2025-06-01
        -> met | ref=RO5 | met=2025-02-10 08:00
        -> overdue | started=2025-05-01 08:00 | ended=2025-05-08 08:00
    """,
    "told from abroad: met late": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-05-01 08:00 |         | left_uk             | R offender |
        2025-05-01 20:00 |         | travel_notified     | R offender |
        as of 2025-06-01
        -> met_late | late=12.0
    """,
    "someone not registered owes nothing": """
        happened         | written | what    | who        | with
        2025-05-01 08:00 |         | left_uk | R offender |
        as of 2025-06-01
        -> none
    """,
    "notified on the day of leaving, at a time not known: cannot tell": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-05-01 08:00 |         | left_uk             | R offender |
        2025-05-01       |         | travel_notified     | R offender |
        as of 2025-06-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
