"""LOCAL-information-read (AL4): what comes in about a child is read within the hour."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-information-read"

EXAMPLES = {
    "a mail 14 hours unread is 13 hours late": """
        A: born 2003-01-01
        happened         | written | what                 | who     | with
        2016-03-01 18:00 |         | information_received | A child | officer=S1
        2016-03-02 08:00 |         | information_read     | A child |
        as of 2016-03-01 18:59:59
        -> open | due=2016-03-01 19:00
        as of 2016-03-03
        -> met_late | late=13.0 | adopted=False | told=
    """,
    "read at the last second, or acted on without being marked as read: met": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                 | who     | with
        2025-06-02 18:00 |         | information_received | A child |
        2025-06-02 19:00 |         | information_read     | A child |
        2025-06-02 18:00 |         | information_received | B child | case=M2
        2025-06-02 18:30 |         | information_acted    | B child | case=M2
        as of 2025-06-03
        -> met
        -> met
    """,
    "not read: overdue; about an adult nothing is owed": """
        A: born 2015-06-01
        B: born 1990-06-01
        happened         | written | what                 | who      | with
        2025-06-02 18:00 |         | information_received | A child  |
        2025-06-02 18:00 |         | information_received | B victim | case=M2
        as of 2025-06-02 20:00
        -> overdue | late=1.0 | subject=merlin:A
    """,
    "read at some hour of the day: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                 | who     | with
        2025-06-02 18:00 |         | information_received | A child |
        2025-06-02       |         | information_read     | A child |
        as of 2025-06-03
        -> cannot_tell | reason~only the day of information read is known
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
