"""CYPA1933-s31-woman-assigned (CU18): a girl is in the care of a named woman. Suggested: 1 hour."""

import pytest
from tests.made.timelines import check

DUTY = "CYPA1933-s31-woman-assigned"

EXAMPLES = {
    "assigned within the hour suggested: met; for a boy nothing starts": """
        J: born 2010-01-01 sex F
        K: born 2010-01-01 sex M
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 18:40 |         | woman_assigned  | J detainee | officer=W1
        2025-09-05 18:10 |         | custody_arrived | K detainee | case=M2
        as of 2025-09-06
        -> met | ref=CU18 | due=2025-09-05 19:10 | subject=merlin:J | adopted=False
    """,
    "an hour after that: met late": """
        J: born 2010-01-01 sex F
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 20:10 |         | woman_assigned  | J detainee | officer=W1
        as of 2025-09-06
        -> met_late | late=1.0
    """,
    "nobody assigned until she left: overdue": """
        J: born 2010-01-01 sex F
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 22:10 |         | custody_left    | J detainee |
        as of 2025-09-06
        -> overdue | ended=2025-09-05 22:10 | late=3.0
    """,
    "the sex is not recorded: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        as of 2025-09-06
        -> cannot_tell | reason~sex
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
