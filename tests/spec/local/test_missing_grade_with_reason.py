"""LOCAL-missing-grade-with-reason (MI1): a grade says why."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-missing-grade-with-reason"

EXAMPLES = {
    "a grade with a reason: met; without one: overdue at once, until one that gives it": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what           | who     | with
        2025-06-02 11:00 |         | missing_graded | A child | risk=medium; reason=first time
        2025-06-02 11:00 |         | missing_graded | B child | risk=medium; case=M2
        2025-06-02 13:00 |         | missing_graded | B child | risk=medium; reason=checked; case=M2
        as of 2025-06-02 12:00
        -> met | due=2025-06-02 11:00 | adopted=False | ref=MI1
        -> overdue | late=1.0 | ended=-
        as of 2025-06-03
        -> met
        -> overdue | ended=2025-06-02 13:00 | late=2.0
        -> met | started=2025-06-02 13:00
    """,
    "the age is not known: cannot tell": """
        A: born 2015-06-01
        happened         | written | what           | who     | with
        2025-06-02 11:00 |         | missing_graded | B child | risk=low
        as of 2025-06-03
        -> cannot_tell | reason=the age is not known
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
