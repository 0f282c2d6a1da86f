"""A recommendation as it stands at a moment, and as known at one: folded from its facts, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from duecare.recommendation.recommendation_fact import Deed, Fact, Kind, Origin, Party, Urgency
from duecare.recommendation.recommendation_state import State, state_after
from duecare.recommendation.registered_test import FigureTest, Registered, read_test
from duecare.vocabulary.london_clock import london_day


@dataclass(frozen=True, slots=True)
class Owner:
    """The post that owns it, of which area, and the officer named beside it."""

    post_kind: str
    area: str
    officer: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that it is done: by whom, when and on whose behalf.

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
    """The result of its test, on which evidence, found by whom.

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
    """The evidence on which its test could not be taken, and why."""

    at: datetime
    evidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is known of a recommendation at a moment.

    Shape:   `facts` in their order; `claim` the last one that has not been found wanting; `results` in their order;
             `not_taken` the last evidence on which its test could not be taken, None once it was taken, claimed again, or
             that evidence was passed over; `reopened_at` when it last opened again, None where it is not open for that reason.
    Unknown: `published_on` None where nobody says when it was published: then no deadline is known.
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
        """The number of its facts; whoever acts on it gives the number on which they acted."""
        return self.facts[-1].sequence

    @property
    def test_words(self) -> str:
        """Its test in words, a figure by its title where that was noted; empty where none is registered."""
        if isinstance(self.test, FigureTest) and self.figure_title:
            return self.test.words.replace(f"the figure {self.test.figure}", f"the figure “{self.figure_title}”")
        return self.test.words if self.test else ""

    @property
    def is_open(self) -> bool:
        """Whether it is neither verified nor superseded."""
        return self.state not in {State.VERIFIED, State.SUPERSEDED}

    @property
    def passed_over(self) -> frozenset[str]:
        """The rounds that make room for the next, for a reason given in the open."""
        return frozenset(recommendation_fact.text("round") for recommendation_fact in self.of(Deed.PASSED_OVER))

    def of(self, *deeds: Deed) -> tuple[Fact, ...]:
        """Its facts of these deeds, in their order."""
        return tuple(recommendation_fact for recommendation_fact in self.facts if recommendation_fact.deed in deeds)

    @property
    def is_reported_only(self) -> bool:
        """Whether its state rests on a register kept elsewhere, without a test here."""
        return self.test is None and bool(self.of(Deed.REPORTED_OPEN, Deed.REPORTED_IN_HAND, Deed.REPORTED_DONE))


def fold_recommendation(
    facts: Iterable[Fact], as_of: datetime, known_at: datetime | None = None
) -> Recommendation | None:
    """Fold these facts of one recommendation, at as-of and as known then; None where it was not made yet.

    Shape:   a fact counts from the earliest moment at which it can have happened.
    """
    ordered_facts = sorted(
        (
            recommendation_fact
            for recommendation_fact in facts
            if recommendation_fact.happened_at.earliest <= as_of
            and (known_at is None or recommendation_fact.noted_at <= known_at)
        ),
        key=lambda recommendation_fact: recommendation_fact.sequence,
    )
    if not ordered_facts or ordered_facts[0].deed is not Deed.MADE:
        return None
    made_fact = ordered_facts[0]
    state: State | None = None
    owner, accepted, claim, reopened = _owner_of(made_fact), None, None, None
    not_taken: NotTaken | None = None
    results: list[Result] = []
    for recommendation_fact in ordered_facts:
        state = state_after(recommendation_fact.deed, state)
        owner = _owner_of(recommendation_fact) or owner
        if recommendation_fact.deed is Deed.ACCEPTED:
            accepted, claim = recommendation_fact, None
        elif recommendation_fact.deed in {Deed.CLAIMED, Deed.REPORTED_DONE}:
            claim = _claim_of(recommendation_fact)
        elif recommendation_fact.deed in {Deed.PASSED, Deed.FAILED}:
            results.append(_result_of(recommendation_fact))
        not_taken = _not_taken(recommendation_fact, not_taken)
        if state is State.REOPENED:
            claim = None
            reopened = (
                recommendation_fact.happened_at.earliest
                if recommendation_fact.deed in {Deed.FAILED, Deed.HARMED}
                else reopened
            )
        elif recommendation_fact.deed is Deed.PASSED:
            reopened = None
    assert state is not None
    test_said = accepted.said.get("test") if accepted else None
    return Recommendation(
        number=made_fact.number,
        title=made_fact.text("title"),
        words=made_fact.text("words"),
        kind=Kind(made_fact.text("kind")),
        origin=Origin(made_fact.text("origin")),
        made_by=made_fact.party,
        addressed_to=Party(made_fact.text("addressed_to")),
        urgency=Urgency(made_fact.text("urgency")),
        due_on=_read_day(made_fact.text("due_on")),
        published_on=_read_day(made_fact.text("published_on")),
        report=made_fact.text("report"),
        source_urls=tuple(made_fact.text("source_url").split()),
        state=state,
        facts=tuple(ordered_facts),
        owner=owner,
        test=read_test(test_said) if isinstance(test_said, Mapping) else None,
        test_hash=accepted.text("test_hash") if accepted else "",
        figure_title=accepted.text("figure_title") if accepted else "",
        registered_at=accepted.happened_at.earliest if accepted else None,
        claim=claim,
        results=tuple(results),
        not_taken=not_taken,
        reopened_at=reopened,
        superseded_by=next(
            (
                recommendation_fact.text("by")
                for recommendation_fact in ordered_facts
                if recommendation_fact.deed is Deed.SUPERSEDED
            ),
            "",
        ),
    )


def age_in_days(recommendation: Recommendation, as_of: datetime) -> int | None:
    """The days since its publication; the day of publication is day 0.

    Unknown: None where nobody says when it was published.
    """
    return (london_day(as_of) - recommendation.published_on).days if recommendation.published_on else None


def _owner_of(recommendation_fact: Fact) -> Owner | None:
    owner_named = Owner(
        recommendation_fact.text("owner_post"),
        recommendation_fact.text("owner_area"),
        recommendation_fact.text("owner_officer"),
    )
    return owner_named if owner_named.post_kind or owner_named.officer else None


def _claim_of(recommendation_fact: Fact) -> Claim:
    teams = recommendation_fact.said.get("teams")
    return Claim(
        recommendation_fact.happened_at.latest,
        recommendation_fact.by,
        recommendation_fact.party,
        recommendation_fact.text("officer"),
        tuple(map(str, teams)) if isinstance(teams, list | tuple) else (),
        recommendation_fact.text("words"),
    )


def _not_taken(recommendation_fact: Fact, before: NotTaken | None) -> NotTaken | None:
    if recommendation_fact.deed is Deed.NOT_TAKEN:
        return NotTaken(
            recommendation_fact.happened_at.earliest,
            recommendation_fact.text("evidence"),
            recommendation_fact.text("why"),
        )
    return None if recommendation_fact.deed in _SETTLES else before


_SETTLES: Final = frozenset(
    {Deed.ACCEPTED, Deed.CLAIMED, Deed.PASSED, Deed.FAILED, Deed.PASSED_OVER, Deed.HARMED, Deed.SUPERSEDED}
)
"""What leaves nothing to say of evidence on which the test could not be taken?"""


def _result_of(recommendation_fact: Fact) -> Result:
    drawn, value = recommendation_fact.text("drawn_at"), _number_in(recommendation_fact, "value")
    assert value is not None, "a result has the value that was found"
    return Result(
        at=recommendation_fact.happened_at.earliest,
        passed=recommendation_fact.deed is Deed.PASSED,
        value=value,
        low=_number_in(recommendation_fact, "low"),
        high=_number_in(recommendation_fact, "high"),
        evidence=recommendation_fact.text("evidence"),
        test_hash=recommendation_fact.text("test_hash"),
        by=recommendation_fact.by,
        drawn_at=datetime.fromisoformat(drawn) if drawn else None,
    )


def _number_in(recommendation_fact: Fact, field_name: str) -> float | None:
    stated_value = recommendation_fact.said.get(field_name)
    return float(stated_value) if isinstance(stated_value, int | float) and not isinstance(stated_value, bool) else None


def _read_day(day_text: str) -> date | None:
    return date.fromisoformat(day_text) if day_text else None
