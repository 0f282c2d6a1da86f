"""The one fold from facts to timelines."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made.timelines import at

from duecare.record.pole import CaseKey, CaseRecord, EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.timeline.weave import given_birth, weave_case, weave_person
from duecare.vocabulary.ages import is_under_age
from duecare.vocabulary.london_clock import when_on_day
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import PartialDate, read_partial_date
from duecare.vocabulary.unknown import Unknown

A, B = RecordKey("s", "A"), RecordKey("t", "B")
CASE = CaseKey("s", "1")


def event(event_id, happened, written="2020-01-09", source="s"):
    return EventRecord(
        source, event_id, "child_seen", When.at(at(happened)), at(written), CASE, ties=(InvolvementRow(A, "child"),)
    )


def test_events_stand_by_happened_written_source_and_id_each_once():
    events = [
        event("2", "2020-01-01 10:00"),
        event("1", "2020-01-01 10:00"),
        event("1", "2020-01-01 10:00", source="r"),
        event("9", "2020-01-01 10:00", written="2020-01-08"),
        event("0", "2020-01-02 10:00"),
    ]
    wanted = [("s", "9"), ("r", "1"), ("s", "1"), ("s", "2"), ("s", "0")]

    for shuffled in permutations(events):
        timeline = weave_case(CASE, None, [*shuffled, shuffled[0]], {}, {})

        assert [(e.source, e.event_id) for e in timeline.events] == wanted


def test_a_tied_record_that_never_arrived_is_a_person_of_its_own():
    timeline = weave_case(CASE, None, [event("1", "2020-01-01 10:00")], {}, {})

    assert timeline.whose == {A: "s:A"}
    assert timeline.born == {}


def test_a_persons_records_are_theirs_even_where_no_link_names_them():
    persons = {
        A: PersonRecord(A, born=read_partial_date("2010")),
        B: PersonRecord(B, born=read_partial_date("2010-05")),
    }

    timeline = weave_person("P", persons.values(), [event("1", "2020-01-01 10:00")], {}, persons, {})

    assert timeline.records == {A, B}
    assert timeline.whose == {A: "P", B: "P"}
    assert timeline.born == {"P": read_partial_date("2010-05")}


def test_an_unborn_child_is_born_when_it_is_due():
    persons = {A: PersonRecord(A, due_on=date(2021, 3, 1))}

    timeline = weave_case(CASE, None, [event("1", "2020-01-01 10:00")], persons, {A: "P"})

    assert timeline.born == {"P": PartialDate(date(2021, 3, 1), date(2021, 3, 1))}


@pytest.mark.parametrize(
    ("given", "born"),
    [
        (["2010-05-01"], "2010-05-01"),
        (["2010", "2010-05-01"], "2010-05-01"),
        (["2010", "2010-05"], "2010-05"),
    ],
)
def test_dates_that_agree_leave_what_they_share(given, born):
    assert given_birth([read_partial_date(text) for text in given]) == read_partial_date(born)


def test_dates_that_conflict_leave_every_day_between():
    born = given_birth([read_partial_date("2010-05-01"), read_partial_date("2012-06-01")])

    assert born == PartialDate(date(2010, 5, 1), date(2012, 6, 1))
    assert is_under_age(born, 18, date(2015, 1, 1)) is True
    assert is_under_age(born, 18, date(2029, 1, 1)) is None


def test_no_date_is_unknown_with_a_reason():
    assert given_birth([]) == Unknown("no date of birth given")


def person(key, **said):
    return PersonRecord(key, **said)


C, D = RecordKey("t", "C"), RecordKey("u", "D")


def test_a_sex_is_known_only_where_every_record_that_gives_one_gives_the_same():
    persons = {
        A: person(A, sex="F"),
        B: person(B, sex="F"),
        C: person(C, sex="M"),
        D: person(D, sex=""),
    }
    whose = {A: "P", B: "P", C: "Q", D: "P"}

    def sexes(**changed):
        made = {key: changed.get(key.record_id, record) for key, record in persons.items()}
        return weave_case(CASE, None, [event("1", "2020-01-01 10:00")], made, whose).sex

    assert sexes() == {"P": "F", "Q": "M"}
    assert sexes(B=person(B, sex="M")) == {"Q": "M"}
    assert sexes(A=person(A), B=person(B)) == {"Q": "M"}


def test_an_unknown_birth_date_is_no_date_and_a_due_date_stands_only_where_there_is_none():
    due = date(2021, 3, 1)
    persons = {
        A: person(A),
        B: person(B, born=read_partial_date("2010"), due_on=due),
        C: person(C, due_on=due),
    }

    timeline = weave_case(CASE, None, [], persons, {A: "P", B: "Q", C: "R"})

    assert timeline.born == {"Q": read_partial_date("2010"), "R": PartialDate(due, due)}
    assert timeline.whose == {A: "P", B: "Q", C: "R"}


def test_a_case_keeps_its_key_and_its_record():
    record = CaseRecord(CASE, "crime")

    assert weave_case(CASE, record, [], {}, {}).case is record
    assert weave_case(CASE, None, [], {}, {}).key == CASE


def test_whoever_is_tied_to_several_events_is_one_person_and_everyone_tied_is_named():
    other = replace(event("2", "2020-01-02 10:00"), ties=(InvolvementRow(A, "child"), InvolvementRow(B, "suspect")))

    timeline = weave_case(CASE, None, [event("1", "2020-01-01 10:00"), other], {}, {B: "Q"})

    assert timeline.whose == {A: "s:A", B: "Q"}


def test_a_person_is_woven_from_records_or_from_their_keys_alone():
    persons = {B: person(B, born=read_partial_date("2010"), sex="F")}
    cases = {CASE: CaseRecord(CASE, "crime")}

    timeline = weave_person(
        "P", [A, person(C, sex="F")], [event("1", "2020-01-01 10:00")], cases, persons, {B: "Q", A: "Z"}
    )

    assert (timeline.person, timeline.records, timeline.cases) == ("P", {A, C}, cases)
    assert timeline.whose == {A: "P", B: "Q", C: "P"}
    assert timeline.born == {"Q": read_partial_date("2010")}
    assert timeline.sex == {"Q": "F", "P": "F"}


def test_a_persons_own_record_stands_before_an_older_copy_of_it():
    older, own = {A: person(A, sex="M")}, person(A, sex="F")

    assert weave_person("P", [own], [], {}, older, {}).sex == {"P": "F"}


def test_an_event_that_came_twice_is_kept_as_it_came_last():
    first = event("1", "2020-01-01 10:00")
    last = replace(first, text="more")

    assert [found.text for found in weave_case(CASE, None, [first, last], {}, {}).events] == ["more"]


def test_an_event_of_a_day_stands_before_one_later_that_day():
    day = replace(event("9", "2020-01-01 10:00"), happened_at=when_on_day(date(2020, 1, 1)))
    early = event("1", "2020-01-01 00:00:01")

    assert [found.event_id for found in weave_case(CASE, None, [early, day], {}, {}).events] == ["9", "1"]


@given(
    st.lists(
        st.sampled_from(["2009", "2010", "2010-05", "2010-06", "2010-05-01", "2010-05-31", "2010-06-01", "2012-12-31"]),
        min_size=1,
        max_size=4,
    )
)
def test_dates_of_one_person_leave_the_days_they_share_or_else_every_day_between(written):
    """Against sets of days."""
    dates = [read_partial_date(text) for text in written]
    days = [{one.earliest.toordinal() + day for day in range((one.latest - one.earliest).days + 1)} for one in dates]
    shared = set.intersection(*days) or set(range(min(map(min, days)), max(map(max, days)) + 1))

    born = given_birth(dates)

    assert (born.earliest.toordinal(), born.latest.toordinal()) == (min(shared), max(shared))
    assert given_birth(dates[::-1]) == born
