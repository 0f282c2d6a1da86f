"""Of whom it is counted: groups by code and day, and what is not known stays so."""

from datetime import UTC, date, datetime, timedelta

import pytest

from duecare.figure import Dimension, Period, period_named, quarter_before, quarter_of
from duecare.figure.input_differences import input_differences
from duecare.figure.person_attributes import age_group, attributes_at, known_of
from duecare.record.pole import EventRecord, InvolvementRow, PersonRecord, RecordKey
from duecare.vocabulary.ethnicity import officer_group, self_group
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

AT = datetime(2026, 7, 2, 12, tzinfo=UTC)
KEY = RecordKey("merlin", "K1")


def record(written=AT, source="merlin", **said):
    return PersonRecord(RecordKey(source, "K1"), written_at=written, **said)


def said(records, events, at):
    return attributes_at(known_of(records), events, at)


def looked_after(kind, days):
    at = AT + timedelta(days=days)
    return EventRecord("cin", f"{kind}{days}", kind, When.at(at), at, ties=(InvolvementRow(KEY, "child"),))


@pytest.mark.parametrize(
    ("code", "group"),
    [("W1", "White"), ("m3", "Mixed"), ("A9", "Asian"), (" B2 ", "Black"), ("O1", "Other"), ("NS", ""), ("WBRI", ""),
     ("X1", ""), ("", "")],
)  # fmt: skip
def test_who_defines_themselves_falls_into_the_group_of_the_code(code, group):
    assert self_group(code) == group


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("IC3", "Black"),
        ("ic 1", "White, north European"),
        ("4", "Asian"),
        ("IC0", ""),
        ("IC9", ""),
        ("W2", "White"),
        ("", ""),
    ],
)
def test_who_is_seen_by_an_officer_falls_into_the_group_of_theirs(code, group):
    assert officer_group(code) == group


def test_how_they_define_themselves_and_how_an_officer_saw_them_stay_apart():
    found = said(
        [record(ethnicity="B1", ethnicity_by="self"), record(ethnicity="IC1", ethnicity_by="officer", source="pole"),
         record(ethnicity="IC4", ethnicity_scheme="officer", source="cad", written=AT - timedelta(1))],
        (), AT,
    )  # fmt: skip

    assert found[Dimension.ETHNICITY_SELF] == "Black"
    assert found[Dimension.ETHNICITY_OFFICER] == "White, north European"


def test_what_nobody_says_who_defined_belongs_to_neither():
    found = said([record(ethnicity="B1")], (), AT)

    assert (found[Dimension.ETHNICITY_SELF], found[Dimension.ETHNICITY_OFFICER]) == ("not known", "not known")


def test_of_several_records_the_last_that_says_anything_counts():
    records = [
        record(sex="F", disability="none"),
        record(AT + timedelta(1), "pole", sex="M"),
        record(None, "cad", sex="X"),
    ]

    found = said(records, (), AT)

    assert (found[Dimension.SEX], found[Dimension.DISABILITY]) == ("male", "no")
    assert said([record(disability="hearing")], (), AT)[Dimension.DISABILITY] == "yes"


@pytest.mark.parametrize(
    ("born", "group"),
    [("2022-01-01", "0 to 4"), ("2017-07-02", "5 to 9"), ("2016-07-02", "10 to 13"), ("2012", "not known"),
     ("2010-08-01", "14 to 15"), ("2008-07-03", "16 to 17"), ("2008-07-02", "18 or over")],
)  # fmt: skip
def test_ages_fall_into_groups_on_the_day(born, group):
    assert age_group(read_partial_date(born), date(2026, 7, 2)) == group


def test_an_age_nobody_gives_is_not_known():
    assert age_group(Unknown("not given"), date(2026, 7, 2)) == "not known"


def test_who_was_never_said_to_be_looked_after_is_not_known_to_be():
    starts, ends = looked_after("looked_after_started", -30), looked_after("looked_after_ended", -10)

    assert said([], (), AT)[Dimension.LOOKED_AFTER] == "not known"
    assert said([], (starts,), AT)[Dimension.LOOKED_AFTER] == "yes"
    assert said([], (starts, ends), AT)[Dimension.LOOKED_AFTER] == "no"
    assert said([], (looked_after("looked_after_started", 1),), AT)[Dimension.LOOKED_AFTER] == "not known"


def test_a_period_begins_and_ends_by_clocks_in_london():
    summer = period_named("2026-Q3")

    assert (summer.starts, summer.ends) == (
        datetime(2026, 6, 30, 23, tzinfo=UTC),
        datetime(2026, 9, 30, 23, tzinfo=UTC),
    )
    assert summer.holds(summer.starts)
    assert not summer.holds(summer.ends)
    assert period_named("2026-12").ends == period_named("2026q4").ends == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["2026", "2026-13", "2026-Q5", "", "1899-Q1", "2026-1"])
def test_what_is_no_period_is_refused(name):
    with pytest.raises(ValueError, match="neither a quarter"):
        period_named(name)


def test_the_quarter_before_is_that_before():
    assert quarter_before(period_named("2026-Q1")).name == "2025-Q4"
    assert quarter_before(period_named("2026-08")).name == "2026-Q2"
    assert quarter_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)).name == "2026-Q3"
    assert isinstance(quarter_of(AT), Period)


def test_what_differs_is_said_and_deliveries_since_are_not():
    then = {"rulebook": "a", "model": "m", "upto_delivery": 3}

    assert list(input_differences(then, {**then, "upto_delivery": 9})) == []
    assert list(input_differences(then, {**then, "model": "n", "link_run": 2})) == [
        "the model of linkage",
        "who is one person: records were linked again since",
    ]
