"""What a report says beside its figures: a claim of 374 of which 373 still stand, the register, and who answers for what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.made.releases import AFTER, OUT, enrolled, figures_made_up, out
from tests.made.stores import NOW

from duecare.recommendation.revisit_claim import Tally
from duecare.report.quarterly.quarterly_annexes import Revisits
from duecare.use_cases.recommendations.revisit_claims import RevisitClaim
from duecare.use_cases.releases import quarter_annexes
from duecare.use_cases.releases.quarter_annexes import posts_at, recommendation_lines, revisits_now
from duecare.use_cases.releases.view_published import published_page


@pytest.fixture
def here(store, monkeypatch):
    enrolled()
    return store.config


def claim(monkeypatch, still_clear, claimed=374):
    monkeypatch.setattr(
        quarter_annexes, "revisits_claimed", lambda at: (RevisitClaim("R1", Tally(claimed, still_clear, ())),)
    )


@pytest.mark.long
@pytest.mark.long_on_postgres
def test_374_are_printed_then_373_and_the_earlier_release_stands_with_the_correction(here, monkeypatch):
    said = figures_made_up(monkeypatch)
    claim(monkeypatch, 374)
    said["revisits"] = revisits_now(NOW)
    out(here, "2026-q2")
    first = published_page("2026-q2").released

    claim(monkeypatch, 373)
    found = revisits_now(AFTER)
    assert found == (Revisits("R1", 374, 373, 374, "2026-q2"),)
    said["revisits"] = found
    out(here, "2026-q2-corrected", now=OUT, publish_at=AFTER + timedelta(days=1), access=(), corrects="2026-q2",
        why="A later charge for harm stands against the claim.")  # fmt: skip

    words = " ".join(
        one for section in published_page("2026-q2-corrected").released.sections for one in section.sentences
    )
    assert "Of these, 373 of 374 are still clear." in words
    assert "This corrects the release 2026-q2, which gave 374 of 374" in words
    earlier = published_page("2026-q2")
    assert earlier.released == first
    assert "374 of 374 are still clear." in str(earlier.released.sections)
    assert earlier.corrected_by.slug == "2026-q2-corrected"
    assert revisits_now(AFTER) == (Revisits("R1", 374, 373, 373, "2026-q2-corrected"),)


def test_a_claim_of_none_is_none(here, monkeypatch):
    claim(monkeypatch, 0, 0)

    assert revisits_now(NOW) == ()


def test_the_register_as_lines_names_posts_and_what_it_was_tried_by(here, monkeypatch):
    row = {
        "number": "R1", "title": "Governance", "class": "immediate", "owner_post": "chief_officer_lead", "state": "in_hand",
        "is_reported_only": True, "age_days": 427, "result": {"passed": False, "on": "2026-11-01", "evidence": "round R"},
        "not_taken": None,
        "deadlines": [
            {"id": "action-plan", "says": "It is given.", "due_on": "2026-05-01", "kept": "met_late"},
            {"id": "done", "says": "It is done immediately.", "due_on": None, "kept": "no_limit"},
        ],
    }  # fmt: skip
    bare = {
        **row,
        "state": "done",
        "is_reported_only": False,
        "result": None,
        "deadlines": [],
        "owner_post": "",
        "age_days": None,
    }
    untaken = {**bare, "not_taken": {"on": "2026-11-20", "evidence": "round S", "why": "5 of its files were graded"}}
    monkeypatch.setattr(quarter_annexes, "public_register", lambda config, at: [row, bare, untaken])

    first, second, third = recommendation_lines(here, NOW)
    assert third.proof == "test could not be applied to round S: 5 of its files were graded"
    assert (first.owner, first.state, first.days_open) == ("chief officer lead", "in hand (only reported so)", 427)
    assert first.late == "action plan by 2026-05-01: met late; to be done, no number of days: no limit"
    assert first.proof == "test failed on 2026-11-01: round R"
    assert second.state == "claimed done, not verified"
    assert (second.owner, second.late, second.proof, second.days_open) == (
        "nobody",
        "none is set",
        "no test has been taken",
        None,
    )


def test_what_nobody_answers_for_is_vacant_and_no_name_is_shown(here):
    found = posts_at(here, NOW)

    assert found
    assert all(one.is_vacant and one.how == "nobody has been named" for one in found)
    assert {one.over for one in found} == {"a duty"}
