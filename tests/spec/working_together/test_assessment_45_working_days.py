"""WT-assessment-45-working-days (CP5): a social-work assessment within 45 working days of the referral."""

import pytest
from tests.made.timelines import check

DUTY = "WT-assessment-45-working-days"

EXAMPLES = {
    # Left out: 9 weekends (5 April to 1 June and 7-8 June is the tenth), Good Friday 18 April, Easter Monday 21 April, 5 and 26
    # May. April has 20 working days after the 1st less 2 = 19 (2 to 30 April: 21 weekdays less 2); May 22 less 2 = 20; so 39 by
    # 30 May, and the sixth of June's is Monday the 9th: 2, 3, 4, 5, 6, 9.
    "45 working days from Tuesday 1 April 2025; the last second of the last day is in time": """
        A: born 2015-06-01
        happened            | written | what                 | who     | with
        2025-04-01 10:00    |         | referral_received    | A child |
        2025-06-09 23:59:59 |         | assessment_completed | A child |
        as of 2025-06-09 12:00
        -> open | due_on=2025-06-09 | due=2025-06-09 23:59:59 | owed_by=local_authority
        as of 2025-07-01
        -> met
    """,
    "completed the day after: met late": """
        A: born 2015-06-01
        happened         | written | what                 | who     | with
        2025-04-01 10:00 |         | referral_received    | A child |
        2025-06-10 10:00 |         | assessment_completed | A child |
        as of 2025-07-01
        -> met_late | late=10.0
    """,
    "not completed: overdue": """
        A: born 2015-06-01
        happened         | written | what              | who     | with
        2025-04-01 10:00 |         | referral_received | A child |
        as of 2025-06-10 12:00
        -> overdue | late=12.0
        as of 2025-06-11 12:00
        -> overdue | late=36.0
    """,
    "the authority decides to take no further action: excused; a decision to assess excuses nothing": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what              | who     | with
        2025-04-01 10:00 |         | referral_received | A child |
        2025-04-02 10:00 |         | referral_decided  | A child | outcome=no_further_action
        2025-04-01 10:00 |         | referral_received | B child | case=M2
        2025-04-02 10:00 |         | referral_decided  | B child | case=M2; outcome=assessment
        as of 2025-07-01
        -> excused | reason=excused by referral decided | subject=merlin:A
        -> overdue | subject=merlin:B
    """,
    "what was decided is not said, and no assessment is known: cannot tell": """
        A: born 2015-06-01
        happened         | written | what              | who     | with
        2025-04-01 10:00 |         | referral_received | A child |
        2025-04-02 10:00 |         | referral_decided  | A child |
        as of 2025-07-01
        -> cannot_tell | reason=referral decided does not say its outcome
    """,
    "a referral that itself says nothing more was done starts nothing; one that says the contrary does": """
        A: born 2015-06-01
        B: born 2013-06-01
        happened         | written | what              | who     | with
        2025-04-01 10:00 |         | referral_received | A child | no_further_action=true
        2025-04-01 10:00 |         | referral_received | B child | no_further_action=false; case=M2
        as of 2025-07-01
        -> overdue | subject=merlin:B
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
