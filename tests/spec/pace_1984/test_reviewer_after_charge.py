"""PACE-s40-reviewer-after-charge (CU3): after charge a custody officer reviews."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s40-reviewer-after-charge"

EXAMPLES = {
    "a custody sergeant: met; a constable: never": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 22:30 |         | charged              | J suspect  |
        2025-09-06 04:00 |         | detention_reviewed   | J detainee | reviewer_rank=Custody Sergeant
        2025-09-06 12:00 |         | detention_reviewed   | J detainee | reviewer_rank=Constable
        2025-09-06 14:00 |         | custody_left         | J detainee | outcome=court
        as of 2025-09-07
        -> met | ref=CU3
        -> overdue | ended=2025-09-06 14:00 | late=2.0
    """,
    "the rank is not said: cannot tell": """
        J: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 22:30 |         | charged            | J suspect  |
        2025-09-06 04:00 |         | detention_reviewed | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~reviewer rank
    """,
    "a new arrival is before charge again": """
        J: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 22:30 |         | charged            | J suspect  |
        2025-09-06 04:00 |         | custody_left       | J detainee | outcome=bailed
        2025-09-10 10:00 |         | custody_arrived    | J detainee | case=M2
        2025-09-10 15:00 |         | detention_reviewed | J detainee | case=M2; reviewer_rank=Constable
        as of 2025-09-11
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
