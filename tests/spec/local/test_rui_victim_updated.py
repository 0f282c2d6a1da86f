"""LOCAL-rui-victim-updated (AL10): under investigation, the victim is told how things stand. Suggested: every 28 days."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-rui-victim-updated"

EXAMPLES = {
    "every 28 days from the last: met, then open": """
        V: born 2010-01-01
        happened         | written | what                         | who       | with
        2025-03-03 20:00 |         | released_under_investigation | S suspect |
        2025-03-31 10:00 |         | victim_updated               | V victim  |
        as of 2025-04-20
        -> met | ref=AL10 | due_on=2025-03-31 | owed_by=investigator | adopted=False
        -> open | due_on=2025-04-28
    """,
    "two days later: met late; then nothing: overdue": """
        V: born 2010-01-01
        happened         | written | what                         | who       | with
        2025-03-03 20:00 |         | released_under_investigation | S suspect |
        2025-04-02 00:00 |         | victim_updated               | V victim  |
        as of 2025-06-01
        -> met_late | late=24.0
        -> overdue | due_on=2025-04-30 | told=
    """,
    "no further action ends it": """
        happened         | written | what                         | who       | with
        2025-03-03 20:00 |         | released_under_investigation | S suspect |
        2025-03-10 20:00 |         | no_further_action            | S suspect |
        as of 2025-06-01
        -> not_applicable | ended=2025-03-10 20:00
    """,
    "the closing of the case ends it": """
        happened         | written | what                         | who       | with
        2025-03-03 20:00 |         | released_under_investigation | S suspect |
        2025-04-10 20:00 |         | case_closed                  |           |
        as of 2025-06-01
        -> overdue | due_on=2025-03-31 | ended=2025-04-10 20:00
    """,
    "on the day of the release, at a time not known: cannot tell": """
        V: born 2010-01-01
        happened         | written | what                         | who       | with
        2025-03-03 20:00 |         | released_under_investigation | S suspect |
        2025-03-03       |         | victim_updated               | V victim  |
        as of 2025-04-10 12:00
        -> cannot_tell | reason~only the day
        -> cannot_tell
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
