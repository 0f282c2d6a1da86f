"""APP-missing-prevention-interview (MI5): the police see a child who has come back."""

import pytest
from tests.made.timelines import check

DUTY = "APP-missing-prevention-interview"

EXAMPLES = {
    "seen at the last second of a day": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-12-19 10:00 |         | missing_reported          | A child |
        2025-12-19 16:00 |         | missing_returned          | A child |
        2025-12-20 16:00 |         | prevention_interview_held | A child |
        as of 2025-12-20 12:00
        -> open | due=2025-12-20 16:00 | adopted=False
        as of 2025-12-21
        -> met
    """,
    "seen two hours late: met late; not seen: overdue; a return interview is another matter": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what                      | who     | with
        2025-12-19 16:00 |         | missing_returned          | A child |
        2025-12-20 18:00 |         | prevention_interview_held | A child |
        2025-12-19 16:00 |         | missing_found             | B child | case=M2
        2025-12-19 18:00 |         | return_interview_held     | B child | independent=true; case=M2
        as of 2025-12-22
        -> met_late | late=2.0 | told=
        -> overdue | case_ref=M2
    """,
    "the age is not known, or only the day: cannot tell": """
        A: born 2015-06-01
        happened         | written | what                      | who     | with
        2025-12-19 16:00 |         | missing_returned          | A child |
        2025-12-20       |         | prevention_interview_held | A child |
        2025-12-19 16:00 |         | missing_returned          | B child | case=M2
        as of 2025-12-22
        -> cannot_tell | subject=merlin:A | reason~only the day
        -> cannot_tell | subject=merlin:B | reason=the age is not known
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
