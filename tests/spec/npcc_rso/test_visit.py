"""NPCC-rso-visit (RO7, RO8): visits by the risk assessed until June 2017, by the plan since; only a visit seen counts."""

import pytest
from tests.made.timelines import check

DUTY = "NPCC-rso-visit"

EXAMPLES = {
    "SC17: monthly from the last day of January clamps to the last of February": """
        happened         | written | what                | who        | with
        2024-12-31 10:00 |         | offender_registered | R offender |
        2024-12-31 10:00 |         | visit_plan_set      | R offender | every=P1M
        2025-01-31 15:00 |         | visit               | R offender | outcome=seen
        as of 2025-02-28 23:59:59
        -> met | due_on=2025-01-31
        -> open | due=2025-02-28 23:59:59 | ref=RO8 | evidence=started:e3
        as of 2025-03-01
        -> met
        -> overdue
    """.replace("as of 2025-03-01\n", "as of 2025-03-01 00:00:00\n"),
    "SC20: the rule in force at the start is kept: 2016 by the table of risk": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        2016-01-10 10:00 |         | risk_assessed       | R offender | risk=very_high
        2016-02-05 10:00 |         | visit               | R offender | outcome=seen
        2016-03-10 10:00 |         | visit               | R offender | outcome=seen
        as of 2016-04-01
        -> met | ref=RO7 | due_on=2016-02-10
        -> met_late | ref=RO7 | due_on=2016-03-05
        -> open | due_on=2016-04-10
    """,
    "high every three months, medium six, low twelve": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        2016-01-10 10:00 |         | risk_assessed       | R offender | risk=high
        2016-01-10 10:00 |         | offender_registered | S offender | case=M2
        2016-01-10 10:00 |         | risk_assessed       | S offender | risk=medium; case=M2
        2016-01-10 10:00 |         | offender_registered | T offender | case=M3
        2016-01-10 10:00 |         | risk_assessed       | T offender | risk=low; case=M3
        as of 2016-02-01
        -> open | due_on=2016-04-10
        -> open | due_on=2016-07-10
        -> open | due_on=2017-01-10
    """,
    "a visit at which he was not seen is an attempt, and never resets the clock": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        2016-01-10 10:00 |         | risk_assessed       | R offender | risk=very_high
        2016-02-05 10:00 |         | visit               | R offender | outcome=not_seen
        2016-02-09 10:00 |         | visit               | R offender | outcome=not_seen
        as of 2016-02-11 23:59:59
        -> overdue | late=24.0 | evidence=started:e1 attempted:e3 attempted:e4
    """,
    "a visit that does not say whether he was seen: cannot tell": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        2016-01-10 10:00 |         | risk_assessed       | R offender | risk=very_high
        2016-02-05 10:00 |         | visit               | R offender |
        as of 2016-02-08
        -> cannot_tell | reason~outcome
        -> cannot_tell | started=2016-02-05 10:00
    """,
    "a new risk starts again from the same start, never earlier than itself": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        2016-01-10 10:00 |         | risk_assessed       | R offender | risk=low
        2016-05-20 10:00 |         | risk_assessed       | R offender | risk=very_high
        as of 2016-05-20 09:00
        -> open | due_on=2017-01-10
        as of 2016-05-20 12:00
        -> open | due_on=2016-05-20 | started=2016-01-10 10:00
        as of 2016-05-21 00:00:00
        -> overdue
    """,
    "without a risk assessed the limit of 2016 is not known": """
        happened         | written | what                | who        | with
        2016-01-10 10:00 |         | offender_registered | R offender |
        as of 2016-05-20 09:00
        -> cannot_tell | due=- | reason~risk | ref=RO7
    """,
    "the first plan after the change supersedes, worked out from the last visit seen, never earlier than the plan": """
        happened         | written | what                | who        | with
        2017-01-10 10:00 |         | offender_registered | R offender |
        2017-01-10 10:00 |         | risk_assessed       | R offender | risk=medium
        2017-03-01 10:00 |         | visit               | R offender | outcome=seen
        2017-07-20 10:00 |         | visit_plan_set      | R offender | every=P3M
        as of 2017-07-20 12:00
        -> met | ref=RO7
        -> not_applicable | ref=RO7 | reason~superseded | ended=2017-07-20 10:00
        -> open | ref=RO8 | started=2017-07-20 10:00 | due_on=2017-07-20 | evidence=started:e4
    """,
    "a visit already past due when the plan is made stays overdue": """
        happened         | written | what                | who        | with
        2017-01-10 10:00 |         | offender_registered | R offender |
        2017-01-10 10:00 |         | risk_assessed       | R offender | risk=very_high
        2017-07-20 10:00 |         | visit_plan_set      | R offender | every=P1Y
        as of 2017-08-01
        -> overdue | ref=RO7 | due_on=2017-02-10 | ended=2017-07-20 10:00
        -> open | ref=RO8 | due_on=2018-07-20
    """,
    "begun under the old rule and without a plan, the old rule is kept; the next is without a limit": """
        happened         | written | what                | who        | with
        2017-06-01 10:00 |         | offender_registered | R offender |
        2017-06-01 10:00 |         | risk_assessed       | R offender | risk=high
        2017-08-01 10:00 |         | visit               | R offender | outcome=seen
        2017-10-01 10:00 |         | visit_plan_set      | R offender | every=P6M
        as of 2017-09-01
        -> met | ref=RO7
        -> cannot_tell | ref=RO8 | due=- | reason~plan
        as of 2017-11-01
        -> met
        -> open | due_on=2018-02-01
    """,
    "prison ends it, release starts it again": """
        happened         | written | what                 | who        | with
        2018-01-01 10:00 |         | offender_registered  | R offender |
        2018-01-01 10:00 |         | visit_plan_set       | R offender | every=P1M
        2018-01-20 10:00 |         | imprisoned           | R offender |
        2018-09-01 10:00 |         | released_from_prison | R offender |
        as of 2018-09-10
        -> not_applicable | ended=2018-01-20 10:00
        -> open | started=2018-09-01 10:00 | due_on=2018-10-01 | evidence=started:e4
    """,
    "registration that ended ends it, and a later release starts nothing": """
        happened         | written | what                 | who        | with
        2018-01-01 10:00 |         | offender_registered  | R offender |
        2018-01-01 10:00 |         | visit_plan_set       | R offender | every=P1M
        2018-03-20 10:00 |         | registration_ended   | R offender |
        2018-09-01 10:00 |         | released_from_prison | R offender |
        as of 2018-09-10
        -> overdue | ended=2018-03-20 10:00
    """,
    "a plan whose interval cannot be read: cannot tell": """
        happened         | written | what                | who        | with
        2018-01-01 10:00 |         | offender_registered | R offender |
        2018-01-01 10:00 |         | visit_plan_set      | R offender | every=monthly
        as of 2018-09-10
        -> cannot_tell | reason~ISO 8601
    """,
    "the last day is a day: 23:59:59 is met, the next second late": """
        happened            | written | what                | who        | with
        2018-01-01 10:00    |         | offender_registered | R offender |
        2018-01-01 10:00    |         | visit_plan_set      | R offender | every=P2W
        2018-01-15 23:59:59 |         | visit               | R offender | outcome=seen
        2018-01-30 00:00:00 |         | visit               | R offender | outcome=seen
        as of 2018-01-31
        -> met | due_on=2018-01-15
        -> met_late | due_on=2018-01-29
        -> open
    """,
    "registered in another case while one runs: each has its own, one visit meets both, and starts one next": """
        happened         | written | what                | who        | with
        2018-01-01 10:00 |         | offender_registered | R offender |
        2018-01-01 10:00 |         | visit_plan_set      | R offender | every=P1M
        2018-01-10 10:00 |         | offender_registered | R offender | case=M2
        2018-01-11 10:00 |         | offender_registered | R offender | case=M2
        2018-02-05 10:00 |         | visit               | R offender | outcome=seen
        as of 2018-02-06
        -> met_late | started=2018-01-01 10:00 | due_on=2018-02-01 | case_ref=M1 | evidence=started:e1 met:e5
        -> met | started=2018-01-10 10:00 | due_on=2018-02-10 | case_ref=M2 | evidence=started:e3 met:e5
        -> open | started=2018-02-05 10:00 | evidence=started:e5
    """,
    "one release starts again what prison ended in two cases, once; a registration again in either starts none": """
        happened         | written | what                 | who        | with
        2018-01-01 10:00 |         | offender_registered  | R offender |
        2018-01-01 10:00 |         | visit_plan_set       | R offender | every=P1M
        2018-01-10 10:00 |         | offender_registered  | R offender | case=M2
        2018-01-20 10:00 |         | imprisoned           | R offender | case=-; source=custody
        2018-09-01 10:00 |         | released_from_prison | R offender | case=-; source=custody
        2018-09-02 10:00 |         | offender_registered  | R offender | case=M2
        as of 2018-09-10
        -> not_applicable | ended=2018-01-20 10:00 | case_ref=M1
        -> not_applicable | ended=2018-01-20 10:00 | case_ref=M2
        -> open | started=2018-09-01 10:00 | due_on=2018-10-01 | evidence=started:e5
    """,
    "a release of one who was not away starts nothing": """
        happened         | written | what                 | who        | with
        2018-01-01 10:00 |         | offender_registered  | R offender |
        2018-01-01 10:00 |         | visit_plan_set       | R offender | every=P1M
        2018-01-20 10:00 |         | released_from_prison | R offender | case=-; source=custody
        as of 2018-01-25
        -> open | started=2018-01-01 10:00
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
