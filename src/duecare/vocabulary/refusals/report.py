"""The codes and texts of refusals about reports and releases: REP."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "REP-001",
        "A PDF cannot be made on this machine.",
        "Nothing was written. Pango, which lays out text, is missing. Install it (Debian and Ubuntu: libpango-1.0-0"
        " and libpangoft2-1.0-0), or use the report as HTML or ODS, which have the same content.",
    ),
    RefusalKind(
        "REP-002",
        "There is no report for a round with only totals.",
        "Nothing was written. To see what the totals support, run: duecare audit totals",
    ),
    RefusalKind(
        "REP-011",
        "Together with everything released or shown earlier, this report would let a reader work out counts of"
        " children.",
        "Nothing was saved or released. Leave out a table or breakdown that is listed, or merge its rows. What is"
        " public, or was shown early to anyone on a list, cannot be undone: remove people from a list before their"
        " time begins, and add them when the draft has its two checks.",
    ),
    RefusalKind(
        "REP-012",
        "These tables cannot be cleared: their counts do not agree, or their breakdowns of the same children overlap"
        " in a loop.",
        "Nothing was released. Count them again from one snapshot, and give every category of each dimension. Give"
        " tables that overlap in a loop as one table.",
    ),
    RefusalKind(
        "REP-020",
        "Only clearance can make a released figure.",
        "Nothing was printed. Put the number in a draft and have it cleared.",
    ),
    RefusalKind(
        "REP-021",
        "The stored copy of this release is not what was cleared.",
        "Nothing was shown. Its bytes do not match its hash. Contact your data officer, and compare it with a copy"
        " made when it was published.",
    ),
    RefusalKind(
        "REP-022",
        "There is no such release that you may see.",
        "Before its release time, only those who draft and check it can open it, and those on its list from the time"
        " given there.",
    ),
    RefusalKind(
        "REP-023",
        "A release is checked by two people who did not draft it, once each.",
        "Nothing was recorded. Ask somebody who has not drafted any version of it and has not checked this one.",
    ),
    RefusalKind(
        "REP-024",
        "The release was changed since you opened it.",
        "Nothing was recorded: a check counts only for the exact content that was read. Open it again, and read what"
        " changed.",
    ),
    RefusalKind(
        "REP-025",
        "The force can answer a release only once.",
        "Nothing was recorded. Its answer is stored with the release, as it was given.",
    ),
    RefusalKind(
        "REP-026",
        "This release was published and cannot be changed.",
        "Nothing was changed. Draft a correction: it is a new release, and the earlier one links to it.",
    ),
    RefusalKind(
        "REP-027",
        "This draft cannot be saved.",
        "Nothing was saved. Correct what is listed, and send it again.",
    ),
    RefusalKind(
        "REP-028",
        "This folder is not a release that can be verified.",
        "Name the folder that has the files of one release, with its manifest.json.",
    ),
    RefusalKind(
        "REP-029",
        "The release cannot be published.",
        "Nothing was published. Its latest version needs two checks in favour and none against, and its release time"
        " must have passed. If something else was published since, draft and check it again.",
    ),
    RefusalKind(
        "REP-030",
        "Figures cannot be stored for this period.",
        "Nothing was saved. Name a quarter, such as 2026-Q3, or a month, such as 2026-09, that has begun.",
    ),
    RefusalKind(
        "REP-031",
        "There is no such figure.",
        "To list every figure, and the id of each stored value, run: duecare figure list",
    ),
    RefusalKind(
        "REP-032",
        "You cannot explain this difference.",
        "Nothing was saved. Name a figure, the groups it compares and one of them, and write why it differs or what"
        " will change.",
    ),
    RefusalKind(
        "REP-060",
        "Since this release was cleared, something else was published, or shown to somebody on a list.",
        "Nothing was shown or saved. Draft it again, so that it is cleared against that too.",
    ),
)
