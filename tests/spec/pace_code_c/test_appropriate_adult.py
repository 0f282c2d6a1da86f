"""PACE-code-c-appropriate-adult (CU13): an appropriate adult is asked to come as soon as practicable. Suggested: 1 hour."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-code-c-appropriate-adult"

EXAMPLES = {
    "within the hour suggested: met; from the arrival, not from the authorisation": """
        J: born 2010-01-01
        happened         | written | what                        | who        | with
        2025-09-05 18:10 |         | custody_arrived             | J detainee |
        2025-09-05 18:40 |         | detention_authorised        | J detainee |
        2025-09-05 19:10 |         | appropriate_adult_requested | J detainee |
        as of 2025-09-06
        -> met | ref=CU13 | due=2025-09-05 19:10 | authority=professional_guidance | adopted=False | told=
    """,
    "two hours later: met late": """
        J: born 2010-01-01
        happened         | written | what                        | who        | with
        2025-09-05 18:10 |         | custody_arrived             | J detainee |
        2025-09-05 21:10 |         | appropriate_adult_requested | J detainee |
        as of 2025-09-06
        -> met_late | late=2.0
    """,
    "never, until the child left: overdue": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 23:10 |         | custody_left    | J detainee |
        as of 2025-09-06
        -> overdue | ended=2025-09-05 23:10 | late=4.0
    """,
    "where no arrival was written down, from the authorisation": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        as of 2025-09-05 19:00
        -> open | due=2025-09-05 19:40
    """,
    "on the day of arrival, at a time not known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what                        | who        | with
        2025-09-05 18:10 |         | custody_arrived             | J detainee |
        2025-09-05       |         | appropriate_adult_requested | J detainee |
        as of 2025-09-06 12:00
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
