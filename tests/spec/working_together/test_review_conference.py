"""WT-review-conference (CP6): a plan is reviewed after three months, then every six."""

import pytest
from tests.made.timelines import check

DUTY = "WT-review-conference"

EXAMPLES = {
    "three months from 30 November end on the last day of February; the next review six months after the one held": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2024-11-30 10:00 |         | conference_held | A child | outcome=initial
        2024-11-30 10:00 |         | plan_started    | A child |
        2025-02-28 15:00 |         | conference_held | A child | outcome=review
        as of 2025-02-28 14:00
        -> open | due_on=2025-02-28
        as of 2025-03-01
        -> met | due_on=2025-02-28
        -> open | due_on=2025-08-28 | started=2025-02-28 15:00
    """,
    "held a day after three months: met late, and the next counts from the day it was held": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-01-15 10:00 |         | conference_held | A child | outcome=initial
        2025-04-16 12:00 |         | conference_held | A child | outcome=review
        as of 2025-05-01
        -> met_late | due_on=2025-04-15 | late=12.0
        -> open | due_on=2025-10-16
    """,
    "never reviewed: overdue; the end of the plan ends it": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-01-15 10:00 |         | conference_held | A child | outcome=initial
        2025-05-16 12:00 |         | plan_ended      | A child |
        as of 2025-05-01
        -> overdue | ended=-
        as of 2025-06-01
        -> overdue | ended=2025-05-16 12:00
    """,
    "held at some hour of the day on which the plan began: the day alone does not tell whether it was a review of it": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-01-15 10:00 |         | plan_started    | A child |
        2025-01-15       |         | conference_held | A child | outcome=review
        as of 2025-05-01
        -> cannot_tell | reason~only the day of conference held is known | due_on=2025-04-15
        -> cannot_tell | due_on=2025-07-15
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
