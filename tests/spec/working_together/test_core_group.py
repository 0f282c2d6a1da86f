"""WT-core-group (CP6): the core group meets within ten working days of the initial conference."""

import pytest
from tests.made.timelines import check

DUTY = "WT-core-group"

EXAMPLES = {
    # 10, 11, 14, 15, 16, 17 April are six; Good Friday and Easter Monday are left out; 22, 23, 24, 25 April make ten.
    "ten working days over Easter": """
        A: born 2015-06-01
        happened            | written | what            | who     | with
        2025-04-09 10:00    |         | conference_held | A child | outcome=initial
        2025-04-09 12:00    |         | plan_started    | A child |
        2025-04-25 23:59:59 |         | core_group_held | A child |
        as of 2025-04-25 12:00
        -> open | due_on=2025-04-25 | started=2025-04-09 10:00
        as of 2025-05-01
        -> met | adopted=False
    """,
    "met on the eleventh: met late; not at all: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=initial
        2025-06-17 10:00 |         | core_group_held | A child |
        2025-06-02 10:00 |         | conference_held | B child | outcome=initial; case=M2
        as of 2025-06-20
        -> met_late | due_on=2025-06-16 | late=10.0
        -> overdue
    """,
    "only the plan is known, not the conference: from the start of the plan; the plan's end ends it": """
        A: born 2015-06-01
        happened         | written | what         | who     | with
        2025-06-02 10:00 |         | plan_started | A child |
        2025-06-10 10:00 |         | plan_ended   | A child |
        as of 2025-07-01
        -> not_applicable | started=2025-06-02 10:00 | ended=2025-06-10 10:00
    """,
    "a review, or a conference that made no plan, begins none; one that does not say which it was: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=review
        2025-06-02 10:00 |         | conference_held | A child | outcome=initial; plan=false
        2025-06-03 10:00 |         | conference_held | B child | case=M2
        as of 2025-07-01
        -> cannot_tell | subject=merlin:B | reason=conference held does not say its outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
