"""Of whom a pair is, and errors counted where the truth is known: worked examples."""

from __future__ import annotations

from datetime import date

import pytest

from duecare.figure.linkage_error import link_groups as room
from duecare.figure.linkage_error.link_groups import (
    AGE_DIMENSION,
    DIFFER,
    OFFICER_DEFINED,
    SELF_DEFINED,
    SEX_DIMENSION,
    SOURCE,
    WHOLE,
    Counted,
    groups_of,
    groups_of_pair,
    measured_error,
    read_measured,
    shares_of,
)
from duecare.record.pole import PersonRecord, RecordKey
from duecare.vocabulary.partial_date import PartialDate

ON = date(2026, 11, 26)


def record(source="merlin", **said):
    return PersonRecord(RecordKey(source, "1"), **said)


def test_what_a_record_says_of_whom_it_is():
    said = record(sex="F", ethnicity="B1", ethnicity_by="self", born=PartialDate(date(2014, 5, 1), date(2014, 5, 1)))

    assert groups_of(said, ON) == {
        SEX_DIMENSION: ("female",),
        SELF_DEFINED: ("Black",),
        OFFICER_DEFINED: ("not known",),
        AGE_DIMENSION: ("10 to 13",),
        SOURCE: ("merlin",),
    }


@pytest.mark.parametrize(
    ("a", "b", "group"),
    [("F", "F", "female"), ("F", "", "female"), ("", "", "not known"), ("F", "M", DIFFER)],
)
def test_a_pair_is_of_the_group_that_either_names(a, b, group):
    found = groups_of_pair(groups_of(record(sex=a), ON), groups_of(record("cad", sex=b), ON))

    assert found[SEX_DIMENSION] == (group,)
    assert found[SOURCE] == ("cad", "merlin")


PEOPLE = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "3"}
TRUTH = {"a": "A", "b": "A", "c": "B", "d": "B", "e": "C"}
OF = {one: {SEX_DIMENSION: ("female" if one in "ab" else "male",)} for one in PEOPLE}


def test_errors_are_counted_by_pair_whole_and_by_group():
    """Joined: ab right, ac and bc false. True: ab found, cd missed. ac and bc are of two sexes; cd of males."""
    found = measured_error(PEOPLE, TRUTH, OF, force_seed=9)

    assert found.rows == (
        Counted(WHOLE, WHOLE, 3, 2, 2, 1),
        Counted(SEX_DIMENSION, "female", 1, 0, 1, 0),
        Counted(SEX_DIMENSION, "male", 0, 0, 1, 1),
        Counted(SEX_DIMENSION, DIFFER, 2, 2, 0, 0),
    )
    assert shares_of(found.rows)[0][1:] == (2 / 3, 1 / 2)
    assert shares_of(found.rows)[3][2] is None


def test_counted_by_people_instead_the_example_would_be_another(monkeypatch):
    """The counter: where only the first two of each person are compared, a false link is not seen."""
    monkeypatch.setattr(room, "combinations", lambda records, _: [tuple(records[:2])] if len(records) > 1 else [])

    assert measured_error(PEOPLE, TRUTH, OF, force_seed=9).rows[0] != Counted(WHOLE, WHOLE, 3, 2, 2, 1)


def test_the_table_goes_into_a_card_as_text_and_comes_out_again():
    found = measured_error(PEOPLE, TRUTH, OF, force_seed=9)

    assert read_measured(found.to_text()) == found
    assert "\n" not in found.to_text()
    for text in ("", "{}", "[]", '{"seed": 1, "records": 2, "rows": [[1]]}'):
        assert read_measured(text) is None
