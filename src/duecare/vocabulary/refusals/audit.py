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
    RefusalKind(
        "AUD-012",
        "For so many cases, a round is not planned while a page waits.",
        "Nothing was planned. Plan it at the command line: duecare audit round plan NAME, with the same choices.",
    ),
    RefusalKind(
        "AUD-020",
        "This is not a proof of a draw.",
        "Nothing was verified. Use the file that duecare audit proof wrote, unchanged.",
    ),
    RefusalKind(
        "AUD-021",
        "There is no such round or case to draw from.",
        "Nothing was done. duecare audit rounds lists the rounds there are.",
    ),
    RefusalKind(
        "AUD-022",
        "The round has not come so far, or is past it.",
        "The round was left as it was. A round is opened, planned, committed to by all, revealed by all, drawn, allotted"
        " and ended, in this order; its page says what comes next.",
    ),
    RefusalKind(
        "AUD-023",
        "This is for the lead of a side of this round.",
        "The round was left as it was. Ask the lead auditor or the lead inspector, acting for their own side; an account"
        " that is of both sides acts for neither.",
    ),
    RefusalKind(
        "AUD-024",
        "A round cannot be opened so.",
        "No round was opened. Name it in letters, digits, points, hyphens and underscores as no other is named; give each"
        " side that grades a scheme; a follow-up or a revisit names rounds there are.",
    ),
    RefusalKind(
        "AUD-025",
        "This number cannot be handed over.",
        "Nothing was recorded. Each side hands over one commitment before any number is told, and later the number that"
        " fits it; a beacon's value follows after its pulse.",
    ),
    RefusalKind(
        "AUD-026",
        "The proof of this draw is not given out now.",
        "Nothing was written. While a round is blind, and where a file of it may no longer be named, its draw is verified"
        " in the store: duecare audit verify-draw --round NAME.",
    ),
    RefusalKind(
        "AUD-027",
        "These graders cannot be named.",
        "Nobody was named. Name accounts that grade for your side, each once, with the officer number by which conflicts"
        " of interest are found; a grader of the force must have one.",
    ),
    RefusalKind(
        "AUD-028",
        "There is no such file in the sample of this round.",
        "The sample was left as it was. Give the number by which the page of the file and the refusal to allot name it.",
    ),
    RefusalKind(
        "AUD-029",
        "The round cannot be ended so.",
        "The round was left as it was. Name as owner of the follow-up an account that is enrolled, and a day that is yet"
        " to come.",
    ),
    RefusalKind(
        "AUD-030",
        "This is not a judgement that can be read.",
        "Nothing was kept. Write it as JSON with grades, topics, answers and narrative, as docs/how-to/grade-files.md shows.",
    ),
    RefusalKind(
        "AUD-031",
        "This judgement is not complete.",
        "It was not submitted. Mend what is named, and submit it again.",
    ),
    RefusalKind(
        "AUD-032",
        "This file has been graded.",
        "What was submitted stands as it was. To correct it while it is still unopened, submit another judgement with the"
        " reason.",
    ),
    RefusalKind(
        "AUD-033",
        "Your side has no key yet under which grades could be concealed.",
        "Nothing was submitted. Ask your side's lead to make one: duecare audit key.",
    ),
    RefusalKind(
        "AUD-034",
        "These grades cannot be opened yet.",
        "Nothing was opened. They open when every file of the set is in, first on your own side, then on the other; or when"
        " both leads have ended the round.",
    ),
    RefusalKind(
        "AUD-035",
        "This key does not open these grades.",
        "Nothing was opened or changed. Use the key file that your side's lead made before the grades were submitted, and"
        " its passphrase.",
    ),
    RefusalKind(
        "AUD-036",
        "This file cannot be graded now.",
        "Nothing was kept. The round has ended, or your grades of it have been opened; ask your side's lead.",
    ),
    RefusalKind(
        "AUD-037",
        "These are not the other side's seals or openings of this round.",
        "Nothing of them was taken. Ask the other side to export them again, from the same draw.",
    ),
    RefusalKind(
        "AUD-038",
        "There is no such round for your side.",
        "Nothing was shown or changed. See which rounds there are: duecare audit rounds.",
    ),
    RefusalKind(
        "AUD-039",
        "The file cannot be written there.",
        "Nothing was made or kept. Name a file that does not exist yet, in a folder of your own.",
    ),
    RefusalKind(
        "AUD-040",
        "This is not a file of grades by case.",
        "Nothing of it was taken. Use UTF-8 CSV with the columns round, case_ref, set, grader_side, grade and, if need"
        " be, case_source, grader, case_kind, area, referred_back and graded_at.",
    ),
    RefusalKind(
        "AUD-041",
        "There is no such round.",
        "Nothing was reckoned. Name a round that was drawn here, or one whose grades or totals were taken in:"
        " duecare audit totals, and the agreement page, list them.",
    ),
    RefusalKind(
        "AUD-042",
        "This round is blind: not every side has opened its grades.",
        "Nothing was shown, not even how many there are. Each side opens its own with its key when all of them are in.",
    ),
    RefusalKind(
        "AUD-043",
        "This file has nothing to reconcile, or is reconciled already.",
        "It was left as it was. A file is reconciled once, after both sides opened their grades of it.",
    ),
    RefusalKind(
        "AUD-044",
        "This is no judgement on which a file can be settled.",
        "Nothing was recorded. Say who settled it, give a grade of the scheme, and write why; a third grader must be"
        " neither of the two.",
    ),
    RefusalKind(
        "AUD-050",
        "What was said could not be written as a fact.",
        "Nothing was recorded. Try again; if it is refused again, tell whoever keeps Duecare, and act by telephone meanwhile.",
    ),
    RefusalKind(
        "AUD-051",
        "The name duecare is kept for what Duecare itself writes.",
        "Nothing of this delivery was taken. Deliver it under the name of the system that it comes from.",
    ),
    RefusalKind(
        "AUD-052",
        "This is not enough to send a case back, or to answer it.",
        "Nothing was recorded. Give what is named, and send it again.",
    ),
    RefusalKind(
        "AUD-053",
        "This case cannot be answered so at this point.",
        "Nothing was recorded. Acknowledge a case that was sent back once, then record what was done, then how it looked"
        " on the revisit.",
    ),
    RefusalKind(
        "AUD-054",
        "It cannot be confirmed that the child was seen.",
        "Nothing was recorded. A fact must say that the child was seen since the case was sent back, and whoever confirms"
        " must have had no part in it.",
    ),
    RefusalKind(
        "AUD-055",
        "This error cannot be recorded so.",
        "Nothing was recorded. Say what should have happened, what did, by which standard, whom it wronged, and which post"
        " it concerns; never a name.",
    ),
    RefusalKind(
        "AUD-056",
        "This error cannot be answered or made final now.",
        "Nothing was changed. Those criticised are invited first; it is final once they have answered or their time has run"
        " out, and is not changed after that.",
    ),
    RefusalKind(
        "AUD-057",
        "Errors of this file cannot be recorded while its round is blind.",
        "Nothing was recorded. Write them into your own judgement; record them once both sides have opened their grades, or"
        " in a review of this file alone.",
    ),
    RefusalKind(
        "AUD-058",
        "This is not a file of errors.",
        "Nothing of it was taken. Use UTF-8 CSV with the columns round, case_ref, error and any of kind, wronged, should, did,"
        " known_from, post, answered.",
    ),
)
