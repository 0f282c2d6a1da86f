"""The ledger looked after: verified, its head shown and anchored, its entries read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.access.act import Act
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
    """Is the ledger whole, alone and against these anchors kept outside?

    Shape:   verifying is itself an act: its entry is written after what was verified.
    Raises:  ACC-003 when the viewer may not; LED-005 when a file is no anchor.
    """
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    held = [_read(path) for path in anchors]
    key = read_or_make_key(config.ledger_key).public_key() if held else None
    found = _verify_as_it_grows(held, key)
    log_read(request, Act.VERIFY_LEDGER)
    return found


def _verify_as_it_grows(held: Sequence[Anchor], key: Ed25519PublicKey | None) -> Verified:
    """Verify the entries that the tree's row spoke of when it was read: others may be written meanwhile."""
    tree = ledger_entries.kept_range()
    size = tree.size if tree else None
    found = verify_entries(ledger_entries.every_entry(size), tree, held, key, ledger_entries.kept_ids)
    if found.ok and size is not None and ledger_entries.has_entries_after(size):
        now = ledger_entries.kept_range()
        if now is None or now.size == size:
            return replace(found, ok=False, broken_at=size + 1, reason="an entry that the tree does not know of")
    return found


def head(request: Request) -> tuple[int, str]:
    """How many entries has the ledger, and which root?"""
    authorise(request, Act.VERIFY_LEDGER, LEDGER)
    range_ = ledger_entries.kept_range()
    if range_ is None:
        raise Refusal("LED-001", found="the tree's own row cannot be read")
    log_read(request, Act.VERIFY_LEDGER)
    return range_.size, range_.root.hex()


def anchor(request: Request, config: Config, out: Path) -> Anchor:
    """Sign the ledger's head into a file for someone else to keep.

    Raises:  ACC-003 when the viewer may not; LED-006 when the key cannot be used; CFG-001 when the file is there already.
    """
    authorise(request, Act.ANCHOR_LEDGER, LEDGER)
    key = read_or_make_key(config.ledger_key)
    range_ = ledger_entries.kept_range()
    if range_ is None:
        raise Refusal("LED-001", found="the tree's own row cannot be read")
    made = sign_anchor(range_.size, range_.root, request.now, key)
    with transaction():
        log_write(request, Act.ANCHOR_LEDGER, outcome=f"done: anchor of {range_.size} entries")
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(to_text(made))
    except OSError as wrong:
        raise Refusal("CFG-001", where=str(out), found=wrong.strerror or "it cannot be written") from wrong
    return made


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry of which only its number is shown, while a round is blind."""

    number: int


def show(request: Request, most: int) -> list[Entry | Withheld]:
    """The latest entries, newest first. Reading them is itself an act.

    Shape:   what graders and leads of rounds do from being given files until those are opened is shown by number alone:
             when somebody of the other side submitted, or how long it took, is not told here either.
    """
    authorise(request, Act.READ_LEDGER, LEDGER)
    blind = blind_since()
    found = [
        Withheld(one.number) if one.actor in blind and one.at >= blind[one.actor] else one
        for one in ledger_entries.latest(most)
    ]
    log_read(request, Act.READ_LEDGER)
    return found


def _read(path: Path) -> Anchor:
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise Refusal("LED-005", where=str(path), found="no readable file") from wrong
