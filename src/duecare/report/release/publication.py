"""The receipt of a publication: the ledger's own line of it, shown to stand under a signed head. For anyone outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from duecare.ledger import (
    Act,
    Anchor,
    CompactRange,
    Entry,
    as_row,
    from_text,
    is_included,
    is_signed_by,
    leaf_hash,
    read_row,
    to_text,
)
from duecare.vocabulary.moments import iso_text
from duecare.vocabulary.refusals import Refusal

RECEIPT: Final = "publication.json"
PUBLICATION_KIND: Final = "duecare publication 1"
PUBLIC: Final = "the public"
"""To whom is disclosed what is published?"""
LONGEST_NAME: Final = 46
"""So much of a release's name has room in a line of the ledger beside two hashes."""
NO_RECEIPT: Final = (
    f"there is no {RECEIPT}, which the public pages have of whatever went out since there are receipts: a draft, or a version"
    " that never did"
)
WHOSE: Final = (
    "its line fits, but whose ledger that is cannot be told from these files: give the force's public key (--key) or a head of"
    " that size that you kept (--anchor), or hold the hash of the content against the one on the public page"
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The ledger's line that a release went out, with the proof that the line stands under this head.

    Shape:   `proof` as RFC 6962 has it, from the leaf upward; `head` is of the ledger that ends with the line.
    """

    entry: Entry
    proof: tuple[bytes, ...]
    head: Anchor


def outcome_of(release_slug: str, content_hash: str, manifest: bytes) -> str:
    """The ledger's outcome for a release that goes out: its content and its manifest by hash, and so every file of it.

    Shape:   as long as a line of the ledger may be: of a longer name its beginning, for the content holds the whole.
    """
    return f"done: published {release_slug[:LONGEST_NAME]}, {content_hash}, files {sha256(manifest).hexdigest()}"


def proof_of_last(before: CompactRange) -> tuple[bytes, ...]:
    """The hashes that prove that the leaf added to this range stands at the end of the new range.

    Source:  RFC 6962 section 2.1.1: beside the last leaf lie the full subtrees of all before it, the smallest first.
    """
    return tuple(reversed(before.peaks))


def as_bytes(receipt: Receipt) -> bytes:
    """The bytes of this in a file."""
    fields = {
        "what": PUBLICATION_KIND,
        "entry": as_row(receipt.entry),
        "proof": [proof_hash.hex() for proof_hash in receipt.proof],
        "head": json.loads(to_text(receipt.head)),
    }
    return (json.dumps(fields, indent=2, ensure_ascii=False) + "\n").encode()


def read_receipt(receipt_bytes: bytes) -> Receipt | None:
    """Read the receipt in these bytes; None where there is none that can be read."""
    try:
        payload = json.loads(receipt_bytes)
        entry, signed_head = read_row(payload["entry"]), from_text(json.dumps(payload["head"]))
        proof = tuple(bytes.fromhex(proof_hex) for proof_hex in payload["proof"])
    except (AttributeError, KeyError, RecursionError, Refusal, TypeError, ValueError):
        return None
    is_one = payload.get("what") == PUBLICATION_KIND and isinstance(entry, Entry)
    return Receipt(entry, proof, signed_head) if is_one and isinstance(entry, Entry) else None


def was_published(
    receipt_bytes: bytes | None, outcome: str, anchors: Sequence[Anchor], public_key: Ed25519PublicKey | None
) -> tuple[bool | None, str]:
    """Whether this receipt proves that what has this outcome went out, and if not, why; None where it cannot be determined.

    Shape:   proved by the signature of a key that was given, or by a head of the same size that somebody kept.
    Unknown: without either, whose ledger it is: whoever can make files can make up a ledger.
    """
    if receipt_bytes is None:
        return False, NO_RECEIPT
    receipt = read_receipt(receipt_bytes)
    if receipt is None:
        return False, f"{RECEIPT} holds no receipt that can be read"
    entry, signed_head = receipt.entry, receipt.head
    if (entry.act, entry.recipient, entry.outcome) != (Act.DISCLOSURE, PUBLIC, outcome):
        return False, f"{RECEIPT} is of something else, or of other files of this release"
    if not is_included(_leaf_hash(entry), entry.number - 1, signed_head.size, signed_head.root, receipt.proof):
        return False, f"the line in {RECEIPT} does not stand under the head of the ledger that it names"
    if public_key is not None and not is_signed_by(signed_head, public_key):
        return False, f"the head in {RECEIPT} was not signed by the key that was given"
    same_size = [anchor for anchor in anchors if anchor.size == signed_head.size]
    if any(anchor.root != signed_head.root for anchor in same_size):
        return False, f"somebody kept another root of the first {signed_head.size:,} entries"
    if public_key is None and not same_size:
        return None, WHOSE
    return True, f"entry {entry.number:,} of the ledger, {iso_text(entry.at)}"


def _leaf_hash(entry: Entry) -> bytes:
    try:
        return leaf_hash(entry)
    except ValueError:
        return b""
