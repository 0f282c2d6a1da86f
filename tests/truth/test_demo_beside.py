"""What the demo holds beside cases: who is accountable, and audits in which the force is more generous than inspectors."""

from __future__ import annotations

import csv

import pytest
from tests.made.demo import Demo


def test_somebody_answers_for_every_duty_and_borough_of_the_demo(demo: Demo) -> None:
    found = demo.run("accountable", "list")

    assert {one["over"] for one in found} >= {"duty", "area"}
    assert [one for one in found if one["over"] != "recommendation" and one["vacant"] == "nobody has been named"] == []


@pytest.mark.long
def test_the_made_up_audits_show_a_gap_that_closes_and_hold_no_sealed_case(demo: Demo) -> None:
    with (demo.home / "audits" / "grades.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rounds = list(dict.fromkeys(row["round"] for row in rows))
    gaps = [demo.run("audit", "compare", "--round", name)["optimism_gap"] for name in rounds]
    shown = {(one["source"], one["case_ref"]) for one in demo.run("findings")}

    assert len(rounds) == 3
    assert gaps[0] > gaps[-1] > 0
    assert {(row["case_source"], row["case_ref"]) for row in rows} <= shown
