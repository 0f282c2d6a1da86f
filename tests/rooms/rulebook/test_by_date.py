"""Rules that follow a date: of the arrest, of the stay in custody, of the guidance; and what would be found without it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.made.timelines import at, scene

from duecare.duty.declaration import Span
from duecare.rulebook.national.pace_1984 import CHILDREN
from duecare.rulebook.national.pace_1984_bail import BAIL_PERIOD, VIEWS_BEFORE_CONDITIONS
from duecare.rulebook.national.pace_1984_detention_limits import LIMIT_24

BAILED = """
    happened         | written | what     | who       | with
    {arrested}       |         | arrested | S suspect |
    2022-11-02 10:00 |         | bailed   | S suspect | conditions=no contact
"""
HELD = """
    J: born 1998-03-01
    happened         | written | what            | who        | with
    {arrived}        |         | custody_arrived | J detainee |
"""


def found(text, duty, as_of):
    made, _ = scene(text)
    return made.findings(at(as_of), [duty])


def bail(arrested, duty=BAIL_PERIOD):
    (one,) = found(BAILED.format(arrested=arrested), duty, "2022-11-03")
    return one


def test_bail_of_one_day_follows_the_rules_of_two_arrests():
    before, after = bail("2022-10-27 10:00"), bail("2022-10-28 10:00")

    assert (before.due_on, after.due_on) == (date(2022, 11, 24), date(2023, 1, 28))
    assert before.rule_version != after.rule_version


def test_counter_without_the_day_of_the_arrest_both_would_have_three_months_from_the_bail():
    by_bail = replace(BAIL_PERIOD, dated_by=())

    assert bail("2022-10-27 10:00", by_bail).due_on == bail("2022-10-28 10:00", by_bail).due_on == date(2023, 2, 2)


def test_views_are_asked_only_of_bail_since_the_day_they_must_be():
    text = BAILED.format(arrested="2022-10-20 10:00").replace("2022-11-02", "2022-10-27")
    always = replace(VIEWS_BEFORE_CONDITIONS, rules=(replace(VIEWS_BEFORE_CONDITIONS.rules[0], in_force=Span()),))

    assert found(text, VIEWS_BEFORE_CONDITIONS, "2022-12-01") == ()
    assert len(found(text, always, "2022-12-01")) == 1


@pytest.mark.parametrize(("arrived", "count"), [("2015-10-25 23:00", 0), ("2015-10-26 00:00", 1)])
def test_a_17_year_old_is_a_child_in_custody_since_26_october_2015(arrived, count):
    assert len(found(HELD.format(arrived=arrived), LIMIT_24, "2015-10-27")) == count


def test_counter_with_one_age_for_all_days_a_17_year_old_of_the_day_before_would_count():
    assert len(found(HELD.format(arrived="2015-10-25 23:00"), replace(LIMIT_24, who=CHILDREN), "2015-10-27")) == 1
