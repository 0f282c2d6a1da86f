"""The register for the public: every field of a row, what is never in it, and the order of rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from duecare.recommendation.late_recommendation import Standing, standing_of
from duecare.recommendation.public_register import public_row, public_rows, words_of_deed
from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.rulebook.chasing_days import USUAL
from duecare.vocabulary.moments import When

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TEST = SampleTest(Level(0.9), 20)
MADE: dict[str, object] = {
    "title": "See every child",
    "words": "At once.",
    "kind": "advice",
    "origin": "inspection",
    "urgency": "three_months",
    "addressed_to": "force",
    "published_on": "2026-01-05",
    "report": "Report of 2026",
    "source_url": "https://example.org/a https://example.org/b",
    "owner_post": "bcu_lead",
    "owner_area": "North",
    "owner_officer": "X9",
}
ACCEPTED = {"test": as_said(TEST), "test_hash": hash_of(TEST)}
Step = tuple[Deed, Party, dict[str, object]]


def recommendation(*steps: Step, number: str = "R1", **made: Any) -> Recommendation:
    facts = [
        Fact(number, place, deed, When.at(FIRST + (place - 1) * DAY), FIRST, "account-1", party, said)
        for place, (deed, party, said) in enumerate([(Deed.MADE, Party.INSPECTORATE, {**MADE, **made}), *steps], 1)
    ]
    found = fold_recommendation(facts, FIRST + 900 * DAY)
    assert found is not None
    return found


def by_force(deed: Deed, **said: object) -> Step:
    return deed, Party.FORCE, said


def standing(one: Recommendation, as_of: datetime = FIRST + 10 * DAY) -> Standing:
    return standing_of(one, as_of, USUAL, lambda kind, area, at: f"{kind}-{area}-{at.year}")


def row(*steps: Step, as_of: datetime = FIRST + 10 * DAY, **made: Any) -> dict[str, Any]:
    one = recommendation(*steps, **made)
    return public_row(one, standing(one, as_of))


CLAIMED = (
    by_force(Deed.ACCEPTED, **ACCEPTED),
    by_force(Deed.CLAIMED, officer="X1", teams=["Team A"], words="secret words"),
)


def test_a_new_one_has_these_fields() -> None:
    found = row()

    assert {name: found[name] for name in found if name != "deadlines"} == {
        "number": "R1",
        "kind": "advice",
        "from": "inspection",
        "addressed_to": "force",
        "title": "See every child",
        "words": "At once.",
        "class": "three_months",
        "published_on": "2026-01-05",
        "report": "Report of 2026",
        "source_urls": ["https://example.org/a", "https://example.org/b"],
        "owner_post": "bcu_lead",
        "state": "made",
        "is_reported_only": False,
        "age_days": 10,
        "rag": "green",
        "is_late": False,
        "test": "",
        "test_hash": "",
        "result": None,
        "not_taken": None,
        "passed_over": [],
        "replies": [],
        "history": [{"on": "2026-01-05", "what": "published"}],
        "superseded_by": "",
    }


def test_its_deadlines_name_their_day_and_provision() -> None:
    assert [(one["id"], one["due_on"], one["kept"], bool(one["provision"])) for one in row()["deadlines"]] == [
        ("done", "2026-04-05", "open", True),
        ("action-plan", "2026-02-16", "open", True),
        ("comments", "2026-03-01", "open", True),
    ]
    (dated,) = row(origin="round", urgency="dated", due_on="2026-02-01")["deadlines"]
    assert (dated["due_on"], dated["provision"]) == ("2026-02-01", "")
    (undated,) = row(origin="round", urgency="immediate")["deadlines"]
    assert (undated["due_on"], undated["kept"]) == (None, "no_limit")


def test_it_is_late_as_soon_as_one_of_its_days_is_over() -> None:
    plan_over = FIRST + 43 * DAY

    assert row(as_of=plan_over)["is_late"]
    assert row(as_of=plan_over)["rag"] == "red"
    assert not row(as_of=plan_over, origin="round")["is_late"]


def test_a_superseded_one_has_no_colour_and_names_its_successor() -> None:
    found = row(by_force(Deed.SUPERSEDED, by="R2"))

    assert (found["rag"], found["superseded_by"], found["state"]) == (None, "R2", "superseded")
    assert row(by_force(Deed.SUPERSEDED))["superseded_by"] == ""


@pytest.mark.parametrize(("made", "post"), [({"owner_post": ""}, ""), ({"owner_post": "", "owner_officer": ""}, "")])
def test_an_owner_without_a_post_is_not_named(made: dict[str, str], post: str) -> None:
    assert row(**made)["owner_post"] == post


def test_of_an_unknown_day_of_publication_nothing_is_made_up() -> None:
    found = row(published_on="", urgency="dated", due_on="2026-02-01")

    assert (found["published_on"], found["age_days"]) == (None, None)


def test_the_last_result_is_shown_without_its_numbers() -> None:
    failed = by_force(Deed.FAILED, value=0.25, low=0.11, high=0.43, evidence="round one", test_hash="h")
    again = by_force(Deed.CLAIMED, officer="X1", words="")
    passed = by_force(Deed.PASSED, value=0.9375, low=0.81, high=0.99, evidence="round two", test_hash="h")

    once, twice = row(*CLAIMED, failed), row(*CLAIMED, failed, again, passed)

    assert once["result"] == {"on": "2026-01-08", "passed": False, "evidence": "round one"}
    assert twice["result"] == {"on": "2026-01-10", "passed": True, "evidence": "round two"}
    assert not any(number in str(twice) for number in ("0.25", "0.11", "0.43", "0.9375", "0.81", "0.99"))
    assert (once["test"], once["test_hash"]) == (TEST.words, hash_of(TEST))


def test_evidence_on_which_the_test_could_not_be_taken_is_shown_until_it_is_passed_over() -> None:
    not_taken = by_force(Deed.NOT_TAKEN, evidence="round one", why="too few files")
    passed_over = (Deed.PASSED_OVER, Party.INSPECTORATE, {"round": "one", "words": "Nobody graded it."})

    before, after = row(*CLAIMED, not_taken), row(*CLAIMED, not_taken, passed_over)

    assert before["not_taken"] == {"on": "2026-01-08", "evidence": "round one", "why": "too few files"}
    assert before["passed_over"] == []
    assert after["not_taken"] is None
    assert after["passed_over"] == [
        {"on": "2026-01-09", "by": "inspectorate", "round": "one", "words": "Nobody graded it."}
    ]


def test_every_reply_is_shown_in_its_order() -> None:
    first = (
        Deed.REPLIED,
        Party.MAYORS_OFFICE,
        {"answer": "will_act", "words": "Soon.", "url": "https://example.org/r"},
    )

    found = row(first, by_force(Deed.REPLIED, answer="done"))

    assert found["replies"] == [
        {
            "on": "2026-01-06",
            "by": "mayors_office",
            "answer": "will_act",
            "words": "Soon.",
            "url": "https://example.org/r",
        },
        {"on": "2026-01-07", "by": "force", "answer": "done", "words": "", "url": ""},
    ]


def test_the_history_leaves_out_who_was_named_and_which_evidence_was_added() -> None:
    found = row(*CLAIMED, by_force(Deed.EVIDENCED, words="x"), by_force(Deed.OWNER_NAMED, owner_officer="X7"))

    assert found["history"] == [
        {"on": "2026-01-05", "what": "published"},
        {"on": "2026-01-06", "what": "accepted, and its test fixed"},
        {"on": "2026-01-07", "what": "claimed to be done"},
    ]


def test_no_person_account_or_team_is_in_a_row() -> None:
    found = str(
        row(*CLAIMED, by_force(Deed.OWNER_NAMED, owner_officer="X7", owner_post="bcu_lead"), as_of=FIRST + 500 * DAY)
    )

    assert not any(
        word in found for word in ("X9", "X1", "X7", "account-1", "Team A", "secret words", "bcu_lead-North")
    )


def test_what_only_another_register_reports_is_marked_so() -> None:
    assert row(by_force(Deed.REPORTED_DONE))["is_reported_only"]
    assert not row(by_force(Deed.REPORTED_DONE), by_force(Deed.ACCEPTED, **ACCEPTED))["is_reported_only"]


def test_days_are_those_of_london() -> None:
    fact = Fact("R1", 1, Deed.MADE, When.at(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)), FIRST, "a", Party.FORCE, MADE)
    one = fold_recommendation([fact], FIRST + 900 * DAY)
    assert one is not None

    history: Any = public_row(one, standing(one, FIRST + 200 * DAY))["history"]
    assert history[0]["on"] == "2026-07-01"


def test_rows_come_in_order_of_publication_then_of_number_and_undated_ones_last() -> None:
    made = [("R3", "2026-01-05"), ("R9", ""), ("R2", "2026-01-05"), ("R4", "2025-12-31"), ("R1", "")]
    found = [recommendation(number=number, published_on=day) for number, day in made]

    rows = public_rows((one, standing(one)) for one in found)

    assert [one["number"] for one in rows] == ["R4", "R2", "R3", "R1", "R9"]


def test_every_deed_has_words_and_no_two_have_the_same() -> None:
    words = [words_of_deed(Fact("R1", 1, deed, When.at(FIRST), FIRST, "a", Party.FORCE, {})) for deed in Deed]

    assert all(words)
    assert len(set(words)) == len(Deed)
