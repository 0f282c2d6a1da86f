"""CSODS-checks-24-hours (CP13): the first checks on an application within a day."""

import pytest
from tests.made.timelines import check

DUTY = "CSODS-checks-24-hours"

EXAMPLES = {
    "checked at the last second": """
        A: born 2015-06-01
        happened         | written | what                 | who        | with
        2025-06-07 10:00 |         | disclosure_requested | R reporter | outcome=csods
        2025-06-08 10:00 |         | disclosure_checked   |            |
        as of 2025-06-08
        -> met | due=2025-06-08 10:00 | authority=professional_guidance | adopted=-
    """,
    "checked two hours late: met late; not checked: overdue": """
        A: born 2015-06-01
        happened         | written | what                 | who        | with
        2025-06-07 10:00 |         | disclosure_requested | R reporter | outcome=csods
        2025-06-08 12:00 |         | disclosure_checked   |            |
        2025-06-07 10:00 |         | disclosure_requested | R reporter | outcome=csods; case=M2
        as of 2025-06-09 10:00
        -> met_late | late=2.0
        -> overdue | late=24.0
    """,
    "under the other scheme it starts nothing; under which is not said: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                 | who        | with
        2025-06-07 10:00 |         | disclosure_requested | R reporter | outcome=dvds
        2025-06-07 10:00 |         | disclosure_requested | R reporter | case=M2
        as of 2025-06-09
        -> cannot_tell | case_ref=M2 | reason=disclosure requested does not say its outcome
    """,
    "before the month of the guidance nothing is worked out": """
        happened         | written | what                 | who        | with
        2023-03-31 10:00 |         | disclosure_requested | R reporter | outcome=csods
        as of 2023-06-07
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
