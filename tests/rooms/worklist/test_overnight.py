"""When a child was kept overnight, by the force's own definition (CU15)."""

from datetime import timedelta

import pytest
from tests.made.timelines import SAMPLE, at

from duecare.rulebook.force_policy import Policy, read_policy
from duecare.rulebook.overnight import Overnight
from duecare.vocabulary.london_clock import read_time
from duecare.vocabulary.refusals import Refusal
from duecare.worklist.overnight import is_overnight, longest_night

USUAL = Overnight()


def when(text):
    return read_time(text).when


def asked(arrived, left, as_of="2030-01-01", by=USUAL):
    return is_overnight(by, when(arrived), when(left) if left else None, when(as_of).latest)


@pytest.mark.parametrize(
    ("arrived", "left", "is_so"),
    [
        # SC31: 3 h 45 of the night, then exactly 4 h.
        ("2025-09-05 18:10", "2025-09-06 03:45", False),
        ("2025-09-05 18:10", "2025-09-06 04:00", True),
        # SC29: arrived 18:10, court at 10:00: all 8 hours.
        ("2025-09-05 18:10", "2025-09-06 10:00", True),
        # From 04:00 to 08:00 is 4 h; a minute later is not.
        ("2025-09-06 04:00", "2025-09-06 09:00", True),
        ("2025-09-06 04:01", "2025-09-06 09:00", False),
        ("2025-09-06 09:00", "2025-09-06 23:00", False),
        # Two short nights do not make one: 2 h and 3 h.
        ("2025-09-06 06:00", "2025-09-07 03:00", False),
        # The spring change takes an hour of the night of 30 March: 04:00 of the clock is after 3 h.
        ("2025-03-29 18:10", "2025-03-30 04:00", False),
        ("2025-03-29 18:10", "2025-03-30 05:00", True),
        # The autumn change gives one: 03:00 of the clock is after 4 h.
        ("2025-10-25 18:10", "2025-10-26 03:00", True),
    ],
)
def test_overnight_is_four_hours_of_one_night(arrived, left, is_so):
    assert asked(arrived, left) is is_so


def test_someone_still_there_is_overnight_as_soon_as_the_hours_are_full():
    assert asked("2025-09-05 18:10", None, "2025-09-06T03:59") is False
    assert asked("2025-09-05 18:10", None, "2025-09-06T04:00") is True


def test_leaving_after_the_moment_asked_about_is_not_known_then():
    assert asked("2025-09-05 18:10", "2025-09-06 10:00", "2025-09-06T03:00") is False


def test_where_only_the_day_is_known_the_state_is_not_known_unless_both_ends_of_it_agree():
    assert asked("2025-09-05 18:10", "2025-09-06") is None
    assert asked("2025-09-05", "2025-09-06 10:00") is True
    assert asked("2025-09-05 18:10", "2025-09-07") is True


def test_a_force_may_define_it_otherwise_and_the_definition_has_a_version(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text("[custody]\novernight_hours = 3\novernight_from = 0.5\novernight_to = 6\n")
    own = read_policy(path).overnight

    assert asked("2025-09-05 18:10", "2025-09-06 03:30", by=own) is True
    assert asked("2025-09-05 18:10", "2025-09-06 03:29", by=own) is False
    assert own.words == "3 hours or more between 00:30 and 06:00"
    assert own.version != USUAL.version == read_policy(SAMPLE).overnight.version == Policy().overnight.version


@pytest.mark.parametrize("text", ["overnight_hours = 9", "overnight_from = 25", 'overnight_to = "dawn"'])
def test_a_definition_that_no_night_can_meet_is_refused(tmp_path, text):
    path = tmp_path / "own.toml"
    path.write_text(f"[custody]\n{text}\n")

    with pytest.raises(Refusal, match="CFG-002"):
        read_policy(path)


@pytest.mark.parametrize(
    ("arrived", "left", "hours"),
    [
        ("2026-01-10 20:00", "2026-01-11 09:00", 8),
        ("2026-01-11 02:00", "2026-01-11 05:00", 3),
        ("2026-01-11 02:00", "2026-01-12 01:00", 6),
        ("2026-01-10 20:00", "2026-01-12 06:00", 8),
        ("2026-01-10 09:00", "2026-01-10 20:00", 0),
        ("2026-03-28 20:00", "2026-03-29 09:00", 7),
        ("2026-10-24 20:00", "2026-10-25 09:00", 9),
    ],
)
def test_the_longest_part_of_one_night_is_counted_as_it_passes(arrived, left, hours):
    assert longest_night(Overnight(), at(arrived), at(left)) == timedelta(hours=hours)


def test_a_definition_is_written_in_hours_and_minutes_and_each_has_a_version_of_its_own():
    half_past = Overnight(hours=4.5, opens=23.5, closes=7.25)

    assert half_past.words == "4.5 hours or more between 23:30 and 07:15"
    assert Overnight().words == "4 hours or more between 00:00 and 08:00"
    assert len({one.version for one in (Overnight(), half_past, Overnight(opens=1), Overnight(closes=7))}) == 4
    assert Overnight(4, 0, 8).version == Overnight().version
