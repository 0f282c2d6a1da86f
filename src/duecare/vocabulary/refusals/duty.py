"""Refusals of the family DUT: duty and rulebook."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "DUT-020",
        "For so many cases, another moment than now is not reckoned while a page waits.",
        "Nothing was reckoned. Open one case or person at that moment, or ask at the command line:"
        " duecare findings --as-of 2016-03-01 --known-at 2016-03-01, with --area or --duty to narrow it.",
    ),
    RefusalKind(
        "DUT-021",
        "For so many cases, a draft standard is not tried while a page waits.",
        "Nothing was reckoned. Write the draft as a file and ask at the command line: duecare what-if DRAFT.toml",
    ),
    RefusalKind(
        "DUT-022",
        "The full assessment found other than what was in force.",
        "The full assessment is now in force, so pages and lists are right. Tell whoever keeps Duecare: what was brought"
        " up to date bit by bit should have been the same.",
    ),
    RefusalKind(
        "DUT-023",
        "Spark cannot be run here.",
        "Nothing was reckoned, and what was in force stays so. Install Java 17 or later, and PySpark as the extra `spark` of"
        " this package (in a checkout `make spark` places it); or leave --engine spark out: the findings are the same.",
    ),
    RefusalKind(
        "DUT-030",
        "Nobody can be named as accountable so.",
        "Nothing was named. Name a duty by its id (docs/reference), an area as sources write it, and a post by its kind and"
        " area, as it stands in posts.csv.",
    ),
    RefusalKind(
        "DUT-031",
        "This cannot be signed off so.",
        "Nothing was signed. Only the officer who is accountable for it today signs it off, in 1 to 2,000 characters: see"
        " who that is with: duecare accountable list",
    ),
)
