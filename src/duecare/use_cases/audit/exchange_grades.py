"""Exchange of a round between two Duecares: seals go across first, openings afterwards, each checked against the records here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from duecare.access.act import Act
from duecare.access.thing import GRADES
from duecare.audit.grading.file_judgement import canonical_bytes
from duecare.audit.grading.grading_method import FOR_THE_CHILD
from duecare.audit.rounds.sample_sets import sets_of
from duecare.authorisation.audit_sides import OTHER, side_of
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.record.pole import CaseKey
from duecare.store.audit import sealed_grades, side_keys
from duecare.store.audit.sealed_grades import RoundHeld
from duecare.store.database.transaction import transaction
from duecare.store.ledger.opaque_ids import CASE_KIND
from duecare.use_cases.audit.compare_grades import refusing_blind
from duecare.use_cases.audit.open_own_grades import all_own_in, fitting_judgement, round_of
from duecare.vocabulary.refusals import Refusal

SEALS: Final = "duecare seals 1"
OPENINGS: Final = "duecare openings 1"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What went out or came in: seals or openings, their round and side, and how many."""

    what: str
    round: str
    side: str
    count: int

    def as_json(self) -> dict[str, object]:
        """This as it is written to JSON."""
        return {"what": self.what, "round": self.round, "side": self.side, "count": self.count}


def export_seals(request: Request, round_name: str, file_path: Path) -> Exchanged:
    """Write the seals of the viewer's own side to a file for the other side's Duecare.

    Shape:   all at once and without times or names, once every file is in: the file tells nothing of how the grading went.
    Raises:  ACC-003 unless the viewer leads a side; AUD-034 while files are not in; AUD-038; AUD-039.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    audit_side = side_of(request, Act.EXPORT_GRADES)
    with refusing_blind(request, Act.EXPORT_GRADES):
        held_round = round_of(round_name)
        all_own_in(held_round, audit_side)
    seals = sealed_grades.seals_of(held_round, audit_side, sets_of(audit_side))
    seal_rows = [
        {**_file_fields(grade_seal.key), "seal": grade_seal.seal, "supersedes": grade_seal.supersedes}
        for grade_seal in seals
    ]
    side_key = side_keys.key_in_force(audit_side)
    return _write_exchange(
        request, held_round, audit_side, file_path, SEALS, seal_rows, {"key": side_key.public.hex() if side_key else ""}
    )


def import_seals(request: Request, file_path: Path) -> Exchanged:
    """Import the other side's seals; the number that are new.

    Shape:   taken in again, nothing changes.
    Raises:  ACC-003 unless the viewer leads a side; AUD-037 where the file is not the other side's seals of a round drawn
             the same here, or the other side grades here itself; AUD-034 while one's own side is not in, for a file of
             seals tells that the other's is.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    other_side = OTHER[side_of(request, Act.OPEN_GRADES)]
    with refusing_blind(request, Act.OPEN_GRADES):
        exchange_content, held_round = _read_exchange(file_path, SEALS, other_side)
        all_own_in(held_round, OTHER[other_side])
        if sealed_grades.grades_here(held_round, other_side):
            raise Refusal("AUD-037", where=f"round {held_round.name}", found="seals of a side that grades here itself")
        seals = _in_turn(held_round, other_side, exchange_content["rows"])
        public = str(exchange_content.get("key", ""))
        if not _is_hex(public):
            raise Refusal("AUD-037", found="no public key")
    with transaction():
        side_key = side_keys.keep_other_key(other_side, bytes.fromhex(public), request.now, request.viewer.account)
        seals_kept = sealed_grades.keep_other_seals(
            held_round, other_side, seals, side_key, request.now, request.viewer.account
        )
        log_write(request, Act.OPEN_GRADES, outcome=f"done: {seals_kept} seals of {other_side} taken in")
    return Exchanged(SEALS, held_round.name, other_side, seals_kept)


def export_openings(request: Request, round_name: str, file_path: Path) -> Exchanged:
    """Write what the viewer's own side has opened to a file for the other side's Duecare.

    Raises:  ACC-003 unless the viewer leads a side; AUD-034 while nothing is opened; AUD-038; AUD-039.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    audit_side = side_of(request, Act.EXPORT_GRADES)
    with refusing_blind(request, Act.EXPORT_GRADES):
        held_round = round_of(round_name)
        opened = sealed_grades.openings_of(held_round, audit_side)
        if not opened:
            raise Refusal("AUD-034", where=f"round {round_name}", found="nothing that your own side has opened")
    opening_rows = [
        {"seal": sealed_grade.seal, "salt": seal_salt, "judgement": judgement_body}
        for sealed_grade, judgement_body, seal_salt in opened
    ]
    return _write_exchange(request, held_round, audit_side, file_path, OPENINGS, opening_rows, {})


def import_openings(request: Request, file_path: Path) -> Exchanged:
    """Import what the other side has opened, each judgement checked against its earlier seal; the number that are new.

    Raises:  ACC-003 unless the viewer leads a side; AUD-037 where the file is not the other side's, or one judgement in it
             does not fit its seal: then none is taken.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    other_side = OTHER[side_of(request, Act.OPEN_GRADES)]
    with refusing_blind(request, Act.OPEN_GRADES):
        exchange_content, held_round = _read_exchange(file_path, OPENINGS, other_side)
        seals = {
            grade_seal.seal: grade_seal
            for grade_seal in sealed_grades.seals_of(held_round, other_side, sets_of(other_side))
        }
        fitting = {}
        for opening_row in exchange_content["rows"]:
            grade_seal, judgement_body, seal_salt = (
                seals.get(str(opening_row.get("seal"))),
                opening_row.get("judgement"),
                opening_row.get("salt"),
            )
            content = _canonical_bytes(judgement_body, seal_salt)
            found_judgement = fitting_judgement(held_round, grade_seal, content) if grade_seal and content else None
            if grade_seal is None or found_judgement is None:
                raise Refusal(
                    "AUD-037", where=f"round {held_round.name}", found="a judgement that matches no seal stored here"
                )
            if not grade_seal.is_opened:
                fitting[grade_seal.id] = (grade_seal, *found_judgement)
    with transaction():
        for grade_seal, judgement, seal_salt in fitting.values():
            grade = judgement.said.grades.get(FOR_THE_CHILD, "")
            sealed_grades.keep_opened(
                grade_seal, grade, judgement.as_json(), seal_salt, request.now, request.viewer.account
            )
        names = {(CASE_KIND, *grade_seal.key) for grade_seal, _, _ in fitting.values()}
        log_write(
            request, Act.OPEN_GRADES, names=names, outcome=f"done: {len(fitting)} openings of {other_side} taken in"
        )
    return Exchanged(OPENINGS, held_round.name, other_side, len(fitting))


def _in_turn(
    held_round: RoundHeld, audit_side: str, exchange_rows: Sequence[Mapping[str, Any]]
) -> list[tuple[CaseKey, str, str]]:
    """(case, seal, the seal it is given instead of), each first of its file, or a correction of the last of that file.

    Raises:  AUD-037 where one is not, or there is none.
    """
    files = sealed_grades.files_of(held_round, sets_of(audit_side))
    kept_seals = sealed_grades.seals_of(held_round, audit_side, sets_of(audit_side))
    case_of_seal = {grade_seal.seal: grade_seal.key for grade_seal in kept_seals}
    last_seals = {grade_seal.key: grade_seal.seal for grade_seal in kept_seals}
    seals_in_turn: list[tuple[CaseKey, str, str]] = []
    for seal_row in exchange_rows:
        case_key, seal_digest, before = (
            _case_key_of(seal_row),
            str(seal_row.get("seal", "")),
            str(seal_row.get("supersedes", "")),
        )
        if seal_digest not in case_of_seal and before == last_seals.get(case_key, ""):
            case_of_seal[seal_digest], last_seals[case_key] = case_key, seal_digest
        elif case_of_seal.get(seal_digest) != case_key:
            raise Refusal("AUD-037", found="a seal that is not the first of its file and does not correct the last")
        if case_key not in files or not _is_hex(seal_digest):
            raise Refusal("AUD-037", found="a file or a seal that is not of this round")
        seals_in_turn.append((case_key, seal_digest, before))
    if not seals_in_turn:
        raise Refusal("AUD-037", found="no seal")
    return seals_in_turn


def _write_exchange(
    request: Request,
    held_round: RoundHeld,
    audit_side: str,
    file_path: Path,
    exchange_kind: str,
    exchange_rows: list[dict[str, Any]],
    more_fields: Mapping[str, str],
) -> Exchanged:
    exchange_content = {
        "what": exchange_kind,
        "round": held_round.name,
        "side": audit_side,
        "draw": [held_round.frame_hash, held_round.seed],
        **more_fields,
        "rows": exchange_rows,
    }
    try:
        with file_path.open("xb") as opened_file:
            opened_file.write(orjson.dumps(exchange_content, option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise Refusal("AUD-039", found=error.strerror or "it cannot be written") from error
    try:
        with transaction():
            recipient = f"the Duecare of the {OTHER[audit_side]}"
            outcome = f"done: {len(exchange_rows)} {exchange_kind.split()[1]} of {audit_side} written"
            log_write(request, Act.EXPORT_GRADES, recipient=recipient, outcome=outcome)
    except Refusal:
        file_path.unlink()
        raise
    return Exchanged(exchange_kind, held_round.name, audit_side, len(exchange_rows))


def _read_exchange(file_path: Path, exchange_kind: str, audit_side: str) -> tuple[Mapping[str, Any], RoundHeld]:
    try:
        exchange_content = orjson.loads(file_path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise Refusal("AUD-037", found="a file that cannot be read") from error
    exchange_rows = exchange_content.get("rows") if isinstance(exchange_content, dict) else None
    if (
        not isinstance(exchange_rows, list)
        or not all(isinstance(exchange_row, dict) for exchange_row in exchange_rows)
        or exchange_content.get("what") != exchange_kind
    ):
        raise Refusal("AUD-037", found=f"something other than {exchange_kind.split()[1]}")
    if exchange_content.get("side") != audit_side:
        raise Refusal("AUD-037", found="another side’s than the other’s")
    held_round = sealed_grades.round_held(str(exchange_content.get("round", "")))
    if held_round is None or exchange_content.get("draw") != [held_round.frame_hash, held_round.seed]:
        raise Refusal("AUD-037", found="a round that was not drawn so here")
    return exchange_content, held_round


def _canonical_bytes(judgement_body: object, seal_salt: object) -> bytes | None:
    """The bytes that this opening says were sealed; None where it is of another form."""
    if not isinstance(judgement_body, dict) or not isinstance(seal_salt, str):
        return None
    try:
        return canonical_bytes(judgement_body, seal_salt)
    except Refusal:
        return None


def _file_fields(case_key: CaseKey) -> dict[str, str]:
    return {"case_source": case_key.source, "case_ref": case_key.case_ref}


def _case_key_of(exchange_row: Mapping[str, Any]) -> CaseKey:
    return CaseKey(str(exchange_row.get("case_source", "")), str(exchange_row.get("case_ref", "")))


def _is_hex(hex_text: str) -> bool:
    return len(hex_text) == 64 and all(digit in "0123456789abcdef" for digit in hex_text)
