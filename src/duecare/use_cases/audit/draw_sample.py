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
from duecare.store.database.transaction import transaction
from duecare.store.facts.fact_lookup import sealed_cases
from duecare.store.ledger.opaque_ids import CASE, Name
from duecare.store.models import Round
from duecare.use_cases.audit.round_lead import drawn, leads, planned, round_to_change, round_to_read, undrawn
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """How many files of each set were drawn; never which."""

    round: str
    files: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """How is this written in what we send out?"""
        return {"round": self.round, "files": self.files}


@dataclass(frozen=True, slots=True)
class Verified:
    """Is the sample as kept the one that frame, plan and numbers give? `faults` counts what is not.

    Shape:   `seed` is None until the round has ended.
    """

    round: str
    faults: int
    frame_hash: str
    plan_hash: str
    seed: str | None

    def as_json(self) -> dict[str, Any]:
        """How is this written in what we send out?"""
        return {
            "round": self.round,
            "verified": self.faults == 0,
            "faults": self.faults,
            "frame_hash": self.frame_hash,
            "plan_hash": self.plan_hash,
            "seed": self.seed,
        }


def draw_round(request: Request, name: str) -> DrawnRound:
    """Draw the sample; from now on every file is read as it was known at this moment.

    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is no such round or it is not at that;
             AUD-006 until every number is out.
    """
    leads(request)
    with transaction():
        of = round_to_change(name)
        undrawn(of)
        frame, plan = planned(of)
        seed = seed_of(frame, plan, *_numbers(of))
        sample = draw_sample(frame, plan, seed)
        held = {stratum: len(cases) for stratum, cases in frame.strata.items()}
        round_records.keep_sample(of, sample, held, seed, request.now)
        log_write(
            request, Act.LEAD_ROUND, names=names_of(sample), outcome=f"done: round {name} drawn by plan {of.plan_hash}"
        )
    counts = Counter(one.set for one in sample.drawn)
    return DrawnRound(name, {one: counts[one] for one in SET_NAMES})


def verify_round(request: Request, name: str) -> Verified:
    """Is the sample of this round, as kept, the one that its frame, plan and numbers give?

    Shape:   no case is named, nor the seed that would name them, so that it can be asked while the round is blind.
    Raises:  ACC-003 when the viewer may not see rounds; AUD-021, AUD-022 where there is none, or it is not drawn.
    """
    authorise(request, Act.READ_ROUNDS, ROUNDS)
    of = round_to_read(name)
    drawn(of)
    proof = proof_of(of)
    wrong = len(proof_faults(proof)) + (seed_of(proof.frame, proof.plan, *_numbers(of)) != of.seed)
    log_read(request, Act.READ_ROUNDS)
    return Verified(name, wrong, proof.frame_hash, proof.plan_hash, of.seed if of.ended_at else None)


def prove_draw(request: Request, name: str) -> bytes:
    """The proof of this round's draw as a file that anyone can verify without a store.

    Shape:   it names every case that could have been drawn.
    Raises:  ACC-003 when the viewer leads no side; AUD-021, AUD-022 where there is none, or it is not drawn; AUD-026
             until the round has ended, and where a file of it has been sealed since.
    """
    side = leads(request)
    of = round_to_read(name)
    drawn(of)
    proof = proof_of(of)
    named = {case.key for case in proof.frame.cases}
    if of.ended_at is None or any((key.source, key.case_ref) in named for key in sealed_cases()):
        with transaction():
            log_write(request, Act.LEAD_ROUND, outcome=f"refused AUD-026: proof of round {name} for {side}")
        raise Refusal("AUD-026", where=f"round {name}")
    with transaction():
        log_write(
            request,
            Act.LEAD_ROUND,
            names=_all_names(proof.frame),
            recipient=request.viewer.account,
            outcome=f"done: proof of round {name}",
            logged_as=LedgerAct.DISCLOSURE,
        )
    return proof.canonical


def proof_of(of: Round) -> Proof:
    """All that repeats this round's draw, out of the store."""
    frame, plan = planned(of)
    commitments, numbers, pulse = _numbers(of)
    listed = tuple(((file.case_source, file.case_ref), file.set) for file in round_records.files_of(of))
    return Proof(
        round=of.name,
        frame=frame,
        frame_hash=of.frame_hash,
        plan=plan,
        plan_hash=of.plan_hash,
        commitments=commitments,
        numbers=numbers,
        pulse=pulse,
        taken_out=round_records.taken_out(of),
        listed=listed,
    )


def sample_of(of: Round, *, and_out: tuple[tuple[str, str], str] | None = None) -> Sample:
    """The sample as it stands, with one more file taken out.

    Raises:  AUD-011 where that file cannot be replaced.
    """
    frame, plan = planned(of)
    gone = round_records.taken_out(of)
    return draw_sample(frame, plan, of.seed, gone if and_out is None else (*gone, and_out))


def names_of(sample: Sample) -> set[Name]:
    """Under which names does the ledger speak of the files drawn?"""
    return {(CASE, *one.case.key) for one in sample.drawn}


def _all_names(frame: Frame) -> set[Name]:
    return {(CASE, *case.key) for case in frame.cases}


def _numbers(of: Round) -> tuple[dict[str, str], dict[str, str], str | None]:
    handed = round_records.numbers_of(of)
    commitments = {row.side: row.commitment for row in handed if row.side != BEACON}
    numbers = {row.side: row.number for row in handed if row.side != BEACON and row.number}
    return commitments, numbers, next((row.number for row in handed if row.side == BEACON), None)
