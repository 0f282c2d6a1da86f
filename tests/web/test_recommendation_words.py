"""Recommendations in words: a figure by its title, a day by what it is the day of, nothing said twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.made.recommendation_pages import public_register

from duecare.recommendation.late_recommendation import Rag
from duecare.recommendation.recommendation_at_moment import Result
from duecare.web.recommendations.presenters import public_words, rag_tag, result_words

AT = datetime(2026, 7, 1, tzinfo=UTC)
FAILED = Result(AT, False, 0.108, 0.081, 0.141, "figure late-local-see-the-child, 2026-Q3", "", "lead", AT)


def test_what_a_test_came_to_names_its_figure_by_its_title():
    assert result_words(FAILED, tells_by_how_much=True).endswith(", by the figure “Late: see the child”, 2026-Q3")
    assert "by the figure “Late: see the child”, 2026-Q3" in result_words(FAILED, tells_by_how_much=False)


def test_a_round_and_a_figure_that_is_no_longer_there_are_named_as_they_were_kept():
    for evidence in ("round first", "figure gone, 2026-Q3"):
        assert result_words(replace(FAILED, evidence=evidence), tells_by_how_much=True).endswith(f", by {evidence}")


def test_the_public_is_shown_what_its_day_is_and_that_one_took_its_place_once():
    row = public_register()[0]
    owed = [{"says": "It is done.", "kept": "met_late", "due_on": "2026-03-13"}]
    said = public_words({**row, "state": "superseded", "superseded_by": "NM-1", "deadlines": owed})

    assert said["how_far"] == "Replaced by NM-1"
    assert said["owed"] == [("It is done.", "Done late, due 13 March 2026")]


def test_green_does_not_say_in_time_for_it_is_so_of_what_was_done_late_too():
    assert rag_tag(Rag.GREEN).text == "Green: nothing late now"
