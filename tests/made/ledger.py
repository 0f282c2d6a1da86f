"""Made-up ledgers, sound ones and ones that somebody has been at."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from duecare import ledger

BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class Kept:
    """A ledger as a store keeps it: rows with their leaves, and the tree's row."""

    rows: list[dict[str, object]] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    tree: bytes = field(default_factory=ledger.CompactRange().to_bytes)

    def write(self, entry: ledger.Entry) -> None:
        self.rows.append(ledger.as_row(entry))
        self.leaves.append(ledger.leaf_hash(entry))
        self.tree = ledger.CompactRange.from_bytes(self.tree).append(self.leaves[-1]).to_bytes()

    def verify(self, anchors=(), key=None, kept_ids=None) -> ledger.Verified:
        read = zip(map(ledger.read_row, self.rows), self.leaves, strict=True)
        return ledger.verify_entries(read, ledger.CompactRange.from_bytes(self.tree), anchors, key, kept_ids)

    def anchor(self, key: Ed25519PrivateKey) -> ledger.Anchor:
        grown = ledger.CompactRange.from_bytes(self.tree)
        return ledger.sign_anchor(grown.size, grown.root, BEGAN, key)

    def rewrite(self) -> None:
        """What someone with the whole database in hand does: renumber, leaves again, tree again."""
        for number, row in enumerate(self.rows, 1):
            row["number"] = number
        self.leaves = [ledger.leaf_hash(ledger.read_row(row)) for row in self.rows]
        self.tree = ledger.range_of(self.leaves).to_bytes()


def entry(number: int, chance: random.Random, **changed) -> ledger.Entry:
    told = {
        "at": BEGAN + timedelta(seconds=41 * number),
        "actor": chance.choice(("officer-a", "officer-b", "data-officer")),
        "act": chance.choice(list(ledger.Act)),
        "purpose": chance.choice(("allocation", "review", "command line")),
        "ids": [f"{chance.getrandbits(64):016x}" for _ in range(chance.randrange(4))],
        "recipient": chance.choice(("", "children's services")),
        "outcome": chance.choice(("done", "refused ACC-001")),
    }
    told.update(changed)
    return ledger.Entry.of(number, **told)


def kept(size: int, seed: int = 1) -> Kept:
    chance = random.Random(seed)
    made = Kept()
    for number in range(1, size + 1):
        made.write(entry(number, chance))
    return made
