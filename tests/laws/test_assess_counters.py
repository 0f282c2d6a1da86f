"""Seeded defects: each is seen to turn an example red, so that the examples are known to guard against it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import holidays
import pytest
from tests.made.timelines import check, policy
from tests.spec.children_act_1989 import test_police_protection as protection
from tests.spec.dfe_missing_2014 import test_return_interview as interview
from tests.spec.local import test_allocate_investigator as allocation
from tests.spec.local import test_see_the_child as seeing
from tests.spec.npcc_rso import test_visit as visiting
from tests.spec.pace_1984 import test_review as review
from tests.spec.working_together import test_icpc_in_time as icpc

from duecare.duty import assess, chain, facts, limit
from duecare.duty import due_moment as dues
from duecare.duty.allowance import Hours, LocalHours, Months, WorkingDays
from duecare.duty.due_moment import due_moment

ZONE = ZoneInfo("Europe/London")


def wall_clock_hours(start, fixed):
    """The defect: hours added to what the clock on the wall shows."""
    if isinstance(fixed, Hours | LocalHours):
        n = fixed.n if isinstance(fixed, Hours) else fixed.suggested
        naive = start.astimezone(ZONE).replace(tzinfo=None) + timedelta(hours=n)
        return naive.replace(tzinfo=ZONE).astimezone(UTC), None
    return dues.due_or_unknown(start, fixed)


def working_days_without_bank_holidays(day, count):
    """The defect: only weekends are left out."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def without_old_starts(timeline, duty, played, cast, as_of, roster):
    """The defect: what is more than two days old is skipped."""
    found = facts.find_candidates(timeline, duty, played, cast, as_of, roster)
    return [c for c in found if as_of - c.event.happened_at.earliest < timedelta(days=2)]


def certain_only(timeline, duty, played, cast, as_of, roster):
    """The defect: what is not known is taken as not having happened."""
    return [c for c in facts.find_candidates(timeline, duty, played, cast, as_of, roster) if c.counts is not None]


def is_red(module, name):
    """The example as it stands passes; under the defect it fails."""
    with pytest.raises(AssertionError):
        check(module.EXAMPLES[name], module.DUTY)
    return True


def the(module, starts):
    return next(name for name in module.EXAMPLES if name.startswith(starts))


def test_hours_by_the_wall_clock_are_found(monkeypatch):
    monkeypatch.setattr(limit, "due_or_unknown", wall_clock_hours)

    assert is_red(protection, the(protection, "SC25"))
    assert is_red(review, the(review, "over the autumn"))


def test_forgotten_bank_holidays_are_found(monkeypatch):
    monkeypatch.setattr(dues, "add_working_days", working_days_without_bank_holidays)
    dues.due_moment.cache_clear()

    assert is_red(icpc, the(icpc, "SC37: Easter"))
    dues.due_moment.cache_clear()


def test_skipping_what_is_over_two_days_old_is_found(monkeypatch):
    monkeypatch.setattr(assess, "find_candidates", without_old_starts)

    assert is_red(allocation, the(allocation, "SC01"))


def test_taking_the_unknown_for_a_no_is_found(monkeypatch):
    monkeypatch.setattr(assess, "find_candidates", certain_only)

    assert is_red(interview, the(interview, "an interview that was not independent"))
    assert is_red(seeing, the(seeing, "with two children"))


def test_taking_only_the_first_moment_of_a_day_is_found(monkeypatch):
    monkeypatch.setattr(
        assess, "find_doubts", lambda candidates: [d for d in facts_doubts(candidates) if not d.is_time]
    )

    assert is_red(allocation, the(allocation, "only the day of the allocation"))


facts_doubts = assess.find_doubts


def test_a_late_review_that_moves_the_next_is_found(monkeypatch):
    honest = chain.OccurrenceChain._next

    def moves(self, row, number):
        following = honest(self, row, number)
        if following is not None and row.met is not None and row.met_at is not None:
            return row.met, 1, row.met_at
        return following

    monkeypatch.setattr(chain.OccurrenceChain, "_next", moves)

    assert is_red(review, the(review, "late without a reason"))


def test_a_visit_not_seen_that_resets_the_clock_is_found(monkeypatch):
    honest = facts.find_candidates

    def counts_all(timeline, duty, played, cast, as_of, roster):
        return [
            facts.Candidate("met", 0, c.event, True, "") if c.part == "attempted" else c
            for c in honest(timeline, duty, played, cast, as_of, roster)
        ]

    monkeypatch.setattr(assess, "find_candidates", counts_all)

    assert is_red(visiting, the(visiting, "a visit at which he was not seen"))


def test_starting_again_in_a_closed_case_is_found(monkeypatch):
    monkeypatch.setattr(chain.OccurrenceChain, "_is_closed", lambda self, cause, start: False)

    assert is_red(allocation, the(allocation, "nothing starts in a closed case"))


def test_overlooking_that_a_case_was_reopened_is_found(monkeypatch):
    honest = facts.find_candidates

    def never_reopened(*given):
        return [c for c in honest(*given) if c.part != "case_reopened"]

    monkeypatch.setattr(assess, "find_candidates", never_reopened)

    assert is_red(allocation, the(allocation, "closed and reopened before the limit"))
    assert is_red(seeing, the(seeing, "reopened before the limit"))


def test_taking_the_triggers_of_two_cases_for_one_is_found(monkeypatch):
    monkeypatch.setattr(chain, "case_of", lambda placed_fact: "one")

    assert is_red(protection, the(protection, "started in two cases"))
    assert is_red(interview, the(interview, "a return in another case"))
    assert is_red(visiting, the(visiting, "registered in another case"))
    assert is_red(review, the(review, "authorised in two cases"))


def test_ending_an_episode_at_the_next_opening_though_a_later_end_is_known_is_found(monkeypatch):
    honest = chain.find_stretches

    def cut_short(opened, closed):
        nexts = [[f.at for f in opened if f.at > s.from_] for s in honest(opened, closed)]
        return [
            replace(s, to=min(after), closed=None) if after else s
            for s, after in zip(honest(opened, closed), nexts, strict=True)
        ]

    monkeypatch.setattr(chain, "find_stretches", cut_short)

    assert is_red(protection, the(protection, "started in two cases"))


def oracle(start, fixed):
    """Counts hours one by one in UTC, days one by one on the calendar; the last second of a day by bisection."""
    if isinstance(fixed, Hours):
        for _ in range(int(fixed.n)):
            start += timedelta(hours=1)
        return start
    day = start.astimezone(ZONE).date()
    if isinstance(fixed, WorkingDays):
        left = fixed.n
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in CLOSED
    else:
        year, month = divmod(day.year * 12 + day.month - 1 + fixed.n, 12)
        number = day.day
        while True:
            try:
                day = day.replace(year=year, month=month + 1, day=number)
                break
            except ValueError:
                number -= 1
    low = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    high = low + 24 * 3600
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, UTC).astimezone(ZONE).date() > day:
            high = middle
        else:
            low = middle
    return datetime.fromtimestamp(low, UTC)


CLOSED = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2004, 2036)))


def test_ten_thousand_random_clocks_agree_with_an_oracle(assured, is_long_run):
    chance, trials = Random(20261125), 100_000 if is_long_run else 10_000
    for _ in range(trials):
        start = datetime(2005, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(26 * 365 * 86400))
        fixed = chance.choice((Hours, WorkingDays, Months))(chance.randint(1, 60))

        assert due_moment(start, fixed)[0] == oracle(start, fixed), (start, fixed)

    assured(
        "G12",
        method="random start and allowance against an oracle that counts one by one",
        n=trials,
        figure=f"0 of {trials} differ",
        pass_mark="0",
        seed=20261125,
    )


def test_the_sample_policy_is_what_the_examples_are_judged_by():
    assert policy().force == "Northmoor"
