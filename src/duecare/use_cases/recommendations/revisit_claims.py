"""Claims that cases were revisited and none showed further harm: counted, and opened again by any later fact that says else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecare.recommendation.fact import Deed, Fact
from duecare.recommendation.folded import Recommendation, fold_recommendation
from duecare.recommendation.revisits import Period, Tally, tally_revisits
from duecare.recommendation.state import may_follow
from duecare.record.pole import CaseKey
from duecare.store.oversight import recommendation_facts
from duecare.vocabulary.moments import When

REVISITS = "revisits"
NOBODY = "duecare"
"""Who writes down that a fact opened a recommendation again: nobody decided that."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Which recommendation claims it, of how many cases, and of how many does it still stand?"""

    number: str
    tally: Tally


def tallies_of(one: Recommendation, as_of: datetime, known_at: datetime | None = None) -> tuple[Tally, ...]:
    """How far does each claim about revisits beside this recommendation stand at as-of, as known then?"""
    return tuple(_tally(fact, as_of, known_at) for fact in one.of(Deed.EVIDENCED) if fact.text("kind") == REVISITS)


def revisits_claimed(as_of: datetime, known_at: datetime | None = None) -> tuple[Claimed, ...]:
    """Every claim about revisits in the register, with how far it stands: for a step that has asked.

    Shape:   in order of number; a report prints `still_clear` of `claimed`, and never the cases.
    """
    found = []
    for number, facts in recommendation_facts.facts_by_number().items():
        one = fold_recommendation(facts, as_of, known_at)
        found += [Claimed(number, each) for each in (tallies_of(one, as_of, known_at) if one else ())]
    return tuple(found)


def every_known(as_of: datetime, known_at: datetime | None = None) -> dict[str, tuple[Fact, ...]]:
    """The facts of every recommendation by its number, with those that follow from what is known of revisited cases."""
    return {
        number: with_harm(facts, as_of, known_at) for number, facts in recommendation_facts.facts_by_number().items()
    }


def with_harm(facts: tuple[Fact, ...], as_of: datetime, known_at: datetime | None = None) -> tuple[Fact, ...]:
    """These facts of one recommendation, and that it opened again, where a case said to be clear no longer is."""
    harm = harm_since(facts, as_of, known_at)
    return facts if harm is None else (*facts, harm)


def harm_since(facts: tuple[Fact, ...], as_of: datetime, known_at: datetime | None = None) -> Fact | None:
    """The fact that this recommendation opened again because a case said to be clear of further harm is not.

    Shape:   worked out from the facts of the cases, so that nothing need have run; None where every case still is clear, or
             those that are not have opened it before. It happened when the last of those facts was known.
    """
    one = fold_recommendation(facts, as_of, known_at)
    if one is None or not may_follow(Deed.HARMED, one.state, has_test=one.test is not None):
        return None
    told = {key for fact in one.of(Deed.HARMED) for key in _cases(fact)}
    for each in tallies_of(one, as_of, known_at):
        if set(each.reopened) - told:
            last = one.facts[-1]
            at = max(each.latest_at or last.happened_at.latest, last.happened_at.latest)
            said: dict[str, object] = {
                "claimed": each.claimed,
                "still_clear": each.still_clear,
                "cases": [list(key) for key in each.reopened],
            }
            return Fact(
                one.number, one.sequence + 1, Deed.HARMED, When.at(at), max(at, last.noted_at), NOBODY, last.party, said
            )
    return None


def _tally(fact: Fact, as_of: datetime, known_at: datetime | None) -> Tally:
    cases = _cases(fact)
    known, whose = recommendation_facts.facts_around(cases, known_at)
    events = [event for event in known if max(event.happened_at.earliest, event.written_at) <= as_of]
    return tally_revisits(cases, Period(_day(fact.text("from")), _day(fact.text("to"))), events, whose)


def _cases(fact: Fact) -> tuple[CaseKey, ...]:
    said = fact.said.get("cases")
    return tuple(CaseKey(str(one[0]), str(one[1])) for one in said) if isinstance(said, list | tuple) else ()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
