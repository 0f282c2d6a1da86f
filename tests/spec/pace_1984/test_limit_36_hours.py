"""PACE-s42-36-hours (CU6): even extended, no more than 36 hours without charge."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s42-36-hours"

EXAMPLES = {
    "SC27: 36 hours from the arrival": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 17:00 |         | detention_extended   | J detainee | rank=Superintendent
        as of 2025-09-07 06:10
        -> open | ref=CU6 | due=2025-09-07 06:10
        as of 2025-09-07 06:10:01
        -> overdue
    """,
    "charged in time: met": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-07 06:00 |         | charged         | J suspect  |
        as of 2025-09-08
        -> met
    """,
    "left 50 minutes after it: met late": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-07 07:00 |         | custody_left    | J detainee |
        as of 2025-09-08
        -> met_late | late=0.83
    """,
    "a court's warrant before it: no longer applicable; after it: overdue until then": """
        J: born 2010-01-01
        K: born 2010-01-01
        happened         | written | what                      | who        | with
        2025-09-05 18:10 |         | custody_arrived           | J detainee |
        2025-09-07 05:00 |         | further_detention_granted | J detainee |
        2025-09-05 18:10 |         | custody_arrived           | K detainee | case=M2
        2025-09-07 07:10 |         | further_detention_granted | K detainee | case=M2
        as of 2025-09-08
        -> not_applicable | ended=2025-09-07 05:00
        -> overdue | ended=2025-09-07 07:10 | late=1.0
    """,
    "the minutes spent before bail are no number: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=bail; earlier_minutes=two hours
        as of 2025-09-08
        -> cannot_tell | reason~earlier_minutes
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
