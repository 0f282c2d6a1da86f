"""PACE-s41-24-hours (CU5, with CU11): no more than 24 hours without charge, from the relevant time."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s41-24-hours"

EXAMPLES = {
    "SC27: the 24 hours run from arrival, not from authorisation": """
        J: born 2010-01-01
        post P1: kind=custody_inspector; holder=CI1
        happened         | written | what                 | who        | with
        2025-09-05 18:10 |         | custody_arrived      | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        as of 2025-09-06 15:00
        -> open | ref=CU5 | due=2025-09-06 18:10 | authority=statute | told=custody_inspector:CI1@2025-09-06 14:10
        as of 2025-09-06 18:10:01
        -> overdue
    """,
    "charged, or left, in time: met": """
        J: born 2010-01-01
        K: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-06 17:00 |         | charged         | J suspect  |
        2025-09-05 18:10 |         | custody_arrived | K detainee | case=M2
        2025-09-06 18:10 |         | custody_left    | K detainee | case=M2
        as of 2025-09-07
        -> met | met=2025-09-06 17:00
        -> met | met=2025-09-06 18:10
    """,
    "charged an hour after it: met late": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee |
        2025-09-06 19:10 |         | charged         | J suspect  |
        as of 2025-09-07
        -> met_late | late=1.0
    """,
    "extended before it: no longer applicable; extended after it: overdue until then": """
        J: born 2010-01-01
        K: born 2010-01-01
        happened         | written | what               | who        | with
        2025-09-05 18:10 |         | custody_arrived    | J detainee |
        2025-09-06 17:00 |         | detention_extended | J detainee | rank=Superintendent
        2025-09-05 18:10 |         | custody_arrived    | K detainee | case=M2
        2025-09-06 19:10 |         | detention_extended | K detainee | case=M2; rank=Superintendent
        as of 2025-09-06 20:00
        -> not_applicable | ended=2025-09-06 17:00 | reason~detention extended
        -> overdue | ended=2025-09-06 19:10 | late=1.0
    """,
    "CU11: answering bail, the two hours spent before it count: 22 are left": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 10:00 |         | custody_arrived | J detainee | reason=bail; earlier_minutes=120
        as of 2025-09-05 12:00
        -> open | due=2025-09-06 08:00
    """,
    "the relevant time that is named counts, not the arrival": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=arrest; relevant_time=2025-09-05T17:40
        as of 2025-09-05 19:00
        -> open | due=2025-09-06 17:40
    """,
    "three hours in hospital do not count": """
        J: born 2010-01-01
        happened         | written | what                | who        | with
        2025-09-05 18:10 |         | custody_arrived     | J detainee |
        2025-09-05 20:00 |         | hospital_admitted   | J detainee |
        2025-09-05 23:00 |         | hospital_discharged | J detainee |
        as of 2025-09-06 12:00
        -> open | due=2025-09-06 21:10 | evidence=started:e1 paused:e2
    """,
    "over the autumn change: 24 elapsed hours": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-10-25 21:00 |         | custody_arrived | J detainee |
        as of 2025-10-25 22:00
        -> open | due=2025-10-26 20:00
    """,
    "held on a warrant, for a breach or under section 136 it does not start": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | reason=warrant
        as of 2025-09-07
        -> none
    """,
    "CU12: a 17-year-old counts since 26 October 2015, and not the day before": """
        J: born 1998-03-01
        happened         | written | what            | who        | with
        2015-10-25 10:00 |         | custody_arrived | J detainee |
        2015-10-25 20:00 |         | custody_left    | J detainee |
        2015-10-26 10:00 |         | custody_arrived | J detainee | case=M2
        as of 2015-10-26 12:00
        -> open | started=2015-10-26 10:00
    """,
    "a relevant time that is no time: cannot tell": """
        J: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:10 |         | custody_arrived | J detainee | relevant_time=evening
        as of 2025-09-07
        -> cannot_tell | due=- | reason~relevant_time
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
