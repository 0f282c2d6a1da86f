"""Figures about what came of cases: decisions to do nothing further, cases sent back, feedback of victims and families."""

from __future__ import annotations

from duecare.figure.counting import outcome_lines as lines
from duecare.figure.figure_definition import FAIRNESS, WHERE, About, Definition, Dimension, Unit

THEME = "What came of it"
OWNER = "chief_officer_lead"

NO_ACTION = Definition(
    id="outcome-no-further-action",
    title="Ended with no further action",
    question="Of the cases with a child or young victim that were decided, how many ended with no further action?",
    numerator="cases whose last decision in the period was that nothing further is done",
    denominator="cases with a child, or a victim under 18 or of unknown age, decided in the period: charged, cautioned or"
    " no further action",
    unknown="none: a case that nobody decided is not counted yet",
    counts_as="a case",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source="decisions in crime and custody records",
    owner=OWNER,
    by=WHERE | FAIRNESS | {Dimension.MONTH, Dimension.CASE_KIND},
    less_is_better=None,
    theme=THEME,
)
REFERRED_BACK = Definition(
    id="sent-back-acted-upon",
    title="Cases sent back, and acted upon",
    question="Of the cases that graders sent back because a child was still at risk, how many were acted upon?",
    numerator="cases sent back of which it was recorded, by the end of the period, what was done",
    denominator="cases sent back in the period",
    unknown="none: what nobody wrote down counts as not done",
    counts_as="a case sent back",
    unit=Unit.SHARE,
    about=About.PRACTICE,
    source="cases sent back by graders, and what was recorded of them",
    owner=OWNER,
    by=frozenset({Dimension.AREA, Dimension.BCU, Dimension.MONTH, Dimension.CASE_KIND}),
    less_is_better=False,
    theme=THEME,
)
STILL_CLEAR = Definition(
    id="revisits-still-clear",
    title="Revisits that found no further harm, and still stand",
    question="Of the cases revisited and found without further harm, of how many is that still so?",
    numerator="cases against which no later fact of harm, charge or caution stands, of the case or of a child in it",
    denominator="cases whose last revisit was in the period, and says that it found no further harm",
    unknown="the revisit does not say whether there was further harm",
    counts_as="a case revisited",
    unit=Unit.SHARE,
    about=About.PRACTICE,
    source="revisits of cases sent back, and every fact of the same case or child known by the end",
    owner=OWNER,
    by=frozenset({Dimension.AREA, Dimension.BCU, Dimension.MONTH, Dimension.CASE_KIND}),
    less_is_better=False,
    theme=THEME,
)
FEEDBACK = Definition(
    id="victims-satisfied",
    title="What victims and families said",
    question="Of the victims and families who said how they were treated, how many were satisfied?",
    numerator="times that a victim or family said they were satisfied",
    denominator="times that they said they were satisfied or dissatisfied",
    unknown="what they said was written in other words: no free text is read",
    counts_as="a time that somebody was asked and answered",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source="events of the kind victim_feedback, whose outcome is satisfied or dissatisfied",
    owner=OWNER,
    by=frozenset({Dimension.AREA, Dimension.BCU, Dimension.MONTH, Dimension.CASE_KIND}),
    less_is_better=False,
    theme=THEME,
)

OUTCOMES = (
    (NO_ACTION, lines.no_further_action),
    (REFERRED_BACK, lines.referred_back),
    (STILL_CLEAR, lines.still_clear),
    (FEEDBACK, lines.feedback_lines),
)
"""In the order in which they are printed, each with the lines it counts."""
