"""Refusals of the family LNK: linkage and person."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "LNK-001",
        "The linkage model cannot be used.",
        "People were left as they were. Train one with `duecare link --train`, or remove the file to use the shipped one.",
    ),
    RefusalKind(
        "LNK-002",
        "There is too little to train a linkage model on.",
        "The model in use was left as it was. Receive more records, or link with the model already kept.",
    ),
    RefusalKind(
        "LNK-003",
        "No such record is held.",
        "Nothing was compared. Give records as source:record_id, as `duecare people export` writes them.",
    ),
    RefusalKind(
        "LNK-004",
        "This judgement of a link cannot be recorded as it is given.",
        "Nothing was recorded. Say same, different or unsure, and why, in words that the other reader can check.",
    ),
    RefusalKind(
        "LNK-005",
        "Somebody else has judged these two records meanwhile.",
        "Nothing was recorded. Read what they said, and judge again where you still hold otherwise.",
    ),
    RefusalKind(
        "LNK-006",
        "This judgement has been taken back already.",
        "Nothing was changed. The page of the two records, and `duecare judgements`, say by whom, when and why.",
    ),
    RefusalKind(
        "LNK-007",
        "There is no pair of records to draw.",
        "Nothing was drawn. Link first with `duecare link`; where that gave no pairs, there is nothing to be measured.",
    ),
    RefusalKind(
        "LNK-008",
        "This answer to a pair that was drawn cannot be recorded.",
        "Nothing was recorded. A pair is answered same, different or unsure, by two clerks, once each; the page shows the next.",
    ),
    RefusalKind(
        "LNK-009",
        "Pairs drawn before have been answered.",
        "Nothing was drawn. With --again a new sample takes their place: what was answered stays to be read, and counts no"
        " more.",
    ),
    RefusalKind(
        "LNK-023",
        "Spark cannot be run here.",
        "Nothing was linked, and people are as they were. Install Java 17 or later, and PySpark as the extra `spark` of this"
        " package (in a checkout `make spark` places it); or leave --engine spark out: the people are the same.",
    ),
)
