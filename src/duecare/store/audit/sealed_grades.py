"""Judgements of rounds as kept: sealed at submission, opened by their own side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from duecare.access.act import Act
from duecare.access.role import ROLE
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
    """One sealed judgement: of which file, by whom, with which seal, in the place of which, and was it opened?

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


def seals_in_force(files: Iterable[int], side: str) -> dict[int, HeldSeal]:
    """The judgement of this side that stands, by file, where there is one: the last, where it was corrected."""
    found = SealedGrade.objects.filter(file_id__in=list(files), side=side, sealedgrade__isnull=True)
    return {one.file_id: _seal(one) for one in found.select_related(*_WITH)}


def keep_sealed(
    file: OwnFile, seal: str, concealed: bytes, key: HeldKey, at: datetime, *, instead: HeldSeal | None
) -> None:
    """Keep a judgement as submitted, beside the one it is given instead of."""
    SealedGrade.objects.create(
        file_id=file.id,
        side=file.side,
        account=file.account,
        seal=seal,
        concealed=concealed,
        key_id=key.id,
        submitted_at=at,
        supersedes_id=instead.id if instead else None,
    )


def grades_here(held: RoundHeld, side: str) -> bool:
    """Does this side grade files of the round in this store: has it graders, files given to them, or judgements?"""
    own = {"file__round_id": held.id, "side": side}
    return (
        RoundGrader.objects.filter(round_id=held.id, side=side).exists()
        or Allotted.objects.filter(**own).exists()
        or SealedGrade.objects.filter(**own, key__came_at__isnull=True).exists()
    )


@dataclass(frozen=True, slots=True)
class RoundHeld:
    """A round as far as opening its grades needs it."""

    id: int
    name: str
    frame_hash: str
    seed: str
    is_ended: bool


def round_held(name: str) -> RoundHeld | None:
    """The round of this name, once it has been drawn."""
    if not may_be_kept(name):
        return None
    one = Round.objects.filter(name=name, known_at__isnull=False).first()
    return RoundHeld(one.pk, one.name, one.frame_hash, one.seed, one.ended_at is not None) if one else None


def files_of(held: RoundHeld, sets: Iterable[str]) -> dict[CaseKey, int]:
    """Every file of these sets of a round that was not taken out."""
    found = SampledFile.objects.filter(round_id=held.id, set__in=list(sets), out_reason="")
    return {CaseKey(one.case_source, one.case_ref): one.pk for one in found.order_by("case_source", "case_ref")}


def lacking(held: RoundHeld, side: str, sets: Iterable[str]) -> int:
    """Of how many files of these sets has this side not submitted a grade?"""
    wanted = set(sets) & set(sets_of(side))
    return (
        SampledFile.objects.filter(round_id=held.id, set__in=sorted(wanted), out_reason="")
        .exclude(pk__in=SealedGrade.objects.filter(side=side, file__round_id=held.id).values("file_id"))
        .count()
    )


def seals_of(held: RoundHeld, side: str, sets: Iterable[str]) -> tuple[HeldSeal, ...]:
    """Every judgement this side submitted of files of these sets, corrected ones too, by case, in their order."""
    found = SealedGrade.objects.filter(file__round_id=held.id, file__set__in=list(sets), side=side)
    return tuple(_seal(one) for one in found.select_related(*_WITH).order_by(*_BY_CASE, "id"))


def keep_opened(seal: HeldSeal, grade: str, body: Mapping[str, Any], salt: str, at: datetime, by: str) -> None:
    """Keep what a seal was of."""
    OpenedGrade.objects.create(sealed_id=seal.id, grade=grade, body=dict(body), salt=salt, opened_at=at, opened_by=by)


def openings_of(held: RoundHeld, side: str) -> tuple[tuple[HeldSeal, Mapping[str, Any], str], ...]:
    """What this side has opened of a round: (seal, judgement, salt), by case, in their order."""
    found = OpenedGrade.objects.filter(sealed__file__round_id=held.id, sealed__side=side).select_related(
        "sealed__file", "sealed__key", "sealed__supersedes"
    )
    ordered = found.order_by("sealed__file__case_source", "sealed__file__case_ref", "sealed_id")
    return tuple((_seal(one.sealed), one.body, one.salt) for one in ordered)


def blind_since() -> dict[str, datetime]:
    """Which accounts grade or lead while a round is blind, and since when?

    Shape:   blind is a round that was drawn and has not ended, while a file of it is not opened by a side that grades it.
             Whoever leads rounds is blind since the draw, whichever lead drew it; whoever grades since given a file.
    """
    drawn = Round.objects.filter(drawn_at__isnull=False, ended_at__isnull=True)
    done = set(OpenedGrade.objects.values_list("sealed__file_id", "sealed__side"))
    files = SampledFile.objects.filter(out_reason="", round__in=drawn)
    owing = {one.round_id for one in files for side in GRADED_BY[one.set] if (one.pk, side) not in done}
    found: dict[str, datetime] = {}
    for given in Allotted.objects.filter(file__out_reason="", file__round__in=owing):
        found[given.account] = min(given.allotted_at, found.get(given.account, given.allotted_at))
    moments = [one.drawn_at for one in drawn.filter(pk__in=owing) if one.drawn_at is not None]
    for account in Account.objects.all() if moments else ():
        if any(role in ROLE and Act.LEAD_ROUND in ROLE[role].acts for role in account.roles):
            found[account.username] = min(*moments, found.get(account.username, moments[0]))
    return found


def keep_other_seals(
    held: RoundHeld, side: str, seals: Iterable[tuple[CaseKey, str, str]], key: HeldKey, at: datetime, by: str
) -> int:
    """Keep the seals of the other side's judgements, which its own Duecare holds; how many are new?

    Shape:   (case, seal, the seal it is given instead of, or empty), each after the one it supersedes.
    """
    files = files_of(held, sets_of(side))
    known = {one.seal: one.id for one in seals_of(held, side, sets_of(side))}
    new = 0
    for case, seal, supersedes in seals:
        if seal in known:
            continue
        made = SealedGrade.objects.create(
            file_id=files[case], side=side, account=by, seal=seal, concealed=b"", key_id=key.id, submitted_at=at,
            supersedes_id=known[supersedes] if supersedes else None,
        )  # fmt: skip
        known[seal] = made.pk
        new += 1
    return new


_BY_CASE = ("file__case_source", "file__case_ref")
_WITH = ("file", "key", "supersedes", "openedgrade")


def _seal(one: SealedGrade) -> HeldSeal:
    return HeldSeal(
        id=one.pk,
        key=CaseKey(one.file.case_source, one.file.case_ref),
        set=one.file.set,
        side=one.side,
        account=one.account,
        seal=one.seal,
        concealed=bytes(one.concealed),
        public=bytes(one.key.public),
        submitted_at=one.submitted_at,
        supersedes=one.supersedes.seal if one.supersedes else "",
        is_opened=hasattr(one, "openedgrade"),
    )
