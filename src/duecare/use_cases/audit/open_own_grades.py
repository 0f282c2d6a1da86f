"""When a side may open its own grades: set by set, once both sides have graded every file, with its key.

A judgement that does not fit its seal, or whose seal the ledger does not have, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.grading.file_judgement import Judgement, seal_fits, unseal_content
from duecare.audit.grading.grade_encryption import read_key, reveal_content
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
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.compare_grades import refusing_blind
from duecare.use_cases.audit.grade_file import concealed_as
from duecare.vocabulary.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Opened:
    """The sets whose grades were opened, how many, and the judgements that did not fit their seals or the ledger.

    Shape:   `by_another_key` counts judgements that were concealed for another key of the side, such as one that was lost.
    """

    round: str
    side: str
    sets: tuple[str, ...]
    opened: int
    refused: tuple[CaseKey, ...]
    by_another_key: int = 0

    def as_json(self) -> dict[str, object]:
        """This as it is written to JSON."""
        return {
            "round": self.round,
            "side": self.side,
            "sets": list(self.sets),
            "opened": self.opened,
            "refused": [f"{case_key.source}:{case_key.case_ref}" for case_key in self.refused],
            "by_another_key": self.by_another_key,
        }


def open_grades(request: Request, round_name: str, key_pem: bytes, passphrase: str) -> Opened:
    """Open the grades of the viewer's own side with its key.

    Shape:   set by set, as far as every file of a set is in for all who grade it; whatever is in, once the round has
             ended. Corrected judgements are opened too. Opened again, only what is new is. A seal that no line of the
             ledger says was submitted is of a judgement that somebody put there: it is refused.
    Raises:  ACC-003 unless the viewer leads a side; AUD-038 where there is no such round; AUD-034 while no set is in: the
             same, whatever the other side has done, as long as one's own is not in; AUD-035 where the key is not the one.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    audit_side = side_of(request, Act.OPEN_GRADES)
    with refusing_blind(request, Act.OPEN_GRADES):
        held_round = round_of(round_name)
        private_key = read_key(key_pem, passphrase)
        stratum_sets = ready_sets(held_round, audit_side)
        unopened = [
            grade_seal
            for grade_seal in sealed_grades.seals_of(held_round, audit_side, stratum_sets)
            if not grade_seal.is_opened
        ]
        seals = [
            grade_seal for grade_seal in unopened if grade_seal.public == private_key.public_key().public_bytes_raw()
        ]
        written = ledger_entries.seals_written() if seals else frozenset[str]()
        strangers = [grade_seal.key for grade_seal in seals if grade_seal.seal not in written]
        fitting, misfits = _fitting_judgements(
            held_round, [grade_seal for grade_seal in seals if grade_seal.seal in written], private_key
        )
        misfits += strangers
        if unopened and not seals:
            raise Refusal(
                "AUD-035", where=f"round {round_name}", found="judgements that are not concealed for this key"
            )
    with transaction():
        for grade_seal, judgement, seal_salt in fitting:
            grade = judgement.said.grades.get(FOR_THE_CHILD, "")
            sealed_grades.keep_opened(
                grade_seal, grade, judgement.as_json(), seal_salt, request.now, request.viewer.account
            )
        log_write(
            request,
            Act.OPEN_GRADES,
            names={(CASE_KIND, *grade_seal.key) for grade_seal in seals},
            outcome=f"done: {len(fitting)} grades of {audit_side} opened, {len(misfits)} do not fit their seals or the ledger",
        )
    return Opened(round_name, audit_side, stratum_sets, len(fitting), tuple(misfits), len(unopened) - len(seals))


def round_of(round_name: str) -> RoundHeld:
    """This round, once it has been drawn.

    Raises:  AUD-038 where there is none.
    """
    held_round = sealed_grades.round_held(round_name)
    if held_round is None:
        raise Refusal("AUD-038", where=f"round {round_name}")
    return held_round


def ready_sets(held_round: RoundHeld, audit_side: str) -> tuple[str, ...]:
    """The sets whose grades this side may open now.

    Raises:  AUD-034 where there is none yet. One's own side is looked at first, so that while it lacks anything nothing
             is told of the other.
    """
    own_sets = tuple(set_name for set_name in sets_of(audit_side) if sealed_grades.files_of(held_round, [set_name]))
    if held_round.is_ended:
        return own_sets
    sets_in = [
        set_name for set_name in own_sets if not sealed_grades.lacking_grades(held_round, audit_side, [set_name])
    ]
    if not sets_in:
        raise Refusal("AUD-034", where=f"round {held_round.name}", found="files that your own side has not submitted")
    ready = tuple(
        set_name
        for set_name in sets_in
        if not any(
            sealed_grades.lacking_grades(held_round, other_side, [set_name]) for other_side in GRADED_BY[set_name]
        )
    )
    if not ready:
        raise Refusal("AUD-034", where=f"round {held_round.name}", found="files that the other side has not submitted")
    return ready


def all_own_in(held_round: RoundHeld, audit_side: str) -> None:
    """Refuse unless this side has submitted every file of its own, or the round has ended.

    Raises:  AUD-034 while it has not.
    """
    if not held_round.is_ended and sealed_grades.lacking_grades(held_round, audit_side, sets_of(audit_side)):
        raise Refusal("AUD-034", where=f"round {held_round.name}", found="files that your own side has not submitted")


def _fitting_judgements(
    held_round: RoundHeld, seals: list[HeldSeal], private_key: X25519PrivateKey
) -> tuple[list[tuple[HeldSeal, Judgement, str]], list[CaseKey]]:
    """Those that fit their seals, and the files of those that do not."""
    fitting: list[tuple[HeldSeal, Judgement, str]] = []
    misfits: list[CaseKey] = []
    for grade_seal in seals:
        try:
            content = reveal_content(
                grade_seal.concealed, private_key, concealed_as(held_round.name, grade_seal.key, grade_seal.side)
            )
        except Refusal:
            misfits.append(grade_seal.key)
            continue
        found_judgement = fitting_judgement(held_round, grade_seal, content)
        if found_judgement is None:
            misfits.append(grade_seal.key)
        else:
            fitting.append((grade_seal, *found_judgement))
    return fitting, misfits


def fitting_judgement(held_round: RoundHeld, grade_seal: HeldSeal, content: bytes) -> tuple[Judgement, str] | None:
    """The judgement that was sealed, with its salt; None where this is another, or of another file or side."""
    if not seal_fits(content, grade_seal.seal):
        return None
    try:
        judgement, seal_salt = unseal_content(content)
    except Refusal:
        return None
    meant = (held_round.name, *grade_seal.key, grade_seal.side)
    judged_file = (judgement.round, judgement.source, judgement.case_ref, judgement.side)
    return (judgement, seal_salt) if judged_file == meant else None
