"""The Merkle tree over the ledger's leaves: its running compact range, and proofs that it is whole and has only grown."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from duecare.vocabulary.refusals import Refusal

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


def parent_hash(left_hash: bytes, right_hash: bytes) -> bytes:
    """The hash of a node with these two children.

    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1
    """
    return hashlib.sha256(b"\x01" + left_hash + right_hash).digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """The number of leaves in the tree, and the full subtrees that cover them.

    Shape:   `peaks` are the roots of the full subtrees, largest (oldest) first; one for each 1 in `size` in binary. All
             that must be kept to add the next leaf and to know the root.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf_bytes: bytes) -> CompactRange:
        """The range with this leaf added at the end."""
        peaks, remaining, node_hash = self.peaks, self.size, leaf_bytes
        while remaining & 1:
            node_hash = parent_hash(peaks[-1], node_hash)
            peaks = peaks[:-1]
            remaining >>= 1
        return CompactRange(self.size + 1, (*peaks, node_hash))

    @property
    def root(self) -> bytes:
        """The head of the tree as it stands."""
        if not self.peaks:
            return EMPTY_ROOT
        node_hash = self.peaks[-1]
        for peak_hash in reversed(self.peaks[:-1]):
            node_hash = parent_hash(peak_hash, node_hash)
        return node_hash

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The entries each peak covers: pairs of first and last number, counting from 1."""
        spans, first_entry = [], 1
        for bit_place in reversed(range(self.size.bit_length())):
            if self.size >> bit_place & 1:
                spans.append((first_entry, first_entry + (1 << bit_place) - 1))
                first_entry += 1 << bit_place
        return tuple(spans)

    def to_bytes(self) -> bytes:
        """The bytes of the range in one row: eight bytes of size, big-endian, then the peaks."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> CompactRange:
        """Read the range in these bytes.

        Raises:  LED-003 if they are no range.
        """
        tree_size, peak_bytes = int.from_bytes(stored[:8], "big"), stored[8:]
        if len(stored) < 8 or len(peak_bytes) != tree_size.bit_count() * HASH_BYTES:
            raise Refusal("LED-003", found=f"{len(stored)} bytes")
        return cls(
            tree_size,
            tuple(peak_bytes[offset : offset + HASH_BYTES] for offset in range(0, len(peak_bytes), HASH_BYTES)),
        )


def range_of(leaves: Sequence[bytes]) -> CompactRange:
    """The range that covers these leaves."""
    compact_range = CompactRange()
    for leaf_bytes in leaves:
        compact_range = compact_range.append(leaf_bytes)
    return compact_range


def inclusion_proof(leaves: Sequence[bytes], leaf_index: int, tree_size: int) -> tuple[bytes, ...]:
    """The hashes that prove that leaf `leaf_index` stands in the tree of the first `tree_size` leaves.

    Shape:   `leaf_index` counts from 0; hashes from the leaf upward.
    Raises:  LED-004 if there is no such leaf or no such tree.
    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
    """
    if not 0 <= leaf_index < tree_size <= len(leaves):
        raise Refusal("LED-004", found=f"entry {leaf_index + 1} in a tree of {tree_size}, of {len(leaves)} entries")
    proof_path: list[bytes] = []
    range_start, range_end = 0, tree_size
    while range_end - range_start > 1:
        middle = range_start + _split_point(range_end - range_start)
        if leaf_index < middle:
            proof_path.append(_subtree_root(leaves, middle, range_end))
            range_end = middle
        else:
            proof_path.append(_subtree_root(leaves, range_start, middle))
            range_start = middle
    return tuple(reversed(proof_path))


def consistency_proof(leaves: Sequence[bytes], older_size: int, newer_size: int) -> tuple[bytes, ...]:
    """The hashes that prove that the tree of `newer_size` leaves only adds to that of `older_size`.

    Shape:   empty where nothing needs proof: equal sizes, or an empty older tree.
    Raises:  LED-004 if there are no such trees.
    Source:  https://www.rfc-editor.org/rfc/rfc6962#section-2.1.2
    """
    if not 0 <= older_size <= newer_size <= len(leaves):
        raise Refusal("LED-004", found=f"trees of {older_size} and {newer_size}, of {len(leaves)} entries")
    if older_size in (0, newer_size):
        return ()
    proof_path: list[bytes] = []
    range_start, range_end, is_whole = 0, newer_size, True
    while older_size != range_end:
        middle = range_start + _split_point(range_end - range_start)
        if older_size <= middle:
            proof_path.append(_subtree_root(leaves, middle, range_end))
            range_end = middle
        else:
            proof_path.append(_subtree_root(leaves, range_start, middle))
            range_start, is_whole = middle, False
    if not is_whole:
        proof_path.append(_subtree_root(leaves, range_start, range_end))
    return tuple(reversed(proof_path))


def is_included(leaf_bytes: bytes, leaf_index: int, tree_size: int, tree_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether this proof shows that the leaf stands at `leaf_index` of the tree with this size and root.

    Source:  https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2
    """
    if not 0 <= leaf_index < tree_size:
        return False
    position, last_position, node_hash = leaf_index, tree_size - 1, leaf_bytes
    for sibling_hash in proof:
        if last_position == 0:
            return False
        if position & 1 or position == last_position:
            node_hash = parent_hash(sibling_hash, node_hash)
            while not position & 1 and position:
                position, last_position = position >> 1, last_position >> 1
        else:
            node_hash = parent_hash(node_hash, sibling_hash)
        position, last_position = position >> 1, last_position >> 1
    return last_position == 0 and node_hash == tree_root


def is_grown_from(
    older_size: int, older_root: bytes, newer_size: int, newer_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether this proof shows that the newer tree contains the older one unchanged, and adds to it.

    Source:  https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2
    """
    if not 0 <= older_size <= newer_size:
        return False
    if older_size == newer_size:
        return not proof and older_root == newer_root
    if older_size == 0:
        return not proof and older_root == EMPTY_ROOT
    if not proof:
        return False
    proof_path = list(proof)
    if older_size.bit_count() == 1:
        proof_path.insert(0, older_root)
    position, last_position = older_size - 1, newer_size - 1
    while position & 1:
        position, last_position = position >> 1, last_position >> 1
    older_hash = newer_hash = proof_path[0]
    for sibling_hash in proof_path[1:]:
        if last_position == 0:
            return False
        if position & 1 or position == last_position:
            older_hash, newer_hash = parent_hash(sibling_hash, older_hash), parent_hash(sibling_hash, newer_hash)
            while not position & 1 and position:
                position, last_position = position >> 1, last_position >> 1
        else:
            newer_hash = parent_hash(newer_hash, sibling_hash)
        position, last_position = position >> 1, last_position >> 1
    return last_position == 0 and older_hash == older_root and newer_hash == newer_root


def _split_point(tree_size: int) -> int:
    """The largest power of two smaller than `tree_size`."""
    return 1 << ((tree_size - 1).bit_length() - 1)


def _subtree_root(leaves: Sequence[bytes], range_start: int, range_end: int) -> bytes:
    compact_range = CompactRange()
    for position in range(range_start, range_end):
        compact_range = compact_range.append(leaves[position])
    return compact_range.root
