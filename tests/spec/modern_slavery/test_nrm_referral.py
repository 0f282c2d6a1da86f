"""MSA2015-nrm-referral (CP12): a child who may be exploited is referred to the national referral mechanism."""

import pytest
from tests.made.timelines import check

DUTY = "MSA2015-nrm-referral"

EXAMPLES = {
    # 24 elapsed hours from 12:00 summer time are 11:00 winter time.
    "referred at the last second of a day that the clocks make longer": """
        A: born 2015-06-01
        happened         | written | what                   | who     | with
        2025-10-25 12:00 |         | exploitation_suspected | A child |
        2025-10-26 11:00 |         | nrm_referred           | A child |
        as of 2025-10-26
        -> met | due=2025-10-26 11:00 | authority=statute | adopted=False
    """,
    "referred late: met late; not referred: overdue, and nobody is told of what is only suggested": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                   | who      | with
        2025-06-02 12:00 |         | exploitation_suspected | A child  |
        2025-06-04 12:00 |         | nrm_referred           | A child  |
        2025-06-02 12:00 |         | exploitation_suspected | B victim | case=M2
        as of 2025-06-05 12:00
        -> met_late | late=24.0
        -> overdue | late=48.0 | told=
    """,
    "a referral that names neither of two children: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                   | who              | with
        2025-06-02 12:00 |         | exploitation_suspected | A child, B child |
        2025-06-02 15:00 |         | nrm_referred           |                  |
        as of 2025-06-05
        -> cannot_tell | reason~several
        -> cannot_tell | reason~several
    """,
    "before the Act was passed nothing was owed": """
        A: born 2005-06-01
        happened         | written | what                  | who     | with
        2015-03-25 10:00 |         | exploitation_suspected | A child |
        as of 2015-06-07
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
