"""Refusals of the family LED: the ledger."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "LED-001",
        "The ledger could not be written, so the act was refused.",
        "Nothing was shown or changed. Try again; if it stays so, call the data officer, quoting LED-001.",
    ),
    RefusalKind(
        "LED-002",
        "An act cannot be entered in the ledger as it was described, so it was refused.",
        "Nothing was shown or changed. Say who acts and for what purpose, and try again.",
    ),
    RefusalKind(
        "LED-003",
        "The row that keeps the ledger's tree cannot be read.",
        "Nothing was written. Follow docs/how-to/ledger-broken.md before anyone goes on working.",
    ),
    RefusalKind(
        "LED-004",
        "There is no such entry or no such size of the ledger.",
        "Nothing was proved. Ask for the head first: duecare ledger head",
    ),
    RefusalKind(
        "LED-005",
        "The anchor cannot be read.",
        "Nothing was verified against it. Use the file as `duecare ledger anchor` wrote it.",
    ),
    RefusalKind(
        "LED-006",
        "The ledger's key cannot be used.",
        "Nothing was signed or verified. Keep the key in a file that its owner alone can read (chmod 600), outside the"
        " store, and name that file.",
    ),
    RefusalKind(
        "LED-007",
        "The ledger does not agree with itself or with an anchor.",
        "Nothing was changed. Follow docs/how-to/ledger-broken.md before anyone goes on working.",
    ),
)
