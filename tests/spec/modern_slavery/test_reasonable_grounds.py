"""NRM-reasonable-grounds (CP12): decided within five working days, as a target."""

import pytest
from tests.made.timelines import check

DUTY = "NRM-reasonable-grounds"

EXAMPLES = {
    "referred on Maundy Thursday: the fifth working day after Easter": """
        A: born 2015-06-01
        happened         | written | what         | who     | with
        2025-04-17 10:00 |         | nrm_referred | A child |
        2025-04-28 15:00 |         | nrm_decided  | A child |
        as of 2025-04-28 12:00
        -> open | due_on=2025-04-28 | owed_by=competent_authority | adopted=False
        as of 2025-05-01
        -> met
    """,
    "decided the day after: met late; not decided: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what         | who     | with
        2025-06-02 10:00 |         | nrm_referred | A child |
        2025-06-10 12:00 |         | nrm_decided  | A child |
        2025-06-02 10:00 |         | nrm_referred | B child | case=M2
        as of 2025-07-01
        -> met_late | due_on=2025-06-09 | late=12.0
        -> overdue
    """,
    "decided on the day of the referral, at an hour not known: cannot tell whether it came after": """
        A: born 2015-06-01
        happened         | written | what         | who     | with
        2025-06-02 10:00 |         | nrm_referred | A child |
        2025-06-02       |         | nrm_decided  | A child |
        as of 2025-07-01
        -> cannot_tell | reason~only the day of nrm decided is known
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
