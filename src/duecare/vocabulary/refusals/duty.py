"""The codes and texts of refusals about duties and the rulebook: DUT."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "DUT-020",
        "There are too many cases to show this page for a past date.",
        "Nothing was assessed. Open one case or person as at that date, or use the command line, with --area or"
        " --duty to narrow it: duecare findings --as-of 2016-03-01 --known-at 2016-03-01",
    ),
    RefusalKind(
        "DUT-021",
        "There are too many cases to try a draft standard on a page.",
        "Nothing was assessed. Save the draft as a file and use the command line: duecare what-if DRAFT.toml",
    ),
    RefusalKind(
        "DUT-022",
        "The full assessment gave different findings from those in force.",
        "The full assessment is now in force, so pages and lists are right. Report this to your data officer:"
        " refreshing case by case should have given the same findings.",
    ),
    RefusalKind(
        "DUT-023",
        "Spark cannot run here.",
        "Nothing was assessed, and the findings in force did not change. Install Java 17 or later, and PySpark as the"
        " extra `spark` of this package (in a checkout, run `make spark`). Or leave out --engine spark: the findings"
        " are the same.",
    ),
    RefusalKind(
        "DUT-030",
        "Nobody can be made accountable like this.",
        "Nothing was recorded. Name a duty by its id (docs/reference), an area as sources write it, and a post by its"
        " kind and area, as in posts.csv.",
    ),
    RefusalKind(
        "DUT-031",
        "This cannot be signed off.",
        "Nothing was signed. Only the officer who is accountable for it today can sign it off, in 1 to 2,000"
        " characters. To see who that is, run: duecare accountable list",
    ),
)
