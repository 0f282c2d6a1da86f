"""A duty that nobody foresaw, made up as a declaration alone, is judged right by the same judge."""

from datetime import date

import pytest
from tests.made.timelines import check

from duecare.duty.allowance import CalendarDays, Hours, Months, WorkingDays
from duecare.duty.condition import DetailAmong, DetailIs
from duecare.duty.declaration import Duty, Fact, Recurs, Rule, Scope, Source, Span, Who
from duecare.duty.finding import Authority

SOURCE = Source("A text made up for this test", "no section", "https://example.org/", date(2026, 11, 25))

MEDICAL = Duty(
    id="MADE-medical",
    says="A medical examination is offered within 48 hours of knowing of serious harm.",
    authority=Authority.LOCAL,
    source=SOURCE,
    owed_by="investigator",
    scope=Scope.CHILD,
    who=(Who("child", under=18),),
    starts=((Fact("serious_harm_known"),),),
    rules=(Rule("MADE1", Hours(48)),),
    met_by=(Fact("medical_offered", (DetailIs("accepted", True),)),),
    excused_by=(Fact("child_declined"),),
)
PANEL = Duty(
    id="MADE-panel",
    says="The panel is notified within five working days of knowing of serious harm.",
    authority=Authority.STATUTORY_GUIDANCE,
    source=SOURCE,
    owed_by="local_authority",
    scope=Scope.CASE,
    starts=((Fact("serious_harm_known", (DetailAmong("by", ("police", "school")),)),),),
    rules=(Rule("MADE2", WorkingDays(5)),),
    met_by=(Fact("panel_notified"),),
)
REASSESS = Duty(
    id="MADE-reassess",
    says="A managed offender is assessed again every year, and every six months since 2020.",
    authority=Authority.PROFESSIONAL_GUIDANCE,
    source=SOURCE,
    owed_by="offender_manager",
    scope=Scope.PERSON,
    who=(Who("offender"),),
    starts=((Fact("offender_registered"),),),
    rules=(
        Rule("MADE3", Months(12), in_force=Span(None, date(2019, 12, 31))),
        Rule("MADE4", Months(6), in_force=Span(date(2020, 1, 1), None)),
    ),
    met_by=(Fact("risk_assessed"),),
    ended_by=(Fact("registration_ended"),),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=50,
)
COMMENT = Duty(
    id="MADE-comment",
    says="A victim is updated within 56 days beginning with the charge.",
    authority=Authority.STATUTE,
    source=SOURCE,
    owed_by="investigator",
    scope=Scope.CHILD,
    who=(Who("victim"),),
    starts=((Fact("charged"),),),
    rules=(Rule("MADE5", CalendarDays(56, beginning_with=True)),),
    met_by=(Fact("victim_updated"),),
)
DUTIES = (MEDICAL, PANEL, REASSESS, COMMENT)

EXAMPLES = {
    "elapsed hours of a child: met, met late, excused, overdue": (
        MEDICAL,
        """
        A: born 2010-01-01
        happened         | written | what               | who     | with
        2025-10-25 10:00 |         | serious_harm_known | A child |
        2025-10-27 09:00 |         | medical_offered    | A child | accepted=true
        2025-11-01 10:00 |         | serious_harm_known | A child | case=M2
        2025-11-03 11:00 |         | medical_offered    | A child | case=M2; accepted=true
        2025-12-01 10:00 |         | serious_harm_known | A child | case=M3
        2025-12-02 10:00 |         | child_declined     | A child | case=M3
        2026-01-01 10:00 |         | serious_harm_known | A child | case=M4
        as of 2026-02-01
        -> met | due=2025-10-27 09:00
        -> met_late | late=1.0
        -> excused
        -> overdue | adopted=- | ref=MADE1
        """,
    ),
    "elapsed hours of a child: cannot tell for want of a detail, or of an hour": (
        MEDICAL,
        """
        A: born 2010-01-01
        happened         | written | what               | who     | with
        2025-11-01 10:00 |         | serious_harm_known | A child |
        2025-11-02 10:00 |         | medical_offered    | A child |
        2025-11-20 10:00 |         | serious_harm_known | A child | case=M2
        2025-11-22       |         | medical_offered    | A child | case=M2; accepted=true
        as of 2025-12-01
        -> cannot_tell | reason~accepted
        -> cannot_tell | reason~only the day
        """,
    ),
    "working days of a case: met on the last day, met late, cannot tell": (
        PANEL,
        """
        happened         | written | what               | who | with
        2025-04-17 10:00 |         | serious_harm_known |     | by=police
        2025-04-28 23:00 |         | panel_notified     |     |
        2025-04-17 10:00 |         | serious_harm_known |     | by=school; case=M2
        2025-04-29 01:00 |         | panel_notified     |     | case=M2
        2025-04-17 10:00 |         | serious_harm_known |     | case=M3
        2025-04-17 10:00 |         | serious_harm_known |     | by=hospital; case=M4
        as of 2025-06-01
        -> met | due_on=2025-04-28
        -> met_late
        -> cannot_tell | case_ref=M3 | reason~by
        """,
    ),
    "recurring for a person, under two rules by date": (
        REASSESS,
        """
        happened         | written | what                | who        | with
        2018-03-31 10:00 |         | offender_registered | R offender |
        2019-03-31 10:00 |         | risk_assessed       | R offender | risk=low
        2020-05-01 10:00 |         | risk_assessed       | R offender | risk=low
        as of 2020-11-02 00:00:00
        -> met | ref=MADE3 | due_on=2019-03-31
        -> met_late | ref=MADE3 | due_on=2020-03-31
        -> overdue | ref=MADE4 | due_on=2020-11-01
        """,
    ),
    "recurring for a person: cannot tell on the edge": (
        REASSESS,
        """
        happened         | written | what                | who        | with
        2018-03-31       |         | offender_registered | R offender |
        2019-03-31       |         | registration_ended  | R offender |
        2019-03-31 12:00 |         | risk_assessed       | R offender |
        as of 2019-05-01
        -> cannot_tell
        -> cannot_tell
        """,
    ),
    "days beginning with the day itself": (
        COMMENT,
        """
        happened         | written | what           | who      | with
        2019-03-28 10:00 |         | charged        | A victim |
        2019-05-22 23:59 |         | victim_updated | A victim |
        as of 2019-06-01
        -> met | due_on=2019-05-22
        """,
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_made_up_duty_is_judged(example):
    duty, text = EXAMPLES[example]

    check(text, duty.id, DUTIES)
