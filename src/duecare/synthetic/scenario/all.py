"""Every scenario case, at its own dates and live, and what each should give."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from duecare.synthetic.force import Force
from duecare.synthetic.scenario import concerns, detained, linked, managed
from duecare.synthetic.scenario.telling import Telling

SCENARIOS: Final[tuple[tuple[str, Callable[[Telling], None]], ...]] = (
    ("SC01", concerns.seventeen_days),
    ("SC04", concerns.not_seen),
    ("SC06", concerns.found_at_offender),
    ("SC08", linked.three_spellings),
    ("SC09", linked.bad_letters),
    ("SC10", linked.same_named_twins),
    ("SC17", managed.end_of_month),
    ("SC20", managed.policy_by_date),
    ("SC25", concerns.police_protection),
    ("SC27", detained.custody_reviews),
    ("SC29", detained.bail_refused),
    ("SC33", concerns.return_interview),
    ("SC37", concerns.late_conference),
    ("CU4", detained.postponed_review),
    ("CU0", detained.just_arrived),
    ("MI0", concerns.missing_now),
)


def write_scenarios(force: Force, truth: Path) -> None:
    """Lay every scenario into the deliveries, and write down what each should give."""
    expects: list[dict[str, object]] = []
    for number, (scenario_name, tell_scenario) in enumerate(SCENARIOS):
        for is_live in (False, True):
            telling = Telling(force, scenario_name, is_live, force.town.boroughs[(number * 5 + 3 * is_live) % 32])
            tell_scenario(telling)
            expects += telling.expects
    truth.write_text(json.dumps(expects, indent=1) + "\n", encoding="utf-8")
