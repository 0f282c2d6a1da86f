"""LOCAL-missing-child-graded-medium-or-high (MI2): never low, never absent."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-missing-child-graded-medium-or-high"

EXAMPLES = {
    "graded medium: met; graded low: overdue at once, until it is graded again": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | missing_reported | A child |
        2025-06-02 11:00 |         | missing_graded   | A child | risk=medium
        2025-06-02 10:00 |         | missing_reported | B child | case=M2
        2025-06-02 11:00 |         | missing_graded   | B child | risk=low; case=M2
        2025-06-02 17:00 |         | missing_graded   | B child | risk=high; case=M2
        as of 2025-06-02 12:00
        -> met | due=2025-06-02 11:00 | adopted=False
        -> overdue | late=1.0 | ended=-
        as of 2025-06-03
        -> met
        -> overdue | ended=2025-06-02 17:00 | late=6.0
        -> met | started=2025-06-02 17:00
    """,
    "absent is no grade for a child; the return ends it": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | missing_reported | A child |
        2025-06-02 11:00 |         | missing_graded   | A child | risk=absent
        2025-06-02 21:00 |         | missing_returned | A child |
        as of 2025-06-03
        -> overdue | ended=2025-06-02 21:00 | late=10.0
    """,
    "graded, but not said how: cannot tell; of someone whose age is not known likewise; of an adult nothing is owed": """
        A: born 2015-06-01
        C: born 1990-06-01
        happened         | written | what           | who     | with
        2025-06-02 11:00 |         | missing_graded | A child |
        2025-06-02 11:00 |         | missing_graded | B child | risk=low; case=M2
        2025-06-02 11:00 |         | missing_graded | C child | risk=low; case=M3
        as of 2025-06-03
        -> cannot_tell | subject=merlin:A | reason=missing graded does not say risk
        -> cannot_tell | subject=merlin:B | reason=the age is not known
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
