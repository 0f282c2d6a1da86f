"""WT-rapid-review-15-working-days (CP8): a rapid review within 15 working days of the notification."""

import pytest
from tests.made.timelines import check

DUTY = "WT-rapid-review-15-working-days"

EXAMPLES = {
    "15 working days from Monday 7 April 2025, Easter left out": """
        A: born 2015-06-01
        happened            | written | what              | who     | with
        2025-04-07 10:00    |         | panel_notified    | A child |
        2025-04-30 23:59:59 |         | rapid_review_held | A child |
        as of 2025-04-30 12:00
        -> open | due_on=2025-04-30 | owed_by=safeguarding_partners
        as of 2025-06-01
        -> met
    """,
    "held the day after: met late; not held: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what              | who     | with
        2025-04-07 10:00 |         | panel_notified    | A child |
        2025-05-01 12:00 |         | rapid_review_held | A child |
        2025-04-07 10:00 |         | panel_notified    | B child | case=M2
        as of 2025-06-01
        -> met_late | late=12.0
        -> overdue
    """,
    "of notice given twice, the panel's own counts; a review that names neither of two children: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what              | who     | with
        2025-06-02 10:00 |         | panel_notified    | A child |
        2025-06-02 11:00 |         | told              | A child | outcome=panel
        2025-06-02 10:00 |         | panel_notified    | B child |
        2025-06-05 10:00 |         | rapid_review_held |         |
        as of 2025-07-01
        -> cannot_tell | started=2025-06-02 10:00 | reason~several
        -> cannot_tell | started=2025-06-02 10:00 | reason~several
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
