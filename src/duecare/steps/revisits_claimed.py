"""Claims that cases were revisited and none showed further harm: counted, held against later facts, opened again by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from duecare.access.act import Act
from duecare.recommendation.fact import Deed, Fact
from duecare.recommendation.folded import Recommendation, fold
from duecare.recommendation.revisits import Period, Tally, tally
from duecare.recommendation.state import may_follow
from duecare.record.pole import CaseKey
from duecare.steps.asking import Asking
from duecare.steps.recommended import next_fact, speaks_for
from duecare.steps.shape import record
from duecare.store import recommendations
from duecare.store.handles import CASE
from duecare.store.transaction import transaction

REVISITS = "revisits"


@dataclass(frozen=True, slots=True)
class Claimed:
    """Which recommendation claims it, of how many cases, and of how many does it still stand?"""

    number: str
    tally: Tally

    def as_json(self) -> dict[str, object]:
        """What a command prints of it: counts, and no case."""
        return {"number": self.number, "claimed": self.tally.claimed, "still_clear": self.tally.still_clear}


def tallies_of(one: Recommendation, as_of: datetime, known_at: datetime | None = None) -> tuple[Tally, ...]:
    """How far does each claim about revisits beside this recommendation stand at as-of, as known then?"""
    return tuple(_tally(fact, as_of, known_at) for fact in one.of(Deed.EVIDENCED) if fact.text("kind") == REVISITS)


def revisits_claimed(as_of: datetime, known_at: datetime | None = None) -> tuple[Claimed, ...]:
    """Every claim about revisits in the register, with how far it stands: for a step that has asked.

    Shape:   in order of number; a report prints `still_clear` of `claimed`, and never the cases.
    """
    found = []
    for number, facts in recommendations.facts_by_number().items():
        one = fold(facts, as_of, known_at)
        found += [Claimed(number, each) for each in (tallies_of(one, as_of, known_at) if one else ())]
    return tuple(found)


def reopen_by_harm(asking: Asking) -> tuple[Claimed, ...]:
    """Open again every recommendation beside which a claim of no further harm no longer stands; those that were opened.

    Shape:   a case opens it once: what was counted before opens nothing a second time.
    Raises:  ACC-003 unless the viewer verifies.
    """
    party = speaks_for(asking, Act.VERIFY_RECOMMENDATION)
    found: list[Claimed] = []
    kept: list[Fact] = []
    cases: set[CaseKey] = set()
    for number, facts in recommendations.facts_by_number().items():
        one = fold(facts, asking.now)
        if one is None or not may_follow(Deed.HARMED, one.state, has_test=one.test is not None):
            continue
        told = {key for fact in one.of(Deed.HARMED) for key in _cases(fact)}
        for each in tallies_of(one, asking.now):
            if set(each.reopened) - told:
                said = {
                    "claimed": each.claimed,
                    "still_clear": each.still_clear,
                    "cases": [list(key) for key in each.reopened],
                }
                kept.append(next_fact(asking, party, one, Deed.HARMED, said))
                cases |= set(each.reopened)
                found.append(Claimed(number, each))
                break
    with transaction():
        recommendations.keep(kept)
        names = {(CASE, case.source, case.case_ref) for case in cases}
        record(
            asking, Act.VERIFY_RECOMMENDATION, names=names, outcome=f"done: {len(kept)} opened again by a later fact"
        )
    return tuple(found)


def _tally(fact: Fact, as_of: datetime, known_at: datetime | None) -> Tally:
    cases = _cases(fact)
    known, whose = recommendations.facts_around(cases, known_at)
    events = [event for event in known if event.happened_at.earliest <= as_of]
    return tally(cases, Period(_day(fact.text("from")), _day(fact.text("to"))), events, whose)


def _cases(fact: Fact) -> tuple[CaseKey, ...]:
    said = fact.said.get("cases")
    return tuple(CaseKey(str(one[0]), str(one[1])) for one in said) if isinstance(said, list | tuple) else ()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
