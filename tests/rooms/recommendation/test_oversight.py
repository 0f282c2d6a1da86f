"""What oversight asked and agreed, folded from dated entries in whatever order they come."""

import random
from datetime import date

import pytest
from tests.made.timelines import at

from duecare.recommendation.oversight_register import Body, Deed, Entry, fold_register

ENTRIES = (
    Entry(1, Deed.MEETING, at("2026-03-01"), "m", "Spring", Body.MAYOR, due_on=date(2026, 3, 10)),
    Entry(2, Deed.QUESTION, at("2026-03-02"), "e", "Why are visits late in one borough?", Body.EXPERTS),
    Entry(3, Deed.QUESTION, at("2026-03-03"), "m", "Who answers for custody?", Body.MAYOR, meeting=1),
    Entry(4, Deed.MINUTE, at("2026-03-10"), "m", "The backlog was discussed.", Body.MAYOR, meeting=1),
    Entry(5, Deed.ACTION, at("2026-03-10"), "m", "A plan.", Body.MAYOR, 1, owner="bcu_lead", due_on=date(2026, 4, 1)),
    Entry(6, Deed.ACTION, at("2026-03-10"), "m", "Name a lead.", Body.MAYOR, 1, owner="chief_officer_lead"),
    Entry(7, Deed.ANSWER, at("2026-03-20"), "c", "Two managers were absent.", of=2),
    Entry(8, Deed.ACTION_DONE, at("2026-03-30"), "m", "Seen.", Body.MAYOR, of=5),
    Entry(9, Deed.ANSWER, at("2026-04-02"), "c", "They are back.", of=2),
    Entry(10, Deed.MEETING, at("2026-05-01"), "m", "Summer", Body.MAYOR, due_on=date(2026, 6, 10)),
    Entry(11, Deed.MEETING, at("2026-05-02"), "e", "Experts", Body.EXPERTS, due_on=date(2026, 5, 10)),
    Entry(12, Deed.ANSWER, at("2026-05-02"), "c", "To nothing.", of=99),
)


def test_questions_that_wait_come_first_and_answers_are_kept_in_order():
    found = fold_register(ENTRIES)

    assert [(one.asked.number, one.is_open) for one in found.questions] == [(3, True), (2, False)]
    assert [one.number for one in found.questions[1].answers] == [7, 9]


def test_a_meeting_has_its_minutes_and_actions_and_follows_the_last_of_its_own_body():
    found = fold_register(ENTRIES)
    spring, summer = found.meeting(1), found.meeting(10)

    assert [one.number for one in found.meetings] == [10, 11, 1]
    assert ([one.number for one in spring.minutes], [one.agreed.number for one in spring.actions]) == ([4], [5, 6])
    assert (found.before(summer), found.before(spring), found.meeting(2)) == (spring, None, None)


@pytest.mark.parametrize(
    ("number", "on", "overdue"),
    [
        pytest.param(5, date(2026, 6, 1), False, id="done"),
        pytest.param(6, date(2026, 6, 1), False, id="owed by no day"),
    ],
)
def test_an_action_is_overdue_only_when_a_day_has_gone_by_and_nothing_is_recorded(number, on, overdue):
    action = next(one for one in fold_register(ENTRIES).actions if one.agreed.number == number)

    assert action.is_overdue(on) is overdue


def test_an_action_is_overdue_from_the_day_after_it_was_owed():
    (action,) = (one for one in fold_register(ENTRIES[:5]).actions)

    assert [action.is_overdue(day) for day in (date(2026, 4, 1), date(2026, 4, 2))] == [False, True]


def test_the_order_in_which_entries_come_changes_nothing():
    shuffled = list(ENTRIES)
    random.Random(7).shuffle(shuffled)

    assert fold_register(shuffled) == fold_register(ENTRIES)
