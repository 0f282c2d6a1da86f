"""What must be so of an event: true, false, or is not known."""

from dataclasses import replace
from datetime import date

import pytest
from tests.made.timelines import at

from duecare.duty.condition import About, AgedAtLeast, CaseKindAmong, DetailAmong, DetailIs, Either, Every, OutcomeAmong
from duecare.record.pole import EventRecord
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial import read_partial_date

EVENT = EventRecord("s", "1", "visit", When.at(at("2020-06-15 12:00")), at("2020-06-15 12:00"))
DAY = date(2020, 6, 15)
YES, NO, UNKNOWN = DetailIs("yes", True), DetailIs("no", True), DetailIs("unknown", True)
THREE = replace(EVENT, detail={"yes": True, "no": False})


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("Yes", True),
        ("no", False),
        (None, None),
        ("perhaps", None),
        (1, True),
    ],
)
def test_a_yes_or_no_of_the_detail(said, holds):
    answer = DetailIs("s47", True).ask(replace(EVENT, detail={"s47": said}), About(DAY))

    assert answer[0] is holds
    assert bool(answer[1]) is (holds is None)


@pytest.mark.parametrize(("said", "holds"), [("seen", True), (" Not Seen ", False), ("SEEN", True), ("", None)])
def test_an_outcome(said, holds):
    assert OutcomeAmong(("seen",)).ask(replace(EVENT, outcome=said), About(DAY))[0] is holds


@pytest.mark.parametrize(("said", "holds"), [("a", True), ("A", True), ("b", False), ("", None)])
def test_a_word_of_the_detail(said, holds):
    assert DetailAmong("ground", ("a",)).ask(replace(EVENT, detail={"ground": said}), About(DAY))[0] is holds


@pytest.mark.parametrize(
    ("born", "holds"),
    [("2008-06-15", True), ("2008-06-16", False), ("2008", None), ("2008-06", None), ("2007", True)],
)
def test_an_age_on_the_day(born, holds):
    assert AgedAtLeast(12).ask(EVENT, About(DAY, read_partial_date(born)))[0] is holds


@pytest.mark.parametrize(("kind", "holds"), [("custody", True), ("crime", False), ("", False)])
def test_the_kind_of_the_case(kind, holds):
    assert CaseKindAmong(("custody",)).ask(EVENT, About(DAY, case_kind=kind)) == (holds, "")


@pytest.mark.parametrize(
    ("of", "every", "either"),
    [
        ((YES, YES), True, True),
        ((YES, NO), False, True),
        ((NO, NO), False, False),
        ((YES, UNKNOWN), None, True),
        ((NO, UNKNOWN), False, None),
        ((UNKNOWN, UNKNOWN), None, None),
    ],
)
def test_every_and_either_keep_what_is_not_known(of, every, either):
    assert Every(of).ask(THREE, About(DAY))[0] is every
    assert Either(of).ask(THREE, About(DAY))[0] is either
