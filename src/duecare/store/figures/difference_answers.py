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


def keep_answer(number: int, said: Answered, by: str) -> None:
    """Keep what an officer said of a difference of this snapshot; `by` is the account it was said with."""
    DifferenceAnswered.objects.create(snapshot_id=number, by=by, **asdict(said))


def answers(number: int, figure: str) -> tuple[Answered, ...]:
    """What officers said of the differences of one figure in one snapshot, the first first."""
    rows = DifferenceAnswered.objects.filter(snapshot_id=number, figure=figure).order_by("pk")
    return tuple(
        Answered(one.figure, one.dimension, one.group, one.answer, one.words, one.officer, one.at) for one in rows
    )
