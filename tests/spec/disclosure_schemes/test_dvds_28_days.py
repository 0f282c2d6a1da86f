"""DVDS-28-days (CP15): an application is decided within 28 days."""

import pytest
from tests.made.timelines import check

DUTY = "DVDS-28-days"

EXAMPLES = {
    "the last second of the 28th day; to disclose decides it as well": """
        A: born 2015-06-01
        happened            | written | what                 | who        | with
        2025-02-03 10:00    |         | disclosure_requested | R reporter | outcome=dvds
        2025-03-03 23:59:59 |         | disclosure_decided   |            |
        2025-02-03 10:00    |         | disclosure_requested | R reporter | outcome=dvds; case=M2
        2025-02-10 10:00    |         | disclosure_made      |            | case=M2
        as of 2025-03-03 12:00
        -> open | due_on=2025-03-03
        -> met
        as of 2025-04-01
        -> met
        -> met
    """,
    "decided the day after: met late; not decided: overdue": """
        A: born 2015-06-01
        happened         | written | what                 | who        | with
        2025-02-03 10:00 |         | disclosure_requested | R reporter | outcome=dvds
        2025-03-04 12:00 |         | disclosure_decided   |            |
        2025-02-03 10:00 |         | disclosure_requested | R reporter | outcome=dvds; case=M2
        as of 2025-04-01
        -> met_late | late=12.0 | authority=statutory_guidance | adopted=-
        -> overdue | authority=statutory_guidance | adopted=-
    """,
    "under the other scheme it starts nothing; under which is not said: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                 | who        | with
        2025-02-03 10:00 |         | disclosure_requested | R reporter | outcome=csods
        2025-02-03 10:00 |         | disclosure_requested | R reporter | case=M2
        as of 2025-04-01
        -> cannot_tell | case_ref=M2 | reason=disclosure requested does not say its outcome
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
