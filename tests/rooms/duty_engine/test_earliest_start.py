"""What is left out when only findings of late are asked for is nothing that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.made.merged import examples, is_of_whole_force, merged
from tests.made.on_engine import duck, give
from tests.made.timelines import policy

from duecare.duty.engine.earliest_start import earliest_starts, is_bounded
from duecare.duty.engine.evaluate import evaluate_duties
from duecare.duty.engine.finding_reader import stream_findings
from duecare.duty.engine.prepare import prepare_tables
from duecare.duty.engine.units import moment_of
from duecare.duty.roster import Roster
from duecare.rulebook.all_duties import all_duties

FROM = datetime(2026, 7, 1, tzinfo=UTC)
DAYS = timedelta(days=1)


def in_order(found):
    """What is said of every finding, but for its evidence and who was told, in one order."""
    return sorted(({**one.as_json(), "evidence": [], "told": []} for one in found), key=str)


def falls_late(finding, due_from):
    """Did it begin or fall due from then on?"""
    return (finding.due_at or finding.started_at) >= due_from or finding.started_at >= due_from


@pytest.mark.long
def test_of_every_worked_example_whatever_falls_due_late_is_found_as_if_all_were_asked_for(is_long_run):
    made = merged([one for one, _ in examples() if not is_of_whole_force(one)])
    engine, roster = duck(), Roster(tuple(made.officers), tuple(made.posts))
    give(engine, made)
    prepare_tables(engine, roster)
    evaluate_duties(engine, all_duties(), roster, FROM, policy())
    every = list(stream_findings(engine))
    dues = sorted(one.due_at for one in every if one.due_at)
    left_out = 0

    for share in range(1, 8) if is_long_run else (4, 7):
        due_from = dues[len(dues) * share // 8]
        evaluate_duties(engine, all_duties(), roster, FROM, policy(), due_from=due_from, with_evidence=False)
        late = list(stream_findings(engine, with_evidence=False))

        wanted = [one for one in every if falls_late(one, due_from)]
        assert in_order(one for one in late if falls_late(one, due_from)) == in_order(wanted)
        left_out += len(every) - len(late)
    assert left_out > len(every) * (1 if is_long_run else 0.5)


def test_a_duty_of_three_days_is_asked_for_from_days_before_and_not_from_years():
    (place,) = (n for n, duty in enumerate(all_duties()) if duty.id == "CA1989-s46-72-hours")

    bounds = {n: moment_of(first) for n, first in earliest_starts(all_duties(), FROM)}

    assert FROM - 10 * DAYS < bounds[place] <= FROM - 3 * DAYS


@pytest.mark.parametrize(
    "duty", ["NPCC-rso-visit", "LOCAL-allocate-investigator", "PACE-s41-24-hours", "SOA2003-s84-changes"]
)
def test_a_duty_whose_clock_may_stop_or_begin_again_is_not_bounded(duty):
    (found,) = (one for one in all_duties() if one.id == duty)

    assert not is_bounded(found)
