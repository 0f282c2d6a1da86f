"""Recommendations: made, accepted with the test that will close them, in hand, claimed, and verified only by that test."""

from __future__ import annotations

from duecare.recommendation.chase import Rag, Standing, Told, standing
from duecare.recommendation.deadline import Deadline, Kept, Rule, deadlines
from duecare.recommendation.fact import Deed, Fact, Kind, Origin, Party, Urgency
from duecare.recommendation.folded import Claim, Owner, Recommendation, Result, fold
from duecare.recommendation.public import public_row, public_rows
from duecare.recommendation.registered import FigureTest, Level, SampleTest, Sure, hash_of, read_test
from duecare.recommendation.revisits import Period, Tally, said_clear, tally
from duecare.recommendation.state import MOVES, Move, State

__all__ = [
    "Deed",
    "Fact",
    "Kind",
    "Origin",
    "Party",
    "Urgency",
    "MOVES",
    "Move",
    "State",
    "FigureTest",
    "Level",
    "SampleTest",
    "Sure",
    "hash_of",
    "read_test",
    "Claim",
    "Owner",
    "Recommendation",
    "Result",
    "fold",
    "Deadline",
    "Kept",
    "Rule",
    "deadlines",
    "Rag",
    "Standing",
    "Told",
    "standing",
    "Period",
    "Tally",
    "said_clear",
    "tally",
    "public_row",
    "public_rows",
]
