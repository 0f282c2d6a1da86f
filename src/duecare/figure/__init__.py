"""Figures: each defined once, counted alike everywhere, with what is unknown beside it; grades beside duties, afterwards."""

from __future__ import annotations

from duecare.figure.catalogue import Figure, catalogue, hash_of_catalogue
from duecare.figure.count import value_at, valued, values
from duecare.figure.definition import FAIRNESS, About, Basis, Definition, Dimension, Unit
from duecare.figure.gap import Beside, BesideFile, Question, beside, is_breach
from duecare.figure.held import Held, OfCase, Offender, OfRound
from duecare.figure.members import NOT_KNOWN, Member
from duecare.figure.period import Period, period_named, quarter_before, quarter_of
from duecare.figure.stay import Stay, stays_of
from duecare.figure.value import Cut, FigureValue, cut_of

__all__ = [
    "FAIRNESS",
    "NOT_KNOWN",
    "About",
    "Basis",
    "Beside",
    "BesideFile",
    "Cut",
    "Definition",
    "Dimension",
    "Figure",
    "FigureValue",
    "Held",
    "Member",
    "OfCase",
    "OfRound",
    "Offender",
    "Period",
    "Question",
    "Stay",
    "Unit",
    "beside",
    "catalogue",
    "cut_of",
    "hash_of_catalogue",
    "is_breach",
    "period_named",
    "quarter_before",
    "quarter_of",
    "stays_of",
    "value_at",
    "valued",
    "values",
]
