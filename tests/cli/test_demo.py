"""The demo, whole: it takes half a minute, and so it is tried in the long run."""

from __future__ import annotations

import pytest


@pytest.mark.soak
def test_the_demo_builds_a_force_and_says_what_it_holds(outside):
    done = outside("demo", "--no-serve", "--json", timeout=600)
    again = outside("demo", "--no-serve", "--json", timeout=600)
    late = outside("findings", "--state", "overdue", "--json", DUECARE_USER="data-officer")

    assert done.code == again.code == 0, done.err
    said = done.json
    assert {name: type(said[name]) for name in ("people", "cases", "duties", "overdue")} == dict.fromkeys(
        ("people", "cases", "duties", "overdue"), int
    )
    assert said["url"] is None
    assert min(said["people"], said["cases"], said["duties"], said["overdue"], said["set_aside"], said["stale"]) > 0
    assert late.code == 0, late.err
    assert abs(len(late.json) - again.json["overdue"]) <= 5, "a few clocks run out meanwhile"


def test_the_demo_leaves_alone_a_home_that_is_not_a_demo(outside):
    outside.home.mkdir()
    (outside.home / "something").write_text("of the force's own")

    done = outside("demo", "--no-serve", "--json")

    assert done.code == 10
    assert done.out == ""
    assert (outside.home / "something").exists()
