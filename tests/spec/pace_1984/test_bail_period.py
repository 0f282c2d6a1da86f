"""PACE-s47ZB-bail-period (AL8): bail before charge is extended or ended in time; the day of arrest decides."""

import pytest
from tests.made.timelines import check

DUTY = "PACE-s47ZB-bail-period"

EXAMPLES = {
    "arrested on 27 October 2022: 28 days, though bailed later": """
        happened         | written | what     | who       | with
        2022-10-27 10:00 |         | arrested | S suspect |
        2022-11-02 10:00 |         | bailed   | S suspect |
        as of 2022-11-24 23:59:59
        -> open | ref=AL8 | due_on=2022-11-24 | evidence=started:e1 started:e2
        as of 2022-11-25 00:00:00
        -> overdue
    """,
    "arrested a day later: three months": """
        happened         | written | what     | who       | with
        2022-10-28 10:00 |         | arrested | S suspect |
        2022-10-28 20:00 |         | bailed   | S suspect |
        as of 2022-11-24
        -> open | due_on=2023-01-28
    """,
    "arrested before 3 April 2017: no limit in the Act": """
        happened         | written | what     | who       | with
        2017-04-02 10:00 |         | arrested | S suspect |
        2017-04-03 10:00 |         | bailed   | S suspect |
        as of 2018-01-01
        -> none
    """,
    "under the rules of 2017: 28 days, three months by a superintendent, then by a court": """
        happened         | written | what          | who       | with
        2022-10-27 10:00 |         | arrested      | S suspect |
        2022-10-27 20:00 |         | bailed        | S suspect |
        2022-11-20 10:00 |         | bail_extended | S suspect |
        2023-01-20 10:00 |         | bail_extended | S suspect | until=2023-04-27
        as of 2023-02-01
        -> met | due_on=2022-11-24
        -> met | due_on=2023-01-27
        -> open | due_on=2023-04-27
    """,
    "since then: three months, six, nine, all from the arrest; then the day that a court sets": """
        happened         | written | what          | who       | with
        2025-03-03 10:00 |         | arrested      | S suspect |
        2025-03-03 20:00 |         | bailed        | S suspect |
        2025-06-01 10:00 |         | bail_extended | S suspect |
        2025-09-01 10:00 |         | bail_extended | S suspect |
        2025-12-01 10:00 |         | bail_extended | S suspect |
        as of 2025-12-02
        -> met | due_on=2025-06-03
        -> met | due_on=2025-09-03
        -> met | due_on=2025-12-03
        -> cannot_tell | reason~until | due=-
    """,
    "the months begin with the day after the arrest: arrested on the last of February, bail runs out with May": """
        happened         | written | what          | who       | with
        2025-02-28 10:00 |         | arrested      | S suspect |
        2025-02-28 20:00 |         | bailed        | S suspect |
        2025-05-30 10:00 |         | bail_extended | S suspect |
        as of 2025-05-31
        -> met | due_on=2025-05-31
        -> open | due_on=2025-08-31
    """,
    "arrested on the last of a month of 30 days: three months end with a day that the arrest's month has not": """
        happened         | written | what     | who       | with
        2025-04-30 10:00 |         | arrested | S suspect |
        2025-04-30 20:00 |         | bailed   | S suspect |
        as of 2025-07-31 23:59:59
        -> open | due_on=2025-07-31
        as of 2025-08-01 00:00:00
        -> overdue
    """,
    "it lapsed, and was extended a day later: met late": """
        happened         | written | what          | who       | with
        2025-03-03 10:00 |         | arrested      | S suspect |
        2025-03-03 20:00 |         | bailed        | S suspect |
        2025-06-05 00:00 |         | bail_extended | S suspect |
        as of 2025-07-01
        -> met_late | late=24.0
        -> open | due_on=2025-09-03
    """,
    "it lapsed, and he was charged only then: overdue, with its end": """
        happened         | written | what     | who       | with
        2025-03-03 10:00 |         | arrested | S suspect |
        2025-03-03 20:00 |         | bailed   | S suspect |
        2025-06-05 00:00 |         | charged  | S suspect |
        as of 2025-07-01
        -> overdue | ended=2025-06-05 00:00 | late=24.0
    """,
    "charged, or released under investigation, within it: not applicable": """
        happened         | written | what     | who       | with
        2025-03-03 10:00 |         | arrested | S suspect |
        2025-03-03 20:00 |         | bailed   | S suspect |
        2025-04-03 20:00 |         | charged  | S suspect |
        as of 2025-07-01
        -> not_applicable | ended=2025-04-03 20:00 | reason~charged
    """,
    "bail after charge is another matter": """
        happened         | written | what     | who       | with
        2025-03-03 10:00 |         | arrested | S suspect |
        2025-03-03 20:00 |         | charged  | S suspect |
        2025-03-03 20:10 |         | bailed   | S suspect |
        as of 2025-07-01
        -> none
    """,
    "arrested on a day not known to be before the change: cannot tell": """
        happened         | written | what          | who       | with
        2022-10-28       |         | arrested      | S suspect |
        2022-10-28 20:00 |         | bailed        | S suspect |
        2023-01-28       |         | bail_extended | S suspect |
        2023-01-28 18:00 |         | bail_ended    | S suspect |
        as of 2023-03-01
        -> cannot_tell | reason~only the day
        -> cannot_tell
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
