"""PACE-s42-superintendent (CU6): only a superintendent or above extends detention without charge."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s42-superintendent"

EXAMPLES = {
    "a superintendent: met": """
        J: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 18:10 |         | custody_arrived    | J detainee |
        2025-09-06 17:00 |         | detention_extended | J detainee | rank=Detective Superintendent
        as of 2025-09-07
        -> met | ref=CU6
    """,
    "an inspector: never met": """
        J: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 18:10 |         | custody_arrived    | J detainee |
        2025-09-06 17:00 |         | detention_extended | J detainee | rank=Inspector
        2025-09-06 20:00 |         | custody_left       | J detainee |
        as of 2025-09-07
        -> overdue | ended=2025-09-06 20:00 | late=3.0
    """,
    "the rank is not said: cannot tell": """
        J: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 18:10 |         | custody_arrived    | J detainee |
        2025-09-06 17:00 |         | detention_extended | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~rank
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
