"""What officers said of differences between groups, as kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from duecare.store.models import DifferenceAnswered


@dataclass(frozen=True, slots=True)
class Answered:
    """What a named officer said of a difference between groups; `answer` is explained or changes."""

    figure: str
    dimension: str
    group: str
    answer: str
    words: str
    officer: str
    at: datetime


def keep_answer(number: int, officer_answer: Answered, account_name: str) -> None:
    """Keep what an officer said of a difference of this snapshot; `account_name` is the account it was said with."""
    DifferenceAnswered.objects.create(snapshot_id=number, by=account_name, **asdict(officer_answer))


def answers_of_figure(number: int, figure: str) -> tuple[Answered, ...]:
    """What officers said of the differences of one figure in one snapshot, the first first."""
    table_rows = DifferenceAnswered.objects.filter(snapshot_id=number, figure=figure).order_by("pk")
    return tuple(
        Answered(
            answer_row.figure,
            answer_row.dimension,
            answer_row.group,
            answer_row.answer,
            answer_row.words,
            answer_row.officer,
            answer_row.at,
        )
        for answer_row in table_rows
    )
