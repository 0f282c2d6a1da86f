"""LOCAL-allocate-investigator (AL1, AL6): a named investigator is allocated, and whenever nobody is left, another."""

import pytest
from tests.made.timelines import check

DUTY = "LOCAL-allocate-investigator"

EXAMPLES = {
    "SC01: allocated after 17 days, met late by 16 days, and all three were to be told": """
        A: born 2004-06-01
        case M1: area=E1
        officer S1: supervisor=SUP1
        post P1: kind=detective_inspector; area=E1; holder=DI1
        post P2: kind=chief_officer_lead; holder=CO1
        happened         | written          | what                   | who     | with
        2016-03-01 09:00 | 2016-03-01 09:00 | crime_recorded         | A child | officer=S1
        2016-03-18 09:00 | 2016-03-18 09:00 | investigator_allocated |         | officer=X1
        as of 2016-03-02 09:00
        -> open | due=2016-03-02 09:00 | late=- | told=supervisor:SUP1@2016-03-02 09:00
        as of 2016-03-02 09:00:01
        -> overdue | late=0.0
        as of 2016-03-10 09:00
        -> overdue | late=192.0 | told~supervisor:SUP1@2016-03-02 09:00
        + told~detective_inspector:DI1@2016-03-03 09:00 | told~chief_officer_lead:CO1@2016-03-05 09:00
        as of 2016-04-01
        -> met_late | due=2016-03-02 09:00 | met=2016-03-18 09:00 | late=384.0 | evidence=started:e1 met:e2
        + adopted=True | recorded_late=True | ref=AL1 | authority=local
    """,
    "allocated in time, but written down late: met, and said to be recorded late": """
        A: born 2004-06-01
        happened         | written          | what                   | who     | with
        2016-03-01 09:00 |                  | concern_reported       | A child |
        2016-03-01 15:00 | 2016-03-05 09:00 | investigator_allocated |         | officer=X1
        as of 2016-04-01
        -> met | met=2016-03-01 15:00 | recorded_late=True | late=- | person=- | subject=- | case_ref=M1
    """,
    "an investigator already allocated when it starts meets it at the start": """
        A: born 2004-06-01
        happened         | written | what                   | who     | with
        2016-03-01 08:00 |         | investigator_allocated |         | officer=X1
        2016-03-01 09:00 |         | crime_recorded         | A child |
        as of 2016-04-01
        -> met | met=2016-03-01 09:00
    """,
    "it starts at the first of concern and crime, and only once": """
        A: born 2004-06-01
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | concern_reported       | A child |
        2016-03-01 11:00 |         | investigator_allocated |         | officer=X1
        2016-03-09 11:00 |         | concern_reported       | A child |
        as of 2016-04-01
        -> met | started=2016-03-01 09:00
    """,
    "where nobody in the case is under 18 the force allows 72 hours": """
        B: born 1980-01-01
        happened         | written | what           | who      | with
        2016-03-01 09:00 |         | crime_recorded | B victim |
        as of 2016-03-02 10:00
        -> open | due=2016-03-04 09:00
    """,
    "a victim of unknown age counts as a child": """
        happened         | written | what           | who      | with
        2016-03-01 09:00 |         | crime_recorded | B victim |
        as of 2016-03-02 10:00
        -> overdue | due=2016-03-02 09:00
    """,
    "a release that leaves nobody starts a new occurrence; one that leaves another does not": """
        A: born 2004-06-01
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        2016-03-02 10:00 |         | investigator_allocated |         | officer=X2
        2016-03-03 10:00 |         | investigator_released  |         | officer=x1
        2016-03-04 10:00 |         | investigator_released  |         | officer=X2
        2016-03-06 10:00 |         | investigator_allocated |         | officer=X3
        as of 2016-03-04 12:00
        -> met
        -> open | started=2016-03-04 10:00 | due=2016-03-05 10:00 | evidence=started:e5
        as of 2016-04-01
        -> met
        -> met_late | met=2016-03-06 10:00 | late=24.0
    """,
    "an absence leaves a vacancy after 48 hours, and the return fills it": """
        A: born 2004-06-01
        officer X1: absent_from=2016-03-05 09:00; absent_to=2016-03-20 09:00
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        as of 2016-03-07 08:59
        -> met
        as of 2016-03-09 09:00
        -> met
        -> overdue | started=2016-03-07 09:00 | due=2016-03-08 09:00
        + evidence=started:absence:X1:2016-03-05 09:00 | source=merlin | case_ref=M1
        as of 2016-04-01
        -> met
        -> met_late | met=2016-03-20 09:00
    """,
    "an officer allocated while absent discharges it only on return": """
        A: born 2004-06-01
        officer X1: absent_from=2016-02-20 09:00; absent_to=2016-03-20 09:00
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        as of 2016-03-10
        -> overdue
        as of 2016-04-01
        -> met_late | met=2016-03-20 09:00 | evidence=started:e1 met:e2
    """,
    "a case closed before the limit: not applicable; closed after it: stays overdue": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-01 20:00 |         | case_closed      |         |
        2016-03-01 09:00 |         | concern_reported | A child | case=M2
        2016-03-03 09:00 |         | case_closed      |         | case=M2
        as of 2016-04-01
        -> not_applicable | reason~closed | ended=2016-03-01 20:00 | late=-
        -> overdue | ended=2016-03-03 09:00 | late=24.0 | case_ref=M2
    """,
    "only the day of the allocation is known, and it is the day of the limit: cannot tell": """
        A: born 2004-06-01
        happened         | written          | what                   | who     | with
        2016-03-01 09:00 |                  | crime_recorded         | A child |
        2016-03-02       | 2016-03-02 18:00 | investigator_allocated |         | officer=X1
        as of 2016-04-01
        -> cannot_tell | reason~only the day of investigator allocated is known | due=2016-03-02 09:00 | late=-
    """,
    "only the day is known, but either end of it is late: met late": """
        A: born 2004-06-01
        happened         | written          | what                   | who     | with
        2016-03-01 09:00 |                  | crime_recorded         | A child |
        2016-03-18       | 2016-03-18 18:00 | investigator_allocated |         | officer=X1
        as of 2016-04-01
        -> met_late
    """,
    "before the standard was adopted it is only suggested, and nobody is told": """
        A: born 2004-06-01
        officer S1: supervisor=SUP1
        happened         | written | what             | who     | with
        2014-03-01 09:00 |         | concern_reported | A child | officer=S1
        as of 2014-03-10
        -> overdue | adopted=False | told=
    """,
    "no report, no finding": """
        happened         | written | what                   | who | with
        2016-03-01 10:00 |         | investigator_allocated |     | officer=X1
        as of 2016-04-01
        -> none
    """,
    "a vacant post is told nobody; the latest supervisor of the case comes before the officer's": """
        A: born 2004-06-01
        case M1: area=E1
        officer S1: supervisor=SUP1
        officer DI1: absent_from=2016-03-01 00:00
        post P1: kind=detective_inspector; area=E1; holder=DI1
        happened         | written | what                 | who     | with
        2016-03-01 09:00 |         | crime_recorded       | A child | officer=S1
        2016-03-01 10:00 |         | supervisor_allocated |         | officer=SUP2
        as of 2016-03-10
        -> overdue | told~supervisor:SUP2@2016-03-02 09:00 | told~detective_inspector:vacant@2016-03-03 09:00
        + told~chief_officer_lead:vacant@2016-03-05 09:00
    """,
    "nothing starts in a closed case: neither a release a second later nor an absence two months on": """
        A: born 2004-06-01
        officer X2: absent_from=2016-05-30 09:00
        happened            | written | what                   | who     | with
        2016-03-01 09:00    |         | crime_recorded         | A child |
        2016-03-01 10:00    |         | investigator_allocated |         | officer=X1
        2016-04-01 12:00    |         | case_closed            |         |
        2016-04-01 12:00:01 |         | investigator_released  |         | officer=X1
        2016-03-01 09:00    |         | crime_recorded         | A child | case=M2
        2016-03-01 10:00    |         | investigator_allocated |         | officer=X2; case=M2
        2016-04-01 12:00    |         | case_closed            |         | case=M2
        as of 2016-08-01
        -> met | case_ref=M1
        -> met | case_ref=M2
    """,
    "nor at the second of the closing, nor where only the case's own row says it was closed": """
        A: born 2004-06-01
        case M2: closed=2016-04-01 12:00
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        2016-04-01 12:00 |         | investigator_released  |         | officer=X1
        2016-04-01 12:00 |         | case_closed            |         |
        2016-03-01 09:00 |         | crime_recorded         | A child | case=M2
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1; case=M2
        2016-04-02 12:00 |         | investigator_released  |         | officer=X1; case=M2
        as of 2016-08-01
        -> met | case_ref=M1
        -> met | case_ref=M2
    """,
    "released after the closing, and the case reopened: the new occurrence starts at the release": """
        A: born 2004-06-01
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        2016-04-01 12:00 |         | case_closed            |         |
        2016-04-02 12:00 |         | investigator_released  |         | officer=X1
        2016-05-01 12:00 |         | case_reopened          |         |
        as of 2016-05-01 11:59
        -> met
        as of 2016-05-01 12:00
        -> met
        -> overdue | started=2016-04-02 12:00 | ended=-
    """,
    "closed and reopened before the limit: it runs on from its start, as if never closed": """
        A: born 2004-06-01
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-01 12:00 |         | case_closed      |         |
        2016-03-01 15:00 |         | case_reopened    |         |
        as of 2016-03-01 14:00
        -> not_applicable | ended=2016-03-01 12:00
        as of 2016-03-01 15:00
        -> open | due=2016-03-02 09:00 | ended=-
        as of 2016-03-04 09:00
        -> overdue | ended=- | late=48.0 | evidence=started:e1
    """,
    "reopened, then closed again: the last closing ends it, though only the case's own row says so": """
        A: born 2004-06-01
        case M1: closed=2016-03-05 09:00
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-03 09:00 |         | case_closed      |         |
        2016-03-04 09:00 |         | case_reopened    |         |
        as of 2016-03-03 10:00
        -> overdue | ended=2016-03-03 09:00 | late=24.0 | evidence=started:e1 ended:e2
        as of 2016-03-04 10:00
        -> overdue | ended=- | late=49.0
        as of 2016-04-01
        -> overdue | ended=2016-03-05 09:00 | late=72.0 | evidence=started:e1
    """,
    "a closing that only the case's own row tells is undone by a reopening likewise": """
        A: born 2004-06-01
        case M1: closed=2016-03-01 12:00
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-04 09:00 |         | case_reopened    |         |
        as of 2016-03-03
        -> not_applicable | ended=2016-03-01 12:00
        as of 2016-03-04 09:00
        -> overdue | ended=- | late=48.0
    """,
    "only the day of the closing is known, by an event or by the case's own row: cannot tell where the ends differ": """
        A: born 2004-06-01
        case M2: closed=2016-03-02
        case M3: closed=2016-03-05
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-02       |         | case_closed      |         |
        2016-03-01 09:00 |         | concern_reported | A child | case=M2
        2016-03-01 09:00 |         | concern_reported | A child | case=M3
        as of 2016-04-01
        -> cannot_tell | reason=only the day of case closed is known | case_ref=M1
        -> cannot_tell | reason=only the day of case closed is known | case_ref=M2
        -> overdue | case_ref=M3
    """,
    "an event and the case's own row of the same day are one closing, at the time of the event": """
        A: born 2004-06-01
        case M1: closed=2016-03-02
        happened         | written | what             | who     | with
        2016-03-01 09:00 |         | concern_reported | A child |
        2016-03-02 15:00 |         | case_closed      |         |
        as of 2016-04-01
        -> overdue | ended=2016-03-02 15:00 | evidence=started:e1 ended:e2
    """,
    "AL6: allocated to one known to lack the accreditation that the case needs: tried, not met, until one who has it": """
        A: born 2004-06-01
        case M1: kind=exploitation
        officer X1: accreditations=custody_officer
        officer X2: accreditations=child_abuse_investigator custody_officer
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | crime_recorded         | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        2016-03-05 09:00 |         | investigator_allocated |         | officer=X2
        as of 2016-03-03 09:00
        -> overdue | late=24.0 | evidence=started:e1 attempted:e2
        as of 2016-04-01
        -> met_late | met=2016-03-05 09:00 | evidence=started:e1 attempted:e2 met:e3
    """,
    "AL6: when the only accredited one is released the case is vacant, whoever else is allocated": """
        A: born 2004-06-01
        case M1: kind=child_concern
        officer X1: accreditations=custody_officer
        officer X2: accreditations=child_abuse_investigator
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | concern_reported       | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X2
        2016-03-02 10:00 |         | investigator_allocated |         | officer=X1
        2016-03-05 09:00 |         | investigator_released  |         | officer=X2
        as of 2016-03-05 12:00
        -> met
        -> open | started=2016-03-05 09:00 | due=2016-03-06 09:00
    """,
    "AL6: a case of another kind needs none; of an officer of whom no accreditation is known nothing is held": """
        A: born 2004-06-01
        case M1: kind=domestic_abuse
        case M2: kind=child_concern
        case M3: kind=offender
        officer X1: accreditations=custody_officer
        officer X2: supervisor=S1
        officer X3: accreditations=child_abuse_investigator
        happened         | written | what                   | who     | with
        2016-03-01 09:00 |         | concern_reported       | A child |
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X1
        2016-03-01 09:00 |         | concern_reported       | A child | case=M2
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X2; case=M2
        2016-03-01 09:00 |         | concern_reported       | A child | case=M3
        2016-03-01 10:00 |         | investigator_allocated |         | officer=X3; case=M3
        as of 2016-04-01
        -> met | case_ref=M1
        -> met | case_ref=M2
        -> overdue | case_ref=M3
    """,
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_worked_example(example):
    check(EXAMPLES[example], DUTY)
