"""SOA2003-s82-notification-period (RO6): how long a registration lasts, and that it ends then."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-s82-notification-period"

EXAMPLES = {
    "SC23: a caution at 16 is one year beginning with the day": """
        R: born 2008-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=caution; relevant_date=2024-05-01
        2025-04-30 12:00 |         | registration_ended  | R offender |
        as of 2025-04-01
        -> open | ref=RO6 | due_on=2025-04-30
        as of 2025-06-01
        -> met
    """,
    "SC23: 20 months of detention at 17 is five years, not ten": """
        R: born 2006-06-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=detention; months=20
        as of 2025-04-01
        -> open | due_on=2029-04-30
    """,
    "grown up: two, seven, ten and five years": """
        R: born 1980-01-01
        S: born 1980-01-01
        T: born 1980-01-01
        U: born 1980-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=caution
        2024-05-01 10:00 |         | offender_registered | S offender | outcome=imprisonment; months=6; case=M2
        2024-05-01 10:00 |         | offender_registered | T offender | outcome=imprisonment; months=7; case=M3
        2024-05-01 10:00 |         | offender_registered | U offender | outcome=community order; case=M4
        as of 2025-04-01
        -> open | due_on=2026-04-30
        -> open | due_on=2031-04-30
        -> open | due_on=2034-04-30
        -> open | due_on=2029-04-30
    """,
    "of a detention and training order of 12 months the six in custody count: half of seven years": """
        R: born 2008-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=dto; months=12; custodial_months=6
        as of 2025-04-01
        -> open | due_on=2027-10-31
    """,
    "cautioned on 29 February: two years beginning with that day are two whole years": """
        R: born 1980-01-01
        happened         | written | what                | who        | with
        2024-02-29 10:00 |         | offender_registered | R offender | outcome=caution
        as of 2025-04-01
        -> open | due_on=2026-02-28
    """,
    "a conditional discharge is its own period, never halved": """
        R: born 2008-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=conditional discharge; months=12
        as of 2025-04-01
        -> open | due_on=2025-04-30
    """,
    "30 months or more, life and hospital orders have no end: nothing starts": """
        R: born 1980-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=imprisonment; months=30
        2024-05-01 10:00 |         | offender_registered | S offender | outcome=life; case=M2
        2024-05-01 10:00 |         | offender_registered | T offender | outcome=hospital order; case=M3
        as of 2025-04-01
        -> none
    """,
    "kept on the register two days too long: met late": """
        R: born 1980-01-01
        happened         | written | what                | who        | with
        2020-05-01 10:00 |         | offender_registered | R offender | outcome=caution
        2022-05-02 00:00 |         | registration_ended  | R offender |
        as of 2025-04-01
        -> met_late | due_on=2022-04-30 | late=24.0
    """,
    "and still on it: overdue": """
        R: born 1980-01-01
        happened         | written | what                | who        | with
        2020-05-01 10:00 |         | offender_registered | R offender | outcome=caution
        as of 2022-05-01 00:00:00
        -> overdue
    """,
    "the age on the relevant date is not known: cannot tell, unless the entry says it": """
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender | outcome=caution
        2024-05-01 10:00 |         | offender_registered | S offender | outcome=caution; under_18=true; case=M2
        as of 2025-04-01
        -> cannot_tell | reason~age | case_ref=M1
        -> open | due_on=2025-04-30 | case_ref=M2
    """,
    "the sentence, or the months in custody, are not known: cannot tell": """
        R: born 1980-01-01
        S: born 1980-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | R offender |
        2024-05-01 10:00 |         | offender_registered | S offender | outcome=dto; months=12; case=M2
        as of 2025-04-01
        -> cannot_tell | reason~outcome
        -> cannot_tell | reason~custodial_months
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
