"""PACE-s44-96-hours (CU7): no more than 96 hours without charge, whatever warrants there are."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s44-96-hours"

EXAMPLES = {
    "96 hours from the arrival, on a warrant too": """
        J: born 2010-01-01
        happened         | written | what                      | who        | with
        2025-09-05 18:10 |         | custody_arrived           | J detainee |
        2025-09-07 05:00 |         | further_detention_granted | J detainee |
        as of 2025-09-08
        -> open | ref=CU7 | due=2025-09-09 18:10
        as of 2025-09-09 18:10:01
        -> overdue
    """,
    "charged in time: met": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-09 18:00 |         | charged         | J suspect  |
        as of 2025-09-10
        -> met
    """,
    "an hour after it: met late": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-09 19:10 |         | charged         | J suspect  |
        as of 2025-09-10
        -> met_late | late=1.0
    """,
    "only the day of the charge is known, and the limit lies within it: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-09       |         | charged         | J suspect  |
        as of 2025-09-10
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
