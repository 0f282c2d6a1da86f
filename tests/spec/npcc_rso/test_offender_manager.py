"""NPCC-named-offender-manager (RO10): a named, accredited manager. Suggested: 72 hours."""

import pytest
from tests.made.timelines import check

DUTY = "NPCC-named-offender-manager"

EXAMPLES = {
    "named within the hours suggested: met": """
        happened         | written | what                       | who        | with
        2023-02-01 10:00 |         | offender_registered        | R offender |
        2023-02-03 10:00 |         | offender_manager_allocated | R offender | officer=M1
        as of 2023-04-01
        -> met | ref=RO10 | due=2023-02-04 10:00 | adopted=False | told=
    """,
    "named a day later: met late": """
        happened         | written | what                       | who        | with
        2023-02-01 10:00 |         | offender_registered        | R offender |
        2023-02-05 10:00 |         | offender_manager_allocated | R offender | officer=M1
        as of 2023-04-01
        -> met_late | late=24.0
    """,
    "the manager is released, and nobody follows: overdue again": """
        happened         | written | what                       | who        | with
        2023-02-01 10:00 |         | offender_registered        | R offender |
        2023-02-01 12:00 |         | offender_manager_allocated | R offender | officer=M1
        2023-03-01 12:00 |         | offender_manager_released  | R offender | officer=M1
        as of 2023-04-01
        -> met
        -> overdue | started=2023-03-01 12:00 | due=2023-03-04 12:00
    """,
    "a manager not accredited for it does not count": """
        case M1: kind=offender
        officer M1: accreditations=custody_officer
        officer M2: accreditations=sex_offender_manager
        happened         | written | what                       | who        | with
        2023-02-01 10:00 |         | offender_registered        | R offender |
        2023-02-01 12:00 |         | offender_manager_allocated | R offender | officer=M1
        2023-02-10 10:00 |         | offender_manager_allocated | R offender | officer=M2
        as of 2023-02-05
        -> overdue | evidence=started:e1 attempted:e2
        as of 2023-04-01
        -> met_late | met=2023-02-10 10:00
    """,
    "the end of registration ends it": """
        happened         | written | what                | who        | with
        2023-02-01 10:00 |         | offender_registered | R offender |
        2023-02-02 10:00 |         | registration_ended  | R offender |
        as of 2023-04-01
        -> not_applicable
    """,
    "named on the last day, at a time not known: cannot tell": """
        happened         | written | what                       | who        | with
        2023-02-01 10:00 |         | offender_registered        | R offender |
        2023-02-04       |         | offender_manager_allocated | R offender | officer=M1
        as of 2023-04-01
        -> cannot_tell | reason~only the day
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
