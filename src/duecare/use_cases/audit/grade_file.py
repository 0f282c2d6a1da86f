"""Grading a file: what is written so far is kept, then submitted under a seal, and corrected only by another beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import orjson

from duecare.access.act import Act
from duecare.audit.grading.file_judgement import Judgement, Said, seal_judgement
from duecare.audit.grading.grade_sealing import conceal_content, conceal_draft
from duecare.audit.grading.judgement_validation import NO_TEXT, Fault, faults_of, is_text, tidy_judgement
from duecare.authorisation.authorise import log_write
from duecare.authorisation.request import Request
from duecare.ledger import Act as LedgerAct
from duecare.record.pole import CaseKey
from duecare.store.audit import file_allocations, grade_drafts, sealed_grades, side_keys
from duecare.store.audit.file_allocations import OwnFile
from duecare.store.audit.side_keys import HeldKey
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE
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
            f"{key.source}:{key.case_ref}: {one.place}: {one.says}" for key, found in missing.items() for one in found
        )
        super().__init__("AUD-031", where=f"round {round_name}", faults=faults)


@dataclass(frozen=True, slots=True)
class Submitted:
    """Under which seal was a judgement submitted, and which file is to be graded next? None where none is left."""

    key: CaseKey
    seal: str
    submitted_at: datetime
    next: CaseKey | None

    def as_json(self) -> dict[str, object]:
        """How is this written in what we send out?"""
        return {
            "case_source": self.key.source,
            "case_ref": self.key.case_ref,
            "seal": self.seal,
            "submitted_at": self.submitted_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class _Ready:
    file: OwnFile
    said: Said
    judgement: Judgement


def save_draft(request: Request, round_name: str, key: CaseKey, said: Said, own_key: bytes) -> None:
    """Keep what the grader has written so far, concealed under their own key.

    Shape:   nothing is asked of it: it may be empty, or wrong. Events named by number are kept by their keys.
    Raises:  ACC-001 unless the file is theirs; AUD-032 once it is submitted; AUD-036 once it cannot be graded.
    """
    file = file_to_grade(request, round_name, key)
    _may_still_be_graded(file)
    if any(not key[0] for one in said.answers.values() for key in one.evidence):
        said = said.pointing(bundle_of(file, request.now)[0].events)
    concealed = conceal_draft(orjson.dumps(said.as_json()), own_key, draft_name(file))
    with transaction():
        file_allocations.hold_still(file)
        if sealed_grades.seals_in_force([file.id], file.side):
            raise Refusal("AUD-032")
        grade_drafts.keep_draft(file, concealed, request.now)
        log_write(
            request,
            Act.GRADE_FILE,
            names={(CASE, *file.key)},
            outcome="done: draft kept",
            logged_as=LedgerAct.ALTERATION,
        )


def submit(
    request: Request, round_name: str, key: CaseKey, said: Said, *, reason: str = "", own_key: bytes | None = None
) -> Submitted:
    """Submit this judgement: sealed, concealed for the grader's own side, never changed again.

    Shape:   with a `reason` it corrects the one submitted before, which stays. With their own key, the grader can still
             read what they wrote.
    Raises:  ACC-001 unless the file is theirs; AUD-031 while something is missing; AUD-032 where it was submitted and no
             reason is given; AUD-033 where their side has no key; AUD-036 once it cannot be graded, or corrected.
    """
    (found,) = submit_many(request, round_name, {key: said}, reason=reason, own_key=own_key)
    return found


def submit_many(
    request: Request,
    round_name: str,
    judgements: Mapping[CaseKey, Said],
    *,
    reason: str = "",
    own_key: bytes | None = None,
) -> tuple[Submitted, ...]:
    """Submit these judgements of one round, all or none; each is one line in the ledger.

    Raises:  as `submit`.
    """
    ready: list[_Ready] = []
    missing: dict[CaseKey, tuple[Fault, ...]] = {}
    for key, said in judgements.items():
        file = file_to_grade(request, round_name, key)
        _may_still_be_graded(file)
        bundle, _ = bundle_of(file, request.now)
        said = tidy_judgement(said.pointing(bundle.events), bundle.scheme)
        found = faults_of(
            said,
            bundle.method,
            bundle.scheme,
            investigation=bundle.is_investigation,
            has_suspect=bundle.has_suspect,
            events=frozenset(bundle.events.values()),
        )
        if not is_text(reason):
            found = (*found, Fault("reason", NO_TEXT))
        if found:
            missing[key] = found
        judgement = Judgement(file.round, *file.key, file.side, file.account, bundle.method.id, bundle.scheme.id, said)
        ready.append(_Ready(file, said, judgement))
    if missing:
        raise Incomplete(round_name, missing)
    following = next_file(request, ready[-1].file, judgements) if ready else None
    with transaction():
        seals = [_keep(request, one, reason, own_key) for one in ready]
    return tuple(Submitted(one.file.key, made, request.now, following) for one, made in zip(ready, seals, strict=True))


def _keep(request: Request, one: _Ready, reason: str, own_key: bytes | None) -> str:
    file = one.file
    file_allocations.hold_still(file)
    before = sealed_grades.seals_in_force([file.id], file.side).get(file.id)
    if before is not None and not reason.strip():
        raise Refusal("AUD-032", where=f"{file.key.source}:{file.key.case_ref}")
    if before is not None and before.is_opened:
        raise Refusal("AUD-036", where=f"{file.key.source}:{file.key.case_ref}", found="opened already")
    side_key = _side_key(file)
    sealed = seal_judgement(replace(one.judgement, reason=reason.strip() if before else ""))
    concealed = conceal_content(sealed.content, side_key.public, concealed_as(file.round, file.key, file.side))
    sealed_grades.keep_sealed(file, sealed.seal, concealed, side_key, request.now, instead=before)
    if own_key is not None:
        draft = conceal_draft(orjson.dumps(one.said.as_json()), own_key, draft_name(file))
        grade_drafts.keep_draft(file, draft, request.now)
    log_write(
        request,
        Act.GRADE_FILE,
        names={(CASE, *file.key)},
        outcome=f"done: {'corrected, ' if before else ''}sealed {sealed.seal}",
        logged_as=LedgerAct.ALTERATION,
    )
    return sealed.seal


def concealed_as(round_name: str, key: CaseKey, side: str) -> str:
    """What a judgement is concealed as, so that it cannot be put in the place of another file's or side's."""
    return orjson.dumps(["duecare judgement 1", round_name, *key, side]).decode()


def _may_still_be_graded(file: OwnFile) -> None:
    if file.is_ended:
        raise Refusal("AUD-036", where=f"round {file.round}", found="the round has ended")


def _side_key(file: OwnFile) -> HeldKey:
    held = side_keys.key_in_force(file.side)
    if held is None:
        raise Refusal("AUD-033")
    return held
