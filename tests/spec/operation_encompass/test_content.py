"""HO2025-encompass-content (CP11): what the school is told is complete."""

import pytest
from tests.made.timelines import check

DUTY = "HO2025-encompass-content"

EXAMPLES = {
    "everything is there: met": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-11-06 08:00 |         | school_notified | A child | content={"name": true, "date_of_birth": true, "reference": "NM1", "happened": "2025-11-05", "place": true, "present": false, "voice": true, "others_present": "none", "circumstances": true}
        as of 2025-11-07
        -> met | due=2025-11-06 08:00 | authority=statutory_guidance | adopted=-
    """,  # noqa: E501
    "what the child said is left out: overdue at once, until a complete one": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-11-06 08:00 |         | school_notified | A child | content={"name": true, "date_of_birth": true, "reference": "NM1", "happened": "2025-11-05", "place": true, "present": false, "others_present": "none", "circumstances": true}
        2025-11-06 10:00 |         | school_notified | A child | content={"name": true, "date_of_birth": true, "reference": "NM1", "happened": "2025-11-05", "place": true, "present": false, "voice": true, "others_present": "none", "circumstances": true}
        as of 2025-11-06 09:00
        -> overdue | late=1.0
        as of 2025-11-07
        -> overdue | ended=2025-11-06 10:00
        -> met
    """,  # noqa: E501
    "what was in it is not said: cannot tell": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-11-06 08:00 |         | school_notified | A child |
        as of 2025-11-07
        -> cannot_tell | reason=school notified does not say content
    """,
    "before the guidance nothing was said of it": """
        A: born 2015-06-01
        happened         | written | what            | who     | with
        2025-10-31 08:00 |         | school_notified | A child |
        as of 2025-11-07
        -> none
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
