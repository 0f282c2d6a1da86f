"""The codes and texts of refusals in audits: AUD."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "AUD-001",
        "This is not a file of published totals.",
        "Nothing was loaded. Use UTF-8 CSV with the columns set_id, force, round, grader, n, good, adequate,"
        " requires_improvement, inadequate, meets_standard, below_standard, referred_back, status, source_url and, if"
        " needed, measure and count.",
    ),
    RefusalKind(
        "AUD-002",
        "This grading scheme cannot be used.",
        "Nothing was graded with it. List each grade once, best first, in plain words, and set the pass mark so that"
        " there are grades on both sides of it.",
    ),
    RefusalKind(
        "AUD-003",
        "This is not a cross-table of grades.",
        "Nothing was worked out from it. Give one row and one column for each grade, in the order of the scheme, with"
        " counts of 0 or more.",
    ),
    RefusalKind(
        "AUD-004",
        "Some of these grades are not in the scheme of the side that gave them.",
        "Nothing was counted. Use the scheme's own words, in upper or lower case, and leave out files that one side"
        " has not graded.",
    ),
    RefusalKind(
        "AUD-005",
        "No sample can be drawn from this frame.",
        "Nothing was drawn. List every file once, by source and case_ref, each with a stratum made of the same parts.",
    ),
    RefusalKind(
        "AUD-006",
        "These numbers do not give a seed.",
        "Nothing was drawn. Each side commits to a new number of 64 lower-case hex digits, and all sides reveal"
        " theirs afterwards. If a side does not reveal its number, record that in the round's report and start again"
        " with new numbers.",
    ),
    RefusalKind(
        "AUD-007",
        "This number of files cannot be drawn.",
        "Nothing was drawn. Request no more files than each stratum has, and at least 2 from each so that its spread"
        " can be estimated.",
    ),
    RefusalKind(
        "AUD-008",
        "This plan was made for another frame.",
        "Nothing was drawn. Use the frame with the hash that is in the plan, or make a new plan and new commitments.",
    ),
    RefusalKind(
        "AUD-010",
        "Some cases have no grader without a conflict of interest.",
        "Nothing was allotted. Add a grader who did not work on, supervise or command these cases, or replace the"
        " case using the rule of the draw.",
    ),
    RefusalKind(
        "AUD-011",
        "This file cannot be replaced.",
        "The sample was not changed. You can only replace a file that is in the sample, for a reason agreed before"
        " the draw, and only the next file in its stratum's order takes its place.",
    ),
    RefusalKind(
        "AUD-012",
        "There are too many cases to plan a round on a page.",
        "Nothing was planned. Plan it at the command line with the same choices: duecare audit round plan NAME",
    ),
    RefusalKind(
        "AUD-020",
        "This is not a proof of a draw.",
        "Nothing was verified. Use the file that duecare audit proof wrote, unchanged.",
    ),
    RefusalKind(
        "AUD-021",
        "There is no such round or case to draw from.",
        "Nothing was done. To list the rounds, run: duecare audit rounds",
    ),
    RefusalKind(
        "AUD-022",
        "The round has not reached this step, or is past it.",
        "The round was not changed. A round is opened, planned, committed to by all sides, revealed by all sides,"
        " drawn, allotted and ended, in this order. Its page shows the next step.",
    ),
    RefusalKind(
        "AUD-023",
        "Only the lead of a side of this round can do this.",
        "The round was not changed. Ask the lead auditor or the lead inspector, acting for their own side. An account"
        " that belongs to both sides can act for neither.",
    ),
    RefusalKind(
        "AUD-024",
        "This round cannot be opened.",
        "No round was opened. Give it a name that is not in use, made of letters, digits, dots, hyphens and"
        " underscores. Give each side that grades a scheme. A follow-up or a revisit must name an existing round.",
    ),
    RefusalKind(
        "AUD-025",
        "This number cannot be accepted.",
        "Nothing was recorded. Each side gives one commitment before any number is revealed, and later the number"
        " that matches it. The value of a beacon is given after its pulse.",
    ),
    RefusalKind(
        "AUD-026",
        "The proof of this draw is not available now.",
        "Nothing was written. While a round is blind, or where a file in it may no longer be named, verify its draw"
        " in the store: duecare audit verify-draw --round NAME",
    ),
    RefusalKind(
        "AUD-027",
        "These accounts cannot be graders.",
        "Nobody was named. Name accounts that grade for your side, each once, with the officer number used to find"
        " conflicts of interest. A grader for the force must have one.",
    ),
    RefusalKind(
        "AUD-028",
        "There is no such file in the sample of this round.",
        "The sample was not changed. Use the number shown on the page of the file and in the refusal to allot.",
    ),
    RefusalKind(
        "AUD-029",
        "The round cannot be ended like this.",
        "The round was not changed. Name an enrolled account as owner of the follow-up, and a day in the future.",
    ),
    RefusalKind(
        "AUD-030",
        "This judgement cannot be read.",
        "Nothing was saved. Write it as JSON with grades, topics, answers and narrative, as"
        " docs/how-to/grade-files.md shows.",
    ),
    RefusalKind(
        "AUD-031",
        "This judgement is not complete.",
        "It was not submitted. Correct what is listed, and submit it again.",
    ),
    RefusalKind(
        "AUD-032",
        "This file has been graded.",
        "The submitted judgement was not changed. To correct it while it is still unopened, submit another judgement"
        " with the reason.",
    ),
    RefusalKind(
        "AUD-033",
        "Your side has no key to conceal grades with.",
        "Nothing was submitted. Ask your side's lead to make one: duecare audit key",
    ),
    RefusalKind(
        "AUD-034",
        "These grades cannot be opened yet.",
        "Nothing was opened. Grades open when every file of the set is in, first on your own side, then on the other,"
        " or when both leads have ended the round.",
    ),
    RefusalKind(
        "AUD-035",
        "This key does not open these grades.",
        "Nothing was opened or changed. Use the key file that your side's lead made before the grades were submitted,"
        " and its passphrase.",
    ),
    RefusalKind(
        "AUD-036",
        "This file cannot be graded now.",
        "Nothing was saved. The round has ended, or your grades for it have been opened. Ask your side's lead.",
    ),
    RefusalKind(
        "AUD-037",
        "These are not the other side's seals or openings for this round.",
        "Nothing was loaded. Ask the other side to export them again, from the same draw.",
    ),
    RefusalKind(
        "AUD-038",
        "There is no such round for your side.",
        "Nothing was shown or changed. To list the rounds, run: duecare audit rounds",
    ),
    RefusalKind(
        "AUD-039",
        "The file cannot be written there.",
        "Nothing was made or saved. Name a file that does not exist yet, in a folder of your own.",
    ),
    RefusalKind(
        "AUD-040",
        "This is not a file of grades by case.",
        "Nothing was loaded. Use UTF-8 CSV with the columns round, case_ref, set, grader_side, grade and, if needed,"
        " case_source, grader, case_kind, area, referred_back and graded_at.",
    ),
    RefusalKind(
        "AUD-041",
        "There is no such round.",
        "Nothing was worked out. Name a round that was drawn here, or one with imported grades or totals. The"
        " agreement page lists them, and so does: duecare audit totals",
    ),
    RefusalKind(
        "AUD-042",
        "This round is blind: not every side has opened its grades.",
        "Nothing was shown, not even how many grades there are. Each side opens its own grades with its key when all"
        " of them are in.",
    ),
    RefusalKind(
        "AUD-043",
        "This file has nothing to reconcile, or is reconciled already.",
        "It was not changed. A file is reconciled once, after both sides have opened their grades for it.",
    ),
    RefusalKind(
        "AUD-044",
        "This file cannot be reconciled like this.",
        "Nothing was recorded. Give who reconciled it, a grade of the scheme, and the reason. A third grader must not"
        " be one of the first two.",
    ),
    RefusalKind(
        "AUD-050",
        "Your entry could not be recorded as a fact.",
        "Nothing was recorded. Try again. If it is refused again, contact your data officer, and act by telephone in"
        " the meantime.",
    ),
    RefusalKind(
        "AUD-051",
        "The source name duecare is reserved for records that Duecare itself writes.",
        "Nothing was loaded. Deliver it under the name of the system that it comes from.",
    ),
    RefusalKind(
        "AUD-052",
        "There is not enough here to send a case back, or to answer it.",
        "Nothing was recorded. Fill in what is listed, and send it again.",
    ),
    RefusalKind(
        "AUD-053",
        "This answer does not fit what has happened to the case so far.",
        "Nothing was recorded. First acknowledge a case that was sent back, once. Then record what was done, then"
        " what the revisit found.",
    ),
    RefusalKind(
        "AUD-054",
        "Nobody can confirm yet that the child was seen.",
        "Nothing was recorded. There must be a fact that the child was seen since the case was sent back, and the"
        " person who confirms it must have had no part in it.",
    ),
    RefusalKind(
        "AUD-055",
        "This error cannot be recorded like this.",
        "Nothing was recorded. Write what should have happened, what did happen, by which standard, whom it wronged,"
        " and which post it concerns. Never give a name.",
    ),
    RefusalKind(
        "AUD-056",
        "This error cannot be answered or made final now.",
        "Nothing was changed. First invite those criticised to answer. The error is final once they have answered or"
        " their time has run out, and cannot be changed after that.",
    ),
    RefusalKind(
        "AUD-057",
        "Errors in this file cannot be recorded while its round is blind.",
        "Nothing was recorded. Write them in your own judgement. Record them once both sides have opened their"
        " grades, or in a review of this file alone.",
    ),
    RefusalKind(
        "AUD-058",
        "This is not a file of errors.",
        "Nothing was loaded. Use UTF-8 CSV with the columns round, case_ref, error and any of kind, wronged, should,"
        " did, known_from, post, answered.",
    ),
)
