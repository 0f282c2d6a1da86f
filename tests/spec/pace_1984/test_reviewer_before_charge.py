"""PACE-s40-reviewer-before-charge (CU3): before charge an inspector or above reviews."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s40-reviewer-before-charge"

EXAMPLES = {
    "an inspector: met; one review after another, each by itself": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 00:40 |         | detention_reviewed   | J detainee | reviewer_rank=Sergeant
        2025-09-06 09:40 |         | detention_reviewed   | J detainee | reviewer_rank=Inspector
        2025-09-06 17:00 |         | custody_left         | J detainee |
        as of 2025-09-06 03:00
        -> overdue | ref=CU3 | late=2.33 | ended=-
        as of 2025-09-07
        -> overdue | started=2025-09-06 00:40 | ended=2025-09-06 09:40 | late=9.0
        -> met | started=2025-09-06 09:40
    """,
    "a detective chief inspector is above": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 00:40 |         | detention_reviewed   | J detainee | reviewer_rank=Detective Chief Inspector
        as of 2025-09-07
        -> met
    """,
    "the rank is not said: cannot tell": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 00:40 |         | detention_reviewed   | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~reviewer rank
    """,
    "after charge it is another rule": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 22:30 |         | charged              | J suspect  |
        2025-09-06 00:40 |         | detention_reviewed   | J detainee | reviewer_rank=Sergeant
        as of 2025-09-07
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
