"""The codes and texts of refusals about linkage and people: LNK."""

from __future__ import annotations

from duecare.vocabulary.refusals import RefusalKind

REFUSALS: tuple[RefusalKind, ...] = (
    RefusalKind(
        "LNK-001",
        "The linkage model cannot be used.",
        "People were not changed. Train a model with `duecare link --train`, or remove the file to use the shipped"
        " one.",
    ),
    RefusalKind(
        "LNK-002",
        "There are too few records to train a linkage model.",
        "The model in use was not changed. Receive more records, or link with the model you have.",
    ),
    RefusalKind(
        "LNK-003",
        "There is no such record.",
        "Nothing was compared. Give records as source:record_id, as `duecare people export` writes them.",
    ),
    RefusalKind(
        "LNK-004",
        "This judgement of a link cannot be recorded.",
        "Nothing was recorded. Choose same, different or unsure, and give a reason that the next reader can check.",
    ),
    RefusalKind(
        "LNK-005",
        "Somebody else has judged these two records in the meantime.",
        "Nothing was recorded. Read their judgement, and judge again if you still disagree.",
    ),
    RefusalKind(
        "LNK-006",
        "This judgement has already been withdrawn.",
        "Nothing was changed. The page of the two records, and `duecare judgements`, show who withdrew it, when and"
        " why.",
    ),
    RefusalKind(
        "LNK-007",
        "There is no pair of records to draw.",
        "Nothing was drawn. Link first with `duecare link`. If that gives no pairs, there is nothing to measure.",
    ),
    RefusalKind(
        "LNK-008",
        "This answer about a drawn pair cannot be recorded.",
        "Nothing was recorded. Two clerks answer each pair once: same, different or unsure. The page shows the next"
        " pair.",
    ),
    RefusalKind(
        "LNK-009",
        "Pairs drawn earlier have been answered.",
        "Nothing was drawn. Use --again to draw a new sample in their place. Earlier answers can still be read, but"
        " no longer count.",
    ),
    RefusalKind(
        "LNK-023",
        "Spark cannot run here.",
        "Nothing was linked, and people did not change. Install Java 17 or later, and PySpark as the extra `spark` of"
        " this package (in a checkout, run `make spark`). Or leave out --engine spark: the people are the same.",
    ),
)
