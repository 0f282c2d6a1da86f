"""Random small worlds of events, for laws that must hold of every one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from tests.made.timelines import Scene

from duecare.duty.facts import parts
from duecare.record.pole import CaseKey, EventRecord, OfficerRecord, PersonRecord, RecordKey, Tie
from duecare.rulebook.catalogue import duties
from duecare.vocabulary.kinds import EVENT_KINDS
from duecare.vocabulary.moments import When, london_day
from duecare.vocabulary.partial import read_partial_date

NAMED = sorted({kind for duty in duties() for kind in parts(duty)} | {"supervisor_allocated"})
UNNAMED = sorted(EVENT_KINDS - set(NAMED))
START = datetime(2017, 3, 20, tzinfo=UTC)
ROLES = ("child", "child", "victim", "detainee", "offender", "parent", "suspect")
BORN = ("2010-05-01", "2004-02-29", "1999", "1980-01-01", "")


@st.composite
def events(draw, kinds=NAMED, most=14):
    """Events of two sources, three cases and three people, over a year that holds both clock changes."""
    found = []
    for number in range(draw(st.integers(0, most))):
        moment = START + timedelta(seconds=draw(st.integers(0, 250 * 86400)))
        is_day = draw(st.integers(0, 9)) == 0
        when = When.on(london_day(moment)) if is_day else When.at(moment)
        source = draw(st.sampled_from(("s", "t")))
        case = draw(st.sampled_from((CaseKey(source, "1"), CaseKey(source, "2"), None)))
        people = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(ROLES)), max_size=2, unique=True))
        detail = {}
        for name, values in (
            ("s47", (True, False)),
            ("independent", (True, False)),
            ("every", ("P1M", "P14D", "soon")),
            ("ground", ("a", "b")),
            ("postponed_reason", ("interview",)),
        ):
            if draw(st.booleans()):
                detail[name] = draw(st.sampled_from(values))
        found.append(
            EventRecord(
                source,
                f"e{number}",
                draw(st.sampled_from(kinds)),
                when,
                when.latest + timedelta(minutes=draw(st.integers(0, 3000))),
                case=case,
                officer=draw(st.sampled_from(("X1", "x1", "X2", ""))),
                risk=draw(st.sampled_from(("", "red", "high", "low", "very_high"))),
                outcome=draw(st.sampled_from(("", "seen", "not_seen", "initial", "no_conference"))),
                detail=detail,
                ties=tuple(Tie(RecordKey("s", name), role) for name, role in people),
            )
        )
    return found


@st.composite
def scenes(draw, kinds=NAMED, most=14):
    """A whole scene: events, people of whom some birth dates are known, one absent officer."""
    made = Scene(events=draw(events(kinds, most)))
    for name in "ABC":
        born = draw(st.sampled_from(BORN))
        if born:
            record = RecordKey("s", name)
            made.persons[record] = PersonRecord(record, born=read_partial_date(born))
    away = START + timedelta(days=draw(st.integers(0, 100)))
    back = away + timedelta(days=draw(st.integers(0, 60)))
    made.officers.append(OfficerRecord("people", "X1", absent_from=away, absent_to=back, absent_from_text="away"))
    return made


moments = st.integers(0, 300 * 86400).map(lambda n: START + timedelta(seconds=n))
