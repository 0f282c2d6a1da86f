"""On which day somebody attains an age, and whether they are under it on a day, however little of their birth date is known."""

from __future__ import annotations

import calendar as _calendar
from datetime import date

from duecare.vocabulary.partial_date import PartialDate


def attains_age_on(birth_date: date, age_years: int) -> date:
    """The day on which a person born on `birth_date` attains `age_years`; born on 29 February: 1 March in a common year.

    Source:  Family Law Reform Act 1969, s.9 (a particular age is attained at the start of the anniversary); the
             29 February convention is a house rule, docs/decisions/0009.
    Example:
        >>> attains_age_on(date(2004, 2, 29), 18)
        datetime.date(2022, 3, 1)
    """
    birthday_year = birth_date.year + age_years
    if (birth_date.month, birth_date.day) == (2, 29) and not _calendar.isleap(birthday_year):
        return date(birthday_year, 3, 1)
    return date(birthday_year, birth_date.month, birth_date.day)


def is_under_age(birth_date: PartialDate, age_years: int, on_day: date) -> bool | None:
    """Whether a person born on this date is under `age_years` on that day; None: it cannot be determined.

    Example:
        >>> is_under_age(PartialDate(date(2010, 1, 1), date(2010, 12, 31)), 18, date(2028, 1, 1)) is None
        True
    """
    youngest = on_day < attains_age_on(birth_date.latest, age_years)
    oldest = on_day < attains_age_on(birth_date.earliest, age_years)
    return youngest if youngest == oldest else None
