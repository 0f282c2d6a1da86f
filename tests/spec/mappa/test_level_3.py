"""MAPPA-level-3-meeting (RO12): the agencies meet while someone is managed at level 3. Suggested: 42 days."""

import pytest
from tests.made.timelines import check

DUTY = "MAPPA-level-3-meeting"

EXAMPLES = {
    "42 days from the setting of the level, then from the meeting": """
        happened         | written | what               | who        | with
        2025-01-01 10:00 |         | mappa_level_set    | R offender | category=1; level=3
        2025-02-10 10:00 |         | mappa_meeting_held | R offender |
        as of 2025-02-12
        -> met | ref=RO12 | due_on=2025-02-12 | adopted=False
        -> open | due_on=2025-03-24
    """,
    "two days late: met late": """
        happened         | written | what               | who        | with
        2025-01-01 10:00 |         | mappa_level_set    | R offender | category=1; level=3
        2025-02-14 00:00 |         | mappa_meeting_held | R offender |
        as of 2025-02-14 12:00
        -> met_late | late=24.0
        -> open
    """,
    "no meeting: overdue": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1; level=3
        as of 2025-02-14
        -> overdue | told=
    """,
    "another level ends it, and starts nothing here": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1; level=3
        2025-01-10 10:00 |         | mappa_level_set | R offender | category=1; level=2
        as of 2025-02-14
        -> not_applicable | ended=2025-01-10 10:00
    """,
    "the level is not said: cannot tell": """
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | mappa_level_set | R offender | category=1
        as of 2025-02-14
        -> cannot_tell | reason~level
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
