"""Figures: each defined once, counted alike everywhere, with what is unknown beside it; grades beside duties, afterwards."""

from __future__ import annotations

from duecare.figure.catalogue.all_figures import Figure, hash_of_catalogue
from duecare.figure.custody_stay import Stay, stays_of
from duecare.figure.figure_count import figure_values, value_at, valued_cuts
from duecare.figure.figure_definition import FAIRNESS, About, Basis, Definition, Dimension, Unit
from duecare.figure.figure_inputs import FigureInputs, OfCase, Offender, OfRound
from duecare.figure.figure_line import NOT_KNOWN, CountedLine
from duecare.figure.figure_value import CutKey, FigureValue, cut_of
from duecare.figure.grades_beside_duties import Beside, BesideFile, Question, duties_beside_grades, is_breach
from duecare.figure.reporting_period import Period, period_named, quarter_before, quarter_of

__all__ = [
    "FAIRNESS",
    "NOT_KNOWN",
    "About",
    "Basis",
    "Beside",
    "BesideFile",
    "CutKey",
    "Definition",
    "Dimension",
    "Figure",
    "FigureValue",
    "FigureInputs",
    "CountedLine",
    "OfCase",
    "OfRound",
    "Offender",
    "Period",
    "Question",
    "Stay",
    "Unit",
    "duties_beside_grades",
    "cut_of",
    "hash_of_catalogue",
    "is_breach",
    "period_named",
    "quarter_before",
    "quarter_of",
    "stays_of",
    "value_at",
    "valued_cuts",
    "figure_values",
]
