"""VCOP-progress-every-28-days (CP18): the victim hears at least every 28 days."""

import pytest
from tests.made.timelines import check

DUTY = "VCOP-progress-every-28-days"

EXAMPLES = {
    "28 days from the record of the crime, and then from each update": """
        A: born 2015-06-01
        happened            | written | what           | who      | with
        2025-02-03 10:00    |         | crime_recorded | A victim |
        2025-03-03 23:59:59 |         | victim_updated | A victim |
        2025-04-01 10:00    |         | victim_updated | A victim | about=nothing new
        as of 2025-02-10
        -> open | due_on=2025-03-03 | adopted=False | authority=local
        as of 2025-04-02
        -> met | due_on=2025-03-03
        -> met_late | due_on=2025-03-31 | late=10.0
        -> open | due_on=2025-04-29
    """,
    "never told: overdue, and the closing of the case ends it": """
        A: born 2015-06-01
        happened         | written | what           | who      | with
        2025-02-03 10:00 |         | crime_recorded | A victim |
        2025-03-05 10:00 |         | case_closed    |          |
        as of 2025-03-04 12:00
        -> overdue | ended=- | told=
        as of 2025-04-01
        -> overdue | ended=2025-03-05 10:00
    """,
    "told on the day of the record, at an hour not known: cannot tell whether it came after; the next is due either way": """
        A: born 2015-06-01
        happened         | written | what           | who      | with
        2025-02-03 10:00 |         | crime_recorded | A victim |
        2025-02-03       |         | victim_updated | A victim |
        as of 2025-04-01
        -> overdue | started=2025-02-03 00:00
        -> cannot_tell | reason~only the day of victim updated is known | started=2025-02-03 10:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
