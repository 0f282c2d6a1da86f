"""Finding whether a recommendation's registered test is passed: by arithmetic over a fresh draw or period, never by say-so.

What counts as evidence, and that there must be some, is in `deciding_evidence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.access.act import Act
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.recommendation.recommendation_at_moment import Claim, Recommendation
from duecare.recommendation.recommendation_fact import Deed, Party
from duecare.recommendation.recommendation_state import State, state_after
from duecare.recommendation.registered_test import hash_of
from duecare.stats.interval import Interval
from duecare.store.database.transaction import transaction
from duecare.store.oversight import recommendation_facts
from duecare.use_cases.recommendations.deciding_evidence import CannotBeTaken, find_deciding_evidence
from duecare.use_cases.recommendations.figure_evidence import tells_of_children
from duecare.use_cases.recommendations.recommendation_access import next_fact, open_recommendation, speaks_for
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.unknown import Unknown

SHORTEST_HASH: Final = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of a recommendation, and its state now.

    Shape:   `value` and its interval None where they would tell how many children something happened to.
    """

    number: str
    passed: bool
    value: float | None
    low: float | None
    high: float | None
    evidence: str
    state: State

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "number": self.number,
            "passed": self.passed,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "evidence": self.evidence,
            "state": self.state.value,
        }


def verify_recommendation(
    request: Request, config: Config, number: str, test_hash: str, round_name: str = "", seen_facts: int | None = None
) -> Verified:
    """Find whether its registered test is passed, by the first fresh evidence after the claim, or after its last result.

    Shape:   nobody says that it passed: the step reads the round's grades, or the figure, and computes. `test_hash` is the
             hash of the test that is approved, or its first twelve digits or more. `round_name` need not be given: which
             round decides is not chosen. A failed test opens it again.
    Raises:  ACC-003; RCM-002; RCM-004 where nothing is claimed; RCM-007 where the claim is their own, or of their own side;
             RCM-008 where there is no such evidence yet, or another decides; RCM-009 where it is not known, RCM-060 where
             the test cannot be taken on the evidence that decides, and then the register says so; RCM-010 where the test is
             another.
    """
    party = speaks_for(request, Act.VERIFY_RECOMMENDATION)
    recommendation = open_recommendation(request, Act.VERIFY_RECOMMENDATION, number)
    next_fact(request, party, recommendation, Deed.PASSED, {}, seen_facts)
    if len(test_hash) < SHORTEST_HASH or not recommendation.test_hash.startswith(test_hash):
        raise Refusal("RCM-010", where=f"recommendation {number}", found="the hash of another test")
    return _verify_claim(request, config, party, recommendation, round_name)


@dataclass(frozen=True, slots=True)
class Again:
    """What was found when all were verified again.

    Shape:   `verified` what their tests came to since; `reopened` (number, claimed, still clear) of those that a later fact
             about a revisited case opened again.
    """

    verified: tuple[Verified, ...]
    reopened: tuple[tuple[str, int, int], ...]

    def as_json(self) -> dict[str, object]:
        """What a command prints of it."""
        return {
            "verified": [verified.as_json() for verified in self.verified],
            "reopened": [
                {"number": number, "claimed": claimed, "still_clear": clear} for number, claimed, clear in self.reopened
            ],
        }


def verify_again(request: Request, config: Config) -> Again:
    """Verify every verified recommendation again, by whatever was drawn or counted since, and whether cases are still clear.

    Shape:   of those that are claimed it finds nothing; it writes down where their test cannot be taken on what decides.
    Raises:  ACC-003 unless the viewer verifies.
    """
    party = speaks_for(request, Act.VERIFY_RECOMMENDATION)
    verified_found: list[Verified] = []
    reopened: list[tuple[str, int, int]] = []
    for number, facts in recommendation_facts.facts_by_number().items():
        recommendation = open_recommendation(request, Act.VERIFY_RECOMMENDATION, number)
        if len(recommendation.facts) > len(facts):
            last_content = recommendation.facts[-1].said
            reopened.append((number, int(str(last_content["claimed"])), int(str(last_content["still_clear"]))))
        if recommendation.state is State.DONE and recommendation.test is not None:
            _note_of_claimed(request, config, party, recommendation)
        if recommendation.state is not State.VERIFIED:
            continue
        try:
            verified_found.append(_verify_claim(request, config, party, recommendation, ""))
        except Refusal as refusal:
            if refusal.code not in {"RCM-007", "RCM-008", "RCM-009", "RCM-060"}:
                raise
    if not verified_found:
        with transaction():
            log_write(request, Act.VERIFY_RECOMMENDATION, outcome="done: nothing new to verify by")
    return Again(tuple(verified_found), tuple(reopened))


def _verify_claim(
    request: Request, config: Config, party: Party, recommendation: Recommendation, round_name: str
) -> Verified:
    claim_test, claim = recommendation.test, recommendation.claim
    assert claim_test is not None and claim is not None
    if hash_of(claim_test) != recommendation.test_hash:
        raise Refusal(
            "RCM-010", where=f"recommendation {recommendation.number}", found="a test that does not fit its hash"
        )
    refuse_own(request, party, recommendation, claim)
    evidence_found = find_deciding_evidence(config, recommendation, round_name)
    where = f"recommendation {recommendation.number}, {evidence_found.evidence}"
    if isinstance(evidence_found, CannotBeTaken):
        _note_not_taken(request, party, recommendation, evidence_found)
        raise Refusal(evidence_found.code, where=where, faults=evidence_found.why)
    passed = claim_test.level.is_reached(evidence_found.value, evidence_found.interval)
    if isinstance(passed, Unknown) or isinstance(evidence_found.value, Unknown):
        reason = passed.reason if isinstance(passed, Unknown) else "no value"
        _note_not_taken(request, party, recommendation, CannotBeTaken(evidence_found.evidence, (reason,)))
        raise Refusal("RCM-009", where=where, found=reason)
    deed_kind = Deed.PASSED if passed else Deed.FAILED
    lower_bound, upper_bound = (
        (evidence_found.interval.low, evidence_found.interval.high)
        if isinstance(evidence_found.interval, Interval)
        else (None, None)
    )
    deed_content = {
        "value": evidence_found.value,
        "low": lower_bound,
        "high": upper_bound,
        "evidence": evidence_found.evidence,
        "test_hash": recommendation.test_hash,
        "drawn_at": evidence_found.at.isoformat(),
    }
    deed_fact = next_fact(request, party, recommendation, deed_kind, deed_content)
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        outcome = (
            f"done: recommendation {recommendation.number} {deed_kind.value} by "
            f"{evidence_found.evidence}, test {recommendation.test_hash}"
        )
        log_write(request, Act.VERIFY_RECOMMENDATION, outcome=outcome[:200])
    value: float | None = evidence_found.value
    if tells_of_children(claim_test):
        value = lower_bound = upper_bound = None
    return Verified(
        recommendation.number,
        passed,
        value,
        lower_bound,
        upper_bound,
        evidence_found.evidence,
        state_after(deed_kind, recommendation.state),
    )


def _note_not_taken(request: Request, party: Party, recommendation: Recommendation, not_taken: CannotBeTaken) -> None:
    """Write down that its test could not be taken on this evidence, where that does not stand there already."""
    reasons_text = "; ".join(not_taken.why)
    before = recommendation.not_taken
    if before is not None and (before.evidence, before.why) == (not_taken.evidence, reasons_text):
        return
    deed_fact = next_fact(
        request, party, recommendation, Deed.NOT_TAKEN, {"evidence": not_taken.evidence, "why": reasons_text}
    )
    with transaction():
        recommendation_facts.keep_facts([deed_fact])
        outcome = f"done: recommendation {recommendation.number} not taken on {not_taken.evidence}"
        log_write(request, Act.VERIFY_RECOMMENDATION, outcome=outcome[:200])


def _note_of_claimed(request: Request, config: Config, party: Party, recommendation: Recommendation) -> None:
    try:
        evidence_found = find_deciding_evidence(config, recommendation)
    except Refusal as refusal:
        if refusal.code != "RCM-008":
            raise
        return
    if isinstance(evidence_found, CannotBeTaken):
        _note_not_taken(request, party, recommendation, evidence_found)


def refuse_own(request: Request, party: Party, recommendation: Recommendation, claim: Claim) -> None:
    """Nobody finds that what they, or their own side, claimed is done, and nobody chooses what shows it.

    Raises:  RCM-007, and a line in the ledger, where the claim is theirs or of their side.
    """
    if own_reason := _own_reason(request, party, claim):
        with transaction():
            log_write(
                request,
                Act.VERIFY_RECOMMENDATION,
                outcome=f"refused RCM-007: recommendation {recommendation.number}, {own_reason}",
            )
        raise Refusal("RCM-007", where=f"recommendation {recommendation.number}", found=own_reason)


def _own_reason(request: Request, party: Party, claim: Claim) -> str:
    number = request.viewer.officer.strip().casefold()
    if request.viewer.account == claim.by or (number and number == claim.officer.strip().casefold()):
        return "the claim is their own"
    return "the claim is of their own side" if party is claim.party else ""
