"""Refusals of the family AUD: audit."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "AUD-001",
        "This is not a file of published totals.",
        "Nothing of it was taken. Use UTF-8 CSV with the columns set_id, force, round, grader, n, good, adequate,"
        " requires_improvement, inadequate, meets_standard, below_standard, referred_back, status, source_url and, if"
        " need be, measure and count.",
    ),
    RefusalKind(
        "AUD-002",
        "This scheme of grades cannot be used.",
        "Nothing was graded by it. Give each grade once, best first, in plain words, and a cut with grades on both"
        " sides.",
    ),
    RefusalKind(
        "AUD-003",
        "This is no cross-table of grades.",
        "Nothing was reckoned from it. Give a row and a column to each grade, in the order of the scheme, with counts"
        " from nought up.",
    ),
    RefusalKind(
        "AUD-004",
        "Some of these grades are not in the scheme of the side that gave them.",
        "Nothing was counted. Use the scheme's own words, in any case; leave out files that one side has not graded.",
    ),
    RefusalKind(
        "AUD-005",
        "No sample can be drawn from this frame.",
        "Nothing was drawn. Name every file once, by source and case_ref, each with a stratum of the same parts.",
    ),
    RefusalKind(
        "AUD-006",
        "These numbers give no seed.",
        "Nothing was drawn. Each side commits to a fresh number of 64 lower-case hex digits, and all reveal afterwards."
        " If a side does not reveal, say so in the round's report and begin again with new numbers.",
    ),
    RefusalKind(
        "AUD-007",
        "This number of files cannot be drawn.",
        "Nothing was drawn. Ask for no more than each stratum holds, and for enough that each can tell its own spread.",
    ),
    RefusalKind(
        "AUD-008",
        "This plan was made for another frame.",
        "Nothing was drawn. Use the frame whose hash stands in the plan, or make a new plan and new commitments.",
    ),
    RefusalKind(
        "AUD-010",
        "Some cases have no grader without a conflict of interest.",
        "Nothing was allotted. Add a grader who neither worked, supervised nor commanded them, or replace the case by"
        " the rule of the draw.",
    ),
    RefusalKind(
        "AUD-011",
        "This file cannot be replaced.",
        "The sample was left as it was. Only a file of the sample can be taken out, for a reason agreed before the draw,"
        " and only the next in its stratum's order takes its place.",
    ),
)
