"""LOCAL-strategy-meeting-after-telephone (CP3): an urgent discussion by telephone is followed by a meeting."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-strategy-meeting-after-telephone"

EXAMPLES = {
    "by telephone on Maundy Thursday: the meeting is due on the fifth working day after Easter": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-17 10:00 |         | strategy_discussion_held | A child | by=telephone; s47=true
        2025-04-28 15:00 |         | strategy_discussion_held | A child | by=meeting; s47=true
        as of 2025-04-28 14:00
        -> open | due_on=2025-04-28 | adopted=False
        as of 2025-05-01
        -> met | met=2025-04-28 15:00
    """,
    "a second call is no meeting; the meeting came a day late, in the other case not at all": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                     | who     | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child | by=telephone
        2025-06-04 10:00 |         | strategy_discussion_held | A child | by=telephone
        2025-06-10 12:00 |         | strategy_discussion_held | A child |
        2025-06-02 10:00 |         | strategy_discussion_held | B child | by=telephone; case=M2
        as of 2025-07-01
        -> met_late | due_on=2025-06-09 | late=12.0 | evidence=started:e1 met:e3
        -> overdue
    """,
    "a discussion that is not said to have been by telephone starts nothing": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child | s47=true
        as of 2025-07-01
        -> none
    """,
    "a meeting that names neither of two children discussed: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                     | who              | with
        2025-06-02 10:00 |         | strategy_discussion_held | A child, B child | by=telephone
        2025-06-04 10:00 |         | strategy_discussion_held |                  | by=meeting
        as of 2025-07-01
        -> cannot_tell | reason~several
        -> cannot_tell | reason~several
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
