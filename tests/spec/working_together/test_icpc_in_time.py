"""WT-icpc-15-working-days (CP4): the initial conference within 15 working days of the discussion that began the enquiry."""

import pytest
from tests.made.timelines import check

DUTY = "WT-icpc-15-working-days"

EXAMPLES = {
    "SC37: Easter is left out, and the last instant of the last day is in time": """
        A: born 2015-06-01
        happened            | written | what                     | who     | with
        2025-04-07 10:00    |         | strategy_discussion_held | A child | s47=true
        2025-04-30 23:59:59 |         | conference_held          | A child | outcome=initial
        as of 2025-04-30 23:59:59
        -> met | due=2025-04-30 23:59:59 | due_on=2025-04-30
        as of 2025-04-29
        -> open
    """,
    "SC37: held the day after: met late": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07 10:00 |         | strategy_discussion_held | A child | s47=true
        2025-05-01 10:00 |         | conference_held          | A child | outcome=initial
        as of 2025-05-01 00:00:00
        -> overdue
        as of 2025-06-01
        -> met_late | late=10.0
    """,
    "strategy discussion on the Friday before Easter week": """
        A: born 2015-06-01
        happened         | written          | what                     | who     | with
        2026-03-27 10:00 | 2026-03-27 11:30 | strategy_discussion_held | A child | s47=true
        2026-04-22 09:30 | 2026-04-22 12:00 | conference_held          | A child | outcome=initial
        as of 2026-05-01
        -> met_late | due_on=2026-04-21
    """,
    "a review conference does not count": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07 10:00 |         | strategy_discussion_held | A child | s47=true
        2025-04-20 10:00 |         | conference_held          | A child | outcome=review
        as of 2025-06-01
        -> overdue | met=-
    """,
    "an enquiry that ended without a conference is excused; one that led to one is not": """
        A: born 2015-06-01
        B: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07 10:00 |         | strategy_discussion_held | A child | s47=true
        2025-04-07 10:00 |         | strategy_discussion_held | B child | s47=true; case=M2
        2025-04-20 10:00 |         | s47_ended                | A child | outcome=no_conference
        2025-04-20 10:00 |         | s47_ended                | B child | outcome=conference; case=M2
        as of 2025-06-01
        -> excused | late=-
        -> overdue
    """,
    "a discussion that began no enquiry starts nothing; one that does not say: cannot tell": """
        A: born 2015-06-01
        B: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07 10:00 |         | strategy_discussion_held | A child | s47=false
        2025-04-07 10:00 |         | strategy_discussion_held | B child | case=M2
        as of 2025-06-01
        -> cannot_tell | subject=merlin:B | reason~s47 | due_on=2025-04-30
    """,
    "a conference that does not say which: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07 10:00 |         | strategy_discussion_held | A child | s47=true
        2025-04-20 10:00 |         | conference_held          | A child |
        as of 2025-06-01
        -> cannot_tell | reason~outcome | met=-
    """,
    "the day of the discussion is enough, for the limit is in days": """
        A: born 2015-06-01
        happened         | written | what                     | who     | with
        2025-04-07       |         | strategy_discussion_held | A child | s47=true
        2025-04-20 10:00 |         | conference_held          | A child | outcome=initial
        as of 2025-06-01
        -> met | due_on=2025-04-30
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
