"""Which round decides whether a recommendation closes: the first that is fresh, of the registered kind, and independent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from duecare.audit.agreement.stratified_estimate import Estimate
from duecare.recommendation.recommendation_at_moment import Claim
from duecare.recommendation.registered_test import SampleTest
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Grader:
    """A grader of a round: their officer number, teams and areas."""

    account: str
    officer: str
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoundEvidence:
    """The facts of a round that decide whether it tests a recommendation.

    Shape:   `graders` those of the registered side whose grades count; `files` how many of the registered sets were drawn, and
             `graded` how many of them have such a grade; `is_by_choice` False where its frame was every file of earlier
             rounds, or cases named one by one; `estimate` what the draw says of the share that meets the standard.
    """

    name: str
    kind: str
    drawn_at: datetime
    is_ended: bool
    is_open: bool
    is_by_choice: bool
    case_kinds: tuple[str, ...]
    areas: tuple[str, ...]
    opened_from: datetime | None
    opened_to: datetime | None
    files: int
    graded: int
    graders: tuple[Grader, ...]
    estimate: Estimate


def strange_reasons(
    registered_test: SampleTest, after: datetime, claim: Claim, drawn: RoundEvidence
) -> tuple[str, ...]:
    """Why this round is not the test, by what was known when it was drawn; empty where it is.

    Shape:   `after` is the moment after which it must have been drawn: the claim, or the last result where it is verified.
             Nothing that came after the draw, such as how it was graded, makes it another round.
    """
    faults = [] if drawn.drawn_at > after else ["it was drawn before the claim, or before its last result"]
    faults += (
        []
        if drawn.kind == registered_test.round_kind
        else [f"it is of the kind {drawn.kind}, not {registered_test.round_kind}"]
    )
    if not drawn.is_by_choice:
        faults.append("its files were named one by one, or are those of earlier rounds")
    if set(drawn.case_kinds) != set(registered_test.case_kinds):
        faults.append("it was drawn from other kinds of case")
    if {plain_area(drawn_area) for drawn_area in drawn.areas} != {
        plain_area(test_area) for test_area in registered_test.areas
    }:
        faults.append("it was drawn from other areas")
    if registered_test.since_claim and (drawn.opened_from is None or drawn.opened_from < claim.at):
        faults.append("it includes cases opened before the claim")
    if not registered_test.since_claim and (drawn.opened_from is not None or drawn.opened_to is not None):
        faults.append("it was drawn from a period that was not registered")
    if drawn.files < registered_test.files:
        faults.append(f"{drawn.files} files of the registered sets were drawn, of {registered_test.files} registered")
    return tuple(faults)


def unfinished_reasons(drawn: RoundEvidence) -> tuple[str, ...]:
    """What is still to come before this round gives a result."""
    faults = [] if drawn.is_ended else ["it has not ended"]
    return (*faults, *(() if drawn.is_open else ("its grades are not opened",)))


def spoilt_reasons(registered_test: SampleTest, claim: Claim, drawn: RoundEvidence) -> tuple[str, ...]:
    """Why the test cannot be taken on this round, though it is the one, and has ended; empty where it can."""
    few_words = (
        f"{drawn.graded} of its files were graded by the {registered_test.graded_by}, of "
        f"{registered_test.files} registered"
    )
    faults = (few_words,) if drawn.graded < registered_test.files else ()
    return (*faults, *_not_independent(claim, drawn.graders))


def deciding_round(
    rounds: Iterable[RoundEvidence],
    registered_test: SampleTest,
    after: datetime,
    claim: Claim,
    passed_over: Collection[str] = (),
) -> RoundEvidence | None:
    """The round that decides: the first drawn of those that are the test, so that nobody draws until one passes.

    Shape:   whether or not it has ended, is opened, or was graded enough: who leaves one shut or ungraded and draws another
             has not chosen another. Only one that was passed over in the open makes room for the next.
    """
    fitting = [
        drawn_round
        for drawn_round in rounds
        if drawn_round.name not in passed_over and not strange_reasons(registered_test, after, claim, drawn_round)
    ]
    return min(fitting, key=lambda drawn: (drawn.drawn_at, drawn.name), default=None)


def _not_independent(claim: Claim, graders: Iterable[Grader]) -> tuple[str, ...]:
    own_officer = claim.officer.strip().casefold()
    teams = {team_name.strip().casefold() for team_name in claim.teams} - {""}
    same_people = [
        grader
        for grader in graders
        if grader.account == claim.by
        or (own_officer and grader.officer.strip().casefold() == own_officer)
        or {team_name.strip().casefold() for team_name in grader.teams} & teams
    ]
    return (
        (f"{len(same_people)} of its graders claimed it to be done, or are of the team or area that did",)
        if same_people
        else ()
    )
