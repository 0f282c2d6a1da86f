"""SOA2003-s84-changes (RO2): a change is notified within three days beginning with the event."""

import pytest
from tests.made.timelines import check

DUTY = "SOA2003-s84-changes"

EXAMPLES = {
    "three days beginning with the change: met on the third": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-05 10:00 |         | notification_made   | R offender | outcome=change
        as of 2025-04-01
        -> met | ref=RO2 | due_on=2025-03-05
    """,
    "met late": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-07 10:00 |         | notification_made   | R offender | outcome=change
        as of 2025-04-01
        -> met_late | late=34.0
    """,
    "not notified: overdue from the first second of the fourth day": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        as of 2025-03-06 00:00:00
        -> overdue
    """,
    "release from prison is such an event": """
        happened         | written | what                 | who        | with
        2025-01-10 10:00 |         | offender_registered  | R offender |
        2025-01-11 10:00 |         | imprisoned           | R offender |
        2025-04-10 09:00 |         | released_from_prison | R offender |
        as of 2025-04-11
        -> open | started=2025-04-10 09:00 | due_on=2025-04-12
    """,
    "discharge from hospital is such an event too": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-01-11 10:00 |         | hospital_admitted   | R offender |
        2025-04-10 09:00 |         | hospital_discharged | R offender |
        as of 2025-04-11
        -> open | started=2025-04-10 09:00 | due_on=2025-04-12
    """,
    "time in custody is left out, whether the change came before it or within it": """
        happened         | written | what                 | who        | with
        2025-01-10 10:00 |         | offender_registered  | R offender |
        2025-03-03 09:00 |         | change_known         | R offender |
        2025-03-04 09:00 |         | imprisoned           | R offender |
        2025-03-20 09:00 |         | change_known         | R offender |
        2025-06-10 09:00 |         | released_from_prison | R offender |
        2025-06-12 10:00 |         | notification_made    | R offender | outcome=change
        as of 2025-07-01
        -> not_applicable | started=2025-03-03 09:00 | ended=2025-03-04 09:00
        -> met | started=2025-06-10 09:00 | due_on=2025-06-12
    """,
    "time abroad is left out: a new three days from the return": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-04 09:00 |         | left_uk             | R offender |
        2025-04-10 09:00 |         | returned_uk         | R offender |
        as of 2025-04-11
        -> not_applicable | ended=2025-03-04 09:00
        -> open | started=2025-04-10 09:00 | due_on=2025-04-12
    """,
    "who told of the change before leaving owes nothing on the return": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-03 19:00 |         | notification_made   | R offender | outcome=change
        2025-03-04 09:00 |         | left_uk             | R offender |
        2025-04-10 09:00 |         | returned_uk         | R offender |
        as of 2025-05-01
        -> met | met=2025-03-03 19:00
    """,
    "an annual notification does not say that the change was told": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-04 10:00 |         | notification_made   | R offender | outcome=annual
        as of 2025-04-01
        -> overdue
    """,
    "an address notified says it too": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-04 10:00 |         | address_notified    | R offender |
        as of 2025-04-01
        -> met | met=2025-03-04 10:00
    """,
    "nothing is owed before registration or after its end": """
        happened         | written | what                | who        | with
        2025-01-01 10:00 |         | change_known        | R offender |
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-02-01 10:00 |         | registration_ended  | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        as of 2025-04-01
        -> none
    """,
    "a notification that does not say which it is: cannot tell": """
        happened         | written | what                | who        | with
        2025-01-10 10:00 |         | offender_registered | R offender |
        2025-03-03 09:00 |         | change_known        | R offender |
        2025-03-04 10:00 |         | notification_made   | R offender |
        as of 2025-04-01
        -> cannot_tell | reason~outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
