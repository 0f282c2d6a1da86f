"""Say of two records whether they are of one person, and take that back: what it changed, what rested on it.

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
from duecare.person.judgement import Judgement, Verdict, settle_judgements
from duecare.record.pole import RecordKey
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import RECORD, Name
from duecare.store.link_review import link_judgements as kept_judgements
from duecare.store.linkage.linked_people import all_records_of, judgements, members_of, whose_are
from duecare.use_cases.linkage.explain_link import both_open, mark_of
from duecare.use_cases.linkage.link_effects import LinkChanged, Side, link_changed
from duecare.use_cases.linkage.past_disclosures import Disclosed, disclosed, together_since
from duecare.use_cases.linkage.regroup_people import Relinked, joined, relink
from duecare.vocabulary.refusals import Refusal

LONGEST = 500
AT_ONCE = 500
"""So many cases are reckoned anew within the transaction of what is said; more are left to whoever looks next."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Which judgement was recorded or taken back, what is another than before, and what rested on what was?

    Shape:   `overruled` are earlier judgements that cannot stand beside it, by their ids; `disclosed` are acts that named
             both while they were held to be one person, where they are no more; None where the viewer may not see them.
    """

    judgement: Judgement
    changed: LinkChanged
    overruled: tuple[str, ...] = ()
    disclosed: tuple[Disclosed, ...] | None = ()


def judge(
    request: Request, config: Config, a: RecordKey, b: RecordKey, verdict: str, reason: str, *, seen: str = ""
) -> Judged:
    """Record that these two records are of one person, are not, or that it cannot be said; what did that change?

    Shape:   `seen` marks how far what was said of the two had come for whoever judges; what stands now unless given. The
             judgement stands beside what was said before, of which the latest is in force.
    Raises:  ACC-001 where the viewer may not open both; LNK-003 where they are one record; LNK-004 with every fault;
             LNK-005 where somebody else judged the two meanwhile.
    """
    both_open(request, config, Act.JUDGE_LINK, a, b)
    faults = [] if verdict in {one.value for one in Verdict} else ["the verdict is not same, different or unsure"]
    faults += _faults_of(reason)
    if faults:
        raise Refusal("LNK-004", faults=tuple(faults))
    seen = seen or mark_of(judgements(), a, b)
    with kept_judgements.one_by_one():
        refresh_affected(request)
        with transaction():
            known = judgements()
            if mark_of(known, a, b) != seen:
                raise Refusal("LNK-005")
            before = Side.now(a, b)
            new = kept_judgements.keep(
                Judgement(
                    secrets.token_hex(8), a, b, Verdict(verdict), request.viewer.account, request.now, reason.strip()
                )
            )
            relinked = relink(config, (a, b))
            found, act, names = _effect(request, config, before, relinked, new, known)
            joins = new.verdict is Verdict.SAME or bool(joined(relinked))
            _write(request, before, relinked, f"judged {verdict}", joins=joins)
            log_write(request, act, names=names)
    return found


def undo(request: Request, config: Config, judgement_id: str, reason: str) -> Judged:
    """Take a judgement back, so that all is as if it had never been given; what did that change?

    Shape:   the judgement stays to be read, with who took it back, when and why.
    Raises:  ACC-001 where the viewer may not open both its records, and where there is no such judgement; LNK-004 where
             no reason is given; LNK-006 where it was taken back already.
    """
    judgement = _openable(request, config, judgement_id)
    if faults := _faults_of(reason):
        raise Refusal("LNK-004", faults=tuple(faults))
    with kept_judgements.one_by_one():
        refresh_affected(request)
        with transaction():
            known = judgements()
            before = Side.now(judgement.a, judgement.b)
            relinked = _take_back(request, config, judgement, reason.strip())
            found, act, names = _effect(request, config, before, relinked, judgement, known)
            _write(request, before, relinked, f"took back {judgement.verdict.value}", joins=bool(joined(relinked)))
            log_write(request, act, names=names)
    return found


class _Rehearsed(Exception):
    pass


def before_undo(request: Request, config: Config, judgement_id: str) -> Judged:
    """What would change if this judgement were taken back, and what was disclosed on the strength of it? Nothing is kept.

    Raises:  as `undo`, but for the reason.
    """
    judgement = _openable(request, config, judgement_id)
    refresh_affected(request)
    with suppress(_Rehearsed), transaction():
        known = judgements()
        before = Side.now(judgement.a, judgement.b)
        relinked = _take_back(request, config, judgement, "")
        found, act, names = _effect(request, config, before, relinked, judgement, known)
        raise _Rehearsed
    log_read(request, act, names)
    return found


def _faults_of(reason: str) -> list[str]:
    if not reason.strip():
        return ["why is not said"]
    if len(reason.strip()) > LONGEST:
        return [f"why is longer than {LONGEST} characters"]
    return [] if is_text(reason) else ["why holds a character that is no text"]


def _openable(request: Request, config: Config, judgement_id: str) -> Judgement:
    found = next((one for one in judgements() if one.judgement_id == judgement_id), None)
    if found is None:
        authorise(request, Act.JUDGE_LINK, PersonThing(""))
        refuse_as_absent(request, Act.JUDGE_LINK)
    both_open(request, config, Act.JUDGE_LINK, found.a, found.b)
    if found.undone_at is not None:
        log_read(request, Act.JUDGE_LINK, [(RECORD, *found.a), (RECORD, *found.b)])
        raise Refusal("LNK-006")
    return found


def _take_back(request: Request, config: Config, judgement: Judgement, reason: str) -> Relinked:
    if not kept_judgements.take_back(judgement.judgement_id, at=request.now, by=request.viewer.account, reason=reason):
        raise Refusal("LNK-006")
    return relink(config, (judgement.a, judgement.b))


def _overruled(before: Iterable[Judgement], after: Iterable[Judgement], a: RecordKey, b: RecordKey) -> tuple[str, ...]:
    """Which judgements of others, that could stand before, cannot now?"""
    earlier = set(settle_judgements(before).overruled)
    of_two = {one.judgement_id for one in before if {one.a, one.b} == {a, b}}
    return tuple(one for one in settle_judgements(after).overruled if one not in earlier | of_two)


def _write(request: Request, before: Side, relinked: Relinked, what: str, *, joins: bool) -> None:
    touched = before.records | relinked.moved.keys() | all_records_of(relinked.people)
    log_write(
        request,
        Act.JUDGE_LINK,
        names=[(RECORD, *one) for one in touched],
        outcome=f"done: {what}",
        logged_as=LedgerAct.COMBINATION if joins else LedgerAct.ALTERATION,
    )


def _effect(
    request: Request, config: Config, before: Side, relinked: Relinked, judgement: Judgement, known: Iterable[Judgement]
) -> tuple[Judged, Act, set[Name]]:
    """What did that change, as what is the look at it written down, and under which names? Inside the transaction."""
    overruled = _overruled(known, judgements(), judgement.a, judgement.b)
    changed, names = link_changed(request, config, before, relinked, most=AT_ONCE)
    act, shown = _disclosed(request, before, judgement)
    return Judged(judgement, changed, overruled, shown), act, names


def _disclosed(request: Request, before: Side, judgement: Judgement) -> tuple[Act, tuple[Disclosed, ...] | None]:
    """Acts that named both while they were one person, where they are no more, and as what this look is written down.

    Shape:   None where the viewer may not see them.
    """
    a, b = judgement.a, judgement.b
    after = whose_are((a, b))
    if before.whose[a] != before.whose[b] or after[a] == after[b]:
        return Act.JUDGE_LINK, ()
    if Act.READ_DISCLOSED not in request.viewer.acts:
        return Act.JUDGE_LINK, None
    since = judgement.at if judgement.verdict is Verdict.SAME else together_since(a, b, judgement.at)
    return Act.READ_DISCLOSED, disclosed(members_of(after[a]), members_of(after[b]), since)
