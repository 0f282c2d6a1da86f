"""What must be so of an event: true, false, or is not known."""

from dataclasses import replace
from datetime import date

import pytest
from tests.made.timelines import at

from duecare.duty.condition import (
    About,
    Accredited,
    AgedAtLeast,
    AgedUnder,
    CaseKindAmong,
    DetailAmong,
    DetailGiven,
    DetailHas,
    DetailIs,
    DetailNumber,
    Either,
    Every,
    IfKnown,
    KindAmong,
    Not,
    OutcomeAmong,
    RiskAmong,
    SubjectSex,
    all_hold,
    number_of,
)
from duecare.duty.roster import Roster
from duecare.record.pole import EventRecord, OfficerRecord
from duecare.vocabulary.moments import When
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

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


def ask(condition, about=None, **said):
    return condition.ask(replace(EVENT, **said), about or About(DAY))


@pytest.mark.parametrize(
    ("born", "holds"),
    [("2008-06-15", False), ("2008-06-16", True), ("2008", None), ("2007", False), ("2009", True)],
)
def test_an_age_not_yet_attained_on_the_day(born, holds):
    answer = ask(AgedUnder(12), About(DAY, read_partial_date(born)))

    assert answer[0] is holds
    assert bool(answer[1]) is (holds is None)


@pytest.mark.parametrize("condition", [AgedUnder(12), AgedAtLeast(12)])
@pytest.mark.parametrize("born", [None, Unknown("no date of birth given")])
def test_an_unknown_age_is_not_known(condition, born):
    assert ask(condition, About(DAY, born))[0] is None


@pytest.mark.parametrize(("sex", "holds"), [("F", True), ("M", False), ("", None)])
def test_the_sex_of_the_subject(sex, holds):
    answer = ask(SubjectSex("F"), About(DAY, sex=sex))

    assert answer[0] is holds
    assert bool(answer[1]) is (holds is None)


@pytest.mark.parametrize(
    ("risk", "words", "holds"),
    [
        ("Very High", ("very_high",), True),
        ("very-high", ("very_high",), True),
        ("low", ("high",), False),
        ("", ("high",), False),
        ("", ("",), True),
    ],
)
def test_a_risk_grade_is_compared_however_it_is_written_and_blank_is_no_grade(risk, words, holds):
    assert ask(RiskAmong(words), risk=risk) == (holds, "")


def test_the_kind_of_an_event():
    assert ask(KindAmong(("visit", "arrested"))) == (True, "")
    assert ask(KindAmong(("arrested",))) == (False, "")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (None, False),
        ("", False),
        ("  ", False),
        ([], False),
        ({}, False),
        ("x", True),
        (0, True),
        (False, True),
        (["x"], True),
        ({"a": 1}, True),
    ],
)
def test_whether_a_field_has_anything_in_it(said, holds):
    assert ask(DetailGiven("until"), detail={"until": said}) == (holds, "")
    assert ask(DetailGiven("until")) == (False, "")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ({"a": 1, "b": "x"}, True),
        ({"a": 1, "b": " "}, False),
        ({"a": 1, "b": None}, False),
        ({"a": 1}, False),
        ({"a": 0, "b": False, "c": ""}, True),
        ("a b", False),
        (None, False),
    ],
)
def test_whether_an_object_has_something_under_each_name(said, holds):
    assert ask(DetailHas("content", ("a", "b")), detail={"content": said}) == (holds, "")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        (2.9, False),
        (3, True),
        ("3", True),
        (6.9, True),
        (7, False),
        ("7.0", False),
        (None, None),
        ("many", None),
        (True, None),
    ],
)
def test_a_number_is_at_least_the_one_and_below_the_other(said, holds):
    answer = ask(DetailNumber("months", 3, 7), detail={"months": said})

    assert answer[0] is holds
    assert bool(answer[1]) is (holds is None)


def test_a_number_may_have_one_bound_or_none():
    assert [ask(DetailNumber("n", at_least=3), detail={"n": n})[0] for n in (2, 3, 999)] == [False, True, True]
    assert [ask(DetailNumber("n", below=3), detail={"n": n})[0] for n in (-999, 2, 3)] == [True, True, False]
    assert ask(DetailNumber("n"), detail={"n": 1})[0] is True


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (1, 1.0),
        (1.5, 1.5),
        (" 12 ", 12.0),
        ("-3.25", -3.25),
        ("1e3", None),
        ("1,5", None),
        ("1.2345678", None),
        ("1234567890123", None),
        (".5", None),
        ("nan", None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ("٣", None),
    ],
)
def test_a_number_is_figures_with_at_most_one_point(value, number):
    assert number_of(value) == number


NEEDS = Accredited((("ABE", ("child_concern", "crime")),))


@pytest.mark.parametrize(
    ("officer", "case_kind", "holds"),
    [
        ("A", "child_concern", True),
        ("B", "child_concern", False),
        ("b ", "crime", False),
        ("B", "missing", True),
        ("C", "crime", True),
        ("nobody known", "crime", True),
        ("", "crime", True),
    ],
)
def test_an_officer_lacks_an_accreditation_only_where_others_are_known_of_them(officer, case_kind, holds):
    roster = Roster(
        (
            OfficerRecord("people", "A", accreditations=("abe",)),
            OfficerRecord("people", "B", accreditations=("other",)),
            OfficerRecord("people", "C"),
        )
    )

    assert ask(NEEDS, About(DAY, case_kind=case_kind, roster=roster), officer=officer) == (holds, "")
    assert ask(NEEDS, About(DAY, case_kind=case_kind), officer=officer) == (True, "")


def test_where_the_first_is_not_known_the_other_is_asked():
    assert ask(IfKnown(YES, NO), detail=THREE.detail) == (True, "")
    assert ask(IfKnown(NO, YES), detail=THREE.detail) == (False, "")
    assert ask(IfKnown(UNKNOWN, NO), detail=THREE.detail) == (False, "")
    assert ask(IfKnown(UNKNOWN, UNKNOWN), detail=THREE.detail)[0] is None


def test_the_opposite_of_what_is_not_known_is_not_known_for_the_same_reason():
    assert ask(Not(YES), detail=THREE.detail) == (False, "")
    assert ask(Not(NO), detail=THREE.detail) == (True, "")
    assert ask(Not(UNKNOWN), detail=THREE.detail) == ask(UNKNOWN, detail=THREE.detail)


def test_of_several_that_are_not_known_the_first_gives_the_reason():
    other = DetailIs("other", True)

    assert all_hold((YES, UNKNOWN, other), THREE, About(DAY)) == UNKNOWN.ask(THREE, About(DAY))
    assert all_hold((UNKNOWN, NO), THREE, About(DAY)) == (False, "")
    assert all_hold((), THREE, About(DAY)) == (True, "")
    assert Either(()).ask(THREE, About(DAY)) == (False, "")


def test_a_yes_that_is_not_wanted():
    assert ask(DetailIs("yes", False), detail=THREE.detail) == (False, "")
    assert ask(DetailIs("no", False), detail=THREE.detail) == (True, "")
