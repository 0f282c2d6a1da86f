"""Made-up duties of every shape, and made-up facts for them: close together, tied, late, and of unknown hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from tests.made.timelines import Scene

from duecare.duty.allowance import (
    BeforeSchoolDay,
    ByAgeInCase,
    ByLatestPlan,
    ByLatestRisk,
    ByTrigger,
    ByTriggerRisk,
    CalendarDays,
    FromDetail,
    Hours,
    LocalHours,
    Months,
    MonthsFromNextDay,
    OfficeHours,
    Period,
    SchoolDays,
    UntilDetail,
    WorkingDays,
)
from duecare.duty.condition import AgedUnder, DetailAmong, DetailGiven, DetailIs, Not, OutcomeAmong, RiskAmong
from duecare.duty.declaration import (
    Away,
    During,
    Duty,
    Episode,
    Fact,
    Pause,
    Recurs,
    Rule,
    Rung,
    Scope,
    Source,
    Span,
    Standing,
    Superseded,
    Unsure,
    Who,
)
from duecare.duty.finding import Authority
from duecare.record.pole import (
    CaseKey,
    CaseRecord,
    EventRecord,
    InvolvementRow,
    OfficerRecord,
    PersonRecord,
    PostRecord,
    RecordKey,
)
from duecare.vocabulary.london_clock import london_day, when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date

SOURCE = Source("A text made up for these tests", "no section", "https://example.org/", date(2026, 11, 25))
START = datetime(2017, 3, 23, tzinfo=UTC)
KINDS = ("begun", "done", "left", "back", "set", "stopped", "tried", "shut")
CHANGE = date(2017, 3, 27)
CLOSED = ((date(2017, 4, 3), date(2017, 4, 17)),)
A_FEW_HOURS = st.sampled_from((0.5, 1, 6, 24, 48, 100)).map(Hours)

fixed = st.one_of(
    A_FEW_HOURS,
    A_FEW_HOURS,
    st.sampled_from((1, 2, 5)).flatmap(lambda n: st.sampled_from((CalendarDays(n), CalendarDays(n, True)))),
    st.sampled_from((1, 2, 5)).map(WorkingDays),
    st.sampled_from((Months(1), Months(1, True), MonthsFromNextDay(1), Period(0, 3), LocalHours("own", 12))),
    st.sampled_from((SchoolDays(2, CLOSED), BeforeSchoolDay(510, CLOSED))),
    st.sampled_from((4, 11, 24)).flatmap(
        lambda n: st.sampled_from((OfficeHours("own", n), OfficeHours("own", n, runs_on=True, opens=8.5, closes=16)))
    ),
)
conditions = st.sampled_from(
    (
        (),
        (),
        (),
        (DetailIs("agreed", True),),
        (OutcomeAmong(("seen",)),),
        (Not(DetailIs("agreed", True)),),
        (RiskAmong(("high", "")),),
        (AgedUnder(16),),
    )
)


@st.composite
def plains(draw):
    """A limit that is fixed, or worked out by a moment that the trigger names."""
    match draw(st.integers(0, 5)):
        case 0:
            return FromDetail("when", draw(fixed), draw(st.sampled_from(("", "spent"))))
        case 1:
            return UntilDetail("when", draw(st.one_of(st.none(), fixed)))
        case _:
            return draw(fixed)


@st.composite
def allowances(draw):
    """A limit of any sort."""
    match draw(st.integers(0, 9)):
        case 0:
            return ByTriggerRisk((("high", draw(fixed)), ("low", draw(fixed))), draw(fixed))
        case 1:
            return ByAgeInCase(("child", "victim"), 18, draw(fixed), draw(fixed))
        case 2:
            return ByLatestRisk("set", (("high", draw(fixed)), ("low", draw(fixed))))
        case 3:
            return ByLatestPlan("set", "every")
        case 4:
            rows = [
                (where, draw(plains()))
                for where in draw(
                    st.lists(
                        st.sampled_from(
                            (
                                (RiskAmong(("high",)),),
                                (DetailAmong("band", ("a",)),),
                                (AgedUnder(16), DetailGiven("when")),
                            )
                        ),
                        max_size=2,
                    )
                )
            ]
            return ByTrigger(tuple(rows), draw(st.one_of(st.none(), plains())))
        case _:
            return draw(plains())


@st.composite
def facts(draw, least=0, most=2):
    """Some facts of few kinds, some under conditions."""
    chosen = draw(st.lists(st.sampled_from(KINDS), min_size=least, max_size=most, unique=True))
    return tuple(Fact(kind, draw(conditions)) for kind in chosen)


@st.composite
def rules(draw):
    """One rule, or two by date, the earlier of which may give way."""
    later = tuple((f"LATER{n}", draw(allowances())) for n in range(draw(st.integers(0, 2))))
    first = Rule("FIRST", draw(allowances()), later=later)
    if draw(st.integers(0, 2)):
        return (first,)
    gives_way = Superseded(Fact(draw(st.sampled_from(KINDS))), CHANGE) if draw(st.booleans()) else None
    second = Rule("SECOND", draw(allowances()), Span(CHANGE, draw(st.sampled_from((None, date(2017, 4, 2))))))
    ended = Rule("FIRST", first.allows, Span(None, date(2017, 3, 26)), later, gives_way)
    return (ended, second) if draw(st.booleans()) else (second, ended)


def sometimes(strategy, often=3):
    """None, but one time in so many."""
    return st.one_of(*[st.none()] * (often - 1), strategy)


@st.composite
def declarations(draw, number=0):
    """A duty of any shape."""
    scope = draw(st.sampled_from((Scope.CASE, Scope.CHILD)))
    starts = [draw(facts(1, 2))]
    if draw(st.integers(0, 3)) == 0:
        starts.append(draw(facts(1, 1)))
    lies = draw(st.sampled_from(("case", "case", "within", "after", "away")))
    opened, closed = draw(st.sampled_from(KINDS)), draw(st.sampled_from(KINDS))
    standing = draw(
        sometimes(
            st.builds(Standing, ended_by=facts(0, 1), by_officer=st.booleans(), restarts=st.booleans()),
        )
    )
    return Duty(
        id=f"MADE-{number}",
        says="Something is done.",
        authority=Authority.STATUTORY_GUIDANCE,
        source=SOURCE,
        owed_by="investigator",
        scope=scope,
        who=()
        if scope is Scope.CASE
        else (Who("child", under=18, unsure=draw(st.sampled_from(Unsure))), Who("victim")),
        starts=tuple(starts),
        rules=draw(rules()),
        met_by=draw(facts(1, 2)),
        once=draw(st.integers(0, 5)) == 0,
        standing=standing,
        excused_by=draw(facts(0, 1)),
        ended_by=draw(facts(0, 1)),
        ended_with_case=draw(st.booleans()),
        attempted_by=draw(facts(0, 1)),
        episode=Episode((opened,), (closed,), lies == "after") if lies in {"within", "after"} else None,
        away=Away((Fact("left"),), (Fact("back"),)) if lies == "away" else None,
        recurs=draw(sometimes(st.sampled_from(Recurs), 2)),
        at_most=draw(st.sampled_from((1, 3, 6))),
        late_excused_by_detail=draw(sometimes(st.just(("every", "late for a reason")))),
        holds=draw(st.integers(0, 9)) == 0,
        during=draw(sometimes(st.builds(During, facts(1, 1), facts(0, 1)), 6)),
        dated_by=draw(st.one_of(st.just(()), st.just(()), st.just(()), facts(0, 1))),
        pause=draw(sometimes(st.builds(Pause, facts(1, 1), facts(0, 1)), 4)),
        ladder=draw(st.sampled_from(((), (Rung("supervisor"), Rung("detective_inspector", 5))))),
    )


moments = st.integers(2 * 24, 24 * 24).map(lambda n: START + timedelta(hours=n))


@st.composite
def dense_scenes(draw, most=10):
    """Few cases and people, many facts at the same few moments."""
    made = Scene()
    for number in range(draw(st.integers(1, most))):
        moment = START + timedelta(hours=draw(st.integers(0, 60)) * 6)
        when = when_on_day(london_day(moment)) if draw(st.integers(0, 11)) == 0 else When.at(moment)
        source = draw(st.sampled_from(("s", "s", "t")))
        ties = tuple(
            InvolvementRow(RecordKey("s", name), draw(st.sampled_from(("child", "victim", "parent"))))
            for name in draw(st.sampled_from((("A",), ("A",), ("A",), ("B",), ("A", "B"), ())))
        )
        detail = {name: draw(st.sampled_from(said)) for name, said in DETAILS.items() if draw(st.integers(0, 2))}
        made.events.append(
            EventRecord(
                source,
                f"e{number:02}",
                draw(st.sampled_from((*KINDS, "case_closed", "case_reopened"))),
                when,
                when.latest + timedelta(minutes=draw(st.sampled_from((-60, 0, 0, 5, 3000)))),
                case=draw(st.sampled_from((CaseKey(source, "1"), CaseKey(source, "1"), CaseKey(source, "2"), None))),
                officer=draw(st.sampled_from(("X1", "x1", "X2", ""))),
                risk=draw(st.sampled_from(("", "High ", "low", "none"))),
                outcome=draw(st.sampled_from(("seen", "not seen", ""))),
                detail=detail,
                ties=ties,
            )
        )
    _surroundings(draw, made)
    return made


DETAILS = {
    "agreed": (True, False, "yes", "perhaps"),
    "every": ("P2D", "PT30H", "P1M", "soon", ""),
    "when": ("2017-03-29T10:00:00+01:00", "2017-03-26", "2017-04-02 09:00", "later", ""),
    "spent": ("90", 30, "long", ""),
    "band": ("a", "b"),
}


def _surroundings(draw, made: Scene) -> None:
    for name in "AB":
        born = draw(st.sampled_from(("2010-05-01", "2001-04-02", "2001", "1980", "")))
        if born:
            record = RecordKey("s", name)
            made.persons[record] = PersonRecord(record, born=read_partial_date(born))
    for key in sorted({event.case for event in made.events if event.case}):
        if draw(st.booleans()):
            closed = START + timedelta(hours=draw(st.integers(0, 60)) * 6)
            when = draw(st.sampled_from((None, When.at(closed), when_on_day(london_day(closed)))))
            made.cases[key] = CaseRecord(
                key, draw(st.sampled_from(("child_concern", "offender"))), "north", closed_at=when
            )
    for number in range(draw(st.integers(0, 3))):
        away = START + timedelta(hours=draw(st.integers(0, 40)) * 6)
        back = draw(st.sampled_from((None, away + timedelta(hours=draw(st.integers(1, 40)) * 6))))
        made.officers.append(
            OfficerRecord(
                "people",
                draw(st.sampled_from(("X1", "X2"))),
                supervisor="S1",
                absent_from=away,
                absent_to=back,
                absent_from_text=f"away{number}",
            )
        )
    made.posts.append(PostRecord("people", "P1", "detective_inspector", "", "D1"))
