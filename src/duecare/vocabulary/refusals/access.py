"""The codes and texts of refusals of access: ACC."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "ACC-001",
        "You cannot open this.",
        "If you need to, ask the person who leads the case or your supervisor, quoting ACC-001.",
    ),
    RefusalKind(
        "ACC-002",
        "This account is not enrolled in Duecare.",
        "Nothing was shown or changed. Ask the data officer to enrol the account, or set DUECARE_USER to one that is.",
    ),
    RefusalKind(
        "ACC-003",
        "Your role may not do this.",
        "Nothing was done. Ask someone whose role allows it; the roles are listed in docs/reference/access.md.",
    ),
    RefusalKind(
        "ACC-004",
        "This account cannot be enrolled.",
        "Nothing was changed. Use roles listed in docs/reference/access.md, and a password of at least 12 characters.",
    ),
)
