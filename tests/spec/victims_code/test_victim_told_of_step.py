"""VCOP-victim-told-of-step (CP17): the victim hears of each step, a child within a working day."""

import pytest
from tests.made.timelines import check

DUTY = "VCOP-victim-told-of-step"

EXAMPLES = {
    # One working day: 22 April. Five: 22, 23, 24, 25, 28 April.
    "SC38: bailed on Maundy Thursday, the victim is 14: the Tuesday after Easter; an adult: the Monday after that": """
        A: born 2011-01-01
        B: born 1990-01-01
        happened            | written | what           | who       | with
        2025-04-01 10:00    |         | crime_recorded | A victim  |
        2025-04-17 10:00    |         | bailed         | Z suspect |
        2025-04-22 23:59:59 |         | victim_updated | A victim  |
        2025-04-01 10:00    |         | crime_recorded | B victim  | case=M2
        2025-04-17 10:00    |         | bailed         | Y suspect | case=M2
        2025-04-28 23:59:59 |         | victim_updated | B victim  | case=M2
        as of 2025-04-20
        -> open | due_on=2025-04-22 | case_ref=M1 | authority=statutory_guidance | adopted=-
        -> open | due_on=2025-04-28 | case_ref=M2
        as of 2025-05-01
        -> met
        -> met
    """,
    "told two days late: met late; not told: overdue": """
        A: born 2011-01-01
        happened         | written | what              | who       | with
        2025-06-02 10:00 |         | charged           | Z suspect |
        2025-06-02 10:00 |         | crime_recorded    | A victim  |
        2025-06-04 12:00 |         | victim_updated    | A victim  |
        2025-06-02 10:00 |         | no_further_action |           | case=M2
        2025-06-02 10:00 |         | crime_recorded    | A victim  | case=M2
        as of 2025-06-20
        -> met_late | due_on=2025-06-03 | late=12.0
        -> overdue | case_ref=M2 | due_on=2025-06-03
    """,
    "a second step before the victim hears of the first starts none; one after does": """
        A: born 2011-01-01
        happened         | written | what           | who       | with
        2025-06-02 09:00 |         | crime_recorded | A victim  |
        2025-06-02 10:00 |         | arrested       | Z suspect |
        2025-06-02 20:00 |         | bailed         | Z suspect |
        2025-06-03 10:00 |         | victim_updated | A victim  |
        2025-06-10 10:00 |         | charged        | Z suspect |
        as of 2025-06-11 12:00
        -> met | started=2025-06-02 10:00
        -> open | started=2025-06-10 10:00 | due_on=2025-06-11
    """,
    "told on the day of the step, at an hour not known: cannot tell whether it came after": """
        A: born 2011-01-01
        happened         | written | what           | who       | with
        2025-06-02 09:00 |         | crime_recorded | A victim  |
        2025-06-02 10:00 |         | arrested       | Z suspect |
        2025-06-02       |         | victim_updated | A victim  |
        as of 2025-06-20
        -> cannot_tell | reason~only the day of victim updated is known
    """,
    "a custody record is no case with a victim: the same arrest starts only in the case of the crime": """
        A: born 2011-01-01
        case M1: kind=crime
        case M2: kind=custody
        happened         | written | what           | who        | with
        2025-06-02 09:00 |         | crime_recorded | A victim   |
        2025-06-02 10:00 |         | arrested       | Z suspect  |
        2025-06-02 10:00 |         | arrested       | Z detainee | case=M2
        as of 2025-06-20
        -> overdue | case_ref=M1
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
