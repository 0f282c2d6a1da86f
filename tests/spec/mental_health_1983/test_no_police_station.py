"""MHA1983-s136A-no-police-station (CU19): no child is kept at a police station under section 135 or 136. Nothing can meet it."""

import pytest
from tests.made.timelines import check

DUTY = "MHA1983-s136A-no-police-station"

EXAMPLES = {
    "brought to a station under section 136: overdue from the arrival until the child has left": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=s136
        2025-09-05 22:10 |         | custody_left    | J detainee |
        as of 2025-09-05 18:11
        -> overdue | ref=CU19 | authority=statute | ended=-
        as of 2025-09-06
        -> overdue | ended=2025-09-05 22:10 | late=4.0
    """,
    "detained under it while in custody": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=arrest
        2025-09-05 20:00 |         | detained_s136   | J detainee |
        as of 2025-09-05 21:00
        -> overdue | started=2025-09-05 20:00
    """,
    "detained elsewhere, or arrested, starts nothing; nor did it before 11 December 2017": """
        J: born 2010-01-01
        K: born 2010-01-01
        L: born 2005-01-01
        happened         | written | what            | who        | with
        2025-09-05 20:00 |         | detained_s136   | J detainee |
        2025-09-05 18:10 |         | custody_arrived | K detainee | case=M2
        2017-12-10 18:10 |         | custody_arrived | L detainee | case=M3; reason=s136
        as of 2025-09-06
        -> none
    """,
    "detained under it on the day of leaving custody, at a time not known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=arrest
        2025-09-06 09:00 |         | custody_left    | J detainee |
        2025-09-06       |         | detained_s136   | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
