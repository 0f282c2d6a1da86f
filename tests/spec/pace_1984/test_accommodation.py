"""PACE-s38-accommodation (CU8): a child refused bail after charge is moved, unless a certificate says why not."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s38-accommodation"

START = """
        {born}
        case M1: area=E1
        post P1: kind=custody_inspector; area=E1; holder=CI1
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-05 22:30 |         | charged         | J suspect  |
        2025-09-05 22:45 |         | bail_refused    | J detainee |
"""
AT_15, AT_11 = START.format(born="J: born 2010-01-01"), START.format(born="J: born 2014-01-01")
UNKNOWN_AGE = START.format(born="")

EXAMPLES = {
    "SC29: no transfer and no certificate by court": AT_15
    + """
        2025-09-05 23:00 | | accommodation_requested | J detainee | secure=false
        2025-09-06 10:00 | | custody_left            | J detainee | outcome=court
        as of 2025-09-06 00:45
        -> open | due=2025-09-06 00:45 | adopted=True | authority=statute | told=custody_inspector:CI1@2025-09-06 00:45
        as of 2025-09-07
        -> overdue | ended=2025-09-06 10:00 | late=9.25 | evidence=started:e3 attempted:e4 ended:e5
    """,
    "moved in time: met": AT_15
    + """
        2025-09-06 00:30 | | accommodation_provided | J detainee |
        as of 2025-09-07
        -> met | told=
    """,
    "moved, but late: met late": AT_15
    + """
        2025-09-06 02:45 | | accommodation_provided | J detainee |
        as of 2025-09-07
        -> met_late | late=2.0 | told=custody_inspector:CI1@2025-09-06 00:45
    """,
    "a child already accommodated meets it at the start": AT_15
    + """
        2025-09-05 22:40 | | accommodation_provided | J detainee |
        as of 2025-09-07
        -> met | met=2025-09-05 22:45
    """,
    "a certificate that it was impracticable excuses at any age": AT_11
    + """
        2025-09-05 23:30 | | detention_certified | J detainee | ground=a
        as of 2025-09-07
        -> excused
    """,
    "a certificate on ground b excuses at 12 or over": AT_15
    + """
        2025-09-05 23:30 | | detention_certified | J detainee | ground=b
        as of 2025-09-07
        -> excused
    """,
    "but not under 12": AT_11
    + """
        2025-09-05 23:30 | | detention_certified | J detainee | ground=B
        as of 2025-09-07
        -> overdue
    """,
    "and where the age is not known: cannot tell": UNKNOWN_AGE
    + """
        2025-09-05 23:30 | | detention_certified | J detainee | ground=b
        as of 2025-09-07
        -> cannot_tell | reason~age
    """,
    "a certificate that does not say its ground: cannot tell": AT_15
    + """
        2025-09-05 23:30 | | detention_certified | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~ground
    """,
    "left for court within the two hours: not applicable": AT_15
    + """
        2025-09-05 23:59 | | custody_left | J detainee | outcome=court
        as of 2025-09-07
        -> not_applicable | reason~custody left
    """,
    "accommodated already when bail is refused in a second case of the same stay: it still stands": """
        J: born 2011-01-01
        happened         | written | what                   | who        | with
        2025-09-05 18:10 |         | custody_arrived        | J detainee |
        2025-09-05 22:45 |         | bail_refused           | J detainee |
        2025-09-05 23:00 |         | accommodation_provided | J detainee |
        2025-09-05 23:10 |         | custody_arrived        | J detainee | case=M2
        2025-09-05 23:30 |         | bail_refused           | J detainee | case=M2
        2025-09-06 09:00 |         | custody_left           | J detainee |
        as of 2025-09-07
        -> met | met=2025-09-05 23:00 | case_ref=M1
        -> met | met=2025-09-05 23:30 | case_ref=M2
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
