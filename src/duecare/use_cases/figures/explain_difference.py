"""Answer by name for a difference between groups: explain it, or say what changes."""

from __future__ import annotations

from duecare.access.act import Act
from duecare.access.thing import FIGURES
from duecare.authorisation.authorise import authorise, log_write
from duecare.authorisation.request import Request
from duecare.figure import FAIRNESS, Dimension
from duecare.figure.catalogue.all_figures import figure_catalogue
from duecare.store.database.transaction import transaction
from duecare.store.figures import difference_answers, figure_snapshots
from duecare.store.figures.difference_answers import Answered
from duecare.vocabulary.refusals import Refusal
from duecare.vocabulary.text_lengths import DIFFERENCE_ANSWER

ANSWERS = ("explained", "changes")


def explain_difference(
    request: Request, *, snapshot: int, figure: str, dimension: str, group: str, answer: str, words: str
) -> None:
    """Keep, beside this difference, what a named officer says of it.

    Shape:   `answer` is explained or changes; earlier answers stay. It never changes the figure.
    Raises:  ACC-003 when the viewer may not; REP-032 where there is no such difference, or nothing is said.
    """
    authorise(request, Act.EXPLAIN_DIFFERENCE, FIGURES)
    faults = []
    by_dimension = Dimension(dimension) if dimension in set(Dimension) else None
    if (
        by_dimension is None
        or by_dimension not in FAIRNESS
        or figure not in figure_catalogue()
        or by_dimension not in figure_catalogue()[figure].definition.by
    ):
        faults.append("no such figure is compared by that")
    kept_snapshot = figure_snapshots.snapshot_numbered(snapshot)
    if kept_snapshot is None:
        faults.append("no such snapshot")
    elif by_dimension is not None and not any(
        kept_value.value.cut == ((by_dimension, group),) for kept_value in kept_snapshot.by(figure, by_dimension)
    ):
        faults.append("no such group in that snapshot")
    if answer not in ANSWERS:
        faults.append("say whether it is explained, or what changes")
    if not words.strip():
        faults.append("say it in words")
    if len(words) > DIFFERENCE_ANSWER:
        faults.append(f"more than {DIFFERENCE_ANSWER:,} characters")
    if faults:
        raise Refusal("REP-032", faults=tuple(faults))
    with transaction():
        answer_said = Answered(figure, dimension, group, answer, words.strip(), request.viewer.officer, request.now)
        difference_answers.keep_answer(snapshot, answer_said, request.viewer.account)
        log_write(request, Act.EXPLAIN_DIFFERENCE)
