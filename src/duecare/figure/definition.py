"""What a figure is: what it counts of what, from where, who answers for it, and what is unknown in it. Said once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """In what is a figure given?"""

    COUNT = "count"
    SHARE = "share"
    HOURS = "hours"


class About(StrEnum):
    """What does a count count, as disclosure control asks?

    Shape:   `practice` is what the police did (a graded file, a duty): small counts may be shown; `children` is how many
             children something happened to, and is protected.
    Source:  HMICFRS reports: the inspectorate itself publishes small counts of graded files (4 of 30), and no small count of children.
    """

    PRACTICE = "practice"
    CHILDREN = "children"


class Dimension(StrEnum):
    """By what may a figure be cut?"""

    AREA = "area"
    BCU = "bcu"
    TEAM = "team"
    MONTH = "month"
    QUARTER = "quarter"
    CASE_KIND = "case_kind"
    RISK = "risk"
    ETHNICITY_SELF = "ethnicity_self"
    ETHNICITY_OFFICER = "ethnicity_officer"
    SEX = "sex"
    AGE = "age"
    DISABILITY = "disability"
    LOOKED_AFTER = "looked_after"


@dataclass(frozen=True, slots=True)
class Definition:
    """What does this figure say, counted how, from which source, and who answers for it?

    Shape:   `id` is in kebab case and never used again for another meaning; `numerator`, `denominator` and `unknown` are
             words that a reader checks a listed line against; `counts_as` names what one line of its list is (a case, a
             child, a night in custody); `less_is_better` None where neither end is good. `denominator` is empty for a count.
    """

    id: str
    title: str
    question: str
    numerator: str
    denominator: str
    unknown: str
    counts_as: str
    unit: Unit
    about: About
    source: str
    owner: str
    by: frozenset[Dimension]
    less_is_better: bool | None = None
