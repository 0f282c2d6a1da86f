"""PACE-code-c-8-8-cell (CU17): a child is put in a cell only for a recorded reason."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-code-c-8-8-cell"

EXAMPLES = {
    "the reason is recorded: met; placed in a detention room nothing starts": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 18:50 |         | detainee_placed | J detainee | outcome=cell; reason=no other secure accommodation
        2025-09-05 20:00 |         | detainee_placed | J detainee | outcome=detention_room
        as of 2025-09-06
        -> met | ref=CU17 | authority=statute
    """,
    "no reason: overdue, until the child is placed elsewhere or leaves": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 18:50 |         | detainee_placed | J detainee | outcome=cell
        2025-09-05 20:50 |         | detainee_placed | J detainee | outcome=detention_room
        2025-09-05 22:00 |         | detainee_placed | J detainee | outcome=cell
        2025-09-05 23:00 |         | custody_left    | J detainee |
        as of 2025-09-06
        -> overdue | ended=2025-09-05 20:50 | late=2.0
        -> overdue | ended=2025-09-05 23:00 | late=1.0
    """,
    "it is not said where the child was placed: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 18:50 |         | detainee_placed | J detainee |
        as of 2025-09-06
        -> cannot_tell | reason~outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
