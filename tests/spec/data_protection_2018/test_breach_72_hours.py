"""DPA2018-s67-breach-72-hours (AL7): a data breach is reported to the Commissioner within 72 hours."""

import pytest
from tests.made.timelines import check

DUTY = "DPA2018-s67-breach-72-hours"

EXAMPLES = {
    "72 elapsed hours over the spring change": """
        post P1: kind=data_protection_officer; holder=DPO1
        happened         | written | what                 | who | with
        2025-03-29 10:00 |         | data_breach_known    |     |
        2025-04-01 11:00 |         | data_breach_reported |     |
        as of 2025-04-01 10:00
        -> open | due=2025-04-01 11:00 | authority=statute | adopted=- | told~data_protection_officer:DPO1@2025-03-31 11:00
        as of 2025-04-02
        -> met
    """,
    "a day late without a reason: met late; with one: excused; not reported: overdue": """
        post P1: kind=data_protection_officer; holder=DPO1
        happened         | written | what                 | who | with
        2025-06-02 10:00 |         | data_breach_known    |     |
        2025-06-06 10:00 |         | data_breach_reported |     |
        2025-06-02 10:00 |         | data_breach_known    |     | case=M2
        2025-06-06 10:00 |         | data_breach_reported |     | reason=supplier told us late; case=M2
        2025-06-02 10:00 |         | data_breach_known    |     | case=M3
        as of 2025-06-06 10:00
        -> met_late | late=24.0
        -> excused | late=24.0 | reason=AL7: reported late, and the reasons were given
        -> overdue | late=24.0 | told~chief_officer_lead:vacant@2025-06-06 10:00
    """,
    "reported at some hour of the day of the limit: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                 | who | with
        2025-06-02 10:00 |         | data_breach_known    |     |
        2025-06-05       |         | data_breach_reported |     |
        as of 2025-06-07
        -> cannot_tell | reason~only the day of data breach reported is known
    """,
    "before the Act was passed nothing was owed": """
        happened         | written | what              | who | with
        2018-05-22 10:00 |         | data_breach_known |     |
        as of 2018-06-07
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
