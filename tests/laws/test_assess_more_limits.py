"""Made-up duties that use each further word of the vocabulary, judged right by declaration alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.made.timelines import at, check, policy, scene

from duecare.duty import chain, pauses
from duecare.duty.allowance import (
    BeforeSchoolDay,
    ByTrigger,
    CalendarDays,
    FromDetail,
    Hours,
    LocalDays,
    LocalWorkingDays,
    Months,
    OfficeHours,
    UntilDetail,
    WorkingDays,
)
from duecare.duty.condition import (
    Accredited,
    AgedUnder,
    DetailGiven,
    DetailHas,
    DetailIs,
    DetailNumber,
    IfKnown,
    KindAmong,
    Not,
    OutcomeAmong,
    RiskAmong,
    SubjectSex,
)
from duecare.duty.declaration import (
    During,
    Duty,
    Fact,
    Pause,
    Recurs,
    Rule,
    Scope,
    Source,
    Span,
    Standing,
    Who,
)
from duecare.duty.explain import explain_finding
from duecare.duty.finding import Authority

SOURCE = Source("A text made up for this test", "no section", "https://example.org/", date(2026, 11, 25), False)


def made(name: str, **said) -> Duty:
    usual = {
        "says": "Something made up is done in time.",
        "authority": Authority.STATUTE,
        "source": SOURCE,
        "owed_by": "investigator",
        "scope": Scope.CHILD,
        "who": (Who("child"),),
    }
    return Duty(id=f"MADE-{name}", **{**usual, **said})


SCHOOL = made(
    "school",
    starts=((Fact("concern_reported"),),),
    rules=(Rule("MADE1", BeforeSchoolDay(510)),),
    met_by=(Fact("school_notified"),),
)
OFFICE = made(
    "office",
    starts=((Fact("mash_received"),),),
    rules=(
        Rule(
            "MADE2",
            ByTrigger((((RiskAmong(("red",)),), OfficeHours("red", 4, runs_on=True)),), OfficeHours("amber", 24)),
        ),
    ),
    met_by=(Fact("mash_decided"),),
)
CUSTODY = made(
    "custody",
    who=(Who("detainee"),),
    starts=((Fact("custody_arrived"),),),
    rules=(Rule("MADE3", FromDetail("relevant_time", Hours(24), less_minutes="earlier_minutes")),),
    met_by=(Fact("charged"), Fact("custody_left")),
    pause=Pause((Fact("hospital_admitted"),), (Fact("hospital_discharged"),)),
)
REVIEW = made(
    "review",
    starts=((Fact("missing_graded"),),),
    rules=(Rule("MADE4", UntilDetail("next_review_at", Hours(24))),),
    met_by=(Fact("missing_reviewed"),),
    ended_by=(Fact("missing_found"),),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=20,
)
SUPERVISE = made(
    "supervise",
    scope=Scope.CASE,
    who=(),
    starts=((Fact("concern_reported"),),),
    rules=(Rule("MADE5", Hours(24), later=(("MADE5b", CalendarDays(7)), ("MADE5c", CalendarDays(28)))),),
    met_by=(Fact("supervisor_reviewed"),),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=20,
)
CONTENT = made(
    "content",
    starts=((Fact("school_notified"),),),
    rules=(Rule("MADE6", Hours(0)),),
    met_by=(Fact("school_notified", (DetailHas("content", ("name", "reference")),)),),
    holds=True,
    ended_with_case=True,
)
REVIEWER = made(
    "reviewer",
    who=(Who("detainee"),),
    starts=((Fact("detention_reviewed"),),),
    rules=(Rule("MADE7", Hours(0)),),
    met_by=(Fact("detention_reviewed", (Not(OutcomeAmong(("sergeant",))),)),),
    holds=True,
    during=During((Fact("detention_authorised"),), (Fact("charged"),)),
)
BAIL = made(
    "bail",
    scope=Scope.PERSON,
    who=(Who("suspect"),),
    starts=((Fact("bailed"),),),
    rules=(
        Rule("MADE8", CalendarDays(28), in_force=Span(date(2017, 4, 3), date(2022, 10, 27))),
        Rule("MADE9", Months(3), in_force=Span(date(2022, 10, 28), None)),
    ),
    met_by=(Fact("bail_ended"), Fact("charged")),
    dated_by=(Fact("arrested"),),
)
WISHES = made(
    "wishes",
    scope=Scope.CASE,
    who=(),
    starts=((Fact("bailed"),),),
    rules=(Rule("MADE10", Hours(0)),),
    met_by=(Fact("victim_wishes"),),
    standing=Standing(),
)
LENGTH = made(
    "length",
    scope=Scope.PERSON,
    who=(Who("offender"),),
    starts=((Fact("offender_registered", (Not(DetailNumber("months", at_least=30)),)),),),
    rules=(
        Rule(
            "MADE11",
            ByTrigger(
                (
                    (
                        (OutcomeAmong(("caution",)), IfKnown(DetailIs("under_18", True), AgedUnder(18))),
                        Months(12, True),
                    ),
                    ((OutcomeAmong(("caution",)),), Months(24, True)),
                    ((KindAmong(("offender_registered",)), DetailGiven("review_on")), UntilDetail("review_on")),
                )
            ),
        ),
    ),
    met_by=(Fact("registration_ended"),),
)
WOMAN = made(
    "woman",
    who=(Who("detainee", under=18),),
    starts=((Fact("custody_arrived", (SubjectSex("F"),)),),),
    rules=(Rule("MADE12", Hours(1)),),
    met_by=(Fact("woman_assigned"),),
)
NEEDS = Accredited((("child_abuse_investigator", ("exploitation",)),))
ALLOCATED = made(
    "allocated",
    scope=Scope.CASE,
    who=(),
    starts=((Fact("crime_recorded"),),),
    rules=(Rule("MADE13", LocalDays("days", 2)),),
    met_by=(Fact("investigator_allocated", (NEEDS,)),),
    attempted_by=(Fact("investigator_allocated", (Not(NEEDS),)),),
    standing=Standing(by_officer=True),
    local=True,
)
AGAIN = made(
    "again",
    scope=Scope.PERSON,
    who=(Who("offender"),),
    starts=((Fact("risk_assessed"),),),
    rules=(Rule("MADE14", LocalWorkingDays("days", 5)),),
    met_by=(Fact("risk_assessed"),),
    recurs=Recurs.FROM_DISCHARGE,
    at_most=9,
)

EXAMPLES = {
    "before the next school day, over a weekend, in the morning of a school day, and over holidays": (
        SCHOOL,
        """
        A: born 2015-01-01
        happened         | written | what             | who     | with
        2025-11-21 20:00 |         | concern_reported | A child |
        2025-11-24 08:30 |         | school_notified  | A child |
        2025-11-25 07:00 |         | concern_reported | A child | case=M2
        2025-11-25 08:31 |         | school_notified  | A child | case=M2
        2025-12-18 09:00 |         | concern_reported | A child | case=M3
        as of 2025-12-18 10:00
        -> met | due=2025-11-24 08:30 | due_on=-
        -> met_late | due=2025-11-25 08:30 | late=0.02
        -> open | due=2026-01-05 08:30
        """,
    ),
    "office hours: red runs on past closing, amber does not": (
        OFFICE,
        """
        A: born 2015-01-01
        happened         | written | what          | who     | with
        2025-11-20 16:00 |         | mash_received | A child | risk=red
        2025-11-20 20:00 |         | mash_decided  | A child |
        2025-11-21 17:30 |         | mash_received | A child | risk=amber; case=M2
        2025-11-26 17:01 |         | mash_decided  | A child | case=M2
        2025-11-29 12:00 |         | mash_received | A child | risk=red; case=M3
        as of 2025-12-24 10:00
        -> met | due=2025-11-20 20:00
        -> met_late | due=2025-11-26 17:00
        -> overdue | due=2025-12-01 13:00
        """,
    ),
    "from the relevant time, less what was spent before, not counting hospital": (
        CUSTODY,
        """
        A: born 2010-01-01
        happened         | written | what                | who        | with
        2025-09-05 18:30 |         | custody_arrived     | A detainee | relevant_time=2025-09-05T18:10; earlier_minutes=60
        2025-09-06 01:00 |         | hospital_admitted   | A detainee |
        2025-09-06 05:30 |         | hospital_discharged | A detainee |
        as of 2025-09-06 03:00
        -> open | due=2025-09-06 19:10 | evidence=started:e1 paused:e2
        as of 2025-09-06 21:41
        -> overdue | due=2025-09-06 21:40 | evidence=started:e1 paused:e2
        """,
    ),
    "minutes that are no number, and a time that is none": (
        CUSTODY,
        """
        A: born 2010-01-01
        happened         | written | what            | who        | with
        2025-09-05 18:30 |         | custody_arrived | A detainee | earlier_minutes=an hour
        2025-09-07 18:30 |         | custody_left    | A detainee |
        2025-10-05 18:30 |         | custody_arrived | A detainee | relevant_time=about six; case=M2
        as of 2025-10-07 10:00
        -> cannot_tell | due=- | reason~earlier_minutes
        -> cannot_tell | due=- | reason~relevant_time
        """,
    ),
    "until the moment that each review names, else 24 hours": (
        REVIEW,
        """
        A: born 2010-01-01
        happened         | written | what             | who     | with
        2025-09-05 10:00 |         | missing_graded   | A child | next_review_at=2025-09-05T14:00
        2025-09-05 13:00 |         | missing_reviewed | A child | next_review_at=2025-09-05T18:00
        2025-09-05 19:00 |         | missing_reviewed | A child |
        2025-09-06 10:00 |         | missing_found    | A child |
        as of 2025-09-08 10:00
        -> met | due=2025-09-05 14:00
        -> met_late | due=2025-09-05 18:00 | late=1.0
        -> not_applicable | due=2025-09-06 19:00 | ended=2025-09-06 10:00
        """,
    ),
    "a day, then seven, then every 28, each from the last": (
        SUPERVISE,
        """
        happened         | written | what                | who | with
        2025-01-01 10:00 |         | concern_reported    |     |
        2025-01-02 09:00 |         | supervisor_reviewed |     |
        2025-01-08 09:00 |         | supervisor_reviewed |     |
        2025-02-10 09:00 |         | supervisor_reviewed |     |
        as of 2025-03-01
        -> met | ref=MADE5 | due=2025-01-02 10:00
        -> met | ref=MADE5b | due=2025-01-09 23:59:59
        -> met_late | ref=MADE5c | due=2025-02-05 23:59:59
        -> open | ref=MADE5c | due=2025-03-10 23:59:59
        """,
    ),
    "a rule of the fact itself: a later, better one does not mend it": (
        CONTENT,
        """
        A: born 2015-01-01
        happened         | written | what            | who     | with
        2025-01-01 10:00 |         | school_notified | A child |
        2025-01-01 11:00 |         | school_notified | A child | case=M2
        as of 2025-01-03
        -> overdue | due=2025-01-01 10:00 | evidence=started:e1
        -> overdue | due=2025-01-01 11:00 | evidence=started:e2
        """,
    ),
    "only while the state stands": (
        REVIEWER,
        """
        A: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-01-01 09:00 |         | detention_reviewed   | A detainee | outcome=sergeant
        2025-01-01 10:00 |         | detention_authorised | A detainee |
        2025-01-01 16:00 |         | detention_reviewed   | A detainee | outcome=sergeant; case=M2
        2025-01-01 17:00 |         | detention_reviewed   | A detainee | outcome=inspector; case=M3
        2025-01-01 18:00 |         | detention_reviewed   | A detainee | case=M4
        2025-01-01 20:00 |         | charged              | A detainee |
        2025-01-01 21:00 |         | detention_reviewed   | A detainee | outcome=sergeant; case=M5
        as of 2025-01-03
        -> overdue | started=2025-01-01 16:00
        -> met | started=2025-01-01 17:00
        -> cannot_tell | started=2025-01-01 18:00
        """,
    ),
    "the rule and the limit go by the day of the arrest": (
        BAIL,
        """
        happened         | written | what     | who       | with
        2022-10-27 10:00 |         | arrested | B suspect |
        2022-10-28 11:00 |         | bailed   | B suspect |
        2022-11-24 11:00 |         | charged  | B suspect |
        2023-01-31 10:00 |         | arrested | C suspect | case=M2
        2023-01-31 15:00 |         | bailed   | C suspect | case=M2
        2023-02-01 15:00 |         | bailed   | D suspect | case=M3
        as of 2023-02-02
        -> met | ref=MADE8 | due=2022-11-24 23:59:59 | evidence=started:e1 started:e2 met:e3
        -> open | ref=MADE9 | due=2023-04-30 23:59:59
        -> open | ref=MADE9 | due=2023-05-01 23:59:59 | evidence=started:e6
        """,
    ),
    "must have been before": (
        WISHES,
        """
        happened         | written | what          | who | with
        2025-01-01 09:00 |         | victim_wishes |     |
        2025-01-01 10:00 |         | bailed        |     |
        2025-01-01 10:00 |         | bailed        |     | case=M2
        2025-01-01 12:00 |         | victim_wishes |     | case=M2
        2025-01-01 10:00 |         | bailed        |     | case=M3
        as of 2025-01-03
        -> met | met=2025-01-01 10:00 | evidence=met:e1 started:e2
        -> met_late | met=2025-01-01 12:00 | late=2.0
        -> overdue
        """,
    ),
    "halved under 18; what nobody says cannot be told": (
        LENGTH,
        """
        A: born 2008-01-01
        B: born 1990-01-01
        happened         | written | what                | who        | with
        2024-05-01 10:00 |         | offender_registered | A offender | outcome=caution; months=0
        2024-05-01 10:00 |         | offender_registered | B offender | outcome=caution; months=0; case=M2
        2024-05-01 10:00 |         | offender_registered | C offender | outcome=caution; months=0; case=M3
        2024-05-01 10:00 |         | offender_registered | D offender | outcome=fine; months=3; case=M4; review_on=2024-06-01
        2024-05-01 10:00 |         | offender_registered | E offender | outcome=fine; months=3; case=M5
        2024-05-01 10:00 |         | offender_registered | F offender | outcome=fine; months=30; case=M6
        as of 2024-05-03
        -> open | due=2025-04-30 23:59:59 | due_on=2025-04-30
        -> open | due=2026-04-30 23:59:59
        -> cannot_tell | due=- | reason~the age
        -> open | due=2024-06-01 23:59:59 | due_on=2024-06-01
        -> cannot_tell | due=- | reason~sets a limit
        """,
    ),
    "by the subject's sex": (
        WOMAN,
        """
        A: born 2010-01-01 sex F
        B: born 2010-01-01 sex M
        C: born 2010-01-01
        happened         | written | what            | who        | with
        2025-01-01 10:00 |         | custody_arrived | A detainee |
        2025-01-01 10:00 |         | custody_arrived | B detainee | case=M2
        2025-01-01 10:00 |         | custody_arrived | C detainee | case=M3
        as of 2025-01-03
        -> overdue | subject=merlin:A
        -> cannot_tell | subject=merlin:C | reason~sex
        """,
    ),
    "an allocation to an officer known not to be accredited is tried, not done": (
        ALLOCATED,
        """
        case M1: kind=exploitation
        case M2: kind=exploitation
        case M3: kind=crime
        officer X: accreditations=custody_officer
        officer Y: accreditations=custody_officer child_abuse_investigator
        happened         | written | what                   | who | with
        2025-01-01 10:00 |         | crime_recorded         |     |
        2025-01-01 11:00 |         | investigator_allocated |     | officer=x
        2025-01-02 11:00 |         | investigator_allocated |     | officer=Y
        2025-01-01 10:00 |         | crime_recorded         |     | case=M2
        2025-01-01 11:00 |         | investigator_allocated |     | case=M2; officer=UNKNOWN
        2025-01-01 10:00 |         | crime_recorded         |     | case=M3
        2025-01-01 11:00 |         | investigator_allocated |     | case=M3; officer=X
        as of 2025-01-05
        -> met | met=2025-01-02 11:00 | evidence=started:e1 attempted:e2 met:e3 | adopted=False
        -> met | met=2025-01-01 11:00 | evidence=started:e4 met:e5
        -> met | met=2025-01-01 11:00 | evidence=started:e6 met:e7
        """,
    ),
    "what begins it does not discharge it, the next one does": (
        AGAIN,
        """
        happened         | written | what          | who        | with
        2025-04-17 10:00 |         | risk_assessed | A offender |
        2025-04-28 10:00 |         | risk_assessed | A offender |
        as of 2025-05-20
        -> met | due=2025-04-28 23:59:59 | evidence=started:e1 met:e2
        -> overdue | due=2025-05-06 23:59:59
        """,
    ),
}

TERMS = replace(policy(), school_holidays=((date(2025, 12, 18), date(2026, 1, 2)),))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_further_word_is_judged_as_declared(name, monkeypatch):
    duty, text = EXAMPLES[name]
    monkeypatch.setattr("tests.made.timelines.policy", lambda: TERMS)

    check(text, duty.id, (duty,))


def test_two_pauses_put_a_limit_off_by_both_and_one_begun_after_it_by_nothing():
    text = """
        A: born 2010-01-01
        happened         | written | what                | who        | with
        2025-09-05 10:00 |         | custody_arrived     | A detainee |
        2025-09-05 12:00 |         | hospital_admitted   | A detainee |
        2025-09-05 12:30 |         | hospital_admitted   | A detainee |
        2025-09-05 13:00 |         | hospital_discharged | A detainee |
        2025-09-06 10:30 |         | hospital_admitted   | A detainee |
        2025-09-06 11:30 |         | hospital_discharged | A detainee |
        2025-09-06 13:00 |         | hospital_admitted   | A detainee |
        2025-09-06 14:00 |         | hospital_discharged | A detainee |
        as of 2025-09-07
        -> overdue | due=2025-09-06 12:00 | evidence=started:e1 paused:e2 paused:e5
    """

    check(text, CUSTODY.id, (CUSTODY,))


def test_every_word_is_explained():
    for duty, text in EXAMPLES.values():
        woven, expected = scene(text)
        for as_of, _ in expected:
            for finding in woven.findings(as_of, (duty,), TERMS):
                told = explain_finding(finding, duty)
                assert any("not yet been verified" in step for step in told)


@pytest.mark.parametrize(
    ("name", "module", "attribute", "defect"),
    [
        ("only while the state stands", chain, "_while_it_stands", lambda reading: reading),
        ("from the relevant time", pauses, "extended_due", None),
        ("the rule and the limit go by", chain.OccurrenceChain, "_dated", lambda self, start: None),
    ],
)
def test_a_word_left_unheard_is_found(name, module, attribute, defect, monkeypatch):
    if module is pauses:
        monkeypatch.setattr("duecare.duty.limit.extended_due", lambda due_at, found: (due_at, []))
    else:
        monkeypatch.setattr(module, attribute, defect)
    duty, text = next(example for key, example in EXAMPLES.items() if key.startswith(name))

    with pytest.raises(AssertionError):
        check(text, duty.id, (duty,))


def test_a_working_day_limit_says_which_days_it_left_out():
    easter = replace(AGAIN, rules=(Rule("MADE14", WorkingDays(5)),))
    woven, _ = scene("2025-04-17 10:00 | | risk_assessed | A offender |")
    (finding,) = woven.findings(at("2025-04-18"), (easter,))

    said = " ".join(explain_finding(finding, easter))

    assert "Counted: 5 working days after Thursday 17 April 2025" in said
    assert "the bank holiday on Friday 18 April 2025" in said
    assert "the bank holiday on Monday 21 April 2025" in said
    assert timedelta(0) < finding.due_at - finding.started_at
