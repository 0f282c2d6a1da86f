"""Judge whether two records are one person, or withdraw that: who is regrouped at once, and what had rested on it.

What was said, whose the records are, what is found of them and the lines of the ledger are one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from duecare.access.act import Act
from duecare.access.thing import PersonThing
from duecare.assessment.refresh_affected import refresh_affected
from duecare.audit.grading.judgement_validation import is_text
from duecare.authorisation.authorise import authorise, log_read, log_write, refuse_as_absent
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Act as LedgerAct
from duecare.person.judgement import Judgement, Verdict
from duecare.person.standing_judgements import settle_judgements
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import RECORD, LedgerRef
from duecare.store.link_review import link_judgements as kept_judgements
from duecare.store.linkage.linked_people import all_records_of, members_of, standing_judgements, whose_are
from duecare.use_cases.linkage.explain_link import both_open, mark_of
from duecare.use_cases.linkage.link_effects import LinkChanged, Side, link_changed
from duecare.use_cases.linkage.past_disclosures import Disclosed, disclosed_together, together_since
from duecare.use_cases.linkage.regroup_people import RegroupResult, joined_records, regroup_records
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import LINK_REASON

AT_ONCE = 500
"""At most this many cases are assessed again inside the judgement's transaction; the rest are refreshed later."""


@dataclass(frozen=True, slots=True)
class JudgementEffect:
    """The judgement recorded or taken back, what changed, and what rested on what was there before.

    Shape:   `overruled` are earlier judgements that cannot stand beside it, by their ids; `disclosed` are acts that named
             both while they were held to be one person, where they are no more; None where the viewer may not see them.
    """

    judgement: Judgement
    changed: LinkChanged
    overruled: tuple[str, ...] = ()
    disclosed: tuple[Disclosed, ...] | None = ()


def judge_pair(
    request: Request,
    config: Config,
    first_record: RecordKey,
    second_record: RecordKey,
    verdict: str,
    reason: str,
    *,
    seen_mark: str = "",
) -> JudgementEffect:
    """Record that these two records are of one person, are not, or that it cannot be said; what that changed.

    Shape:   `seen_mark` marks how far what was said of the two had come for whoever judges; what stands now unless given. The
             judgement stands beside what was said before, of which the latest is in force.
    Raises:  ACC-001 where the viewer may not open both; LNK-003 where they are one record; LNK-004 with every fault;
             LNK-005 where somebody else judged the two meanwhile.
    """
    both_open(request, config, Act.JUDGE_LINK, first_record, second_record)
    faults = (
        []
        if verdict in {allowed_verdict.value for allowed_verdict in Verdict}
        else ["the verdict is not same, different or unsure"]
    )
    faults += _faults_of(reason)
    if faults:
        raise Refusal("LNK-004", faults=tuple(faults))
    seen_mark = seen_mark or mark_of(standing_judgements(), first_record, second_record)
    with kept_judgements.one_by_one():
        refresh_affected(request)
        with transaction():
            known_judgements = standing_judgements()
            if mark_of(known_judgements, first_record, second_record) != seen_mark:
                raise Refusal("LNK-005")
            before = Side.now(first_record, second_record)
            new_judgement = kept_judgements.keep_judgement(
                Judgement(
                    secrets.token_hex(8),
                    first_record,
                    second_record,
                    Verdict(verdict),
                    request.viewer.account,
                    request.now,
                    reason.strip(),
                )
            )
            relinked = regroup_records(config, (first_record, second_record))
            effect_found, ledger_act, names = _judgement_effect(
                request, config, before, relinked, new_judgement, known_judgements
            )
            joins = new_judgement.verdict is Verdict.SAME or bool(joined_records(relinked))
            _write_relinked(request, before, relinked, f"judged {verdict}", joins=joins)
            log_write(request, ledger_act, names=names)
    return effect_found


def undo_judgement(request: Request, config: Config, judgement_id: str, reason: str) -> JudgementEffect:
    """Take a judgement back, so that all is as if it had never been given; what that changed.

    Shape:   the judgement stays to be read, with who took it back, when and why.
    Raises:  ACC-001 where the viewer may not open both its records, and where there is no such judgement; LNK-004 where
             no reason is given; LNK-006 where it was taken back already.
    """
    judgement = _openable_judgement(request, config, judgement_id)
    if faults := _faults_of(reason):
        raise Refusal("LNK-004", faults=tuple(faults))
    with kept_judgements.one_by_one():
        refresh_affected(request)
        with transaction():
            known_judgements = standing_judgements()
            before = Side.now(judgement.a, judgement.b)
            relinked = _take_back(request, config, judgement, reason.strip())
            effect_found, ledger_act, names = _judgement_effect(
                request, config, before, relinked, judgement, known_judgements
            )
            _write_relinked(
                request, before, relinked, f"took back {judgement.verdict.value}", joins=bool(joined_records(relinked))
            )
            log_write(request, ledger_act, names=names)
    return effect_found


class _Rehearsed(Exception):
    pass


def before_undo(request: Request, config: Config, judgement_id: str) -> JudgementEffect:
    """What would change if this judgement were taken back, and what was disclosed on the strength of it; nothing is kept.

    Raises:  as `undo_judgement`, but for the reason.
    """
    judgement = _openable_judgement(request, config, judgement_id)
    refresh_affected(request)
    with suppress(_Rehearsed), transaction():
        known_judgements = standing_judgements()
        before = Side.now(judgement.a, judgement.b)
        relinked = _take_back(request, config, judgement, "")
        effect_found, ledger_act, names = _judgement_effect(
            request, config, before, relinked, judgement, known_judgements
        )
        raise _Rehearsed
    log_read(request, ledger_act, names)
    return effect_found


def _faults_of(reason: str) -> list[str]:
    if not reason.strip():
        return ["the reason is missing"]
    if len(reason.strip()) > LINK_REASON:
        return [f"why is longer than {LINK_REASON} characters"]
    return [] if is_text(reason) else ["the reason has a character that is not text"]


def _openable_judgement(request: Request, config: Config, judgement_id: str) -> Judgement:
    found_judgement = next(
        (judgement for judgement in standing_judgements() if judgement.judgement_id == judgement_id), None
    )
    if found_judgement is None:
        authorise(request, Act.JUDGE_LINK, PersonThing(""))
        refuse_as_absent(request, Act.JUDGE_LINK)
    both_open(request, config, Act.JUDGE_LINK, found_judgement.a, found_judgement.b)
    if found_judgement.undone_at is not None:
        log_read(request, Act.JUDGE_LINK, [(RECORD, *found_judgement.a), (RECORD, *found_judgement.b)])
        raise Refusal("LNK-006")
    return found_judgement


def _take_back(request: Request, config: Config, judgement: Judgement, reason: str) -> RegroupResult:
    if not kept_judgements.take_back(
        judgement.judgement_id, recorded_at=request.now, account_name=request.viewer.account, reason=reason
    ):
        raise Refusal("LNK-006")
    return regroup_records(config, (judgement.a, judgement.b))


def _overruled_judgements(
    before: Iterable[Judgement], after: Iterable[Judgement], first_record: RecordKey, second_record: RecordKey
) -> tuple[str, ...]:
    """The judgements of others that could stand before and cannot now."""
    earlier = set(settle_judgements(before).overruled)
    of_two = {
        judgement.judgement_id for judgement in before if {judgement.a, judgement.b} == {first_record, second_record}
    }
    return tuple(judgement for judgement in settle_judgements(after).overruled if judgement not in earlier | of_two)


def _write_relinked(
    request: Request, before: Side, relinked: RegroupResult, thing_written: str, *, joins: bool
) -> None:
    touched = before.records | relinked.moved.keys() | all_records_of(relinked.people)
    log_write(
        request,
        Act.JUDGE_LINK,
        names=[(RECORD, *record_key) for record_key in touched],
        outcome=f"done: {thing_written}",
        logged_as=LedgerAct.COMBINATION if joins else LedgerAct.ALTERATION,
    )


def _judgement_effect(
    request: Request,
    config: Config,
    before: Side,
    relinked: RegroupResult,
    judgement: Judgement,
    known_judgements: Iterable[Judgement],
) -> tuple[JudgementEffect, Act, set[LedgerRef]]:
    """What that changed, and the act and references under which reading it is logged; inside the transaction."""
    overruled = _overruled_judgements(known_judgements, standing_judgements(), judgement.a, judgement.b)
    changed, names = link_changed(request, config, before, relinked, most_cases=AT_ONCE)
    ledger_act, shown_records = _disclosed_effect(request, before, judgement)
    return JudgementEffect(judgement, changed, overruled, shown_records), ledger_act, names


def _disclosed_effect(request: Request, before: Side, judgement: Judgement) -> tuple[Act, tuple[Disclosed, ...] | None]:
    """Acts that named both while they were one person, where they are no more, and as what this look is written down.

    Shape:   None where the viewer may not see them.
    """
    first_record, second_record = judgement.a, judgement.b
    after = whose_are((first_record, second_record))
    if before.whose[first_record] != before.whose[second_record] or after[first_record] == after[second_record]:
        return Act.JUDGE_LINK, ()
    if Act.READ_DISCLOSED not in request.viewer.acts:
        return Act.JUDGE_LINK, None
    since = (
        judgement.at if judgement.verdict is Verdict.SAME else together_since(first_record, second_record, judgement.at)
    )
    return Act.READ_DISCLOSED, disclosed_together(
        members_of(after[first_record]), members_of(after[second_record]), since
    )
