"""A recommendation as it is shown: how it stands, its history in words, and its evidence as far as the viewer may open it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.recommendation.deadline import Deadline
from duecare.recommendation.late_recommendation import Standing
from duecare.recommendation.public_register import words_of_deed
from duecare.recommendation.recommendation_at_moment import Recommendation, Result
from duecare.recommendation.recommendation_fact import Deed, Fact
from duecare.recommendation.registered_test import as_said
from duecare.recommendation.revisit_claim import Tally
from duecare.record.pole import CaseKey
from duecare.vocabulary.moments import When, iso_text


@dataclass(frozen=True, slots=True)
class Linked:
    """One piece of evidence as it is shown.

    Shape:   `kind` is round, figure, facts, document or revisits; of facts, `cases` are those that the viewer may open and
             `hidden` counts the others; of revisits, `tally` says how far the claim still stands.
    """

    fact: Fact
    kind: str
    cases: tuple[CaseKey, ...] = ()
    hidden: int = 0
    tally: Tally | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of its history: what, when, for which party, in which words."""

    fact: Fact
    what: str
    when: When


@dataclass(frozen=True, slots=True)
class RecommendationShown:
    """One recommendation, as it is shown to one viewer.

    Shape:   `may` names the deeds that the viewer may do to it as it stands; empty when looking back. `tells_by_how_much`:
             may the viewer read the values that its test came to?
    """

    one: Recommendation
    how: Standing
    evidence: tuple[Linked, ...] = ()
    may: frozenset[Deed] = frozenset()
    tells_by_how_much: bool = False

    @property
    def history(self) -> tuple[Happened, ...]:
        """What happened to it, in order."""
        return tuple(
            Happened(deed_fact, words_of_deed(deed_fact), deed_fact.happened_at) for deed_fact in self.one.facts
        )

    def as_json(self, *, whole: bool = False) -> dict[str, object]:
        """What a command prints of it: a line of the register, or the whole."""
        recommendation, standing = self.one, self.how
        line_json: dict[str, object] = {
            "number": recommendation.number,
            "title": recommendation.title,
            "kind": recommendation.kind.value,
            "origin": recommendation.origin.value,
            "made_by": recommendation.made_by.value,
            "addressed_to": recommendation.addressed_to.value,
            "class": recommendation.urgency.value,
            "published_on": recommendation.published_on.isoformat() if recommendation.published_on else None,
            "due_on": next(
                (
                    deadline.due_on.isoformat()
                    for deadline in standing.deadlines
                    if deadline.id == "done" and deadline.due_on
                ),
                None,
            ),
            "state": recommendation.state.value,
            "reported_only": recommendation.is_reported_only,
            "age_days": standing.age_days,
            "rag": standing.rag.value if standing.rag else None,
            "owner": {
                "post": recommendation.owner.post_kind,
                "area": recommendation.owner.area,
                "officer": recommendation.owner.officer,
            }
            if recommendation.owner
            else None,
            "told": [
                {
                    "role": told_party.role,
                    "person": told_party.person,
                    "at": iso_text(told_party.at),
                    "because": told_party.because,
                }
                for told_party in standing.told
            ],
            "sequence": recommendation.sequence,
        }
        return line_json | self._rest() if whole else line_json

    def _rest(self) -> dict[str, object]:
        recommendation = self.one
        return {
            "words": recommendation.words,
            "report": recommendation.report,
            "source_urls": list(recommendation.source_urls),
            "deadlines": [_deadline_json(deadline) for deadline in self.how.deadlines],
            "test": {
                **as_said(recommendation.test),
                "words": recommendation.test_words,
                "hash": recommendation.test_hash,
            }
            if recommendation.test
            else None,
            "registered_at": iso_text(recommendation.registered_at) if recommendation.registered_at else None,
            "claimed_at": iso_text(recommendation.claim.at) if recommendation.claim else None,
            "results": [_result_json(test_result, self.tells_by_how_much) for test_result in recommendation.results],
            "not_taken": {
                "at": iso_text(recommendation.not_taken.at),
                "evidence": recommendation.not_taken.evidence,
                "why": recommendation.not_taken.why,
            }
            if recommendation.not_taken
            else None,
            "evidence": [_linked_json(linked_item) for linked_item in self.evidence],
            "superseded_by": recommendation.superseded_by or None,
            "history": [
                {
                    "sequence": happening.fact.sequence,
                    "deed": happening.fact.deed.value,
                    "what": happening.what,
                    "happened_at": _when_text(happening.when),
                    "noted_at": iso_text(happening.fact.noted_at),
                    "party": happening.fact.party.value,
                    "status": happening.fact.text("status") or None,
                    "answer": happening.fact.text("answer") or None,
                    "round": happening.fact.text("round") or None,
                    "words": happening.fact.text("words") or None,
                    "url": happening.fact.text("url") or None,
                }
                for happening in self.history
            ],
            "may": sorted(deed_kind.value for deed_kind in self.may),
        }


def register_as_json(register_shown: Iterable[RecommendationShown]) -> list[Mapping[str, object]]:
    """What `duecare recommend list --json` prints."""
    return [recommendation_shown.as_json() for recommendation_shown in register_shown]


def _deadline_json(deadline: Deadline) -> dict[str, object]:
    source = deadline.rule.source if deadline.rule else None
    return {
        "id": deadline.id,
        "says": deadline.says,
        "owed_by": deadline.owed_by.value,
        "due_at": iso_text(deadline.due_at) if deadline.due_at else None,
        "due_on": deadline.due_on.isoformat() if deadline.due_on else None,
        "met_at": iso_text(deadline.met_at) if deadline.met_at else None,
        "kept": deadline.kept.value,
        "source": f"{source.title}, {source.provision}" if source else None,
    }


def _result_json(test_result: Result, tells: bool) -> dict[str, object]:
    return {
        "at": iso_text(test_result.at),
        "passed": test_result.passed,
        "value": test_result.value if tells else None,
        "low": test_result.low if tells else None,
        "high": test_result.high if tells else None,
        "evidence": test_result.evidence,
        "test_hash": test_result.test_hash,
    }


def _linked_json(linked_item: Linked) -> dict[str, object]:
    deed_fact = linked_item.fact
    linked_json: dict[str, object] = {"kind": linked_item.kind, "words": deed_fact.text("words") or None}
    match linked_item.kind:
        case "round":
            linked_json["round"] = deed_fact.text("round")
        case "figure":
            linked_json |= {"figure": deed_fact.text("figure"), "period": deed_fact.text("period")}
        case "document":
            linked_json["url"] = deed_fact.text("url") or None
        case "facts":
            linked_json |= {
                "cases": [list(case_key) for case_key in linked_item.cases],
                "not_shown": linked_item.hidden,
            }
        case "revisits" if linked_item.tally is not None:
            linked_json |= {
                "claimed": linked_item.tally.claimed,
                "still_clear": linked_item.tally.still_clear,
                "cases": [list(case_key) for case_key in linked_item.cases],
                "not_shown": linked_item.hidden,
            }
    return linked_json


def _when_text(when_known: When) -> str:
    return iso_text(when_known.earliest)
