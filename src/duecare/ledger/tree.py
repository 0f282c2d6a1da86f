"""The Merkle tree over the ledger's leaves: its running compact range, and proofs that it holds and has only grown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from duecare.vocabulary.refusals import Refusal

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def parent(left: bytes, right: bytes) -> bytes:
    """What is the hash of a node with these two children?

    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1
    """
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """How many leaves does the tree hold, and which full subtrees cover them?

    Shape:   `peaks` are the roots of the full subtrees, largest (oldest) first; one for each 1 in `size` in binary. All
             that must be kept to add the next leaf and to know the root.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> CompactRange:
        """The range with this leaf added at the end."""
        peaks, full, node = self.peaks, self.size, leaf
        while full & 1:
            node = parent(peaks[-1], node)
            peaks = peaks[:-1]
            full >>= 1
        return CompactRange(self.size + 1, (*peaks, node))

    @property
    def root(self) -> bytes:
        """What is the head of the tree as it stands?"""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = parent(peak, node)
        return node

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Which entries does each peak cover? Pairs of first and last number, counting from 1."""
        spans, first = [], 1
        for bit in reversed(range(self.size.bit_length())):
            if self.size >> bit & 1:
                spans.append((first, first + (1 << bit) - 1))
                first += 1 << bit
        return tuple(spans)

    def to_bytes(self) -> bytes:
        """How is the range kept in one row? Eight bytes of size, big-endian, then the peaks."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, kept: bytes) -> CompactRange:
        """Which range do these bytes keep?

        Raises:  LED-003 if they are no range.
        """
        size, rest = int.from_bytes(kept[:8], "big"), kept[8:]
        if len(kept) < 8 or len(rest) != size.bit_count() * HASH_BYTES:
            raise Refusal("LED-003", found=f"{len(kept)} bytes")
        return cls(size, tuple(rest[at : at + HASH_BYTES] for at in range(0, len(rest), HASH_BYTES)))


def range_of(leaves: Sequence[bytes]) -> CompactRange:
    """Which range covers these leaves?"""
    grown = CompactRange()
    for leaf in leaves:
        grown = grown.append(leaf)
    return grown


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """Which hashes prove that leaf `index` stands in the tree of the first `size` leaves?

    Shape:   `index` counts from 0; hashes from the leaf upward.
    Raises:  LED-004 if there is no such leaf or no such tree.
    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
    """
    if not 0 <= index < size <= len(leaves):
        raise Refusal("LED-004", found=f"entry {index + 1} in a tree of {size}, of {len(leaves)} entries")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + _split(last - first)
        if index < middle:
            path.append(_root(leaves, middle, last))
            last = middle
        else:
            path.append(_root(leaves, first, middle))
            first = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], older: int, newer: int) -> tuple[bytes, ...]:
    """Which hashes prove that the tree of `newer` leaves only adds to that of `older`?

    Shape:   empty where nothing needs proof: equal sizes, or an empty older tree.
    Raises:  LED-004 if there are no such trees.
    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2
    """
    if not 0 <= older <= newer <= len(leaves):
        raise Refusal("LED-004", found=f"trees of {older} and {newer}, of {len(leaves)} entries")
    if older in (0, newer):
        return ()
    path: list[bytes] = []
    first, last, whole = 0, newer, True
    while older != last:
        middle = first + _split(last - first)
        if older <= middle:
            path.append(_root(leaves, middle, last))
            last = middle
        else:
            path.append(_root(leaves, first, middle))
            first, whole = middle, False
    if not whole:
        path.append(_root(leaves, first, last))
    return tuple(reversed(path))


def is_included(leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Does this proof show that the leaf stands at `index` of the tree with this size and root?

    Source:  https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
    """
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = parent(beside, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = parent(node, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def is_grown_from(older: int, older_root: bytes, newer: int, newer_root: bytes, proof: Sequence[bytes]) -> bool:
    """Does this proof show that the newer tree holds the older one unchanged, and adds to it?

    Source:  https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2
    """
    if not 0 <= older <= newer:
        return False
    if older == newer:
        return not proof and older_root == newer_root
    if older == 0:
        return not proof and older_root == EMPTY_ROOT
    if not proof:
        return False
    path = list(proof)
    if older.bit_count() == 1:
        path.insert(0, older_root)
    at, last = older - 1, newer - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = parent(beside, old), parent(beside, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = parent(new, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old == older_root and new == newer_root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _root(leaves: Sequence[bytes], first: int, last: int) -> bytes:
    grown = CompactRange()
    for at in range(first, last):
        grown = grown.append(leaves[at])
    return grown.root
