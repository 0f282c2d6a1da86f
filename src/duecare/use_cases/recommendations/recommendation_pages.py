"""A recommendation as it is shown: how it stands, its history in words, and its evidence as far as the viewer may open it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duecare.recommendation.chase import Standing
from duecare.recommendation.deadline import Deadline
from duecare.recommendation.fact import Deed, Fact
from duecare.recommendation.folded import Recommendation, Result
from duecare.recommendation.public import words_of_deed
from duecare.recommendation.registered import as_said
from duecare.recommendation.revisits import Tally
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
    """One line of its history: what, when, on whose behalf, in whose words?"""

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
        return tuple(Happened(fact, words_of_deed(fact), fact.happened_at) for fact in self.one.facts)

    def as_json(self, *, whole: bool = False) -> dict[str, object]:
        """What a command prints of it: a line of the register, or the whole."""
        one, how = self.one, self.how
        line: dict[str, object] = {
            "number": one.number,
            "title": one.title,
            "kind": one.kind.value,
            "origin": one.origin.value,
            "made_by": one.made_by.value,
            "addressed_to": one.addressed_to.value,
            "class": one.urgency.value,
            "published_on": one.published_on.isoformat() if one.published_on else None,
            "due_on": next(
                (each.due_on.isoformat() for each in how.deadlines if each.id == "done" and each.due_on), None
            ),
            "state": one.state.value,
            "reported_only": one.is_reported_only,
            "age_days": how.age_days,
            "rag": how.rag.value if how.rag else None,
            "owner": {"post": one.owner.post_kind, "area": one.owner.area, "officer": one.owner.officer}
            if one.owner
            else None,
            "told": [
                {"role": each.role, "person": each.person, "at": iso_text(each.at), "because": each.because}
                for each in how.told
            ],
            "sequence": one.sequence,
        }
        return line | self._rest() if whole else line

    def _rest(self) -> dict[str, object]:
        one = self.one
        return {
            "words": one.words,
            "report": one.report,
            "source_urls": list(one.source_urls),
            "deadlines": [_deadline(each) for each in self.how.deadlines],
            "test": {**as_said(one.test), "words": one.test_words, "hash": one.test_hash} if one.test else None,
            "registered_at": iso_text(one.registered_at) if one.registered_at else None,
            "claimed_at": iso_text(one.claim.at) if one.claim else None,
            "results": [_result(each, self.tells_by_how_much) for each in one.results],
            "not_taken": {
                "at": iso_text(one.not_taken.at),
                "evidence": one.not_taken.evidence,
                "why": one.not_taken.why,
            }
            if one.not_taken
            else None,
            "evidence": [_linked(each) for each in self.evidence],
            "superseded_by": one.superseded_by or None,
            "history": [
                {
                    "sequence": each.fact.sequence,
                    "deed": each.fact.deed.value,
                    "what": each.what,
                    "happened_at": _when(each.when),
                    "noted_at": iso_text(each.fact.noted_at),
                    "party": each.fact.party.value,
                    "status": each.fact.text("status") or None,
                    "answer": each.fact.text("answer") or None,
                    "round": each.fact.text("round") or None,
                    "words": each.fact.text("words") or None,
                    "url": each.fact.text("url") or None,
                }
                for each in self.history
            ],
            "may": sorted(deed.value for deed in self.may),
        }


def register_as_json(shown: Iterable[RecommendationShown]) -> list[Mapping[str, object]]:
    """What `duecare recommend list --json` prints."""
    return [one.as_json() for one in shown]


def _deadline(each: Deadline) -> dict[str, object]:
    source = each.rule.source if each.rule else None
    return {
        "id": each.id,
        "says": each.says,
        "owed_by": each.owed_by.value,
        "due_at": iso_text(each.due_at) if each.due_at else None,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "met_at": iso_text(each.met_at) if each.met_at else None,
        "kept": each.kept.value,
        "source": f"{source.title}, {source.provision}" if source else None,
    }


def _result(each: Result, tells: bool) -> dict[str, object]:
    return {
        "at": iso_text(each.at),
        "passed": each.passed,
        "value": each.value if tells else None,
        "low": each.low if tells else None,
        "high": each.high if tells else None,
        "evidence": each.evidence,
        "test_hash": each.test_hash,
    }


def _linked(each: Linked) -> dict[str, object]:
    fact = each.fact
    said: dict[str, object] = {"kind": each.kind, "words": fact.text("words") or None}
    match each.kind:
        case "round":
            said["round"] = fact.text("round")
        case "figure":
            said |= {"figure": fact.text("figure"), "period": fact.text("period")}
        case "document":
            said["url"] = fact.text("url") or None
        case "facts":
            said |= {"cases": [list(case) for case in each.cases], "not_shown": each.hidden}
        case "revisits" if each.tally is not None:
            said |= {
                "claimed": each.tally.claimed,
                "still_clear": each.tally.still_clear,
                "cases": [list(case) for case in each.cases],
                "not_shown": each.hidden,
            }
    return said


def _when(when: When) -> str:
    return iso_text(when.earliest)
