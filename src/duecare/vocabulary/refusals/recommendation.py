"""The codes and texts of refusals about recommendations: RCM."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "RCM-001",
        "This is not a register of recommendations.",
        "Nothing was loaded. Use UTF-8 CSV with the columns number, event, on and any of those that"
        " docs/reference/recommendations.md lists.",
    ),
    RefusalKind(
        "RCM-002",
        "There is no such recommendation.",
        "Nothing was shown or changed. To list recommendations, run: duecare recommend list",
    ),
    RefusalKind(
        "RCM-003",
        "This recommendation cannot be made.",
        "Nothing was recorded. Correct what is listed, and make it again.",
    ),
    RefusalKind(
        "RCM-004",
        "This step is not possible for the recommendation in its present state.",
        "It was not changed. docs/reference/recommendations.md lists which step can follow which.",
    ),
    RefusalKind(
        "RCM-005",
        "Something is missing, so this cannot be recorded.",
        "Nothing was recorded. Fill in what is listed, and send it again.",
    ),
    RefusalKind(
        "RCM-006",
        "This test cannot be registered.",
        "The recommendation was not changed. A test names a figure or an audit sample, and the level that passes.",
    ),
    RefusalKind(
        "RCM-007",
        "You cannot verify a claim that you, or your own side, made.",
        "The recommendation was not changed. Ask the lead inspector, or the mayor's office if the force made the"
        " claim.",
    ),
    RefusalKind(
        "RCM-008",
        "This is not the evidence that the registered test requires.",
        "The recommendation was not changed. The first of these after the claim decides: a new draw of the registered"
        " kind, frame and size, graded by other people, opened and ended; or the first whole period.",
    ),
    RefusalKind(
        "RCM-009",
        "This evidence does not show whether the test is passed.",
        "The recommendation was not changed: neither passed nor failed. Deal with what is listed, and verify again.",
    ),
    RefusalKind(
        "RCM-010",
        "The recommendation has changed since you opened it.",
        "Nothing was recorded. Open it again, and decide using what it shows now.",
    ),
    RefusalKind(
        "RCM-040",
        "This cannot be recorded about oversight.",
        "Nothing was recorded. Correct what is listed, and send it again. To see what is recorded, run: duecare"
        " oversight list",
    ),
    RefusalKind(
        "RCM-041",
        "There is no such meeting.",
        "Nothing was shown. To see what is recorded, run: duecare oversight list",
    ),
    RefusalKind(
        "RCM-060",
        "The registered test cannot be applied to the first new evidence.",
        "The claim remains unproved, and the register gives the reason. To skip a round publicly, run: duecare"
        " recommend pass-over. If the figure is now counted differently, replace this recommendation with one that has"
        " its own test: duecare recommend supersede",
    ),
    RefusalKind(
        "RCM-061",
        "This round cannot be skipped.",
        "The recommendation was not changed. Only the first new round after the claim can be skipped, once it has"
        " ended and the test cannot be applied to it. Give the reason why the next one counts.",
    ),
)
