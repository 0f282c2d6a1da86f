"""The codes and texts of refusals of settings: CFG."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "CFG-001",
        "A setting cannot be used.",
        "Nothing was started. Correct the setting and try again.",
    ),
    RefusalKind(
        "CFG-002",
        "The policy file cannot be used.",
        "Nothing was started. Correct the file and try again.",
    ),
)
