"""Whether the ledger is whole: every entry against its leaf, the tree against its row and against outside anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.ledger.anchor import Anchor, is_signed_by
from duecare.ledger.entry import Entry, Unreadable, hash_ids, leaf, sorted_ids
from duecare.ledger.tree import CompactRange

KeptIds = Callable[[int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Verified:
    """Is the ledger whole, and if not, where does it break?

    Shape:   `head` is the root over the entries as read, in hex; `span` the entries among which the wrong one lies (one
             where it is known which); `broken_at` the first entry known to be wrong or missing, else the first of
             `span`; both None where nothing is wrong or where it is not the entries that are wrong (an anchor nobody
             signed, the tree's own row).
    """

    ok: bool
    entries: int
    head: str
    broken_at: int | None = None
    reason: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Break:
    first: int
    last: int
    reason: str
    known: int = 0


def verify(
    entries: Iterable[tuple[Entry | Unreadable, bytes]],
    range_: CompactRange | None,
    anchors: Sequence[Anchor] = (),
    public_key: Ed25519PublicKey | None = None,
    kept_ids: KeptIds | None = None,
) -> Verified:
    """Is anything in the ledger changed, added, removed, reordered, rewritten or cut?

    Shape:   `entries` with their stored leaves in order of number, streamed once; `range_` the tree's own row, None
             where it cannot be read; `anchors` checkpoints held outside, `public_key` that of their signer; `kept_ids`
             gives the list kept beside an entry that holds only its hash.
    Unknown: what was rewritten, with leaves and tree, after the last anchor cannot be told from what was first written:
             only a later anchor could show it.
    """
    trusted, forged = _sift(anchors, public_key)
    due = {one.size for one in trusted}
    roots: dict[int, bytes] = {0: CompactRange().root}
    peaks: tuple[bytes, ...] = ()
    grown = CompactRange()
    found: _Break | None = None
    previous = 0
    for row, stored in entries:
        if found is None:
            found = _look(row, stored, grown.size + 1, previous, kept_ids)
        previous = row.number if row.number is not None else previous
        grown = grown.append(stored)
        if grown.size in due:
            roots[grown.size] = grown.root
        if range_ is not None and grown.size == range_.size:
            peaks = grown.peaks
    found = found or _against_anchors(trusted, roots, grown)
    found = found or _against_row(range_, grown, peaks, trusted[-1].size if trusted else 0)
    count, head = grown.size, grown.root.hex()
    if found is not None:
        if found.last == 0:
            return Verified(False, count, head, None, found.reason)
        return Verified(False, count, head, found.known or found.first, found.reason, (found.first, found.last))
    if forged:
        lacks = "no public key was given" if public_key is None else "it is not signed by this ledger's key"
        return Verified(False, count, head, None, f"the anchor of {forged[0].size} entries proves nothing: {lacks}")
    return Verified(True, count, head)


def _sift(anchors: Sequence[Anchor], key: Ed25519PublicKey | None) -> tuple[list[Anchor], list[Anchor]]:
    """Which anchors are signed by this key, smallest first, and which are not?"""
    trusted: list[Anchor] = []
    forged: list[Anchor] = []
    for one in anchors:
        (trusted if key is not None and is_signed_by(one, key) else forged).append(one)
    return sorted(trusted, key=lambda one: one.size), forged


def _look(
    row: Entry | Unreadable, stored: bytes, expected: int, previous: int, kept_ids: KeptIds | None
) -> _Break | None:
    """What is wrong with this row: its place, what it says against its leaf, the ids kept beside it?"""
    if row.number is None:
        return _Break(expected, expected, f"the row where entry {expected} should be cannot be read")
    if row.number > expected:
        return _Break(expected, row.number - 1, f"entry {expected} is missing: entry {row.number} follows {previous}")
    if row.number < expected:
        return _Break(row.number, row.number, f"entry {row.number} stands there more than once or out of order")
    if isinstance(row, Unreadable):
        return _Break(expected, expected, f"entry {expected} is not what was written: {row.reason}")
    try:
        agrees = leaf(row) == stored
    except (rfc8785.CanonicalizationError, UnicodeError):
        agrees = False
    if not agrees:
        return _Break(expected, expected, f"entry {expected} differs from its stored leaf")
    if row.ids_hash and kept_ids is not None and not ids_agree(row, kept_ids(row.number)):
        return _Break(expected, expected, f"the ids kept beside entry {expected} are not those it was written for")
    return None


def ids_agree(entry: Entry, kept: Sequence[str]) -> bool:
    """Are these the ids that the entry was written for?"""
    try:
        return len(kept) == entry.count and hash_ids(sorted_ids(kept)) == entry.ids_hash
    except (rfc8785.CanonicalizationError, UnicodeError):
        return False


def _against_anchors(anchors: Sequence[Anchor], roots: dict[int, bytes], grown: CompactRange) -> _Break | None:
    agreed = 0
    for anchor in anchors:
        if anchor.size > grown.size:
            return _short(agreed, grown.size, anchor.size, "an anchor saw")
        if roots[anchor.size] != anchor.root:
            first = min(agreed + 1, anchor.size)
            reason = f"entries {first} to {anchor.size} are not those that the anchor of {anchor.size} entries saw"
            return _Break(first, anchor.size, reason)
        agreed = anchor.size
    return None


def _short(agreed: int, there: int, once: int, who: str) -> _Break:
    """Fewer than there were: the tail was cut, or some were taken out before it and the rest renumbered."""
    reason = f"of entries {agreed + 1} to {once} only those to {there} are there: {who} {once}"
    return _Break(agreed + 1, once, reason, known=there + 1)


def _against_row(
    range_: CompactRange | None, grown: CompactRange, peaks: tuple[bytes, ...], agreed: int
) -> _Break | None:
    """Do the entries agree with the tree's own row? A break that ends at 0 means: the row is wrong, not the entries."""
    if range_ is None:
        return _Break(0, 0, "the tree's own row cannot be read")
    if range_.size > grown.size:
        return _short(agreed, grown.size, range_.size, "the tree has")
    for (first, last), kept, seen in zip(range_.spans, range_.peaks, peaks, strict=True):
        if kept != seen:
            if last <= agreed:
                return _Break(0, 0, "the tree's own row is not what was written; the entries agree with an anchor")
            first = max(first, agreed + 1)
            return _Break(first, last, f"one of entries {first} to {last} is not the one the tree was grown from")
    if range_.size < grown.size:
        reason = f"entries {range_.size + 1} to {grown.size} were added without the tree"
        return _Break(range_.size + 1, grown.size, reason)
    return None
