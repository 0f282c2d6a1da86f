"""On which day an age is attained, and whether somebody of whose birth only a part is known is under it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.ages import attains_age_on, is_under_age
from duecare.vocabulary.partial_date import PartialDate, read_partial_date


def days_of(partial: PartialDate) -> list[date]:
    return [partial.earliest + timedelta(days=day) for day in range((partial.latest - partial.earliest).days + 1)]


@pytest.mark.parametrize(
    ("born", "age", "on"),
    [
        (date(2004, 2, 29), 18, date(2022, 3, 1)),
        (date(2004, 2, 29), 20, date(2024, 2, 29)),
        (date(2004, 2, 28), 18, date(2022, 2, 28)),
        (date(2004, 3, 1), 18, date(2022, 3, 1)),
        (date(2003, 1, 29), 18, date(2021, 1, 29)),
        (date(2000, 2, 29), 100, date(2100, 3, 1)),
        (date(2010, 5, 14), 0, date(2010, 5, 14)),
    ],
)
def test_an_age_is_attained_on_the_anniversary_and_of_29_february_on_1_march(born: date, age: int, on: date) -> None:
    assert attains_age_on(born, age) == on


@given(
    st.sampled_from(["2008", "2009", "2008-02", "2008-02-29", "2008-03-01", "2009-12", "2009-12-31"]),
    st.integers(0, 30),
    st.integers(-2, 400),
)
def test_whoever_may_have_been_born_on_several_days_is_under_an_age_only_if_all_of_them_agree(
    written: str, age: int, days: int
) -> None:
    """Against asking the same of every day on which they may have been born."""
    partial = read_partial_date(written)
    on_day = attains_age_on(partial.earliest, age) + timedelta(days=days - 200)

    answers = {on_day < attains_age_on(day, age) for day in days_of(partial)}

    assert is_under_age(partial, age, on_day) == (answers.pop() if len(answers) == 1 else None)


@pytest.mark.parametrize(
    ("written", "on_day", "is_under"),
    [
        ("2010-05-14", date(2028, 5, 13), True),
        ("2010-05-14", date(2028, 5, 14), False),
        ("2010", date(2027, 12, 31), True),
        ("2010", date(2028, 1, 1), None),
        ("2010", date(2028, 12, 30), None),
        ("2010", date(2028, 12, 31), False),
    ],
)
def test_on_the_birthday_itself_a_person_is_of_that_age(written: str, on_day: date, is_under: bool | None) -> None:
    assert is_under_age(read_partial_date(written), 18, on_day) is is_under
