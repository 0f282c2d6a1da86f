"""HMIC2016-support-on-release (CU20): support is considered when a child leaves custody. Suggested: 24 hours."""

import pytest
from tests.made.timelines import check

DUTY = "HMIC2016-support-on-release"

EXAMPLES = {
    "offered within the hours suggested: met": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-06 09:00 |         | custody_left    | J detainee | outcome=bailed
        2025-09-06 10:00 |         | support_offered | J detainee |
        as of 2025-09-08
        -> met | ref=CU20 | due=2025-09-07 09:00 | adopted=False
    """,
    "a day after that: met late": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-06 09:00 |         | custody_left    | J detainee | outcome=bailed
        2025-09-08 09:00 |         | support_offered | J detainee |
        as of 2025-09-09
        -> met_late | late=24.0
    """,
    "not offered: overdue": """
        J: born 2010-01-01
        happened         | written | what         | who        | with
        2025-09-06 09:00 |         | custody_left | J detainee | outcome=bailed
        as of 2025-09-09
        -> overdue | told=
    """,
    "offered on the day of leaving, at a time not known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-06 09:00 |         | custody_left    | J detainee | outcome=bailed
        2025-09-06       |         | support_offered | J detainee |
        as of 2025-09-09
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
