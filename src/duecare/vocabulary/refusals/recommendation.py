"""Refusals of the family RCM: recommendation."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "RCM-001",
        "This is not a register of recommendations.",
        "Nothing of it was taken. Use UTF-8 CSV with the columns number, event, on and any of those that"
        " docs/reference/recommendations.md lists.",
    ),
    RefusalKind(
        "RCM-002",
        "There is no such recommendation.",
        "Nothing was shown or changed. duecare recommend list names those there are.",
    ),
    RefusalKind(
        "RCM-003",
        "A recommendation cannot be made so.",
        "Nothing was recorded. Mend what is named, and make it again.",
    ),
    RefusalKind(
        "RCM-004",
        "This cannot happen to the recommendation as it stands.",
        "It was left as it was. docs/reference/recommendations.md says what may follow what.",
    ),
    RefusalKind(
        "RCM-005",
        "This is not enough to record.",
        "Nothing was recorded. Give what is named, and send it again.",
    ),
    RefusalKind(
        "RCM-006",
        "This test cannot be registered.",
        "The recommendation was left as it was. A test names a figure or an audit sample, and the level that passes.",
    ),
    RefusalKind(
        "RCM-007",
        "No one finds that what they, or their own side, claimed is done.",
        "The recommendation was left as it was. Ask the lead inspector, or the mayor's office where the force made the claim.",
    ),
    RefusalKind(
        "RCM-008",
        "This is not the evidence that the registered test asks for.",
        "The recommendation was left as it was. A fresh draw of the registered kind, frame and size, drawn after the claim,"
        " graded by others, opened and ended, decides: the first that there is; or the first whole period after the claim.",
    ),
    RefusalKind(
        "RCM-009",
        "It cannot be told from this evidence whether the test is passed.",
        "The recommendation was left as it was: neither passed nor failed. See to what is named, and verify again.",
    ),
    RefusalKind(
        "RCM-010",
        "The recommendation has changed since you looked.",
        "Nothing was recorded. Look at it again, and decide on what stands there now.",
    ),
    RefusalKind(
        "RCM-040",
        "This cannot be recorded of oversight so.",
        "Nothing was recorded. Mend what is named, and send it again; duecare oversight list shows what there is.",
    ),
    RefusalKind(
        "RCM-041", "There is no such meeting.", "Nothing was shown. duecare oversight list shows what there is."
    ),
    RefusalKind(
        "RCM-060",
        "The registered test cannot be taken on the first fresh evidence.",
        "The claim stands unproved, and the register says why. A round is passed over only in the open: duecare recommend"
        " pass-over. Of a figure that is counted otherwise now, have another recommendation with a test of its own put in the"
        " place of this one: duecare recommend supersede.",
    ),
    RefusalKind(
        "RCM-061",
        "This round is not passed over.",
        "The recommendation was left as it was. Only the first fresh round after the claim is, once it has ended and the test"
        " cannot be taken on it; say why the next one counts.",
    ),
)
