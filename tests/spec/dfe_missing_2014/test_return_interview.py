"""DFE2014-return-interview (MI4): an independent interview within 72 hours of every return."""

import pytest
from tests.made.timelines import check

DUTY = "DFE2014-return-interview"

EXAMPLES = {
    "SC33: returned on a Friday, due on the Monday; the weekend counts": """
        A: born 2011-06-01
        post P1: kind=missing_coordinator; holder=MC1
        happened         | written | what                  | who     | with
        2025-12-19 10:00 |         | missing_reported      | A child |
        2025-12-19 16:00 |         | missing_returned      | A child |
        2025-12-22 16:00 |         | return_interview_held | A child | independent=true
        as of 2025-12-21
        -> open | due=2025-12-22 16:00 | owed_by=local_authority
        as of 2026-01-01
        -> met | met=2025-12-22 16:00 | told=
    """,
    "held a day late, and the coordinator was to be told": """
        A: born 2011-06-01
        post P1: kind=missing_coordinator; holder=MC1
        happened         | written | what                  | who     | with
        2025-12-19 16:00 |         | missing_returned      | A child |
        2025-12-23 16:00 |         | return_interview_held | A child | independent=true
        as of 2026-01-01
        -> met_late | late=24.0 | told=missing_coordinator:MC1@2025-12-22 16:00
    """,
    "an interview that was not independent does not count; one that does not say: cannot tell": """
        A: born 2011-06-01
        B: born 2011-06-01
        happened         | written | what                  | who     | with
        2025-12-19 16:00 |         | missing_returned      | A child |
        2025-12-19 16:00 |         | missing_returned      | B child | case=M2
        2025-12-20 16:00 |         | return_interview_held | A child | independent=false
        2025-12-20 16:00 |         | return_interview_held | B child | case=M2
        as of 2026-01-01
        -> overdue
        -> cannot_tell | reason~independent | met=-
    """,
    "declined is excused": """
        A: born 2011-06-01
        happened         | written | what                      | who     | with
        2025-12-19 16:00 |         | missing_returned          | A child |
        2025-12-20 16:00 |         | return_interview_declined | A child |
        as of 2026-01-01
        -> excused | reason~declined
    """,
    "without a return, being found is the return; with one, it is not": """
        A: born 2011-06-01
        happened         | written | what             | who     | with
        2025-12-01 10:00 |         | missing_reported | A child |
        2025-12-01 16:00 |         | missing_found    | A child |
        2025-12-19 10:00 |         | missing_reported | A child |
        2025-12-19 15:00 |         | missing_found    | A child |
        2025-12-19 16:00 |         | missing_returned | A child |
        as of 2025-12-20
        -> overdue | started=2025-12-01 16:00
        -> open | started=2025-12-19 16:00
    """,
    "an interview belongs to the latest return before it": """
        A: born 2011-06-01
        happened         | written | what                  | who     | with
        2025-12-01 10:00 |         | missing_reported      | A child |
        2025-12-01 16:00 |         | missing_returned      | A child |
        2025-12-10 10:00 |         | missing_reported      | A child | case=M2
        2025-12-10 16:00 |         | missing_returned      | A child | case=M2
        2025-12-11 16:00 |         | return_interview_held | A child | case=M2; independent=true
        as of 2026-01-01
        -> overdue
        -> met
    """,
    "of a person of 18 nothing is owed; where the age is not known: cannot tell": """
        A: born 2007-12-19
        happened         | written | what             | who     | with
        2025-12-19 16:00 |         | missing_returned | A child |
        2025-12-19 16:00 |         | missing_returned | B child | case=M2
        as of 2026-01-01
        -> cannot_tell | subject=merlin:B | reason~age
    """,
    "the interview of the day of the limit, its hour unknown: cannot tell": """
        A: born 2011-06-01
        happened         | written | what                  | who     | with
        2025-12-19 16:00 |         | missing_returned      | A child |
        2025-12-22       |         | return_interview_held | A child | independent=true
        as of 2026-01-01
        -> cannot_tell | reason~only the day
    """,
    "a return in another case starts its own, and one interview after both meets both": """
        A: born 2011-06-01
        happened         | written | what                  | who     | with
        2025-12-01 10:00 |         | missing_reported      | A child |
        2025-12-01 16:00 |         | missing_returned      | A child |
        2025-12-01 17:00 |         | missing_returned      | A child | case=M2
        2025-12-01 18:00 |         | missing_returned      | A child | case=M2
        2025-12-02 16:00 |         | return_interview_held | A child | independent=true
        as of 2026-01-01
        -> met | started=2025-12-01 16:00 | case_ref=M1 | evidence=started:e2 met:e5
        -> met | started=2025-12-01 17:00 | case_ref=M2 | evidence=started:e3 met:e5
    """,
    "the same return from two systems, one without a case: each has its own, and one interview meets both": """
        A: born 2011-06-01
        happened         | written | what                  | who     | with
        2025-12-01 16:00 |         | missing_returned      | A child |
        2025-12-01 16:00 |         | missing_returned      | A child | case=-; source=cad
        2025-12-02 16:00 |         | return_interview_held | A child | independent=true
        as of 2026-01-01
        -> met | source=cad | case_ref=-
        -> met | source=merlin | case_ref=M1
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
