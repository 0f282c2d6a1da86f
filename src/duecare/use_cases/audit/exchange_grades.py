"""Two Duecares, one round: seals go across first, openings afterwards, each held against what is held here."""

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
from duecare.store.ledger.opaque_ids import CASE
from duecare.use_cases.audit.compare_grades import refusing_blind
from duecare.use_cases.audit.unseal_grades import all_own_in, fitting_judgement, round_of
from duecare.vocabulary.refusals import Refusal

SEALS: Final = "duecare seals 1"
OPENINGS: Final = "duecare openings 1"


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What went out or came in: seals or openings, of which round and side, how many?"""

    what: str
    round: str
    side: str
    count: int

    def as_json(self) -> dict[str, object]:
        """How is this written in what we send out?"""
        return {"what": self.what, "round": self.round, "side": self.side, "count": self.count}


def export_seals(request: Request, round_name: str, path: Path) -> Exchanged:
    """Write the seals of the viewer's own side to a file for the other side's Duecare.

    Shape:   all at once and without times or names, once every file is in: the file tells nothing of how the grading went.
    Raises:  ACC-003 unless the viewer leads a side; AUD-034 while files are not in; AUD-038; AUD-039.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    side = side_of(request, Act.EXPORT_GRADES)
    with refusing_blind(request, Act.EXPORT_GRADES):
        held = round_of(round_name)
        all_own_in(held, side)
    seals = sealed_grades.seals_of(held, side, sets_of(side))
    rows = [{**_file(one.key), "seal": one.seal, "supersedes": one.supersedes} for one in seals]
    key = side_keys.key_in_force(side)
    return _write(request, held, side, path, SEALS, rows, {"key": key.public.hex() if key else ""})


def import_seals(request: Request, path: Path) -> Exchanged:
    """Take in the other side's seals; how many are new?

    Shape:   taken in again, nothing changes.
    Raises:  ACC-003 unless the viewer leads a side; AUD-037 where the file is not the other side's seals of a round drawn
             the same here, or the other side grades here itself; AUD-034 while one's own side is not in, for a file of
             seals tells that the other's is.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    other = OTHER[side_of(request, Act.OPEN_GRADES)]
    with refusing_blind(request, Act.OPEN_GRADES):
        said, held = _read(path, SEALS, other)
        all_own_in(held, OTHER[other])
        if sealed_grades.grades_here(held, other):
            raise Refusal("AUD-037", where=f"round {held.name}", found="seals of a side that grades here itself")
        seals = _in_turn(held, other, said["rows"])
        public = str(said.get("key", ""))
        if not _is_hex(public):
            raise Refusal("AUD-037", found="no public key")
    with transaction():
        side_key = side_keys.keep_other_key(other, bytes.fromhex(public), request.now, request.viewer.account)
        new = sealed_grades.keep_other_seals(held, other, seals, side_key, request.now, request.viewer.account)
        log_write(request, Act.OPEN_GRADES, outcome=f"done: {new} seals of {other} taken in")
    return Exchanged(SEALS, held.name, other, new)


def export_openings(request: Request, round_name: str, path: Path) -> Exchanged:
    """Write what the viewer's own side has opened to a file for the other side's Duecare.

    Raises:  ACC-003 unless the viewer leads a side; AUD-034 while nothing is opened; AUD-038; AUD-039.
    """
    authorise(request, Act.EXPORT_GRADES, GRADES)
    side = side_of(request, Act.EXPORT_GRADES)
    with refusing_blind(request, Act.EXPORT_GRADES):
        held = round_of(round_name)
        opened = sealed_grades.openings_of(held, side)
        if not opened:
            raise Refusal("AUD-034", where=f"round {round_name}", found="nothing that your own side has opened")
    rows = [{"seal": seal.seal, "salt": salt, "judgement": body} for seal, body, salt in opened]
    return _write(request, held, side, path, OPENINGS, rows, {})


def import_openings(request: Request, path: Path) -> Exchanged:
    """Take in what the other side has opened, each judgement held against the seal that came before; how many are new?

    Raises:  ACC-003 unless the viewer leads a side; AUD-037 where the file is not the other side's, or one judgement in it
             does not fit its seal: then none is taken.
    """
    authorise(request, Act.OPEN_GRADES, GRADES)
    other = OTHER[side_of(request, Act.OPEN_GRADES)]
    with refusing_blind(request, Act.OPEN_GRADES):
        said, held = _read(path, OPENINGS, other)
        seals = {one.seal: one for one in sealed_grades.seals_of(held, other, sets_of(other))}
        fitting = {}
        for row in said["rows"]:
            seal, body, salt = seals.get(str(row.get("seal"))), row.get("judgement"), row.get("salt")
            content = _canonical(body, salt)
            found = fitting_judgement(held, seal, content) if seal and content else None
            if seal is None or found is None:
                raise Refusal("AUD-037", where=f"round {held.name}", found="a judgement that fits no seal held here")
            if not seal.is_opened:
                fitting[seal.id] = (seal, *found)
    with transaction():
        for seal, judgement, salt in fitting.values():
            grade = judgement.said.grades.get(FOR_THE_CHILD, "")
            sealed_grades.keep_opened(seal, grade, judgement.as_json(), salt, request.now, request.viewer.account)
        names = {(CASE, *seal.key) for seal, _, _ in fitting.values()}
        log_write(request, Act.OPEN_GRADES, names=names, outcome=f"done: {len(fitting)} openings of {other} taken in")
    return Exchanged(OPENINGS, held.name, other, len(fitting))


def _in_turn(held: RoundHeld, side: str, rows: Sequence[Mapping[str, Any]]) -> list[tuple[CaseKey, str, str]]:
    """(case, seal, the seal it is given instead of), each first of its file, or a correction of the last of that file.

    Raises:  AUD-037 where one is not, or there is none.
    """
    files = sealed_grades.files_of(held, sets_of(side))
    here = sealed_grades.seals_of(held, side, sets_of(side))
    whose = {one.seal: one.key for one in here}
    last = {one.key: one.seal for one in here}
    found: list[tuple[CaseKey, str, str]] = []
    for row in rows:
        key, seal, before = _key(row), str(row.get("seal", "")), str(row.get("supersedes", ""))
        if seal not in whose and before == last.get(key, ""):
            whose[seal], last[key] = key, seal
        elif whose.get(seal) != key:
            raise Refusal("AUD-037", found="a seal that is neither the first of its file nor corrects the last")
        if key not in files or not _is_hex(seal):
            raise Refusal("AUD-037", found="a file or a seal that is not of this round")
        found.append((key, seal, before))
    if not found:
        raise Refusal("AUD-037", found="no seal")
    return found


def _write(
    request: Request,
    held: RoundHeld,
    side: str,
    path: Path,
    what: str,
    rows: list[dict[str, Any]],
    more: Mapping[str, str],
) -> Exchanged:
    said = {"what": what, "round": held.name, "side": side, "draw": [held.frame_hash, held.seed], **more, "rows": rows}
    try:
        with path.open("xb") as file:
            file.write(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    except OSError as wrong:
        raise Refusal("AUD-039", found=wrong.strerror or "it cannot be written") from wrong
    try:
        with transaction():
            recipient = f"the Duecare of the {OTHER[side]}"
            outcome = f"done: {len(rows)} {what.split()[1]} of {side} written"
            log_write(request, Act.EXPORT_GRADES, recipient=recipient, outcome=outcome)
    except Refusal:
        path.unlink()
        raise
    return Exchanged(what, held.name, side, len(rows))


def _read(path: Path, what: str, side: str) -> tuple[Mapping[str, Any], RoundHeld]:
    try:
        said = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as wrong:
        raise Refusal("AUD-037", found="a file that cannot be read") from wrong
    rows = said.get("rows") if isinstance(said, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or said.get("what") != what:
        raise Refusal("AUD-037", found=f"something else than {what.split()[1]}")
    if said.get("side") != side:
        raise Refusal("AUD-037", found="another side’s than the other’s")
    held = sealed_grades.round_held(str(said.get("round", "")))
    if held is None or said.get("draw") != [held.frame_hash, held.seed]:
        raise Refusal("AUD-037", found="a round that was not drawn so here")
    return said, held


def _canonical(body: object, salt: object) -> bytes | None:
    """The bytes that this opening says were sealed; None where it is of another form."""
    if not isinstance(body, dict) or not isinstance(salt, str):
        return None
    try:
        return canonical_bytes(body, salt)
    except Refusal:
        return None


def _file(key: CaseKey) -> dict[str, str]:
    return {"case_source": key.source, "case_ref": key.case_ref}


def _key(row: Mapping[str, Any]) -> CaseKey:
    return CaseKey(str(row.get("case_source", "")), str(row.get("case_ref", "")))


def _is_hex(text: str) -> bool:
    return len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)
