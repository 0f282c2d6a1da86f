"""Figures: each defined once, counted alike everywhere, with what is unknown beside it; grades beside duties, afterwards."""

from __future__ import annotations

from duecare.figure.definition import About, Definition, Dimension, Unit
from duecare.figure.gap import Beside, BesideFile, Question, beside, is_breach
from duecare.figure.value import Cut, FigureValue, cut_of

__all__ = [
    "About",
    "Beside",
    "BesideFile",
    "Cut",
    "Definition",
    "Dimension",
    "FigureValue",
    "Question",
    "Unit",
    "beside",
    "cut_of",
    "is_breach",
]
