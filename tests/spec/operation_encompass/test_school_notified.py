"""VPA2024-encompass-school-notified (CP10): the school knows before the next school day begins."""

import pytest
from tests.made.timelines import check

DUTY = "VPA2024-encompass-school-notified"

EXAMPLES = {
    "a Friday evening: until Monday, 08:30, though the child was not there": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-06-06 21:00 |         | concern_reported | A child | concern=domestic_abuse
        2025-06-09 08:30 |         | school_notified  | A child |
        as of 2025-06-09 08:00
        -> open | due=2025-06-09 08:30 | authority=statute | adopted=- | owed_by=mash_lead
        as of 2025-06-10
        -> met
    """,
    "in the small hours of a school day: that same morning; an hour late": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-06-05 02:00 |         | concern_reported | A child | concern=domestic_abuse
        2025-06-05 09:30 |         | school_notified  | A child |
        as of 2025-06-06
        -> met_late | due=2025-06-05 08:30 | late=1.0
    """,
    # The sample policy closes schools from Saturday 20 December 2025 to Sunday 4 January 2026.
    "on the first day of the holidays that the policy names: until the first morning after them": """
        A: born 2015-06-01
        happened         | written | what             | who     | with
        2025-12-20 10:00 |         | concern_reported | A child | concern=domestic_abuse
        as of 2025-12-30
        -> open | due=2026-01-05 08:30
        as of 2026-01-05 09:30
        -> overdue | late=1.0
    """,
    "another concern starts nothing; a concern not said: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what             | who     | with
        2025-06-06 21:00 |         | concern_reported | A child | concern=neglect
        2025-06-06 21:00 |         | concern_reported | B child | case=M2
        as of 2025-06-10
        -> cannot_tell | subject=merlin:B | reason=concern reported does not say concern
    """,
    "a child too young for reception starts nothing, nor does one of 18; a school told in another way knows": """
        A: born 2023-06-01
        B: born 2007-06-06
        C: born 2012-06-01
        happened         | written | what             | who     | with
        2025-06-06 21:00 |         | concern_reported | A child | concern=domestic_abuse
        2025-06-06 21:00 |         | concern_reported | B child | concern=domestic_abuse; case=M2
        2025-06-06 21:00 |         | concern_reported | C child | concern=domestic_abuse; case=M3
        2025-06-09 08:00 |         | told             | C child | outcome=school; case=M3
        as of 2025-06-10
        -> met | subject=merlin:C
    """,
    "before the Act was passed nothing was owed": """
        A: born 2012-06-01
        happened         | written | what             | who     | with
        2024-05-23 21:00 |         | concern_reported | A child | concern=domestic_abuse
        2024-05-24 21:00 |         | concern_reported | A child | concern=domestic_abuse; case=M2
        as of 2024-06-10
        -> overdue | case_ref=M2 | due=2024-05-28 08:30
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
