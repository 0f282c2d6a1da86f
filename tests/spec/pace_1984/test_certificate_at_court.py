"""PACE-s38-certificate-at-court (CU9): the certificate is produced to the first court."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s38-certificate-at-court"

EXAMPLES = {
    "SC29: charged, bail refused, no transfer and no certificate at court": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 10:00 |         | custody_left            | J detainee | outcome=court
        as of 2025-09-06 09:59
        -> none
        as of 2025-09-06 12:00
        -> overdue | ref=CU9 | due=2025-09-06 10:00 | late=2.0
    """,
    "produced before the hearing: met at it": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 09:30 |         | custody_left            | J detainee | outcome=court
        2025-09-06 09:50 |         | certificate_produced    | J detainee |
        2025-09-06 10:00 |         | court_appeared          | J detainee |
        2025-10-06 10:00 |         | court_appeared          | J detainee |
        as of 2025-11-01
        -> met | met=2025-09-06 10:00 | evidence~met:e
    """,
    "produced after it: met late": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 10:00 |         | court_appeared          | J detainee |
        2025-09-06 13:00 |         | certificate_produced    | J detainee |
        as of 2025-09-07
        -> met_late | late=3.0
    """,
    "moved to accommodation, none is needed": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 00:10 |         | accommodation_provided  | J detainee |
        2025-09-06 00:20 |         | custody_left            | J detainee | outcome=accommodation
        2025-09-06 10:00 |         | court_appeared          | J detainee |
        as of 2025-09-07
        -> none
    """,
    "the custody record is closed as the child leaves: it is owed all the same, until the child is convicted or acquitted": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 10:00 |         | custody_left            | J detainee | outcome=court
        2025-09-06 10:00 |         | case_closed             |            |
        2025-09-08 10:00 |         | acquitted               | J suspect  | case=C1
        as of 2025-09-07
        -> overdue | ended=-
        as of 2025-09-10
        -> overdue | ended=2025-09-08 10:00 | late=48.0
    """,
    "produced on the day of the hearing, at a time not known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what                    | who        | with
        2025-09-05 18:10 |         | custody_arrived         | J detainee |
        2025-09-05 22:30 |         | charged                 | J suspect  |
        2025-09-05 22:45 |         | bail_refused            | J detainee |
        2025-09-05 23:00 |         | accommodation_requested | J detainee | secure=false
        2025-09-06 10:00 |         | court_appeared          | J detainee |
        2025-09-06       |         | certificate_produced    | J detainee |
        as of 2025-09-07
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
