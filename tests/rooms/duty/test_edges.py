"""Edges of the judge that no worked example shows: equal seconds, many doubts, years without a calendar."""

from dataclasses import replace
from datetime import date

import pytest
from tests.made.timelines import at, check, scene

from duecare.duty.allowance import ByTriggerRisk, CalendarDays, Hours, Months, MonthsFromNextDay, Period, WorkingDays
from duecare.duty.facts import Candidate
from duecare.duty.finding import State
from duecare.duty.readings import ALL_READINGS_UP_TO, every_choice, find_doubts
from duecare.duty.words import allowance_words
from duecare.rulebook.all_duties import duty_of_id

REVIEW, PROTECTION, ALLOCATE = "PACE-s40-review", "CA1989-s46-72-hours", "LOCAL-allocate-investigator"


def test_a_review_at_the_second_of_leaving_starts_no_other():
    check(
        """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        2025-09-06 00:30 |         | detention_reviewed   | J detainee |
        2025-09-06 00:30 |         | custody_left         | J detainee |
        as of 2025-09-07
        -> met
        """,
        REVIEW,
    )


def test_arriving_and_leaving_in_one_second_is_an_episode_of_its_own():
    check(
        """
        J: born 2010-01-01
        happened         | written | what                 | who        | with
        2025-09-01 18:40 |         | custody_arrived      | J detainee |
        2025-09-01 18:40 |         | custody_left         | J detainee |
        2025-09-05 18:40 |         | detention_authorised | J detainee |
        as of 2025-09-05 20:00
        -> open
        """,
        REVIEW,
    )


def test_a_release_that_names_nobody_is_of_the_only_officer_allocated():
    check(
        """
        happened         | written | what                   | who | with
        2025-09-05 18:40 |         | crime_recorded         |     |
        2025-09-05 19:40 |         | investigator_allocated |     | officer=X1
        2025-09-06 18:40 |         | investigator_released  |     |
        as of 2025-09-06 20:00
        -> met
        -> open | started=2025-09-06 18:40 | due=2025-09-09 18:40
        """,
        ALLOCATE,
    )


def test_past_the_years_whose_bank_holidays_are_known_it_is_not_known():
    check(
        """
        A: born 2035-01-01
        happened         | written | what                     | who     | with
        2040-12-24 10:00 |         | strategy_discussion_held | A child | s47=true
        as of 2041-03-01
        -> cannot_tell | due=- | due_on=- | reason~calendar
        """,
        "WT-icpc-15-working-days",
    )


def test_two_events_of_one_day_may_stand_in_either_order():
    check(
        """
        A: born 2015-06-01
        happened   | written | what                      | who     | with
        2025-06-01 |         | police_protection_started | A child |
        2025-06-01 |         | police_protection_ended   | A child |
        as of 2025-08-01
        -> cannot_tell | due=2025-06-04 00:00
        """,
        PROTECTION,
    )


def test_a_day_that_has_not_ended_at_as_of_does_not_hide_its_own_trigger():
    check(
        """
        A: born 2015-06-01
        happened   | written | what                      | who     | with
        2025-06-01 |         | police_protection_started | A child |
        as of 2025-06-01 12:00
        -> open
        """,
        PROTECTION,
    )


def test_with_many_doubts_each_is_tried_alone_and_the_rest_together():
    made, _ = scene(
        "happened | written | what | who | with\n"
        + "\n".join(f"2025-06-{day:02} | | detention_reviewed | J detainee |" for day in range(1, 9))
        + "\n2025-06-01 10:00 | | detention_authorised | J detainee |"
    )
    found = [Candidate("met", 0, event, True, "") for event in made.events]
    uncertain = find_doubts(found)

    tried = [tuple(choice[doubt] for doubt in uncertain) for choice in every_choice(uncertain)]

    assert len(uncertain) == 8 > ALL_READINGS_UP_TO
    assert not any(tried[0])
    assert all(sum(one) == 1 for one in tried[1:9])
    assert (True,) * 8 in tried
    states = {f.state for f in made.findings(at("2025-06-10")) if f.duty == REVIEW}
    assert State.CANNOT_TELL in states


def test_a_rule_not_yet_in_force_starts_nothing():
    one = duty_of_id(PROTECTION)
    later = replace(
        one, rules=tuple(replace(r, in_force=replace(r.in_force, first=date(2030, 1, 1))) for r in one.rules)
    )
    made, _ = scene("happened|written|what|who|with\n2025-06-01 10:00 | | police_protection_started | A child |")

    assert made.findings(at("2025-07-01"), [later]) == ()
    assert len(made.findings(at("2025-07-01"), [one])) == 1


@pytest.mark.parametrize(
    ("allowance", "said"),
    [
        (Hours(72), "72 elapsed hours"),
        (CalendarDays(56, True), "56 days beginning with the day itself"),
        (CalendarDays(42), "42 days"),
        (WorkingDays(15), "15 working days"),
        (Months(1), "one month"),
        (Months(3), "3 months"),
        (MonthsFromNextDay(3), "3 months beginning with the day after"),
        (Period(1, 10), "1 months and 10 days"),
        (
            ByTriggerRisk((("red", Hours(1)),), Hours(24)),
            "by the risk on the report: red 1 elapsed hour; without a grade 24 elapsed hours",
        ),
    ],
)
def test_an_allowance_is_said_in_words(allowance, said):
    assert allowance_words(allowance) == said
