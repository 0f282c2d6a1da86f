"""HMIC2016-report-every-detained-child (CU20): a report for every child detained. Suggested: 24 hours."""

import pytest
from tests.made.timelines import check

DUTY = "HMIC2016-report-every-detained-child"

EXAMPLES = {
    "within the hours suggested: met": """
        J: born 2010-01-01
        happened         | written | what             | who        | with
        2025-09-05 18:10 |         | custody_arrived  | J detainee |
        2025-09-06 09:00 |         | custody_left     | J detainee |
        2025-09-06 18:10 |         | merlin_submitted | J detainee |
        as of 2025-09-07
        -> met | ref=CU20 | authority=local | adopted=False | due=2025-09-06 18:10
    """,
    "three hours after that: met late": """
        J: born 2010-01-01
        happened         | written | what             | who        | with
        2025-09-05 18:10 |         | custody_arrived  | J detainee |
        2025-09-06 21:10 |         | merlin_submitted | J detainee |
        as of 2025-09-07
        -> met_late | late=3.0
    """,
    "no report: overdue": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        as of 2025-09-07
        -> overdue | told=
    """,
    "before the recommendation it was not asked": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2016-11-24 18:10 |         | custody_arrived | J detainee |
        as of 2017-09-07
        -> none
    """,
    "on the day of the arrival, at a time not known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what             | who        | with
        2025-09-05 18:10 |         | custody_arrived  | J detainee |
        2025-09-05       |         | merlin_submitted | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
