"""HOCR-record-crime (CP16): a report of a crime is recorded as one, or why not, within a day."""

import pytest
from tests.made.timelines import check

DUTY = "HOCR-record-crime"

EXAMPLES = {
    "recorded in another system at the last second": """
        A: born 2015-06-01
        happened         | written | what             | who      | with
        2025-06-02 10:00 |         | concern_reported | A child  | crime=yes
        2025-06-03 10:00 |         | crime_recorded   | A victim | source=cris; case=C1
        as of 2025-06-02 12:00
        -> open | due=2025-06-03 10:00 | adopted=False
        as of 2025-06-05
        -> met | case_ref=M1
    """,
    "recorded late: met late; why it is none was recorded in time: met; nothing: overdue": """
        A: born 2015-06-01
        B: born 2013-06-01
        C: born 2011-06-01
        happened         | written | what               | who     | with
        2025-06-02 10:00 |         | concern_reported   | A child | crime=yes
        2025-06-04 10:00 |         | crime_recorded     | A child |
        2025-06-02 10:00 |         | concern_reported   | B child | crime=yes; case=M2
        2025-06-02 18:00 |         | crime_not_recorded | B child | case=M2
        2025-06-02 10:00 |         | concern_reported   | C child | crime=yes; case=M3
        as of 2025-06-05 10:00
        -> met_late | late=24.0
        -> met
        -> overdue | late=48.0
    """,
    "whether it is a crime was put down as unknown: cannot tell; said to be none, or nothing said: nothing starts": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what             | who     | with
        2025-06-02 10:00 |         | concern_reported | A child | crime=unknown
        2025-06-02 10:00 |         | concern_reported | B child | crime=no; case=M2
        2025-06-02 10:00 |         | concern_reported | B child | case=M3
        as of 2025-06-05
        -> cannot_tell | subject=merlin:A | reason=concern reported does not say crime
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
