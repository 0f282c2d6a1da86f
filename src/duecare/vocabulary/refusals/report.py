"""Refusals of the family REP: report."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "REP-001",
        "A PDF cannot be made on this machine.",
        "Nothing was written. Its system lacks Pango, which lays out text: install it (Debian and Ubuntu: libpango-1.0-0"
        " and libpangoft2-1.0-0), or take the report as HTML or ODS, which hold the same.",
    ),
    RefusalKind(
        "REP-002",
        "There is no report of a round of which only totals are known.",
        "Nothing was written. duecare audit totals says what totals support.",
    ),
    RefusalKind(
        "REP-011",
        "From what would be printed, with all that was released or shown before, a reader could work out counts of children.",
        "Nothing was kept or released. Leave out a table or a cut that names them, or join its rows. What is public, or was"
        " shown before its time to anybody on a list, cannot be taken back: take people from a list before their time"
        " begins, and put them on it when the draft has its two checks.",
    ),
    RefusalKind(
        "REP-012",
        "These tables cannot be cleared: their counts do not fit each other, or cut the same children in a ring.",
        "Nothing was released. Count them anew from one snapshot, and give every category of each dimension; give tables in a"
        " ring as one.",
    ),
    RefusalKind(
        "REP-020",
        "A released figure is made by clearance alone.",
        "Nothing was printed. Put the number into a draft and have it cleared.",
    ),
    RefusalKind(
        "REP-021",
        "What is kept of this release is not what was cleared.",
        "Nothing was shown. Its bytes do not fit its hash: call whoever looks after the store, and compare with a copy that"
        " was taken when it was published.",
    ),
    RefusalKind(
        "REP-022",
        "There is no such release that you may see.",
        "Before its time a release is open to those who draft and check, and to those on its list from the time named there.",
    ),
    RefusalKind(
        "REP-023",
        "A release is checked by two people who did not draft it, each once.",
        "Nothing was recorded. Ask somebody who has drafted no version of it and has not checked this one.",
    ),
    RefusalKind(
        "REP-024",
        "The release was changed since you opened it.",
        "Nothing was recorded: a check holds for the very content that was read. Open it again, and read what changed.",
    ),
    RefusalKind(
        "REP-025",
        "The force answers a release once.",
        "Nothing was recorded. Its answer is kept with the release, as it was given.",
    ),
    RefusalKind(
        "REP-026",
        "This release was published, and stays as it is.",
        "Nothing was changed. Draft a correction: it is a release of its own, and the earlier one points to it.",
    ),
    RefusalKind(
        "REP-027",
        "The draft cannot stand.",
        "Nothing was kept. Mend what is named, and send it again.",
    ),
    RefusalKind(
        "REP-028",
        "This folder is no release that can be verified.",
        "Name the folder into which the files of one release were put, with its manifest.json.",
    ),
    RefusalKind(
        "REP-029",
        "The release cannot be published.",
        "Nothing was published. It needs two checks of its latest version, none against, and its time to have come; where"
        " something else was published since, it is drafted and checked anew.",
    ),
    RefusalKind(
        "REP-030",
        "This is no period of which figures can be kept.",
        "Nothing was kept. Name a quarter, as 2026-Q3, or a month, as 2026-09, that has begun.",
    ),
    RefusalKind(
        "REP-031",
        "There is no such figure.",
        "duecare figure list names every figure, and the id of each value that was kept.",
    ),
    RefusalKind(
        "REP-032",
        "This difference cannot be answered for.",
        "Nothing was kept. Name a figure, the groups it was compared by, one of them, and say in words why it differs or"
        " what changes.",
    ),
    RefusalKind(
        "REP-060",
        "Something else was seen outside since this release was cleared: published, or shown to somebody on a list.",
        "Nothing was shown or kept. Have it drafted anew: it is then cleared against that too.",
    ),
)
