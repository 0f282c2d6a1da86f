"""The ledger of acts: its entries, its tree, signed anchors and verification; pure, and without personal data.

Source:  Data Protection Act 2018 s.62, https://www.legislation.gov.uk/ukpga/2018/12/section/62
"""

from __future__ import annotations

from duecare.ledger.anchor import (
    Anchor,
    from_text,
    is_signed_by,
    make_key,
    public_text,
    read_key,
    read_or_make_key,
    read_public,
    sign_anchor,
    to_text,
)
from duecare.ledger.entry import (
    IDS_HELD_IN_ENTRY,
    Act,
    Entry,
    Unreadable,
    as_row,
    canonical_bytes,
    hash_ids,
    leaf_hash,
    read_leaf,
    read_row,
    sorted_ids,
)
from duecare.ledger.tree import (
    EMPTY_ROOT,
    CompactRange,
    consistency_proof,
    inclusion_proof,
    is_grown_from,
    is_included,
    range_of,
)
from duecare.ledger.verify import Verified, ids_agree, verify_entries

__all__ = [
    "EMPTY_ROOT",
    "IDS_HELD_IN_ENTRY",
    "Act",
    "Anchor",
    "CompactRange",
    "Entry",
    "Unreadable",
    "Verified",
    "as_row",
    "canonical_bytes",
    "consistency_proof",
    "from_text",
    "hash_ids",
    "ids_agree",
    "inclusion_proof",
    "is_grown_from",
    "is_included",
    "is_signed_by",
    "leaf_hash",
    "make_key",
    "public_text",
    "range_of",
    "read_key",
    "read_leaf",
    "read_or_make_key",
    "read_public",
    "read_row",
    "sign_anchor",
    "sorted_ids",
    "to_text",
    "verify_entries",
]
