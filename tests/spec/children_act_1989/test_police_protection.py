"""CA1989-s46-72-hours (CP1): no child is kept in police protection for more than 72 hours."""

import pytest
from tests.made.timelines import check

DUTY = "CA1989-s46-72-hours"

EXAMPLES = {
    "SC25: 72 elapsed hours over the spring change": """
        A: born 2015-06-01
        case M1: area=E1
        post P1: kind=designated_officer; area=E1; holder=DO1
        happened         | written | what                      | who     | with
        2025-03-29 10:00 |         | police_protection_started | A child |
        2025-04-01 11:00 |         | police_protection_ended   | A child |
        as of 2025-04-01 10:59
        -> open | due=2025-04-01 11:00 | due_on=- | told~designated_officer:DO1@2025-03-31 11:00
        + told~designated_officer:DO1@2025-03-31 23:00 | told~designated_officer:DO1@2025-04-01 07:00
        as of 2025-05-01
        -> met | met=2025-04-01 11:00 | authority=statute | adopted=None | owed_by=designated_officer
    """.replace("adopted=None", "adopted=-"),
    "72 elapsed hours over the autumn change, met late by a second": """
        A: born 2015-06-01
        happened            | written | what                      | who     | with
        2025-10-25 10:00    |         | police_protection_started | A child |
        2025-10-28 09:00:01 |         | police_protection_ended   | A child |
        as of 2025-11-01
        -> met_late | due=2025-10-28 09:00 | late=0.0
    """,
    "not ended is overdue": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        as of 2025-06-04 11:00
        -> overdue | late=1.0
    """,
    "it cannot be renewed: a second start in the same case starts nothing": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-04 09:00 |         | police_protection_started | A child |
        2025-06-05 10:00 |         | police_protection_ended   | A child |
        as of 2025-07-01
        -> met_late | met=2025-06-05 10:00 | late=24.0
    """,
    "with no later ending at all, it ends at the next start in another case; once one is known, it ends there": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-09-01 10:00 |         | police_protection_started | A child | case=M2
        2025-09-02 10:00 |         | police_protection_ended   | A child | case=M2
        as of 2025-09-02 09:00
        -> overdue | ended=2025-09-01 10:00 | case_ref=M1
        -> open | case_ref=M2
        as of 2025-10-01
        -> met_late | met=2025-09-02 10:00 | ended=- | case_ref=M1
        -> met | met=2025-09-02 10:00 | case_ref=M2
    """,
    "started in two cases and ended once: each is met at that end": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-02 10:00 |         | police_protection_started | A child | case=M2
        2025-06-03 10:00 |         | police_protection_ended   | A child | case=M2
        as of 2025-10-01
        -> met | met=2025-06-03 10:00 | due=2025-06-04 10:00 | evidence=started:e1 met:e3 | case_ref=M1
        -> met | met=2025-06-03 10:00 | due=2025-06-05 10:00 | evidence=started:e2 met:e3 | case_ref=M2
    """,
    "started in a case and, at the same second, in none: each has its own": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-01 10:00 |         | police_protection_started | A child | case=-; source=cad
        2025-06-03 10:00 |         | police_protection_ended   | A child |
        as of 2025-10-01
        -> met | source=cad | case_ref=-
        -> met | source=merlin | case_ref=M1
    """,
    "the day alone of its ending is known, and it is the last: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-04       |         | police_protection_ended   | A child |
        as of 2025-07-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
