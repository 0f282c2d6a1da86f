"""Opening a side's grades with its own key, once every file is in; what does not fit its seal, or whose seal the ledger does
not have, is refused."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.grading.file_judgement import Judgement, seal_fits, unseal_content
from duecare.audit.grading.grade_sealing import read_key, reveal_content
from duecare.audit.grading.grading_method import FOR_THE_CHILD
from duecare.audit.rounds.sample_sets import GRADED_BY, sets_of
from duecare.authorisation.audit_sides import side_of
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import sealed_grades
from duecare.store.audit.sealed_grades import HeldSeal, RoundHeld
from duecare.store.database.transaction import transaction
from duecare.store.ledger import ledger_entries
from duecare.store.ledger.opaque_ids import CASE
from duecare.use_cases.audit.compare_grades import refusing_blind
from duecare.use_cases.audit.grade_file import concealed_as
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Opened:
    """Of which sets were grades opened, how many, and which judgements did not fit their seals, or not the ledger?

    Shape:   `by_another_key` counts judgements that were concealed for another key of the side, such as one that was lost.
    """

    round: str
    side: str
    sets: tuple[str, ...]
    opened: int
    refused: tuple[CaseKey, ...]
    by_another_key: int = 0

    def as_json(self) -> dict[str, object]:
        """How is this written in what we send out?"""
        return {
            "round": self.round,
            "side": self.side,
            "sets": list(self.sets),
            "opened": self.opened,
            "refused": [f"{key.source}:{key.case_ref}" for key in self.refused],
            "by_another_key": self.by_another_key,
        }


def open_grades(request: Request, round_name: str, pem: bytes, passphrase: str) -> Opened:
    """Open the grades of the viewer's own side with its key.

    Shape:   set by set, as far as every file of a set is in for all who grade it; whatever is in, once the round has
             ended. Corrected judgements are opened too. Opened again, only what is new is. A seal that no line of the
             ledger says was submitted is of a judgement that somebody put there: it is refused.
    Raises:  ACC-003 unless the viewer leads a side; AUD-038 where there is no such round; AUD-034 while no set is in: the
             same, whatever the other side has done, as long as one's own is not in; AUD-035 where the key is not the one.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    side = side_of(request, Act.OPEN_GRADES)
    with refusing_blind(request, Act.OPEN_GRADES):
        held = round_of(round_name)
        key = read_key(pem, passphrase)
        sets = ready_sets(held, side)
        unopened = [one for one in sealed_grades.seals_of(held, side, sets) if not one.is_opened]
        seals = [one for one in unopened if one.public == key.public_key().public_bytes_raw()]
        written = ledger_entries.seals_written() if seals else frozenset[str]()
        strangers = [seal.key for seal in seals if seal.seal not in written]
        fitting, misfits = _fitting(held, [seal for seal in seals if seal.seal in written], key)
        misfits += strangers
        if unopened and not seals:
            raise Refusal(
                "AUD-035", where=f"round {round_name}", found="judgements that are not concealed for this key"
            )
    with transaction():
        for seal, judgement, salt in fitting:
            grade = judgement.said.grades.get(FOR_THE_CHILD, "")
            sealed_grades.keep_opened(seal, grade, judgement.as_json(), salt, request.now, request.viewer.account)
        log_write(
            request,
            Act.OPEN_GRADES,
            names={(CASE, *seal.key) for seal in seals},
            outcome=f"done: {len(fitting)} grades of {side} opened, {len(misfits)} do not fit their seals or the ledger",
        )
    return Opened(round_name, side, sets, len(fitting), tuple(misfits), len(unopened) - len(seals))


def round_of(name: str) -> RoundHeld:
    """This round, once it has been drawn.

    Raises:  AUD-038 where there is none.
    """
    held = sealed_grades.round_held(name)
    if held is None:
        raise Refusal("AUD-038", where=f"round {name}")
    return held


def ready_sets(held: RoundHeld, side: str) -> tuple[str, ...]:
    """Of which of its sets may this side open its grades now?

    Raises:  AUD-034 where there is none yet. One's own side is looked at first, so that while it lacks anything nothing
             is told of the other.
    """
    own = tuple(name for name in sets_of(side) if sealed_grades.files_of(held, [name]))
    if held.is_ended:
        return own
    in_ = [name for name in own if not sealed_grades.lacking(held, side, [name])]
    if not in_:
        raise Refusal("AUD-034", where=f"round {held.name}", found="files that your own side has not submitted")
    ready = tuple(
        name for name in in_ if not any(sealed_grades.lacking(held, other, [name]) for other in GRADED_BY[name])
    )
    if not ready:
        raise Refusal("AUD-034", where=f"round {held.name}", found="files that the other side has not submitted")
    return ready


def all_own_in(held: RoundHeld, side: str) -> None:
    """Has this side submitted every file that is its own, or has the round ended?

    Raises:  AUD-034 while it has not.
    """
    if not held.is_ended and sealed_grades.lacking(held, side, sets_of(side)):
        raise Refusal("AUD-034", where=f"round {held.name}", found="files that your own side has not submitted")


def _fitting(
    held: RoundHeld, seals: list[HeldSeal], key: X25519PrivateKey
) -> tuple[list[tuple[HeldSeal, Judgement, str]], list[CaseKey]]:
    """Those that fit their seals, and the files of those that do not."""
    fitting: list[tuple[HeldSeal, Judgement, str]] = []
    misfits: list[CaseKey] = []
    for seal in seals:
        try:
            content = reveal_content(seal.concealed, key, concealed_as(held.name, seal.key, seal.side))
        except Refusal:
            misfits.append(seal.key)
            continue
        found = fitting_judgement(held, seal, content)
        if found is None:
            misfits.append(seal.key)
        else:
            fitting.append((seal, *found))
    return fitting, misfits


def fitting_judgement(held: RoundHeld, seal: HeldSeal, content: bytes) -> tuple[Judgement, str] | None:
    """The judgement that was sealed, with its salt; None where this is another, or of another file or side."""
    if not seal_fits(content, seal.seal):
        return None
    try:
        judgement, salt = unseal_content(content)
    except Refusal:
        return None
    meant = (held.name, *seal.key, seal.side)
    said = (judgement.round, judgement.source, judgement.case_ref, judgement.side)
    return (judgement, salt) if said == meant else None
