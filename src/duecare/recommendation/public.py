"""The register as the public sees it: plain rows, in which posts are named and never a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from duecare.recommendation.chase import Standing
from duecare.recommendation.deadline import Kept
from duecare.recommendation.fact import Deed, Fact
from duecare.recommendation.folded import Recommendation
from duecare.vocabulary.moments import london_day

_SHOWN = {
    Deed.MADE: "published",
    Deed.ACCEPTED: "accepted, and its test fixed",
    Deed.PLANNED: "action plan given",
    Deed.ACTED: "action recorded",
    Deed.REPLIED: "reply published",
    Deed.CLAIMED: "claimed to be done",
    Deed.PASSED: "test passed",
    Deed.FAILED: "test failed: opened again",
    Deed.NOT_TAKEN: "test could not be taken: the claim stands unproved",
    Deed.PASSED_OVER: "a round passed over, in the open",
    Deed.HARMED: "a later fact stands against it: opened again",
    Deed.REPORTED_OPEN: "reported open by a register kept elsewhere",
    Deed.REPORTED_IN_HAND: "reported in hand by a register kept elsewhere",
    Deed.REPORTED_DONE: "reported complete by a register kept elsewhere, without proof",
    Deed.SUPERSEDED: "superseded",
}
_INSIDE = {Deed.OWNER_NAMED: "an owner named", Deed.EVIDENCED: "evidence put beside it"}


def public_row(one: Recommendation, how: Standing) -> dict[str, object]:
    """What the public may read of this recommendation.

    Shape:   no account, no officer, no case and no number of a result, which may count children; every reply.
    """
    last = one.results[-1] if one.results else None
    return {
        "number": one.number,
        "kind": one.kind.value,
        "from": one.origin.value,
        "addressed_to": one.addressed_to.value,
        "title": one.title,
        "words": one.words,
        "class": one.urgency.value,
        "published_on": _iso(one.published_on),
        "report": one.report,
        "source_urls": list(one.source_urls),
        "owner_post": one.owner.post_kind if one.owner else "",
        "state": one.state.value,
        "is_reported_only": one.is_reported_only,
        "age_days": how.age_days,
        "rag": how.rag.value if how.rag else None,
        "deadlines": [
            {
                "id": each.id,
                "says": each.says,
                "due_on": _iso(each.due_on),
                "kept": each.kept.value,
                "provision": each.rule.source.provision if each.rule else "",
            }
            for each in how.deadlines
        ],
        "is_late": any(each.kept is Kept.OVERDUE for each in how.deadlines),
        "test": one.test_words,
        "test_hash": one.test_hash,
        "result": {
            "on": _iso(london_day(last.at)),
            "passed": last.passed,
            "evidence": last.evidence,
        }
        if last
        else None,
        "not_taken": {
            "on": _iso(london_day(one.not_taken.at)),
            "evidence": one.not_taken.evidence,
            "why": one.not_taken.why,
        }
        if one.not_taken
        else None,
        "passed_over": [
            {
                "on": _iso(london_day(fact.happened_at.earliest)),
                "by": fact.party.value,
                "round": fact.text("round"),
                "words": fact.text("words"),
            }
            for fact in one.of(Deed.PASSED_OVER)
        ],
        "replies": [
            {
                "on": _iso(london_day(fact.happened_at.earliest)),
                "by": fact.party.value,
                "answer": fact.text("answer"),
                "words": fact.text("words"),
                "url": fact.text("url"),
            }
            for fact in one.of(Deed.REPLIED)
        ],
        "history": [
            {"on": _iso(london_day(fact.happened_at.earliest)), "what": _SHOWN[fact.deed]}
            for fact in one.facts
            if fact.deed in _SHOWN
        ],
        "superseded_by": one.superseded_by,
    }


def public_rows(held: Iterable[tuple[Recommendation, Standing]]) -> list[dict[str, object]]:
    """The whole register for the public, in order of publication and number."""
    ordered = sorted(held, key=lambda pair: (pair[0].published_on is None, str(pair[0].published_on), pair[0].number))
    return [public_row(one, how) for one, how in ordered]


def words_of_deed(fact: Fact) -> str:
    """What happened, in words; what the public's own history leaves out, too."""
    return _SHOWN.get(fact.deed) or _INSIDE[fact.deed]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
