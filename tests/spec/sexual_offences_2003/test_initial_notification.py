"""SOA2003-s83-initial-notification (RO1): three days beginning with the relevant date; custody and absence are left out."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-s83-initial-notification"

EXAMPLES = {
    "SC22: convicted and bailed on a Monday, the last day is Wednesday": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender | relevant_date=2025-03-03
        as of 2025-03-05 23:59:59
        -> open | ref=RO1 | due=2025-03-05 23:59:59 | due_on=2025-03-05 | authority=statute
        as of 2025-03-06 00:00:00
        -> overdue
    """,
    "SC22: released from custody on 10 April, the last day is the 12th": """
        happened         | written | what                 | who        | with
        2025-03-03 11:00 |         | offender_registered  | R offender | relevant_date=2025-03-03
        2025-03-03 12:00 |         | imprisoned           | R offender |
        2025-04-10 09:00 |         | released_from_prison | R offender |
        as of 2025-04-11
        -> not_applicable | ended=2025-03-03 12:00 | reason~imprisoned
        -> open | started=2025-04-10 09:00 | due_on=2025-04-12 | evidence=started:e3
    """,
    "notified on the last day: met": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender | relevant_date=2025-03-03
        2025-03-05 16:00 |         | notification_made   | R offender | outcome=initial
        as of 2025-04-01
        -> met | met=2025-03-05 16:00
    """,
    "a day later: met late": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender | relevant_date=2025-03-03
        2025-03-06 09:00 |         | notification_made   | R offender | outcome=initial
        as of 2025-04-01
        -> met_late | late=9.0
    """,
    "the relevant date may be later or earlier than the entry; without one the day of the entry counts": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender | relevant_date=2025-03-02
        2025-03-03 11:00 |         | offender_registered | S offender | case=M2
        as of 2025-03-04
        -> open | due_on=2025-03-04 | case_ref=M1
        -> open | due_on=2025-03-05 | case_ref=M2
    """,
    "notified once, a later spell in prison starts nothing new, nor does a registration while it stands": """
        happened         | written | what                 | who        | with
        2025-03-03 11:00 |         | offender_registered  | R offender |
        2025-03-04 16:00 |         | notification_made    | R offender | outcome=initial
        2025-06-01 10:00 |         | imprisoned           | R offender |
        2025-09-01 10:00 |         | released_from_prison | R offender |
        2025-10-01 10:00 |         | offender_registered  | R offender | case=M2
        as of 2025-11-01
        -> met | met=2025-03-04 16:00
        -> met | started=2025-10-01 10:00 | met=2025-10-01 10:00
    """,
    "a notification that does not say which it is: cannot tell": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender |
        2025-03-04 16:00 |         | notification_made   | R offender |
        as of 2025-04-01
        -> cannot_tell | reason~outcome
    """,
    "a relevant date that is no date: cannot tell": """
        happened         | written | what                | who        | with
        2025-03-03 11:00 |         | offender_registered | R offender | relevant_date=spring
        as of 2025-04-01
        -> cannot_tell | reason~relevant_date | due=-
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
