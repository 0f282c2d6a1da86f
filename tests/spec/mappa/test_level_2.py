"""MAPPA-level-2-meeting (RO12): the agencies meet while someone is managed at level 2. Suggested: 84 days."""

import pytest
from tests.made.timelines import check

DUTY = "MAPPA-level-2-meeting"

EXAMPLES = {
    "84 days from the setting of the level, then from the meeting": """
        happened         | written | what               | who        | with
        2025-01-01 10:00 |         | mappa_level_set    | R offender | category=1; level=2
        2025-03-20 10:00 |         | mappa_meeting_held | R offender |
        as of 2025-03-26
        -> met | ref=RO12 | due_on=2025-03-26 | adopted=False
        -> open | due_on=2025-06-12
    """,
    "two days late: met late": """
        happened         | written | what               | who        | with
        2025-01-01 10:00 |         | mappa_level_set    | R offender | category=1; level=2
        2025-03-28 00:00 |         | mappa_meeting_held | R offender |
        as of 2025-03-28 12:00
        -> met_late | late=24.0
        -> open
    """,
    "no meeting: overdue": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1; level=2
        as of 2025-03-28
        -> overdue | told=
    """,
    "another level ends it, and starts nothing here": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1; level=2
        2025-01-10 10:00 |         | mappa_level_set | R offender | category=1; level=3
        as of 2025-03-28
        -> not_applicable | ended=2025-01-10 10:00
    """,
    "the level is not said: cannot tell": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1
        as of 2025-03-28
        -> cannot_tell | reason~level
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
