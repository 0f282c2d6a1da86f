"""PACE-bail-victims-views (AL9): the victim is asked before conditions of bail are set or varied."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-bail-victims-views"

EXAMPLES = {
    "asked before: met when they are set": """
        V: born 2010-01-01
        happened         | written | what          | who       | with
        2025-03-03 10:00 |         | arrested      | S suspect |
        2025-03-03 18:00 |         | victim_wishes | V victim  |
        2025-03-03 20:00 |         | bailed        | S suspect | conditions=no contact
        as of 2025-04-01
        -> met | ref=AL9 | met=2025-03-03 20:00 | person=- | authority=statute
    """,
    "asked a day after: met late": """
        V: born 2010-01-01
        happened         | written | what          | who       | with
        2025-03-03 10:00 |         | arrested      | S suspect |
        2025-03-03 20:00 |         | bailed        | S suspect | conditions=no contact
        2025-03-04 20:00 |         | victim_wishes | V victim  |
        as of 2025-04-01
        -> met_late | late=24.0
    """,
    "not asked, and varied without asking again: each by itself": """
        V: born 2010-01-01
        happened         | written | what        | who       | with
        2025-03-03 10:00 |         | arrested    | S suspect |
        2025-03-03 20:00 |         | bailed      | S suspect | conditions=no contact
        2025-03-05 20:00 |         | bail_varied | S suspect |
        2025-03-06 20:00 |         | charged     | S suspect |
        as of 2025-04-01
        -> overdue | ended=2025-03-05 20:00 | late=48.0
        -> overdue | ended=2025-03-06 20:00 | late=24.0
    """,
    "bail without conditions, or before 28 October 2022, asks nothing": """
        V: born 2010-01-01
        happened         | written | what     | who       | with
        2025-03-03 10:00 |         | arrested | S suspect |
        2025-03-03 20:00 |         | bailed   | S suspect |
        2022-10-27 10:00 |         | arrested | T suspect | case=M2
        2022-10-27 20:00 |         | bailed   | T suspect | conditions=no contact; case=M2
        as of 2025-04-01
        -> none
    """,
    "asked on the day they were set, at a time not known: cannot tell": """
        V: born 2010-01-01
        happened         | written | what          | who       | with
        2025-03-03 10:00 |         | arrested      | S suspect |
        2025-03-03 20:00 |         | bailed        | S suspect | conditions=no contact
        2025-03-03       |         | victim_wishes | V victim  |
        as of 2025-04-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
