"""LOCAL-mash-triage (CP9): what the hub receives is decided on by its colour."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-mash-triage"

EXAMPLES = {
    # A force that counts by the clock of the office has until Wednesday 17:00: three days of eight hours from Monday 09:00.
    "SC35: amber, received on a Friday at 17:30, after closing: 24 elapsed hours, weekend or not": """
        A: born 2015-06-01
        happened         | written | what          | who     | with
        2025-06-06 17:30 |         | mash_received | A child | risk=amber
        2025-06-07 17:30 |         | mash_decided  | A child |
        as of 2025-06-07 17:00
        -> open | due=2025-06-07 17:30 | adopted=False | owed_by=mash_lead
        as of 2025-06-08
        -> met
    """,
    "SC35: red runs on past closing; received after closing it counts from the next opening": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what          | who     | with
        2025-06-06 15:30 |         | mash_received | A child | risk=red
        2025-06-06 20:00 |         | mash_decided  | A child |
        2025-06-06 17:30 |         | mash_received | B child | risk=red; case=M2
        as of 2025-06-09 09:00
        -> met_late | due=2025-06-06 19:30 | late=0.5
        -> open | due=2025-06-09 13:00
        as of 2025-06-09 13:30
        -> met_late
        -> overdue | late=0.5
    """,
    "green has 72 hours; one without a colour is taken as amber; a blue one is not shared and starts nothing": """
        A: born 2015-06-01
        happened         | written | what          | who     | with
        2025-06-02 10:00 |         | mash_received | A child | risk=green
        2025-06-02 10:00 |         | mash_received | A child | case=M2
        2025-06-02 10:00 |         | mash_received | A child | risk=blue; case=M3
        as of 2025-06-02 12:00
        -> open | due=2025-06-05 10:00 | case_ref=M1
        -> open | due=2025-06-03 10:00 | case_ref=M2
    """,
    "decided at some hour of the day of the limit: cannot tell": """
        A: born 2015-06-01
        happened         | written | what          | who     | with
        2025-06-02 10:00 |         | mash_received | A child | risk=amber
        2025-06-03       |         | mash_decided  | A child |
        as of 2025-06-08
        -> cannot_tell | reason~only the day of mash decided is known
    """,
    "a notice about several children that names none of them is one notice": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what             | who              | with
        2025-06-02 09:00 |         | concern_reported | A child, B child |
        2025-06-02 10:00 |         | mash_received    |                  | risk=amber
        2025-06-02 15:00 |         | mash_decided     |                  |
        as of 2025-06-08
        -> met | person=- | case_ref=M1
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
