"""The draw of a round: refused until every number is out, and repeated by whoever wants to see that it was fair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from duecare.access.act import Act
from duecare.access.thing import ROUNDS
from duecare.audit.rounds.draw_proof import Proof, proof_faults
from duecare.audit.rounds.draw_seed import BEACON
from duecare.audit.rounds.frame_file import Frame
from duecare.audit.rounds.sample_draw import Sample, draw_sample, seed_of
from duecare.audit.rounds.sample_sets import SET_NAMES
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.store.audit import round_records
from duecare.store.audit.audit_round import AuditRound
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.ledger.opaque_ids import CASE_KIND, LedgerRef
from duecare.use_cases.audit.round_lead import (
    frame_and_plan,
    leading_side,
    require_drawn,
    require_undrawn,
    round_to_change,
    round_to_read,
)
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """How many files of each set were drawn; never which."""

    round: str
    files: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {"round": self.round, "files": self.files}


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the sample as kept is the one that frame, plan and numbers give; `faults` counts what is not.

    Shape:   `seed` is None until the round has ended.
    """

    round: str
    faults: int
    frame_hash: str
    plan_hash: str
    seed: str | None

    def as_json(self) -> dict[str, Any]:
        """This as it is written to JSON."""
        return {
            "round": self.round,
            "verified": self.faults == 0,
            "faults": self.faults,
            "frame_hash": self.frame_hash,
            "plan_hash": self.plan_hash,
            "seed": self.seed,
        }


def draw_round(request: Request, round_name: str) -> DrawnRound:
    """Draw the sample; from now on every file is read as it was known at this moment.

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not at that;
             AUD-006 until every number is out.
    """
    leading_side(request)
    with transaction():
        audit_round = round_to_change(round_name)
        require_undrawn(audit_round)
        frame, sample_plan = frame_and_plan(audit_round)
        draw_seed = seed_of(frame, sample_plan, *_handed_numbers(audit_round))
        sample = draw_sample(frame, sample_plan, draw_seed)
        cases_held = {stratum: len(cases) for stratum, cases in frame.strata.items()}
        round_records.keep_sample(audit_round, sample, cases_held, draw_seed, request.now)
        log_write(
            request,
            Act.LEAD_ROUND,
            names=names_of(sample),
            outcome=f"done: round {round_name} drawn by plan {audit_round.plan_hash}",
        )
    counts = Counter(drawn_file.set for drawn_file in sample.drawn)
    return DrawnRound(round_name, {set_name: counts[set_name] for set_name in SET_NAMES})


def verify_round(request: Request, round_name: str) -> Verified:
    """Verify that the sample of this round, as kept, is the one that its frame, plan and numbers give.

    Shape:   no case is named, nor the seed that would name them, so that it can be asked while the round is blind.
    Raises:  ACC-003 when the viewer may not see rounds; AUD-021, AUD-022 where there is none, or it is not drawn.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    audit_round = round_to_read(round_name)
    require_drawn(audit_round)
    proof = proof_of(audit_round)
    fault_count = len(proof_faults(proof)) + (
        seed_of(proof.frame, proof.plan, *_handed_numbers(audit_round)) != audit_round.seed
    )
    log_read(request, Act.READ_ROUNDS)
    return Verified(
        round_name, fault_count, proof.frame_hash, proof.plan_hash, audit_round.seed if audit_round.ended_at else None
    )


def prove_draw(request: Request, round_name: str) -> bytes:
    """The proof of this round's draw as a file that anyone can verify without a store.

    Shape:   it names every case that could have been drawn.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is none, or it is not drawn; AUD-026
             until the round has ended, and where a file of it has been sealed since.
    """
    audit_side = leading_side(request)
    audit_round = round_to_read(round_name)
    require_drawn(audit_round)
    proof = proof_of(audit_round)
    framed_keys = {framed_case.key for framed_case in proof.frame.cases}
    if audit_round.ended_at is None or any(
        (sealed_key.source, sealed_key.case_ref) in framed_keys for sealed_key in sealed_cases()
    ):
        with transaction():
            log_write(request, Act.LEAD_ROUND, outcome=f"refused AUD-026: proof of round {round_name} for {audit_side}")
        raise Refusal("AUD-026", where=f"round {round_name}")
    with transaction():
        log_write(
            request,
            Act.LEAD_ROUND,
            names=_all_names(proof.frame),
            recipient=request.viewer.account,
            outcome=f"done: proof of round {round_name}",
            logged_as=LedgerAct.DISCLOSURE,
        )
    return proof.canonical


def proof_of(audit_round: AuditRound) -> Proof:
    """All that repeats this round's draw, out of the store."""
    frame, sample_plan = frame_and_plan(audit_round)
    commitments, numbers, pulse = _handed_numbers(audit_round)
    listed = tuple(
        ((sampled_file.case.source, sampled_file.case.case_ref), sampled_file.set)
        for sampled_file in round_records.files_of(audit_round)
    )
    return Proof(
        round=audit_round.name,
        frame=frame,
        frame_hash=audit_round.frame_hash,
        plan=sample_plan,
        plan_hash=audit_round.plan_hash,
        commitments=commitments,
        numbers=numbers,
        pulse=pulse,
        taken_out=round_records.taken_out(audit_round),
        listed=listed,
    )


def sample_of(audit_round: AuditRound, *, and_out: tuple[tuple[str, str], str] | None = None) -> Sample:
    """The sample as it stands, with one more file taken out.

    Raises:  AUD-011 where that file cannot be replaced.
    """
    frame, sample_plan = frame_and_plan(audit_round)
    replaced_files = round_records.taken_out(audit_round)
    return draw_sample(
        frame, sample_plan, audit_round.seed, replaced_files if and_out is None else (*replaced_files, and_out)
    )


def names_of(sample: Sample) -> set[LedgerRef]:
    """The ledger references of the files drawn."""
    return {(CASE_KIND, *drawn_file.case.key) for drawn_file in sample.drawn}


def _all_names(frame: Frame) -> set[LedgerRef]:
    return {(CASE_KIND, *framed_case.key) for framed_case in frame.cases}


def _handed_numbers(audit_round: AuditRound) -> tuple[dict[str, str], dict[str, str], str | None]:
    handed = round_records.numbers_of(audit_round)
    commitments = {number_row.side: number_row.commitment for number_row in handed if number_row.side != BEACON}
    numbers = {
        number_row.side: number_row.number for number_row in handed if number_row.side != BEACON and number_row.number
    }
    return commitments, numbers, next((number_row.number for number_row in handed if number_row.side == BEACON), None)
