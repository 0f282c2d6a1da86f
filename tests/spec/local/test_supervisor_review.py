"""LOCAL-supervisor-review (AL3): reviewed within a day, within a week, and then every 28 days."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-supervisor-review"

EXAMPLES = {
    "a day, then seven days, then 28, each from the review before it": """
        A: born 2015-06-01
        happened            | written | what                | who      | with
        2025-06-02 09:00    |         | crime_recorded      | A victim |
        2025-06-03 09:00    |         | supervisor_reviewed |          |
        2025-06-10 12:00    |         | supervisor_reviewed |          |
        2025-07-08 23:59:59 |         | supervisor_reviewed |          |
        as of 2025-06-02 12:00
        -> open | due=2025-06-03 09:00 | adopted=False
        as of 2025-07-20
        -> met | due=2025-06-03 09:00
        -> met | due_on=2025-06-10 | started=2025-06-03 09:00
        -> met | due_on=2025-07-08 | started=2025-06-10 12:00
        -> open | due_on=2025-08-05 | started=2025-07-08 23:59:59
    """,
    "the first comes three hours late, the second not at all: no third begins": """
        A: born 2015-06-01
        happened         | written | what                | who     | with
        2025-06-02 09:00 |         | concern_reported    | A child |
        2025-06-03 12:00 |         | supervisor_reviewed |         |
        as of 2025-09-01
        -> met_late | late=3.0
        -> overdue | due_on=2025-06-10 | told=
    """,
    "the closing of the case ends it, before its limit or after": """
        A: born 2015-06-01
        happened         | written | what                | who     | with
        2025-06-02 09:00 |         | concern_reported    | A child |
        2025-06-03 08:00 |         | supervisor_reviewed |         |
        2025-06-05 09:00 |         | case_closed         |         |
        2025-06-02 09:00 |         | concern_reported    | A child | case=M2
        2025-06-05 09:00 |         | case_closed         |         | case=M2
        as of 2025-09-01
        -> met | case_ref=M1
        -> overdue | case_ref=M2 | ended=2025-06-05 09:00
        -> not_applicable | case_ref=M1 | ended=2025-06-05 09:00
    """,
    "reviewed at some hour of the day of the limit: cannot tell; the next is due either way": """
        A: born 2015-06-01
        happened         | written | what                | who     | with
        2025-06-02 09:00 |         | concern_reported    | A child |
        2025-06-03       |         | supervisor_reviewed |         |
        as of 2025-06-05
        -> cannot_tell | reason~only the day of supervisor reviewed is known | started=2025-06-02 09:00
        -> open | due_on=2025-06-10
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
