"""The ledger looked after: verified, its head shown and anchored, its entries read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.access.act import Act
from duecare.access.may_act import NOT_YOURS
from duecare.access.thing import LEDGER
from duecare.authorisation.authorise import authorise, log_read, log_write
from duecare.authorisation.request import Request
from duecare.config import Config
from duecare.ledger import Anchor, Entry, Verified, from_text, read_or_make_key, sign_anchor, to_text, verify_entries
from duecare.store.audit.sealed_grades import blind_since
from duecare.store.database.transaction import transaction
from duecare.store.ledger import ledger_entries
from duecare.vocabulary.refusals import Refusal


def verify_ledger(request: Request, config: Config, anchors: Sequence[Path] = ()) -> Verified:
    """Verify that the ledger is whole, alone and against these anchors kept outside.

    Shape:   verifying is itself an act: its entry is written after what was verified.
    Raises:  ACC-003 when the viewer may not; LED-005 when a file is no anchor.
    """
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    anchors_read = [_read_anchor(file_path) for file_path in anchors]
    anchor_key = read_or_make_key(config.ledger_key).public_key() if anchors_read else None
    verified = _verify_as_it_grows(anchors_read, anchor_key)
    log_read(request, Act.VERIFY_LEDGER)
    return verified


def _verify_as_it_grows(anchors_read: Sequence[Anchor], anchor_key: Ed25519PublicKey | None) -> Verified:
    """Verify the entries that the tree's row spoke of when it was read: others may be written meanwhile."""
    ledger_range = ledger_entries.kept_range()
    ledger_size = ledger_range.size if ledger_range else None
    verified = verify_entries(
        ledger_entries.every_entry(ledger_size), ledger_range, anchors_read, anchor_key, ledger_entries.kept_ids
    )
    if verified.ok and ledger_size is not None and ledger_entries.has_entries_after(ledger_size):
        range_now = ledger_entries.kept_range()
        if range_now is None or range_now.size == ledger_size:
            return replace(
                verified, ok=False, broken_at=ledger_size + 1, reason="an entry that the tree does not know of"
            )
    return verified


def ledger_head(request: Request) -> tuple[int, str]:
    """The number of entries of the ledger, and its root."""
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    range_ = ledger_entries.kept_range()
    if range_ is None:
        raise Refusal("LED-001", found="the tree's own row cannot be read")
    log_read(request, Act.VERIFY_LEDGER)
    return range_.size, range_.root.hex()


def anchor_ledger(request: Request, config: Config, file_path: Path) -> Anchor:
    """Sign the ledger's head into a file for someone else to keep.

    Raises:  ACC-003 when the viewer may not; LED-006 when the key cannot be used; CFG-001 when the file is there already.
    """
    authorise(request, Act.ANCHOR_LEDGER, LEDGER)
    anchor_key = read_or_make_key(config.ledger_key)
    range_ = ledger_entries.kept_range()
    if range_ is None:
        raise Refusal("LED-001", found="the tree's own row cannot be read")
    anchor_made = sign_anchor(range_.size, range_.root, request.now, anchor_key)
    with transaction():
        log_write(request, Act.ANCHOR_LEDGER, outcome=f"done: anchor of {range_.size} entries")
    try:
        with file_path.open("x", encoding="utf-8") as opened_file:
            opened_file.write(to_text(anchor_made))
    except OSError as error:
        raise Refusal("CFG-001", where=str(file_path), found=error.strerror or "it cannot be written") from error
    return anchor_made


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry of which only its number is shown, while a round is blind."""

    number: int


def show_entries(request: Request, most_entries: int) -> list[Entry | Withheld]:
    """The latest entries, newest first. Reading them is itself an act.

    Shape:   of a case or person that was refused, the ids are kept and not shown: of what is not there, there are none.
             What graders and leads of rounds do from being given files until those are opened is shown by number alone:
             when somebody of the other side submitted, or how long it took, is not told here either.
    """
    authorise(request, Act.READ_LEDGER, LEDGER)
    blind = blind_since()
    entries_shown = [
        Withheld(ledger_entry.number)
        if ledger_entry.actor in blind and ledger_entry.at >= blind[ledger_entry.actor]
        else _as_shown(ledger_entry)
        for ledger_entry in ledger_entries.latest_entries(most_entries)
    ]
    log_read(request, Act.READ_LEDGER)
    return entries_shown


def _as_shown(entry: Entry) -> Entry:
    is_refused = entry.outcome.startswith(f"refused {NOT_YOURS}")
    return replace(entry, ids=(), ids_hash="", count=0) if is_refused else entry


def _read_anchor(file_path: Path) -> Anchor:
    try:
        return from_text(file_path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("LED-005", where=str(file_path), found="no readable file") from error
