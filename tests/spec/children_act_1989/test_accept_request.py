"""CA1989-s21-accept-request (CU14): the local authority accepts a request. Suggested: 2 hours."""

import pytest
from tests.made.timelines import check

DUTY = "CA1989-s21-accept-request"

EXAMPLES = {
    "provided within the hours suggested: met": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 00:30 |         | accommodation_provided  | J detainee |
        as of 2025-09-07
        -> met | ref=CU14 | due=2025-09-06 01:00 | owed_by=local_authority | adopted=False
    """,
    "refused at first, provided later: met late": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-05 23:30 |         | accommodation_refused   | J detainee | authority=Northmoor; reason=none available
        2025-09-06 03:00 |         | accommodation_provided  | J detainee |
        as of 2025-09-07
        -> met_late | late=2.0 | evidence=started:e2 attempted:e3 met:e4
    """,
    "a refusal does not discharge it: overdue": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-05 23:30 |         | accommodation_refused   | J detainee |
        2025-09-06 09:00 |         | custody_left            | J detainee | outcome=court
        as of 2025-09-07
        -> overdue | ended=2025-09-06 09:00 | late=8.0
    """,
    "for a secure place there is no such duty": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=true
        as of 2025-09-07
        -> none
    """,
    "whether it had to be secure is not said: cannot tell": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~secure
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
