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
    # 35 days from 31 March 2023 is 5 May; 28 days from 1 April is 29 April.
    "asked for before the guidance of April 2023: 35 days; since then 28": """
        happened         | written | what                 | who        | with
        2023-03-31 10:00 |         | disclosure_requested | R reporter | outcome=dvds
        2023-04-01 10:00 |         | disclosure_requested | R reporter | outcome=dvds; case=M2
        as of 2023-05-05 12:00
        -> open | due_on=2023-05-05
        -> overdue | due_on=2023-04-29
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
