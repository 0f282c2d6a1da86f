"""The one fold from facts to timelines."""

from datetime import date
from itertools import permutations

import pytest
from tests.made.timelines import at

from duecare.record.pole import CaseKey, EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.timeline.weave import given_birth, weave_case, weave_person
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial import PartialDate, read_partial_date
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
    assert born.is_under(18, date(2015, 1, 1)) is True
    assert born.is_under(18, date(2029, 1, 1)) is None


def test_no_date_is_unknown_with_a_reason():
    assert given_birth([]) == Unknown("no date of birth given")
