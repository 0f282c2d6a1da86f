"""Figures about children in custody: kept overnight, from bail refused to moved, cells, and how long the adult took."""

from __future__ import annotations

from duecare.figure.counting import custody_lines as lines
from duecare.figure.figure_definition import FAIRNESS, WHERE, About, Basis, Definition, Dimension, Unit

THEME = "Children in custody"
OWNER = "chief_officer_lead"
CUSTODY_CUTS = WHERE | FAIRNESS | {Dimension.MONTH}
STAY_UNIT = "a stay in custody of someone under 18, or whose age cannot be told, that began in the period"
PACE38 = "Police and Criminal Evidence Act 1984, section 38(6); the funnel as HMIC counted it in north London in 2017"

OVERNIGHT = Definition(
    id="custody-held-overnight",
    title="Children held overnight",
    question="Of the children who came into custody, how many were kept overnight, and why?",
    numerator="stays of which so many hours lay within one night, by the force's own definition of a night",
    denominator=STAY_UNIT,
    unknown="when the child came or left is not known well enough to tell",
    counts_as="a stay in custody",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source="custody records; what overnight means is set in the policy, for no national text says",
    owner=OWNER,
    by=CUSTODY_CUTS | {Dimension.REASON},
    less_is_better=True,
    theme=THEME,
)
REFUSED = Definition(
    id="custody-bail-refused",
    title="Children charged and refused bail",
    question="How many children were charged and refused bail?",
    numerator=f"{STAY_UNIT}, in which bail was refused",
    denominator="",
    unknown="none: what no source says did not happen as far as is known",
    counts_as="a stay in custody",
    unit=Unit.COUNT,
    about=About.CHILDREN,
    source=PACE38,
    owner=OWNER,
    by=CUSTODY_CUTS | {Dimension.REASON},
    less_is_better=None,
    basis=Basis.WHOLE,
    theme=THEME,
)
ASKED = Definition(
    id="custody-accommodation-asked-for",
    title="Accommodation asked for",
    question="Of the children charged and refused bail, for how many did the police ask the council for accommodation?",
    numerator="stays with any record that accommodation was asked for, refused or provided",
    denominator="stays in which a child was charged and refused bail",
    unknown="none: a request that nobody wrote down counts as none",
    counts_as="a stay in custody",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source=PACE38,
    owner=OWNER,
    by=CUSTODY_CUTS | {Dimension.REASON},
    less_is_better=False,
    theme=THEME,
)
NEVER_ASKED = Definition(
    id="custody-accommodation-never-asked-for",
    title="Accommodation never asked for",
    question="Of the children charged and refused bail, for how many was accommodation never asked for?",
    numerator="stays without any record that accommodation was asked for, refused or provided",
    denominator="stays in which a child was charged and refused bail",
    unknown="none: a request that nobody wrote down counts as none",
    counts_as="a stay in custody",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source=PACE38,
    owner=OWNER,
    by=CUSTODY_CUTS | {Dimension.REASON},
    less_is_better=True,
    theme=THEME,
)
MOVED = Definition(
    id="custody-moved",
    title="Moved to accommodation",
    question="Of the children for whom accommodation was asked for, how many were moved?",
    numerator="stays with a record that accommodation was provided",
    denominator="stays in which a child was refused bail and accommodation was asked for",
    unknown="none: a move that nobody wrote down counts as none",
    counts_as="a stay in custody",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source=PACE38,
    owner=OWNER,
    by=CUSTODY_CUTS | {Dimension.REASON},
    less_is_better=False,
    theme=THEME,
)
CELL_FIGURE = Definition(
    id="custody-in-a-cell",
    title="Children placed in a cell",
    question="Of the children who came into custody, how many were placed in a cell?",
    numerator="stays in which the child was placed in a cell at any time",
    denominator=f"{STAY_UNIT}, of whom it is recorded where they were placed",
    unknown="where the child was placed is not recorded",
    counts_as="a stay in custody",
    unit=Unit.SHARE,
    about=About.CHILDREN,
    source="PACE Code C 8.8: a child is placed in a cell only where no other secure room is available",
    owner=OWNER,
    by=CUSTODY_CUTS,
    less_is_better=True,
    theme=THEME,
)
ADULT = Definition(
    id="custody-adult-arrived-after",
    title="Time until the appropriate adult came",
    question="How long after detention was authorised did a child's appropriate adult come?",
    numerator="stays in which an appropriate adult is recorded as having come",
    denominator=f"{STAY_UNIT}; where no adult is recorded, the wait counts as longer than all others",
    unknown="when detention was authorised, or the adult came, is not known well enough",
    counts_as="a stay in custody",
    unit=Unit.HOURS,
    about=About.CHILDREN,
    source="PACE Code C: an appropriate adult is asked to come as soon as practicable",
    owner=OWNER,
    by=CUSTODY_CUTS,
    less_is_better=True,
    theme=THEME,
)

CUSTODY = (
    (OVERNIGHT, lines.overnight_lines),
    (REFUSED, lines.bail_refused),
    (ASKED, lines.asked_for),
    (NEVER_ASKED, lines.never_asked_for),
    (MOVED, lines.moved_lines),
    (CELL_FIGURE, lines.in_cell),
    (ADULT, lines.adult_arrived),
)
"""In the order in which they are printed, each with the lines it counts."""
