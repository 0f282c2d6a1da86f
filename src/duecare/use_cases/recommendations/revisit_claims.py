"""Claims that cases were revisited and none showed further harm: counted, and opened again by any later fact that says else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecare.recommendation.recommendation_at_moment import Recommendation, fold_recommendation
from duecare.recommendation.recommendation_fact import Deed, Fact
from duecare.recommendation.recommendation_state import may_follow
from duecare.recommendation.revisit_claim import Period, Tally, tally_revisits
from duecare.record.pole import CaseKey
from duecare.store.oversight import recommendation_facts
from duecare.vocabulary.moments import When

REVISITS = "revisits"
NOBODY = "duecare"
"""Who writes down that a fact opened a recommendation again: nobody decided that."""


@dataclass(frozen=True, slots=True)
class RevisitClaim:
    """The recommendation that claims it, of how many cases, and of how many the claim still stands."""

    number: str
    tally: Tally


def tallies_of(recommendation: Recommendation, as_of: datetime, known_at: datetime | None = None) -> tuple[Tally, ...]:
    """How far each claim about revisits beside this recommendation stands at as-of, as known then."""
    return tuple(
        _tally_of(deed_fact, as_of, known_at)
        for deed_fact in recommendation.of(Deed.EVIDENCED)
        if deed_fact.text("kind") == REVISITS
    )


def revisits_claimed(as_of: datetime, known_at: datetime | None = None) -> tuple[RevisitClaim, ...]:
    """Every claim about revisits in the register, with how far it stands: for a step that has asked.

    Shape:   in order of number; a report prints `still_clear` of `claimed`, and never the cases.
    """
    claims_found = []
    for number, facts in recommendation_facts.facts_by_number().items():
        recommendation = fold_recommendation(facts, as_of, known_at)
        claims_found += [
            RevisitClaim(number, revisit_tally)
            for revisit_tally in (tallies_of(recommendation, as_of, known_at) if recommendation else ())
        ]
    return tuple(claims_found)


def every_known(as_of: datetime, known_at: datetime | None = None) -> dict[str, tuple[Fact, ...]]:
    """The facts of every recommendation by its number, with those that follow from what is known of revisited cases."""
    return {
        number: with_harm(facts, as_of, known_at) for number, facts in recommendation_facts.facts_by_number().items()
    }


def with_harm(facts: tuple[Fact, ...], as_of: datetime, known_at: datetime | None = None) -> tuple[Fact, ...]:
    """These facts of one recommendation, and that it opened again, where a case said to be clear no longer is."""
    harm_fact = harm_since(facts, as_of, known_at)
    return facts if harm_fact is None else (*facts, harm_fact)


def harm_since(facts: tuple[Fact, ...], as_of: datetime, known_at: datetime | None = None) -> Fact | None:
    """The fact that this recommendation opened again because a case said to be clear of further harm is not.

    Shape:   worked out from the facts of the cases, so that nothing need have run; None where every case still is clear, or
             those that are not have opened it before. It happened when the last of those facts was known.
    """
    recommendation = fold_recommendation(facts, as_of, known_at)
    if recommendation is None or not may_follow(
        Deed.HARMED, recommendation.state, has_test=recommendation.test is not None
    ):
        return None
    cases_told = {case_key for deed_fact in recommendation.of(Deed.HARMED) for case_key in _cases_of_fact(deed_fact)}
    for revisit_tally in tallies_of(recommendation, as_of, known_at):
        if set(revisit_tally.reopened) - cases_told:
            last_fact = recommendation.facts[-1]
            harmed_at = max(revisit_tally.latest_at or last_fact.happened_at.latest, last_fact.happened_at.latest)
            harm_content: dict[str, object] = {
                "claimed": revisit_tally.claimed,
                "still_clear": revisit_tally.still_clear,
                "cases": [list(case_key) for case_key in revisit_tally.reopened],
            }
            return Fact(
                recommendation.number,
                recommendation.sequence + 1,
                Deed.HARMED,
                When.at(harmed_at),
                max(harmed_at, last_fact.noted_at),
                NOBODY,
                last_fact.party,
                harm_content,
            )
    return None


def _tally_of(deed_fact: Fact, as_of: datetime, known_at: datetime | None) -> Tally:
    cases = _cases_of_fact(deed_fact)
    known_facts, person_of_record = recommendation_facts.facts_around(cases, known_at)
    events = [event for event in known_facts if max(event.happened_at.earliest, event.written_at) <= as_of]
    return tally_revisits(
        cases, Period(_day_of(deed_fact.text("from")), _day_of(deed_fact.text("to"))), events, person_of_record
    )


def _cases_of_fact(deed_fact: Fact) -> tuple[CaseKey, ...]:
    cases_said = deed_fact.said.get("cases")
    return (
        tuple(CaseKey(str(case_text[0]), str(case_text[1])) for case_text in cases_said)
        if isinstance(cases_said, list | tuple)
        else ()
    )


def _day_of(day_text: str) -> date | None:
    return date.fromisoformat(day_text) if day_text else None
