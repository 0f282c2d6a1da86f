"""A recommendation as it stands at a moment, and as known at one: folded from its facts, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from duecare.recommendation.fact import Deed, Fact, Kind, Origin, Party, Urgency
from duecare.recommendation.registered import FigureTest, Registered, read_test
from duecare.recommendation.state import State, after
from duecare.vocabulary.moments import london_day


@dataclass(frozen=True, slots=True)
class Owner:
    """Which post owns it, of which area, and which officer was named beside it?"""

    post_kind: str
    area: str
    officer: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Who claimed when that it is done, on whose behalf?

    Shape:   `teams` are the teams and areas of whoever claimed it, and the area that owned it: nobody of them grades its test.
    """

    at: datetime
    by: str
    party: Party
    officer: str
    teams: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """What did its test come to, on which evidence, found by whom?

    Shape:   `evidence` names the round, or the figure with its period; `low` and `high` are None where no interval is known.
    """

    at: datetime
    passed: bool
    value: float
    low: float | None
    high: float | None
    evidence: str
    test_hash: str
    by: str
    drawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """On which evidence could its test not be taken, and why?"""

    at: datetime
    evidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is known of a recommendation at a moment?

    Shape:   `facts` in their order; `claim` the last one that has not been found wanting; `results` in their order;
             `not_taken` the last evidence on which its test could not be taken, None once it was taken, claimed anew, or
             that evidence was passed over; `reopened_at` when it last opened again, None where it is not open for that reason.
    Unknown: `published_on` None where nobody says when it was published: then no deadline can be told.
    """

    number: str
    title: str
    words: str
    kind: Kind
    origin: Origin
    made_by: Party
    addressed_to: Party
    urgency: Urgency
    due_on: date | None
    published_on: date | None
    report: str
    source_urls: tuple[str, ...]
    state: State
    facts: tuple[Fact, ...]
    owner: Owner | None
    test: Registered | None
    test_hash: str
    figure_title: str
    registered_at: datetime | None
    claim: Claim | None
    results: tuple[Result, ...]
    not_taken: NotTaken | None
    reopened_at: datetime | None
    superseded_by: str

    @property
    def sequence(self) -> int:
        """How many facts are there of it? Whoever acts on it says on which of them they acted."""
        return self.facts[-1].sequence

    @property
    def test_words(self) -> str:
        """Its test in words, a figure by its title where that was noted; empty where none is registered."""
        if isinstance(self.test, FigureTest) and self.figure_title:
            return self.test.words.replace(f"the figure {self.test.figure}", f"the figure “{self.figure_title}”")
        return self.test.words if self.test else ""

    @property
    def is_open(self) -> bool:
        """Is it neither verified nor superseded?"""
        return self.state not in {State.VERIFIED, State.SUPERSEDED}

    @property
    def passed_over(self) -> frozenset[str]:
        """Which rounds make room for the next, for it was said in the open why?"""
        return frozenset(fact.text("round") for fact in self.of(Deed.PASSED_OVER))

    def of(self, *deeds: Deed) -> tuple[Fact, ...]:
        """Its facts of these deeds, in their order."""
        return tuple(fact for fact in self.facts if fact.deed in deeds)

    @property
    def is_reported_only(self) -> bool:
        """Does its state rest on what a register kept elsewhere says, without a test here?"""
        return self.test is None and bool(self.of(Deed.REPORTED_OPEN, Deed.REPORTED_IN_HAND, Deed.REPORTED_DONE))


def fold(facts: Iterable[Fact], as_of: datetime, known_at: datetime | None = None) -> Recommendation | None:
    """What is it, of these facts of one recommendation, at as-of and as known then? None where it was not made yet.

    Shape:   a fact counts from the earliest moment at which it can have happened.
    """
    held = sorted(
        (
            fact
            for fact in facts
            if fact.happened_at.earliest <= as_of and (known_at is None or fact.noted_at <= known_at)
        ),
        key=lambda fact: fact.sequence,
    )
    if not held or held[0].deed is not Deed.MADE:
        return None
    made = held[0]
    state: State | None = None
    owner, accepted, claim, reopened = _owner(made), None, None, None
    not_taken: NotTaken | None = None
    results: list[Result] = []
    for fact in held:
        state = after(fact.deed, state)
        owner = _owner(fact) or owner
        if fact.deed is Deed.ACCEPTED:
            accepted, claim = fact, None
        elif fact.deed in {Deed.CLAIMED, Deed.REPORTED_DONE}:
            claim = _claim(fact)
        elif fact.deed in {Deed.PASSED, Deed.FAILED}:
            results.append(_result(fact))
        not_taken = _not_taken(fact, not_taken)
        if state is State.REOPENED:
            claim = None
            reopened = fact.happened_at.earliest if fact.deed in {Deed.FAILED, Deed.HARMED} else reopened
        elif fact.deed is Deed.PASSED:
            reopened = None
    assert state is not None
    test = accepted.said.get("test") if accepted else None
    return Recommendation(
        number=made.number,
        title=made.text("title"),
        words=made.text("words"),
        kind=Kind(made.text("kind")),
        origin=Origin(made.text("origin")),
        made_by=made.party,
        addressed_to=Party(made.text("addressed_to")),
        urgency=Urgency(made.text("urgency")),
        due_on=_day(made.text("due_on")),
        published_on=_day(made.text("published_on")),
        report=made.text("report"),
        source_urls=tuple(made.text("source_url").split()),
        state=state,
        facts=tuple(held),
        owner=owner,
        test=read_test(test) if isinstance(test, Mapping) else None,
        test_hash=accepted.text("test_hash") if accepted else "",
        figure_title=accepted.text("figure_title") if accepted else "",
        registered_at=accepted.happened_at.earliest if accepted else None,
        claim=claim,
        results=tuple(results),
        not_taken=not_taken,
        reopened_at=reopened,
        superseded_by=next((fact.text("by") for fact in held if fact.deed is Deed.SUPERSEDED), ""),
    )


def age_in_days(one: Recommendation, as_of: datetime) -> int | None:
    """How many days after its publication is this? The day of publication is day nought.

    Unknown: None where nobody says when it was published.
    """
    return (london_day(as_of) - one.published_on).days if one.published_on else None


def _owner(fact: Fact) -> Owner | None:
    found = Owner(fact.text("owner_post"), fact.text("owner_area"), fact.text("owner_officer"))
    return found if found.post_kind or found.officer else None


def _claim(fact: Fact) -> Claim:
    teams = fact.said.get("teams")
    return Claim(
        fact.happened_at.latest,
        fact.by,
        fact.party,
        fact.text("officer"),
        tuple(map(str, teams)) if isinstance(teams, list | tuple) else (),
        fact.text("words"),
    )


def _not_taken(fact: Fact, before: NotTaken | None) -> NotTaken | None:
    if fact.deed is Deed.NOT_TAKEN:
        return NotTaken(fact.happened_at.earliest, fact.text("evidence"), fact.text("why"))
    return None if fact.deed in _SETTLES else before


_SETTLES: Final = frozenset(
    {Deed.ACCEPTED, Deed.CLAIMED, Deed.PASSED, Deed.FAILED, Deed.PASSED_OVER, Deed.HARMED, Deed.SUPERSEDED}
)
"""What leaves nothing to say of evidence on which the test could not be taken?"""


def _result(fact: Fact) -> Result:
    drawn, value = fact.text("drawn_at"), _number(fact, "value")
    assert value is not None, "a result holds the value that was found"
    return Result(
        at=fact.happened_at.earliest,
        passed=fact.deed is Deed.PASSED,
        value=value,
        low=_number(fact, "low"),
        high=_number(fact, "high"),
        evidence=fact.text("evidence"),
        test_hash=fact.text("test_hash"),
        by=fact.by,
        drawn_at=datetime.fromisoformat(drawn) if drawn else None,
    )


def _number(fact: Fact, name: str) -> float | None:
    found = fact.said.get(name)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
