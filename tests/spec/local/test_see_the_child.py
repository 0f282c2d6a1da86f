"""LOCAL-see-the-child (AL2): the child is seen or spoken to, the sooner the graver the risk."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-see-the-child"

EXAMPLES = {
    "SC04: first spoken to after eleven days": """
        A: born 2004-06-01
        officer S1: supervisor=SUP1
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child | officer=S1
        2016-02-12 10:00 |         | child_contacted  | A child |
        as of 2016-02-05 10:00
        -> overdue | due=2016-02-02 10:00 | late=72.0 | told=supervisor:SUP1@2016-02-02 10:00
        as of 2016-03-01
        -> met_late | met=2016-02-12 10:00 | late=240.0 | subject=merlin:A | ref=AL2
    """,
    "red allows one hour, green and blue three days": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child | risk=Red
        2016-02-01 10:00 |         | concern_reported | A child | risk=green; case=M2
        2016-02-01 10:00 |         | concern_reported | A child | risk=blue; case=M3
        2016-02-01 10:00 |         | concern_reported | A child | risk=amber; case=M4
        2016-02-01 11:00 |         | child_seen       | A child | source=cad; case=-
        as of 2016-03-01
        -> met | due=2016-02-01 11:00
        -> met | due=2016-02-04 10:00
        -> met | due=2016-02-04 10:00
        -> met | due=2016-02-02 10:00
    """,
    "a concern in a case that was closed before is owed all the same": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-01-01 10:00 |         | case_closed      |         |
        2016-02-01 10:00 |         | concern_reported | A child |
        as of 2016-03-01
        -> overdue | due=2016-02-02 10:00 | met=-
    """,
    "a child seen before the report does not count": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-02-01 09:59 |         | child_seen       | A child |
        2016-02-01 10:00 |         | concern_reported | A child |
        as of 2016-02-01 12:00
        -> open | met=-
    """,
    "a victim under 18 counts, a grown victim does not, one of unknown age does": """
        A: born 2004-06-01
        B: born 1980
        happened         | written | what           | who                          | with
        2016-02-01 10:00 |         | crime_recorded | A victim, B victim, C victim |
        as of 2016-02-01 12:00
        -> open | subject=merlin:A
        -> open | subject=merlin:C
    """,
    "where a concern was reported, the crime of the same case starts nothing": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-02-01 08:00 |         | crime_recorded   | A child |
        2016-02-01 10:00 |         | concern_reported | A child |
        2016-02-01 12:00 |         | crime_recorded   | A child | case=M2
        as of 2016-02-01 12:30
        -> open | started=2016-02-01 10:00 | case_ref=M1
        -> open | started=2016-02-01 12:00 | case_ref=M2
    """,
    "a second report while the first runs starts nothing; after it is met it does": """
        A: born 2004-06-01
        happened         | written | what                 | who     | with
        2016-02-01 10:00 |         | concern_reported     | A child |
        2016-02-01 11:00 |         | concern_reported     | A child |
        2016-02-01 11:30 |         | child_seen_attempted | A child |
        2016-02-01 12:00 |         | child_seen           | A child |
        2016-02-05 12:00 |         | concern_reported     | A child |
        as of 2016-02-05 13:00
        -> met | evidence=started:e1 attempted:e3 met:e4
        -> open | started=2016-02-05 12:00
    """,
    "two records of one child in two systems are one child": """
        A: born 2004-06-01
        same P: A cad:7
        happened         | written | what             | who         | with
        2016-02-01 10:00 |         | concern_reported | A child     |
        2016-02-01 12:00 |         | child_seen       | cad:7 child | source=cad; case=C9
        as of 2016-03-01
        -> met | person=P | subject=merlin:A
    """,
    "an event that names nobody counts for the only child of its case": """
        A: born 2004-06-01
        happened         | written | what             | who             | with
        2016-02-01 10:00 |         | concern_reported | A child, S suspect |
        2016-02-01 12:00 |         | child_seen       |                 |
        as of 2016-03-01
        -> met
    """,
    "with two children it is not known which was seen": """
        A: born 2004-06-01
        B: born 2006-06-01
        happened         | written | what             | who              | with
        2016-02-01 10:00 |         | concern_reported | A child, B child |
        2016-02-01 12:00 |         | child_seen       |                  |
        as of 2016-03-01
        -> cannot_tell | reason~names nobody | subject=merlin:A
        -> cannot_tell | reason~names nobody | subject=merlin:B
    """,
    "a report that names nobody, in a case of two children: cannot tell for each": """
        A: born 2004-06-01
        B: born 2006-06-01
        happened         | written | what                 | who              | with
        2016-02-01 10:00 |         | concern_reported     |                  |
        2016-02-01 12:00 |         | child_seen_attempted | A child, B child |
        as of 2016-03-01
        -> cannot_tell | subject=merlin:A
        -> cannot_tell | subject=merlin:B
    """,
    "case closed before the child was seen and before the limit: not applicable": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child |
        2016-02-01 12:00 |         | case_closed      |         |
        as of 2016-03-01
        -> not_applicable | reason~closed
    """,
    "the case's own row says it was closed, after the limit": """
        A: born 2004-06-01
        case M1: closed=2016-02-03 10:00
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child |
        as of 2016-03-01
        -> overdue | ended=2016-02-03 10:00 | late=24.0
    """,
    "reopened before the limit, the closing is undone and the child is still to be seen": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child |
        2016-02-01 12:00 |         | case_closed      |         |
        2016-02-01 14:00 |         | case_reopened    |         |
        as of 2016-02-01 13:00
        -> not_applicable | reason~closed
        as of 2016-02-01 15:00
        -> open | due=2016-02-02 10:00 | ended=-
        as of 2016-03-01
        -> overdue | ended=-
    """,
    "only the day is known on which the case's own row says it was closed, and it is the last: cannot tell": """
        A: born 2004-06-01
        case M1: closed=2016-02-02
        happened         | written | what             | who     | with
        2016-02-01 10:00 |         | concern_reported | A child |
        as of 2016-03-01
        -> cannot_tell | reason~only the day of case closed
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
