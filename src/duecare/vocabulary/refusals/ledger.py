"""The codes and texts of refusals about the ledger: LED."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "LED-001",
        "The ledger could not be written, so the request was refused.",
        "Nothing was shown or changed. Try again. If it happens again, contact your data officer, quoting LED-001.",
    ),
    RefusalKind(
        "LED-002",
        "This request cannot be entered in the ledger as described, so it was refused.",
        "Nothing was shown or changed. Give who is acting and for what purpose, and try again.",
    ),
    RefusalKind(
        "LED-003",
        "The row that stores the ledger's tree cannot be read.",
        "Nothing was written. Stop work and follow docs/how-to/ledger-broken.md.",
    ),
    RefusalKind(
        "LED-004",
        "The ledger has no such entry or no such size.",
        "Nothing was proved. First get the head: duecare ledger head",
    ),
    RefusalKind(
        "LED-005",
        "The anchor cannot be read.",
        "Nothing was verified against it. Use the file exactly as `duecare ledger anchor` wrote it.",
    ),
    RefusalKind(
        "LED-006",
        "The ledger's key cannot be used.",
        "Nothing was signed or verified. Store the key outside the store, in a file that only its owner can read"
        " (chmod 600), and name that file.",
    ),
    RefusalKind(
        "LED-007",
        "The ledger does not agree with itself or with an anchor.",
        "Nothing was changed. Stop work and follow docs/how-to/ledger-broken.md.",
    ),
)
