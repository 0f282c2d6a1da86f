"""CA1989-s46-tell-child (CP2): the child is told what is being done and why."""

import pytest
from tests.made.timelines import check

DUTY = "CA1989-s46-tell-child"

EXAMPLES = {
    "SC25: in the night of the spring change an hour ends at 02:30 of the clock, and the last second is in time": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-03-30 00:30 |         | police_protection_started | A child |
        2025-03-30 02:30 |         | told                      | A child | outcome=child
        as of 2025-03-30 02:00
        -> open | due=2025-03-30 02:30 | authority=statute | adopted=False | owed_by=designated_officer
        as of 2025-03-31
        -> met | met=2025-03-30 02:30
    """,
    "done two hours late: met late, and as the hour is only suggested nobody is told": """
        A: born 2015-06-01
        post P1: kind=designated_officer; holder=DO1
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-01 13:00 |         | told                      | A child | outcome=child
        as of 2025-06-02
        -> met_late | late=2.0 | told= | evidence=started:e1 met:e2
    """,
    "not done: overdue, and so it stays when the protection ends; ended within the hour it no longer applies": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-02 10:00 |         | police_protection_ended   | A child |
        2025-06-03 10:00 |         | police_protection_started | A child | case=M2
        2025-06-03 10:40 |         | police_protection_ended   | A child | case=M2
        as of 2025-06-01 12:00
        -> overdue | late=1.0 | ended=-
        as of 2025-06-04
        -> overdue | ended=2025-06-02 10:00 | late=23.0
        -> not_applicable | ended=2025-06-03 10:40
    """,
    "telling somebody else does not count; where it is not said who was told: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-01 10:20 |         | told                      | A child | outcome=parent
        2025-06-01 10:00 |         | police_protection_started | B child | case=M2
        2025-06-01 10:20 |         | told                      | B child | case=M2
        as of 2025-06-02
        -> overdue | subject=merlin:A
        -> cannot_tell | subject=merlin:B | reason=told does not say its outcome
    """,
    "only the day is known on which it was done: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child |
        2025-06-01       |         | told                      | A child | outcome=child
        as of 2025-06-03
        -> cannot_tell | reason~only the day of told is known
    """,
    "a child recorded as not able to understand: nothing is owed": """
        A: born 2025-01-01
        happened         | written | what                      | who     | with
        2025-06-01 10:00 |         | police_protection_started | A child | understands=false
        as of 2025-06-02
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
