"""WT-serious-incident-5-working-days (CP7): the panel is notified within five working days."""

import pytest
from tests.made.timelines import check

DUTY = "WT-serious-incident-5-working-days"

EXAMPLES = {
    # 22, 23, 24, 25 and 28 April: Good Friday, two weekends and Easter Monday are left out.
    "known on Maundy Thursday: five working days end on the Monday after the week of Easter": """
        A: born 2015-06-01
        happened            | written | what               | who     | with
        2025-04-17 10:00    |         | serious_harm_known | A child |
        2025-04-28 23:59:59 |         | panel_notified     | A child |
        as of 2025-04-28 12:00
        -> open | due_on=2025-04-28 | owed_by=local_authority
        as of 2025-05-01
        -> met
    """,
    "notified the day after: met late; not at all: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what               | who      | with
        2025-04-17 10:00 |         | serious_harm_known | A child  |
        2025-04-29 12:00 |         | panel_notified     | A child  |
        2025-04-17 10:00 |         | serious_harm_known | B victim | case=M2
        as of 2025-05-01
        -> met_late | late=12.0 | subject=merlin:A
        -> overdue | subject=merlin:B
    """,
    "told to the panel counts; told to somebody, not said whom: cannot tell": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what               | who     | with
        2025-06-02 10:00 |         | serious_harm_known | A child |
        2025-06-03 10:00 |         | told               | A child | outcome=panel
        2025-06-02 10:00 |         | serious_harm_known | B child | case=M2
        2025-06-03 10:00 |         | told               | B child | case=M2
        as of 2025-07-01
        -> met
        -> cannot_tell | reason=told does not say its outcome
    """,
    "of an adult victim nothing is owed": """
        A: born 1995-06-01
        happened         | written | what               | who      | with
        2025-06-02 10:00 |         | serious_harm_known | A victim |
        as of 2025-07-01
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
