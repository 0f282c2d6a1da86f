"""Grading a file: what is written so far is kept, then submitted under a seal, and corrected only by another beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from duecare.access.act import Act
from duecare.audit.grading.file_judgement import GradingForm, Judgement, seal_judgement
from duecare.audit.grading.grade_encryption import conceal_content, conceal_draft
from duecare.audit.grading.judgement_validation import NO_TEXT, Fault, faults_of, is_text, tidy_judgement
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.record.pole import CaseKey
from duecare.store.audit import file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.audit.side_keys import HeldKey
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.view_case_file import bundle_of, draft_name, file_to_grade
from duecare.use_cases.audit.view_my_sample import next_file
from duecare.vocabulary.refusals import Refusal


class Incomplete(Refusal):
    """AUD-031, with what is missing of which file.

    Shape:   `missing` by file, each with the place of the form that it belongs to.
    """

    def __init__(self, round_name: str, missing: Mapping[CaseKey, tuple[Fault, ...]]) -> None:
        self.missing = missing
        faults = tuple(
            f"{case_key.source}:{case_key.case_ref}: {missing_answer.place}: {missing_answer.says}"
            for case_key, found_faults in missing.items()
            for missing_answer in found_faults
        )
        super().__init__("AUD-031", where=f"round {round_name}", faults=faults)


@dataclass(frozen=True, slots=True)
class Submitted:
    """The seal of a submitted judgement, and the file to be graded next; None where none is left."""

    key: CaseKey
    seal: str
    submitted_at: datetime
    next: CaseKey | None

    def as_json(self) -> dict[str, object]:
        """This as it is written to JSON."""
        return {
            "case_source": self.key.source,
            "case_ref": self.key.case_ref,
            "seal": self.seal,
            "submitted_at": self.submitted_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class _Ready:
    file: OwnFile
    said: GradingForm
    judgement: Judgement


def save_draft(
    request: Request, round_name: str, case_key: CaseKey, judgement_said: GradingForm, own_key: bytes
) -> None:
    """Keep what the grader has written so far, concealed under their own key.

    Shape:   nothing is asked of it: it may be empty, or wrong. Events named by number are kept by their keys.
    Raises:  ACC-001 unless the file is theirs; AUD-032 once it is submitted; AUD-036 once it cannot be graded.
    """
    sampled_file = file_to_grade(request, round_name, case_key)
    _may_still_be_graded(sampled_file)
    if any(
        not evidence_key[0] for answer_said in judgement_said.answers.values() for evidence_key in answer_said.evidence
    ):
        judgement_said = judgement_said.pointing(bundle_of(sampled_file, request.now)[0].events)
    concealed = conceal_draft(orjson.dumps(judgement_said.as_json()), own_key, draft_name(sampled_file))
    with transaction():
        file_allocations.hold_still(sampled_file)
        if sealed_grades.seals_in_force([sampled_file.id], sampled_file.side):
            raise Refusal("AUD-032")
        grade_drafts.keep_draft(sampled_file, concealed, request.now)
        log_write(
            request,
            Act.GRADE_FILE,
            names={(CASE_KIND, *sampled_file.key)},
            outcome="done: draft kept",
            logged_as=LedgerAct.ALTERATION,
        )


def submit_grade(
    request: Request,
    round_name: str,
    case_key: CaseKey,
    judgement_said: GradingForm,
    *,
    reason: str = "",
    own_key: bytes | None = None,
) -> Submitted:
    """Submit this judgement: sealed, concealed for the grader's own side, never changed again.

    Shape:   with a `reason` it corrects the one submitted before, which stays. With their own key, the grader can still
             read what they wrote.
    Raises:  ACC-001 unless the file is theirs; AUD-031 while something is missing; AUD-032 where it was submitted and no
             reason is given; AUD-033 where their side has no key; AUD-036 once it cannot be graded, or corrected.
    """
    (submitted_grade,) = submit_many(request, round_name, {case_key: judgement_said}, reason=reason, own_key=own_key)
    return submitted_grade


def submit_many(
    request: Request,
    round_name: str,
    judgements: Mapping[CaseKey, GradingForm],
    *,
    reason: str = "",
    own_key: bytes | None = None,
) -> tuple[Submitted, ...]:
    """Submit these judgements of one round, all or none; each is one line in the ledger.

    Raises:  as `submit_grade`.
    """
    ready: list[_Ready] = []
    missing: dict[CaseKey, tuple[Fault, ...]] = {}
    for case_key, judgement_said in judgements.items():
        sampled_file = file_to_grade(request, round_name, case_key)
        _may_still_be_graded(sampled_file)
        bundle, _ = bundle_of(sampled_file, request.now)
        judgement_said = tidy_judgement(judgement_said.pointing(bundle.events), bundle.scheme)
        found_faults = faults_of(
            judgement_said,
            bundle.method,
            bundle.scheme,
            investigation=bundle.is_investigation,
            has_suspect=bundle.has_suspect,
            events=frozenset(bundle.events.values()),
        )
        if not is_text(reason):
            found_faults = (*found_faults, Fault("reason", NO_TEXT))
        if found_faults:
            missing[case_key] = found_faults
        judgement = Judgement(
            sampled_file.round,
            *sampled_file.key,
            sampled_file.side,
            sampled_file.account,
            bundle.method.id,
            bundle.scheme.id,
            judgement_said,
        )
        ready.append(_Ready(sampled_file, judgement_said, judgement))
    if missing:
        raise Incomplete(round_name, missing)
    following = next_file(request, ready[-1].file, judgements) if ready else None
    with transaction():
        seals = [_keep_grade(request, ready_grade, reason, own_key) for ready_grade in ready]
    return tuple(
        Submitted(ready_grade.file.key, seal_made, request.now, following)
        for ready_grade, seal_made in zip(ready, seals, strict=True)
    )


def _keep_grade(request: Request, ready_grade: _Ready, reason: str, own_key: bytes | None) -> str:
    ready_file = ready_grade.file
    file_allocations.hold_still(ready_file)
    before = sealed_grades.seals_in_force([ready_file.id], ready_file.side).get(ready_file.id)
    if before is not None and not reason.strip():
        raise Refusal("AUD-032", where=f"{ready_file.key.source}:{ready_file.key.case_ref}")
    if before is not None and before.is_opened:
        raise Refusal("AUD-036", where=f"{ready_file.key.source}:{ready_file.key.case_ref}", found="opened already")
    side_key = _side_key(ready_file)
    sealed = seal_judgement(replace(ready_grade.judgement, reason=reason.strip() if before else ""))
    concealed = conceal_content(
        sealed.content, side_key.public, concealed_as(ready_file.round, ready_file.key, ready_file.side)
    )
    sealed_grades.keep_sealed(ready_file, sealed.seal, concealed, side_key, request.now, instead=before)
    if own_key is not None:
        draft = conceal_draft(orjson.dumps(ready_grade.said.as_json()), own_key, draft_name(ready_file))
        grade_drafts.keep_draft(ready_file, draft, request.now)
    log_write(
        request,
        Act.GRADE_FILE,
        names={(CASE_KIND, *ready_file.key)},
        outcome=f"done: {'corrected, ' if before else ''}sealed {sealed.seal}",
        logged_as=LedgerAct.ALTERATION,
    )
    return sealed.seal


def concealed_as(round_name: str, case_key: CaseKey, audit_side: str) -> str:
    """What a judgement is concealed as, so that it cannot be put in place of another file's or side's."""
    return orjson.dumps(["duecare judgement 1", round_name, *case_key, audit_side]).decode()


def _may_still_be_graded(sampled_file: OwnFile) -> None:
    if sampled_file.is_ended:
        raise Refusal("AUD-036", where=f"round {sampled_file.round}", found="the round has ended")


def _side_key(sampled_file: OwnFile) -> HeldKey:
    key_in_force = side_keys.key_in_force(sampled_file.side)
    if key_in_force is None:
        raise Refusal("AUD-033")
    return key_in_force
