"""PACE-s46-first-sitting (CU10): the first sitting after charge. Suggested: one working day."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s46-first-sitting"

EXAMPLES = {
    "refused on a Friday night; the next working day is Monday": """
        J: born 2010-01-01
        happened         | written | what           | who        | with
        2025-09-05 22:45 |         | bail_refused   | J detainee |
        2025-09-06 10:00 |         | court_appeared | J detainee |
        as of 2025-09-06 09:00
        -> open | ref=CU10 | due_on=2025-09-08 | adopted=False
        as of 2025-09-07
        -> met | met=2025-09-06 10:00
    """,
    "the sitting that is named counts; two hours after it: met late": """
        J: born 2010-01-01
        happened         | written | what         | who        | with
        2025-09-05 22:45 |         | bail_refused | J detainee | court_at=2025-09-06T10:00
        2025-09-06 12:00 |         | custody_left | J detainee | outcome=court
        as of 2025-09-07
        -> met_late | due=2025-09-06 10:00 | late=2.0
    """,
    "not brought before a court: overdue": """
        J: born 2010-01-01
        happened         | written | what         | who        | with
        2025-09-05 22:45 |         | bail_refused | J detainee | court_at=2025-09-06T10:00
        as of 2025-09-06 10:30
        -> overdue | late=0.5
    """,
    "bailed after all: not applicable": """
        J: born 2010-01-01
        happened         | written | what         | who        | with
        2025-09-05 22:45 |         | bail_refused | J detainee |
        2025-09-06 08:00 |         | custody_left | J detainee | outcome=bailed
        as of 2025-09-07
        -> not_applicable | reason~custody left
    """,
    "left custody, it is not said where to: cannot tell": """
        J: born 2010-01-01
        happened         | written | what         | who        | with
        2025-09-05 22:45 |         | bail_refused | J detainee |
        2025-09-06 08:00 |         | custody_left | J detainee |
        as of 2025-09-10
        -> cannot_tell | reason~outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
