"""LOCAL-police-attend-conference (SC37): the police attend the conference."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-police-attend-conference"

EXAMPLES = {
    "SC37: the police were there: met at once; not there: overdue from that moment, until they attend the next": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=initial; police_attended=true
        2025-06-02 10:00 |         | conference_held | B child | outcome=initial; police_attended=false; case=M2
        2025-06-05 10:00 |         | conference_held | B child | outcome=initial; police_attended=true; case=M2
        as of 2025-06-03 10:00
        -> met | due=2025-06-02 10:00 | adopted=False | ref=SC37
        -> overdue | late=24.0 | ended=-
        as of 2025-06-06
        -> met
        -> overdue | ended=2025-06-05 10:00 | late=72.0
        -> met | started=2025-06-05 10:00
    """,
    "whether they were there is not said: cannot tell": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=initial
        as of 2025-06-06
        -> cannot_tell | reason=conference held does not say police attended
    """,
    "the closing of the case ends it": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=initial; police_attended=false
        2025-06-03 10:00 |         | case_closed     | A child |
        as of 2025-06-06
        -> overdue | ended=2025-06-03 10:00
    """,
    "a review conference is another matter": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-06-02 10:00 |         | conference_held | A child | outcome=review; police_attended=false
        as of 2025-06-06
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
