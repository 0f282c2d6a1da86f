"""WT-referral-decision (CP6): the authority decides on a referral within a working day."""

import pytest
from tests.made.timelines import check

DUTY = "WT-referral-decision"

EXAMPLES = {
    "received on Maundy Thursday: the working day after Easter": """
        A: born 2015-06-01
        happened            | written | what              | who     | with
        2025-04-17 16:00    |         | referral_received | A child |
        2025-04-22 23:59:59 |         | referral_decided  | A child | outcome=assessment
        as of 2025-04-22 12:00
        -> open | due_on=2025-04-22 | adopted=False | authority=statutory_guidance
        as of 2025-05-01
        -> met
    """,
    "decided the day after: met late": """
        A: born 2015-06-01
        happened         | written | what              | who     | with
        2025-04-17 16:00 |         | referral_received | A child |
        2025-04-23 12:00 |         | referral_decided  | A child | outcome=assessment
        as of 2025-05-01
        -> met_late | late=12.0 | told=
    """,
    "not decided: overdue": """
        A: born 2015-06-01
        happened         | written | what              | who     | with
        2025-06-02 16:00 |         | referral_received | A child |
        as of 2025-06-04 12:00
        -> overdue | due_on=2025-06-03 | late=12.0
    """,
    "a decision that names neither of two children referred: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what              | who     | with
        2025-06-02 16:00 |         | referral_received | A child |
        2025-06-02 16:00 |         | referral_received | B child |
        2025-06-03 16:00 |         | referral_decided  |         | outcome=assessment
        as of 2025-06-10
        -> cannot_tell | reason~several
        -> cannot_tell | reason~several
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
