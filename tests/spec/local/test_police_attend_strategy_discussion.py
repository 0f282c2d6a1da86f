"""LOCAL-police-attend-strategy-discussion (SC37): the police attend the strategy discussion."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-police-attend-strategy-discussion"

EXAMPLES = {
    "SC37: the police were there: met at once; not there: overdue from that moment, until they attend the next": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                     | who     | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child | police_attended=true
        2025-06-02 10:00 |         | strategy_discussion_held | B child | police_attended=false; case=M2
        2025-06-05 10:00 |         | strategy_discussion_held | B child | police_attended=true; case=M2
        as of 2025-06-03 10:00
        -> met | due=2025-06-02 10:00 | adopted=False | ref=SC37
        -> overdue | late=24.0 | ended=-
        as of 2025-06-06
        -> met
        -> overdue | ended=2025-06-05 10:00 | late=72.0
        -> met | started=2025-06-05 10:00
    """,
    "whether they were there is not said: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child |
        as of 2025-06-06
        -> cannot_tell | reason=strategy discussion held does not say police attended
    """,
    "the closing of the case ends it": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child | police_attended=false
        2025-06-03 10:00 |         | case_closed              | A child |
        as of 2025-06-06
        -> overdue | ended=2025-06-03 10:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
