"""LOCAL-image-referral (AL5): a referral about images is acted on by its band."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-image-referral"

EXAMPLES = {
    "very high has a day, high seven, medium fourteen, low thirty": """
        A: born 2015-06-01
        happened         | written | what                    | who | with
        2025-06-02 09:00 |         | image_referral_received |     | band=very_high
        2025-06-02 09:00 |         | image_referral_received |     | band=high; case=M2
        2025-06-02 09:00 |         | image_referral_received |     | band=Medium; case=M3
        2025-06-02 09:00 |         | image_referral_received |     | band=low; case=M4
        as of 2025-06-02 12:00
        -> open | due=2025-06-03 09:00 | case_ref=M1 | adopted=False
        -> open | due_on=2025-06-09 | case_ref=M2
        -> open | due_on=2025-06-16 | case_ref=M3
        -> open | due_on=2025-07-02 | case_ref=M4
    """,
    # 4 January to 9 April 2016: 27 + 29 + 31 + 9 = 96 days.
    "96 days to a warrant carried out: to have applied for it is not enough": """
        A: born 2015-06-01
        happened         | written | what                    | who | with
        2016-01-04 09:00 |         | image_referral_received |     | band=high
        2016-03-01 09:00 |         | warrant_applied         |     |
        2016-04-09 09:00 |         | warrant_executed        |     |
        as of 2016-03-02
        -> overdue | due_on=2016-01-11 | evidence=started:e1 attempted:e2
        as of 2016-05-01
        -> met_late | met=2016-04-09 09:00
    """,
    "an arrest is action too": """
        A: born 2015-06-01
        happened            | written | what                    | who       | with
        2025-06-02 09:00    |         | image_referral_received |           | band=high
        2025-06-09 23:59:59 |         | arrested                | Z suspect |
        as of 2025-06-20
        -> met
    """,
    "without a band, or with one that no force knows, the limit is not known": """
        A: born 2015-06-01
        happened         | written | what                    | who | with
        2025-06-02 09:00 |         | image_referral_received |     |
        2025-06-02 09:00 |         | image_referral_received |     | band=urgent; case=M2
        as of 2025-09-01
        -> cannot_tell | case_ref=M1 | reason=image_referral_received does not say band | due=-
        -> cannot_tell | case_ref=M2 | due=-
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
