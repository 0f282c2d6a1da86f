"""Judgements of rounds as kept: sealed at submission, opened by their own side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.access.act import Act
from duecare.access.roles import ROLE
from duecare.audit.rounds.sample_sets import GRADED_BY, sets_of
from duecare.record.pole import CaseKey
from duecare.store.audit.file_allocations import OwnFile, may_be_kept
from duecare.store.audit.side_keys import HeldKey
from duecare.store.models import (
    Account,
    Allotted,
    OpenedGrade,
    Round,
    RoundGrader,
    SampledFile,
    SealedGrade,
)


@dataclass(frozen=True, slots=True)
class HeldSeal:
    """One sealed judgement: of which file, by whom, with which seal, in place of which, and whether it was opened.

    Shape:   `concealed` is empty where it is the other side's, of whom only the seal has come; `public` is the public key it
             was concealed for.
    """

    id: int
    key: CaseKey
    set: str
    side: str
    account: str
    seal: str
    concealed: bytes
    public: bytes
    submitted_at: datetime
    supersedes: str
    is_opened: bool


def seals_in_force(files: Iterable[int], side_name: str) -> dict[int, HeldSeal]:
    """The judgement of this side that stands, by file, where there is one: the last, where it was corrected."""
    sealed_rows = SealedGrade.objects.filter(file_id__in=list(files), side=side_name, sealedgrade__isnull=True)
    return {sealed_row.file_id: _held_seal(sealed_row) for sealed_row in sealed_rows.select_related(*_RELATED)}


def keep_sealed(
    graded_file: OwnFile,
    seal_text: str,
    concealed: bytes,
    side_key: HeldKey,
    recorded_at: datetime,
    *,
    instead: HeldSeal | None,
) -> None:
    """Keep a judgement as submitted, beside the one it is given instead of."""
    SealedGrade.objects.create(
        file_id=graded_file.id,
        side=graded_file.side,
        account=graded_file.account,
        seal=seal_text,
        concealed=concealed,
        key_id=side_key.id,
        submitted_at=recorded_at,
        supersedes_id=instead.id if instead else None,
    )


def grades_here(held_round: RoundHeld, side_name: str) -> bool:
    """True where this side grades files of the round in this store: it has graders, files given to them, or judgements."""
    own_filter = {"file__round_id": held_round.id, "side": side_name}
    return (
        RoundGrader.objects.filter(round_id=held_round.id, side=side_name).exists()
        or Allotted.objects.filter(**own_filter).exists()
        or SealedGrade.objects.filter(**own_filter, key__came_at__isnull=True).exists()
    )


@dataclass(frozen=True, slots=True)
class RoundHeld:
    """A round as far as opening its grades needs it."""

    id: int
    name: str
    frame_hash: str
    seed: str
    is_ended: bool


def round_held(item_name: str) -> RoundHeld | None:
    """The round of this name, once it has been drawn."""
    if not may_be_kept(item_name):
        return None
    audit_round = Round.objects.filter(name=item_name, known_at__isnull=False).first()
    return (
        RoundHeld(
            audit_round.pk, audit_round.name, audit_round.frame_hash, audit_round.seed, audit_round.ended_at is not None
        )
        if audit_round
        else None
    )


def files_of(held_round: RoundHeld, set_names: Iterable[str]) -> dict[CaseKey, int]:
    """Every file of these sets of a round that was not taken out."""
    sampled_files = SampledFile.objects.filter(round_id=held_round.id, set__in=list(set_names), out_reason="")
    return {
        CaseKey(sampled_file.case_source, sampled_file.case_ref): sampled_file.pk
        for sampled_file in sampled_files.order_by("case_source", "case_ref")
    }


def lacking_grades(held_round: RoundHeld, side_name: str, set_names: Iterable[str]) -> int:
    """The number of files of these sets of which this side has not submitted a grade."""
    side_sets = set(set_names) & set(sets_of(side_name))
    return (
        SampledFile.objects.filter(round_id=held_round.id, set__in=sorted(side_sets), out_reason="")
        .exclude(pk__in=SealedGrade.objects.filter(side=side_name, file__round_id=held_round.id).values("file_id"))
        .count()
    )


def seals_of(held_round: RoundHeld, side_name: str, set_names: Iterable[str]) -> tuple[HeldSeal, ...]:
    """Every judgement this side submitted of files of these sets, corrected ones too, by case, in their order."""
    sealed_rows = SealedGrade.objects.filter(
        file__round_id=held_round.id, file__set__in=list(set_names), side=side_name
    )
    return tuple(
        _held_seal(sealed_row) for sealed_row in sealed_rows.select_related(*_RELATED).order_by(*_BY_CASE, "id")
    )


def keep_opened(
    held_seal: HeldSeal,
    grade: str,
    grade_body: Mapping[str, Any],
    salt_text: str,
    recorded_at: datetime,
    account_name: str,
) -> None:
    """Keep what a seal was of."""
    OpenedGrade.objects.create(
        sealed_id=held_seal.id,
        grade=grade,
        body=dict(grade_body),
        salt=salt_text,
        opened_at=recorded_at,
        opened_by=account_name,
    )


def openings_of(held_round: RoundHeld, side_name: str) -> tuple[tuple[HeldSeal, Mapping[str, Any], str], ...]:
    """What this side has opened of a round: (seal, judgement, salt), by case, in their order."""
    opened_rows = OpenedGrade.objects.filter(
        sealed__file__round_id=held_round.id, sealed__side=side_name
    ).select_related("sealed__file", "sealed__key", "sealed__supersedes")
    ordered = opened_rows.order_by("sealed__file__case_source", "sealed__file__case_ref", "sealed_id")
    return tuple((_held_seal(opened_row.sealed), opened_row.body, opened_row.salt) for opened_row in ordered)


def blind_since() -> dict[str, datetime]:
    """Accounts that grade or lead while a round is blind, and since when.

    Shape:   blind is a round that was drawn and has not ended, while a file of it is not opened by a side that grades it.
             Whoever leads rounds is blind since the draw, whichever lead drew it; whoever grades since given a file.
    """
    drawn = Round.objects.filter(drawn_at__isnull=False, ended_at__isnull=True)
    opened_sides = set(OpenedGrade.objects.values_list("sealed__file_id", "sealed__side"))
    files = SampledFile.objects.filter(out_reason="", round__in=drawn)
    owing = {
        sampled_file.round_id
        for sampled_file in files
        for side_name in GRADED_BY[sampled_file.set]
        if (sampled_file.pk, side_name) not in opened_sides
    }
    blind_accounts: dict[str, datetime] = {}
    for allotted_row in Allotted.objects.filter(file__out_reason="", file__round__in=owing):
        blind_accounts[allotted_row.account] = min(
            allotted_row.allotted_at, blind_accounts.get(allotted_row.account, allotted_row.allotted_at)
        )
    moments = [audit_round.drawn_at for audit_round in drawn.filter(pk__in=owing) if audit_round.drawn_at is not None]
    for account in Account.objects.all() if moments else ():
        if any(account_role in ROLE and Act.LEAD_ROUND in ROLE[account_role].acts for account_role in account.roles):
            blind_accounts[account.username] = min(*moments, blind_accounts.get(account.username, moments[0]))
    return blind_accounts


def keep_other_seals(
    held_round: RoundHeld,
    side_name: str,
    seals: Iterable[tuple[CaseKey, str, str]],
    side_key: HeldKey,
    recorded_at: datetime,
    account_name: str,
) -> int:
    """Keep the seals of the other side's judgements, which its own Duecare keeps; how many are new.

    Shape:   (case, seal, the seal it is given instead of, or empty), each after the one it supersedes.
    """
    files = files_of(held_round, sets_of(side_name))
    seal_ids = {held_seal.seal: held_seal.id for held_seal in seals_of(held_round, side_name, sets_of(side_name))}
    new_count = 0
    for case_key, seal_text, supersedes in seals:
        if seal_text in seal_ids:
            continue
        sealed_row = SealedGrade.objects.create(
            file_id=files[case_key],
            side=side_name,
            account=account_name,
            seal=seal_text,
            concealed=b"",
            key_id=side_key.id,
            submitted_at=recorded_at,
            supersedes_id=seal_ids[supersedes] if supersedes else None,
        )
        seal_ids[seal_text] = sealed_row.pk
        new_count += 1
    return new_count


_BY_CASE = ("file__case_source", "file__case_ref")
_RELATED = ("file", "key", "supersedes", "openedgrade")


def _held_seal(sealed_row: SealedGrade) -> HeldSeal:
    return HeldSeal(
        id=sealed_row.pk,
        key=CaseKey(sealed_row.file.case_source, sealed_row.file.case_ref),
        set=sealed_row.file.set,
        side=sealed_row.side,
        account=sealed_row.account,
        seal=sealed_row.seal,
        concealed=bytes(sealed_row.concealed),
        public=bytes(sealed_row.key.public),
        submitted_at=sealed_row.submitted_at,
        supersedes=sealed_row.supersedes.seal if sealed_row.supersedes else "",
        is_opened=hasattr(sealed_row, "openedgrade"),
    )
