"""APP-missing-review (MI3): while a child is missing the risk is reviewed by when the review before it said."""

import pytest
from tests.made.timelines import check

DUTY = "APP-missing-review"

EXAMPLES = {
    "eight hours to the first, then to the moment that each review names": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | missing_reported | A child |
        2025-06-02 18:00 |         | missing_reviewed | A child | next_review_at=2025-06-02T22:00
        2025-06-02 23:00 |         | missing_reviewed | A child | next_review_at=2025-06-03T08:00
        2025-06-03 07:00 |         | missing_returned | A child |
        as of 2025-06-02 17:00
        -> open | due=2025-06-02 18:00 | adopted=False
        as of 2025-06-03 06:00
        -> met | due=2025-06-02 18:00
        -> met_late | due=2025-06-02 22:00 | late=1.0
        -> open | due=2025-06-03 08:00
        as of 2025-06-04
        -> met
        -> met_late
        -> not_applicable | ended=2025-06-03 07:00
    """,
    "never reviewed: overdue until the return": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | missing_reported | A child |
        2025-06-03 10:00 |         | missing_found    | A child |
        as of 2025-06-02 19:00
        -> overdue | late=1.0
        as of 2025-06-04
        -> overdue | ended=2025-06-03 10:00 | late=16.0
    """,
    "a review that names no next one: the force's own hours; one that names what is no time: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | missing_reported | A child |
        2025-06-02 12:00 |         | missing_reviewed | A child |
        2025-06-02 10:00 |         | missing_reported | B child | case=M2
        2025-06-02 12:00 |         | missing_reviewed | B child | next_review_at=soon; case=M2
        as of 2025-06-02 13:00
        -> met
        -> met
        -> open | due=2025-06-02 20:00 | case_ref=M1
        -> cannot_tell | case_ref=M2 | due=- | reason=missing_reviewed gives a next_review_at that is no time
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
