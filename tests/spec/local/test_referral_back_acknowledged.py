"""LOCAL-referral-back-acknowledged (SC41): a case referred back is acknowledged within 4 hours."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-referral-back-acknowledged"

EXAMPLES = {
    "SC41: acknowledged at the last second": """
        A: born 2015-06-01
        happened         | written | what                  | who | with
        2025-06-02 09:00 |         | case_referred_back    |     |
        2025-06-02 13:00 |         | referral_acknowledged |     |
        as of 2025-06-02 12:00
        -> open | due=2025-06-02 13:00 | adopted=False
        as of 2025-06-05
        -> met
    """,
    "two hours late: met late; not at all: overdue": """
        A: born 2015-06-01
        happened         | written | what                  | who | with
        2025-06-02 09:00 |         | case_referred_back    |     |
        2025-06-02 15:00 |         | referral_acknowledged |     |
        2025-06-02 09:00 |         | case_referred_back    |     | case=M2
        as of 2025-06-05
        -> met_late | late=2.0 | told=
        -> overdue | case_ref=M2
    """,
    "acknowledged at some hour of the day of the limit: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                  | who | with
        2025-06-02 09:00 |         | case_referred_back    |     |
        2025-06-02       |         | referral_acknowledged |     |
        as of 2025-06-05
        -> cannot_tell | reason~only the day of referral acknowledged is known
    """,
    "referred back again after it was done: owed again": """
        A: born 2015-06-01
        happened         | written | what                  | who | with
        2025-06-02 09:00 |         | case_referred_back    |     |
        2025-06-02 10:00 |         | referral_acknowledged |     |
        2025-07-02 09:00 |         | case_referred_back    |     |
        as of 2025-07-05
        -> met
        -> overdue | started=2025-07-02 09:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
