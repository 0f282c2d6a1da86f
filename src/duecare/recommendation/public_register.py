"""The register as the public sees it: plain rows, in which posts are named and never a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from duecare.recommendation.deadline import DeadlineState
from duecare.recommendation.late_recommendation import Standing
from duecare.recommendation.recommendation_at_moment import Recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact
from duecare.vocabulary.london_clock import london_day

_SHOWN = {
    Deed.MADE: "published",
    Deed.ACCEPTED: "accepted, and its test fixed",
    Deed.PLANNED: "action plan given",
    Deed.ACTED: "action recorded",
    Deed.REPLIED: "reply published",
    Deed.CLAIMED: "claimed to be done",
    Deed.PASSED: "test passed",
    Deed.FAILED: "test failed: opened again",
    Deed.NOT_TAKEN: "test could not be applied: the claim is unproved",
    Deed.PASSED_OVER: "a round passed over, in the open",
    Deed.HARMED: "a later fact contradicts it: opened again",
    Deed.REPORTED_OPEN: "reported open by another register",
    Deed.REPORTED_IN_HAND: "reported in progress by another register",
    Deed.REPORTED_DONE: "reported complete by another register, without proof",
    Deed.SUPERSEDED: "superseded",
}
_INSIDE = {Deed.OWNER_NAMED: "an owner named", Deed.EVIDENCED: "evidence added"}


def public_row(recommendation: Recommendation, standing: Standing) -> dict[str, object]:
    """What the public may read of this recommendation.

    Shape:   no account, no officer, no case and no number of a result, which may count children; every reply.
    """
    last_result = recommendation.results[-1] if recommendation.results else None
    return {
        "number": recommendation.number,
        "kind": recommendation.kind.value,
        "from": recommendation.origin.value,
        "addressed_to": recommendation.addressed_to.value,
        "title": recommendation.title,
        "words": recommendation.words,
        "class": recommendation.urgency.value,
        "published_on": _iso_or_none(recommendation.published_on),
        "report": recommendation.report,
        "source_urls": list(recommendation.source_urls),
        "owner_post": recommendation.owner.post_kind if recommendation.owner else "",
        "state": recommendation.state.value,
        "is_reported_only": recommendation.is_reported_only,
        "age_days": standing.age_days,
        "rag": standing.rag.value if standing.rag else None,
        "deadlines": [
            {
                "id": deadline.id,
                "says": deadline.says,
                "due_on": _iso_or_none(deadline.due_on),
                "kept": deadline.kept.value,
                "provision": deadline.rule.source.provision if deadline.rule else "",
            }
            for deadline in standing.deadlines
        ],
        "is_late": any(deadline.kept is DeadlineState.OVERDUE for deadline in standing.deadlines),
        "test": recommendation.test_words,
        "test_hash": recommendation.test_hash,
        "result": {
            "on": _iso_or_none(london_day(last_result.at)),
            "passed": last_result.passed,
            "evidence": last_result.evidence,
        }
        if last_result
        else None,
        "not_taken": {
            "on": _iso_or_none(london_day(recommendation.not_taken.at)),
            "evidence": recommendation.not_taken.evidence,
            "why": recommendation.not_taken.why,
        }
        if recommendation.not_taken
        else None,
        "passed_over": [
            {
                "on": _iso_or_none(london_day(recommendation_fact.happened_at.earliest)),
                "by": recommendation_fact.party.value,
                "round": recommendation_fact.text("round"),
                "words": recommendation_fact.text("words"),
            }
            for recommendation_fact in recommendation.of(Deed.PASSED_OVER)
        ],
        "replies": [
            {
                "on": _iso_or_none(london_day(recommendation_fact.happened_at.earliest)),
                "by": recommendation_fact.party.value,
                "answer": recommendation_fact.text("answer"),
                "words": recommendation_fact.text("words"),
                "url": recommendation_fact.text("url"),
            }
            for recommendation_fact in recommendation.of(Deed.REPLIED)
        ],
        "history": [
            {
                "on": _iso_or_none(london_day(recommendation_fact.happened_at.earliest)),
                "what": _SHOWN[recommendation_fact.deed],
            }
            for recommendation_fact in recommendation.facts
            if recommendation_fact.deed in _SHOWN
        ],
        "superseded_by": recommendation.superseded_by,
    }


def public_rows(recommendations: Iterable[tuple[Recommendation, Standing]]) -> list[dict[str, object]]:
    """The whole register for the public, in order of publication and number."""
    ordered = sorted(
        recommendations,
        key=lambda standing_pair: (
            standing_pair[0].published_on is None,
            str(standing_pair[0].published_on),
            standing_pair[0].number,
        ),
    )
    return [public_row(recommendation, standing) for recommendation, standing in ordered]


def words_of_deed(recommendation_fact: Fact) -> str:
    """What happened, in words; what the public's own history leaves out, too."""
    return _SHOWN.get(recommendation_fact.deed) or _INSIDE[recommendation_fact.deed]


def _iso_or_none(calendar_day: date | None) -> str | None:
    return calendar_day.isoformat() if calendar_day is not None else None
