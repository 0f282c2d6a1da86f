"""PACE-s40-review (CU1, CU2; CU4 in the reason): reviews of a child's detention."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s40-review"

EXAMPLES = {
    "SC27: reviews run from authorisation, not from arrival": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 00:40 |         | detention_reviewed   | J detainee |
        2025-09-06 09:40 |         | detention_reviewed   | J detainee |
        2025-09-06 18:10 |         | custody_left         | J detainee | outcome=bailed
        as of 2025-09-06 12:00
        -> met | ref=CU1 | due=2025-09-06 00:40
        -> met | ref=CU2 | due=2025-09-06 09:40 | evidence=started:e3 met:e4
        -> open | ref=CU2 | due=2025-09-06 18:40
        as of 2025-09-07
        -> met
        -> met
        -> not_applicable | ended=2025-09-06 18:10 | reason~custody left
    """,
    "over the autumn change: six elapsed hours, then nine": """
        J: born 2010-01-01
        happened                  | written | what                 | who        | with
        2025-10-25 21:00          |         | detention_authorised | J detainee |
        2025-10-26T02:00:00+00:00 |         | detention_reviewed   | J detainee |
        as of 2025-10-26 10:00
        -> met | due=2025-10-26 02:00
        -> open | due=2025-10-26 11:00
    """,
    "over the spring change": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-03-29 21:00 |         | detention_authorised | J detainee |
        as of 2025-03-29 22:00
        -> open | due=2025-03-30 04:00
    """,
    "an early review brings the next forward": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 22:40 |         | detention_reviewed   | J detainee |
        as of 2025-09-06 01:00
        -> met
        -> open | started=2025-09-05 22:40 | due=2025-09-06 07:40
    """,
    "late without a reason is met late, with one excused; either way the next runs from when it was due": """
        J: born 2010-01-01
        K: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 02:40 |         | detention_reviewed   | J detainee |
        2025-09-05 18:40 |         | detention_authorised | K detainee | case=M2
        2025-09-06 02:40 |         | detention_reviewed   | K detainee | case=M2; postponed_reason=interview
        as of 2025-09-06 03:00
        -> met_late | late=2.0 | case_ref=M1
        -> excused | met=2025-09-06 02:40 | reason~CU4 | late=2.0 | case_ref=M2
        -> open | started=2025-09-06 00:40 | due=2025-09-06 09:40 | occurrence_of=M1
        -> open | started=2025-09-06 00:40 | due=2025-09-06 09:40
    """.replace(" | occurrence_of=M1", " | case_ref=M1"),
    "a missed review starts the next when it was due; the last is open": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        as of 2025-09-06 12:00
        -> overdue | due=2025-09-06 00:40
        -> overdue | due=2025-09-06 09:40 | evidence=started:e1
        -> open | due=2025-09-06 18:40
    """,
    "left after a missed review: stays overdue, and the clock stops": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 01:40 |         | custody_left         | J detainee |
        as of 2025-10-01
        -> overdue | ended=2025-09-06 01:40 | late=1.0
        -> not_applicable | ended=2025-09-06 01:40
    """,
    "a grown detainee starts nothing; one of unknown age does": """
        J: born 1990-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 18:40 |         | detention_authorised | K detainee | case=M2
        as of 2025-09-05 20:00
        -> open | subject=merlin:K
    """,
    "a leaving that was not written down ends at the next arrival": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 08:00 |         | custody_arrived      | J detainee | case=M2
        2025-09-06 08:30 |         | detention_authorised | J detainee | case=M2
        as of 2025-09-06 09:00
        -> overdue | ended=2025-09-06 08:00 | case_ref=M1
        -> not_applicable | case_ref=M1
        -> open | case_ref=M2 | due=2025-09-06 14:30
    """,
    "an arrival written down as after the authorisation ends nothing": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 18:50 |         | custody_arrived      | J detainee |
        2025-09-06 00:30 |         | custody_left         | J detainee |
        as of 2025-09-05 23:00
        -> open | due=2025-09-06 00:40
        as of 2025-09-07
        -> not_applicable | ended=2025-09-06 00:30
    """,
    "only the day of a review is known: cannot tell": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05       |         | detention_reviewed   | J detainee |
        2025-09-06 00:00 |         | custody_left         | J detainee |
        as of 2025-09-06 00:10
        -> cannot_tell | reason~only the day
        -> cannot_tell | reason~only the day
    """,
    "authorised in two cases in one stay: each has its own reviews, one review meets both and starts one next": """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-05 19:30 |         | custody_arrived      | J detainee | case=M2
        2025-09-05 20:00 |         | detention_authorised | J detainee | case=M2
        2025-09-05 21:00 |         | detention_authorised | J detainee |
        2025-09-06 00:30 |         | detention_reviewed   | J detainee |
        2025-09-06 04:00 |         | custody_left         | J detainee |
        as of 2025-09-06 02:00
        -> not_applicable | started=2025-09-05 18:40 | ended=2025-09-05 19:30 | case_ref=M1
        -> met | started=2025-09-05 20:00 | due=2025-09-06 02:00 | met=2025-09-06 00:30 | case_ref=M2
        -> met | started=2025-09-05 21:00 | met=2025-09-06 00:30 | case_ref=M1
        -> open | started=2025-09-06 00:30 | due=2025-09-06 09:30
        as of 2025-09-07
        -> met | started=2025-09-05 18:40 | due=2025-09-06 00:40 | met=2025-09-06 00:30 | case_ref=M1
        -> met | started=2025-09-05 20:00 | due=2025-09-06 02:00 | met=2025-09-06 00:30 | case_ref=M2
        -> not_applicable | started=2025-09-06 00:30 | ended=2025-09-06 04:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
