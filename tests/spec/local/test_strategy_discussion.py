"""LOCAL-strategy-discussion (CP3): a strategy discussion asked for is held on the same day."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-strategy-discussion"

EXAMPLES = {
    "asked for late on a Friday: due by the end of that day, weekend or not": """
        A: born 2015-06-01
        happened            | written | what                          | who     | with
        2025-06-06 23:00    |         | strategy_discussion_requested | A child |
        2025-06-06 23:59:59 |         | strategy_discussion_held      | A child | s47=true; police_attended=true
        as of 2025-06-06 23:30
        -> open | due=2025-06-06 23:59:59 | adopted=False | owed_by=local_authority
        as of 2025-06-07
        -> met
    """,
    "held the next morning: met late; not held: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                          | who      | with
        2025-06-06 15:00 |         | strategy_discussion_requested | A child  |
        2025-06-07 12:00 |         | strategy_discussion_held      | A child  | s47=true
        2025-06-06 15:00 |         | strategy_discussion_requested | B victim | case=M2
        as of 2025-06-08 00:00:00
        -> met_late | late=12.0 | told=
        -> overdue | late=24.0
    """,
    "only the day of the discussion is known, the day on which it was asked for: cannot tell whether it came after": """
        A: born 2015-06-01
        happened         | written | what                          | who     | with
        2025-06-06 15:00 |         | strategy_discussion_requested | A child |
        2025-06-06       |         | strategy_discussion_held      | A child | s47=true
        as of 2025-06-08
        -> cannot_tell | reason~only the day of strategy discussion held
    """,
    "asked for twice in one case before it is held: one discussion is owed": """
        A: born 2015-06-01
        happened         | written | what                          | who     | with
        2025-06-06 09:00 |         | strategy_discussion_requested | A child |
        2025-06-06 11:00 |         | strategy_discussion_requested | A child |
        2025-06-06 15:00 |         | strategy_discussion_held      | A child | s47=true
        as of 2025-06-08
        -> met | started=2025-06-06 09:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
