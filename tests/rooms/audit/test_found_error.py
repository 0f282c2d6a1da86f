"""An error of a single-file review: what must be said, who is never named, and that nobody is criticised unheard."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from duecare.audit.reviews.found_error import ANSWER_DAYS, FoundError, Standing, faults_of

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
ERROR = FoundError(
    error="told-late",
    kind="delay",
    wronged="suspect",
    should="The suspect is told the outcome without delay.",
    did="He was told 50 days later.",
    standard="Code of Practice made up for this test, paragraph 1",
    known_from=NOW - timedelta(days=50),
    post="detective inspector",
)


def test_one_that_says_everything_has_no_fault():
    assert faults_of(ERROR, ["W1234", "Ada Made-Up"]) == ()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"error": " "}, "no name"),
        ({"kind": "sloppy"}, "its kind is none of"),
        ({"wronged": "the_force"}, "whom it wronged"),
        ({"should": ""}, "should have happened"),
        ({"did": ""}, "did happen"),
        ({"standard": ""}, "standard"),
        ({"post": ""}, "the post is missing"),
        ({"post": "DI Ada MADE-UP"}, "this names a person"),
        ({"post": "officer w1234"}, "this names a person"),
        ({"did": "x" * 4_001}, "longer than 4,000"),
    ],
)
def test_what_is_left_out_or_names_a_person_is_a_fault(changed, fault):
    (said,) = faults_of(replace(ERROR, **changed), ["W1234", "Ada Made-Up", ""])

    assert fault in said


def test_an_error_is_final_only_after_an_answer_or_the_time_for_one():
    invited = replace(ERROR, invited_at=NOW)
    last = NOW + timedelta(days=ANSWER_DAYS)

    assert ERROR.standing(last) is Standing.FOUND
    assert not ERROR.may_be_final(last)
    assert invited.standing(last - timedelta(seconds=1)) is Standing.INVITED
    assert not invited.may_be_final(last - timedelta(seconds=1))
    assert invited.standing(last) is Standing.UNANSWERED
    assert invited.may_be_final(last)
    heard = replace(invited, answer="We agree.", answered_at=NOW + timedelta(days=1))
    assert heard.standing(NOW + timedelta(days=1)) is Standing.ANSWERED
    assert heard.may_be_final(NOW + timedelta(days=1))
    assert replace(heard, final_at=last).standing(last) is Standing.FINAL


def test_nobody_can_answer_by_a_day_before_being_invited():
    with pytest.raises(ValueError, match="invited"):
        ERROR.answer_by()
