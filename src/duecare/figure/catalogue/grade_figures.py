"""Figures about grades: what each side passed in the rounds that ended in the period, and the gap between them."""

from __future__ import annotations

from duecare.figure.counting import grade_lines as lines
from duecare.figure.figure_definition import FAIRNESS, About, Basis, Definition, Dimension, Unit

THEME = "Grades"
GRADE_CUTS = FAIRNESS | {Dimension.AREA, Dimension.BCU, Dimension.CASE_KIND}
UNKNOWN = "no grade was given"


def _met_by_side(audit_side: str, title: str, question: str, owner: str) -> Definition:
    return Definition(
        id=f"grades-met-by-{audit_side}",
        title=title,
        question=question,
        numerator=f"files whose standing grade by the {audit_side} meets the standard, on the cut that all schemes share",
        denominator=f"files of rounds that ended in the period, that the {audit_side} was to grade and did",
        unknown=UNKNOWN,
        counts_as="a graded file",
        unit=Unit.SHARE,
        about=About.PRACTICE,
        source="grades of rounds that ended: opened by their own side, or taken in from audits run elsewhere",
        owner=owner,
        by=GRADE_CUTS,
        less_is_better=False,
        basis=Basis.SAMPLE,
        theme=THEME,
    )


BY_INSPECTORATE = _met_by_side(
    "inspectorate",
    "Files that met the standard, as the inspectorate found",
    "Of the files that inspectors graded, how many met the standard?",
    "lead_inspector",
)
BY_FORCE = _met_by_side(
    "force",
    "Files that met the standard, as the force found",
    "Of the files that the force's own auditors graded, how many met the standard?",
    "audit_lead",
)
GAP_FIGURE = Definition(
    id="grades-gap",
    title="The gap between the force's grades and the inspectorate's",
    question="By how much does the share that the force passes exceed the share that inspectors pass, of the same files?",
    numerator="files that the force alone passed, less those that inspectors alone passed",
    denominator="files of rounds that ended in the period, which both sides graded",
    unknown="one of the two sides gave no grade",
    counts_as="a file graded by both sides",
    unit=Unit.DIFFERENCE,
    about=About.PRACTICE,
    source="grades of rounds that ended: opened by their own side, or taken in from audits run elsewhere",
    owner="audit_lead",
    by=frozenset({Dimension.AREA, Dimension.BCU, Dimension.CASE_KIND}),
    less_is_better=True,
    basis=Basis.SAMPLE,
    theme=THEME,
)

GRADES = (
    (BY_INSPECTORATE, lines.met_by("inspectorate")),
    (BY_FORCE, lines.met_by("force")),
    (GAP_FIGURE, lines.gap),
)
"""In the order in which they are printed, each with the lines it counts."""
