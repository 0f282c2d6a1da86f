"""Whether the ledger is whole: every entry against its leaf, the tree against its row and against outside anchors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.ledger.anchor import Anchor, is_signed_by
from duecare.ledger.entry import Entry, Unreadable, hash_ids, leaf_hash, sorted_ids
from duecare.ledger.tree import CompactRange

KeptIds = Callable[[int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the ledger is whole, and if not, where it breaks.

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
    first_entry: int
    last_entry: int
    reason: str
    known_entry: int = 0


def verify_entries(
    entries: Iterable[tuple[Entry | Unreadable, bytes]],
    range_: CompactRange | None,
    anchors: Sequence[Anchor] = (),
    public_key: Ed25519PublicKey | None = None,
    kept_ids: KeptIds | None = None,
) -> Verified:
    """Check whether anything in the ledger was changed, added, removed, reordered, rewritten or cut.

    Shape:   `entries` with their stored leaves in order of number, streamed once; `range_` the tree's own row, None
             where it cannot be read; `anchors` checkpoints held outside, `public_key` that of their signer; `kept_ids`
             gives the list kept beside an entry that holds only its hash.
    Unknown: what was rewritten, with leaves and tree, after the last anchor is not known from what was first written:
             only a later anchor could show it.
    """
    trusted, forged = _split_by_signature(anchors, public_key)
    anchored_sizes = {anchor.size for anchor in trusted}
    roots: dict[int, bytes] = {0: CompactRange().root}
    peaks: tuple[bytes, ...] = ()
    compact_range = CompactRange()
    ledger_break: _Break | None = None
    previous_number = 0
    for entry, stored_leaf in entries:
        if ledger_break is None:
            ledger_break = _check_row(entry, stored_leaf, compact_range.size + 1, previous_number, kept_ids)
        previous_number = entry.number if entry.number is not None else previous_number
        compact_range = compact_range.append(stored_leaf)
        if compact_range.size in anchored_sizes:
            roots[compact_range.size] = compact_range.root
        if range_ is not None and compact_range.size == range_.size:
            peaks = compact_range.peaks
    ledger_break = ledger_break or _against_anchors(trusted, roots, compact_range)
    ledger_break = ledger_break or _against_row(range_, compact_range, peaks, trusted[-1].size if trusted else 0)
    count, head_hash = compact_range.size, compact_range.root.hex()
    if ledger_break is not None:
        if ledger_break.last_entry == 0:
            return Verified(False, count, head_hash, None, ledger_break.reason)
        return Verified(
            False,
            count,
            head_hash,
            ledger_break.known_entry or ledger_break.first_entry,
            ledger_break.reason,
            (ledger_break.first_entry, ledger_break.last_entry),
        )
    if forged:
        lacks = "no public key was given" if public_key is None else "it is not signed by this ledger's key"
        return Verified(
            False, count, head_hash, None, f"the anchor of {forged[0].size} entries proves nothing: {lacks}"
        )
    return Verified(True, count, head_hash)


def _split_by_signature(
    anchors: Sequence[Anchor], public_key: Ed25519PublicKey | None
) -> tuple[list[Anchor], list[Anchor]]:
    """Split the anchors into those signed by this key, smallest first, and those not."""
    trusted: list[Anchor] = []
    forged: list[Anchor] = []
    for anchor in anchors:
        (trusted if public_key is not None and is_signed_by(anchor, public_key) else forged).append(anchor)
    return sorted(trusted, key=lambda trusted_anchor: trusted_anchor.size), forged


def _check_row(
    entry: Entry | Unreadable, stored_leaf: bytes, expected: int, previous: int, kept_ids: KeptIds | None
) -> _Break | None:
    """What is wrong with this row: its place, its content against its leaf, the ids stored beside it."""
    if entry.number is None:
        return _Break(expected, expected, f"the row where entry {expected} should be cannot be read")
    if entry.number > expected:
        return _Break(
            expected, entry.number - 1, f"entry {expected} is missing: entry {entry.number} follows {previous}"
        )
    if entry.number < expected:
        return _Break(entry.number, entry.number, f"entry {entry.number} appears more than once or out of order")
    if isinstance(entry, Unreadable):
        return _Break(expected, expected, f"entry {expected} is not what was written: {entry.reason}")
    try:
        agrees = leaf_hash(entry) == stored_leaf
    except (rfc8785.CanonicalizationError, UnicodeError):
        agrees = False
    if not agrees:
        return _Break(expected, expected, f"entry {expected} differs from its stored leaf")
    if entry.ids_hash and kept_ids is not None and not ids_agree(entry, kept_ids(entry.number)):
        return _Break(expected, expected, f"the ids stored with entry {expected} are not those it was written for")
    return None


def ids_agree(entry: Entry, stored_ids: Sequence[str]) -> bool:
    """Whether these are the ids that the entry was written for."""
    try:
        return len(stored_ids) == entry.count and hash_ids(sorted_ids(stored_ids)) == entry.ids_hash
    except (rfc8785.CanonicalizationError, UnicodeError):
        return False


def _against_anchors(anchors: Sequence[Anchor], roots: dict[int, bytes], compact_range: CompactRange) -> _Break | None:
    agreed_size = 0
    for anchor in anchors:
        if anchor.size > compact_range.size:
            return _entries_missing(agreed_size, compact_range.size, anchor.size, "an anchor saw")
        if roots[anchor.size] != anchor.root:
            first_entry = min(agreed_size + 1, anchor.size)
            reason = (
                f"entries {first_entry} to {anchor.size} are not those that the anchor of {anchor.size} entries saw"
            )
            return _Break(first_entry, anchor.size, reason)
        agreed_size = anchor.size
    return None


def _entries_missing(agreed_size: int, present_size: int, expected_size: int, witness: str) -> _Break:
    """Fewer than there were: the tail was cut, or some were taken out before it and the rest renumbered."""
    reason = f"of entries {agreed_size + 1} to {expected_size} only those to {present_size} are there: {witness} {expected_size}"
    return _Break(agreed_size + 1, expected_size, reason, known_entry=present_size + 1)


def _against_row(
    range_: CompactRange | None, compact_range: CompactRange, peak_hashes: tuple[bytes, ...], agreed_size: int
) -> _Break | None:
    """Whether the entries agree with the tree's own row; a break that ends at 0 means: the row is wrong, not the entries."""
    if range_ is None:
        return _Break(0, 0, "the tree's own row cannot be read")
    if range_.size > compact_range.size:
        return _entries_missing(agreed_size, compact_range.size, range_.size, "the tree has")
    for (first_entry, last_entry), stored_peak, computed_peak in zip(
        range_.spans, range_.peaks, peak_hashes, strict=True
    ):
        if stored_peak != computed_peak:
            if last_entry <= agreed_size:
                return _Break(0, 0, "the tree's own row is not what was written; the entries agree with an anchor")
            first_entry = max(first_entry, agreed_size + 1)
            return _Break(
                first_entry,
                last_entry,
                f"one of entries {first_entry} to {last_entry} is not the one the tree was grown from",
            )
    if range_.size < compact_range.size:
        reason = f"entries {range_.size + 1} to {compact_range.size} were added without the tree"
        return _Break(range_.size + 1, compact_range.size, reason)
    return None
