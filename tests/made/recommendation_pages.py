"""Recommendations as their pages show them, in every state by name; nobody in them exists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from duecare.recommendation.late_recommendation import standing_of
from duecare.recommendation.new_recommendation import Making
from duecare.recommendation.public_register import public_rows
from duecare.recommendation.recommendation_at_moment import fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact, Party
from duecare.recommendation.registered_test import Level, SampleTest, as_said, hash_of
from duecare.recommendation.revisit_claim import Tally
from duecare.record.pole import CaseKey
from duecare.rulebook.chasing_days import USUAL
from duecare.use_cases.recommendations.recommendation_pages import Linked, RecommendationShown
from duecare.vocabulary.moments import When

TEST: Final = SampleTest(Level(0.9), 60)
MADE_AT: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_CLAIMED: Final = (Deed.ACCEPTED, Deed.PLANNED, Deed.ACTED, Deed.EVIDENCED, Deed.EVIDENCED, Deed.REPLIED, Deed.CLAIMED)
STATES: Final = {
    "MADE-1": (),
    "HAND-1": _CLAIMED[:3],
    "DONE-1": _CLAIMED,
    "PASS-1": (*_CLAIMED, Deed.PASSED),
    "OPEN-1": (*_CLAIMED, Deed.FAILED),
    "SHUT-1": (*_CLAIMED, Deed.NOT_TAKEN, Deed.PASSED_OVER, Deed.NOT_TAKEN),
    "OVER-1": (Deed.SUPERSEDED,),
}
_SAID: Final[dict[Deed, dict[str, object]]] = {
    Deed.ACCEPTED: {"test": as_said(TEST), "test_hash": hash_of(TEST)},
    Deed.PLANNED: {"words": "The plan of the made-up force.", "url": "https://example.org/plan"},
    Deed.ACTED: {"words": "Every shift was trained."},
    Deed.EVIDENCED: {"kind": "revisits", "claimed": 374, "cases": []},
    Deed.REPLIED: {"answer": "will_act", "words": "The mayor’s office will follow it at each meeting."},
    Deed.CLAIMED: {"words": "Every child is seen within the hours set.", "officer": "CO1"},
    Deed.PASSED: {
        "value": 0.95,
        "low": 0.863,
        "high": 0.983,
        "evidence": "round spring-2026",
        "test_hash": hash_of(TEST),
    },
    Deed.FAILED: {
        "value": 0.733,
        "low": 0.61,
        "high": 0.829,
        "evidence": "round spring-2026",
        "test_hash": hash_of(TEST),
    },
    Deed.NOT_TAKEN: {
        "evidence": "round spring-2026",
        "why": "41 of its files were graded by the inspectorate, of 60 registered",
    },
    Deed.PASSED_OVER: {"round": "spring-2026", "words": "Its graders were called away; the next is of the same plan."},
    Deed.SUPERSEDED: {"by": "MADE-1"},
}


_PARTY: Final = {
    Deed.REPLIED: Party.MAYORS_OFFICE, Deed.NOT_TAKEN: Party.INSPECTORATE, Deed.PASSED_OVER: Party.INSPECTORATE,
}  # fmt: skip


def recommendation(number: str) -> RecommendationShown:
    """This recommendation, to somebody who may do everything to it."""
    making = Making(
        number, f"See every child in time ({number})", "Every child is seen in the hours set, and asked what they want.",
        "inspection", "immediate" if number == "MADE-1" else "three_months", published_on=date(2026, 1, 5),
        report="Made-up inspection of 2026", source_url="https://example.org/report", owner_post="bcu_lead",
        owner_area="Eastmoor",
    )  # fmt: skip
    deeds = (Deed.MADE, *STATES.get(number, ()))
    facts = [
        Fact(
            number, place, deed, When.at(MADE_AT + timedelta(days=7 * place)), MADE_AT + timedelta(days=7 * place), "made-up",
            _PARTY.get(deed, Party.FORCE),
            making.as_said() if deed is Deed.MADE else _SAID[deed],
        )
        for place, deed in enumerate(deeds, 1)
    ]  # fmt: skip
    as_of = MADE_AT + timedelta(days=120)
    one = fold_recommendation(facts, as_of)
    assert one is not None
    evidence = ()
    if one.of(Deed.EVIDENCED):
        fact = one.of(Deed.EVIDENCED)[0]
        case = CaseKey("merlin", "MER/2016/0001")
        evidence = (
            Linked(fact, "revisits", (case,), 0, Tally(374, 373, (case,))),
            Linked(Fact(number, 9, Deed.EVIDENCED, fact.happened_at, MADE_AT, "x", Party.FORCE,
                        {"kind": "round", "round": "drawn", "words": "Graded by both sides."}), "round"),
        )  # fmt: skip
    how = standing_of(one, as_of, USUAL, lambda kind, area, at: {"bcu_lead": "BL1"}.get(kind))
    return RecommendationShown(one, how, evidence, frozenset(Deed) if one.is_open else frozenset())


def recommendations() -> tuple[RecommendationShown, ...]:
    """One in every state."""
    return tuple(recommendation(number) for number in STATES)


def public_register() -> list[dict[str, object]]:
    """The same for the public."""
    return public_rows((shown.one, shown.how) for shown in recommendations())
