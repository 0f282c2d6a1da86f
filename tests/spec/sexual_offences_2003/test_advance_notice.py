"""SOA2003-s84-advance-notice (RO3): what was told in advance and did not come about is taken back within six days."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-s84-advance-notice"

EXAMPLES = {
    "six days beginning with the date stated: 10 to 15 March": """
        happened         | written | what                 | who        | with
        2025-03-01 10:00 |         | advance_notice_given | R offender | stated_date=2025-03-10
        as of 2025-03-15 23:59:59
        -> open | ref=RO3 | due_on=2025-03-15
        as of 2025-03-16 00:00:00
        -> overdue
    """,
    "taken back in time: met": """
        happened         | written | what                     | who        | with
        2025-03-01 10:00 |         | advance_notice_given     | R offender | stated_date=2025-03-10
        2025-03-14 10:00 |         | advance_notice_withdrawn | R offender |
        as of 2025-04-01
        -> met
    """,
    "taken back after that: met late": """
        happened         | written | what                     | who        | with
        2025-03-01 10:00 |         | advance_notice_given     | R offender | stated_date=2025-03-10
        2025-03-17 12:00 |         | advance_notice_withdrawn | R offender |
        as of 2025-04-01
        -> met_late | late=36.0
    """,
    "time in custody is left out: six days beginning with the release": """
        happened         | written | what                 | who        | with
        2025-03-01 10:00 |         | advance_notice_given | R offender | stated_date=2025-03-10
        2025-03-11 10:00 |         | remanded             | R offender |
        2025-06-10 10:00 |         | released_from_prison | R offender |
        as of 2025-06-11
        -> not_applicable | ended=2025-03-11 10:00
        -> open | due_on=2025-06-15
    """,
    "taken back before leaving: nothing on the return": """
        happened         | written | what                     | who        | with
        2025-03-01 10:00 |         | advance_notice_given     | R offender | stated_date=2025-03-10
        2025-03-14 10:00 |         | advance_notice_withdrawn | R offender |
        2025-03-15 10:00 |         | left_uk                  | R offender |
        2025-03-20 10:00 |         | returned_uk              | R offender |
        as of 2025-04-01
        -> met
    """,
    "the change came about: not applicable": """
        happened         | written | what                 | who        | with
        2025-03-01 10:00 |         | advance_notice_given | R offender | stated_date=2025-03-10
        2025-03-11 10:00 |         | change_known         | R offender |
        as of 2025-04-01
        -> not_applicable | reason~change known
    """,
    "a notice that states no date: cannot tell": """
        happened         | written | what                 | who        | with
        2025-03-01 10:00 |         | advance_notice_given | R offender |
        as of 2025-04-01
        -> cannot_tell | due=-
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
