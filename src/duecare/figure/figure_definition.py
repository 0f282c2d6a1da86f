"""What a figure is: what it counts of what, from where, who answers for it, and what is unknown in it. Stated once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a figure.

    Shape:   `difference` is of two shares of the same files, from -1 to 1.
    """

    COUNT = "count"
    SHARE = "share"
    HOURS = "hours"
    DIFFERENCE = "difference"


class About(StrEnum):
    """What a count counts, for disclosure control.

    Shape:   `practice` is what the police did (a graded file, a duty): small counts may be shown; `children` is how many
             children something happened to, and is protected.
    Source:  HMICFRS reports: the inspectorate itself publishes small counts of graded files (4 of 30), and no small count
             of children.
    """

    PRACTICE = "practice"
    CHILDREN = "children"


class Basis(StrEnum):
    """What was counted, for an interval.

    Shape:   `process`: all of one period, taken as a sample of how the work is done, with Wilson's interval, or that of the
             median. `sample`: files drawn at random from a frame, with the interval of their draw. `whole`: a count, which
             has no sampling error.
    """

    PROCESS = "process"
    SAMPLE = "sample"
    WHOLE = "whole"


class Dimension(StrEnum):
    """A dimension by which a figure may be cut."""

    AREA = "area"
    BCU = "bcu"
    TEAM = "team"
    MONTH = "month"
    QUARTER = "quarter"
    CASE_KIND = "case_kind"
    RISK = "risk"
    REASON = "reason"
    ETHNICITY_SELF = "ethnicity_self"
    ETHNICITY_OFFICER = "ethnicity_officer"
    SEX = "sex"
    AGE = "age"
    DISABILITY = "disability"
    LOOKED_AFTER = "looked_after"


WHERE = frozenset({Dimension.AREA, Dimension.BCU, Dimension.TEAM})
FAIRNESS = frozenset(
    {
        Dimension.ETHNICITY_SELF,
        Dimension.ETHNICITY_OFFICER,
        Dimension.SEX,
        Dimension.AGE,
        Dimension.DISABILITY,
        Dimension.LOOKED_AFTER,
    }
)
"""Of whom it is counted: what no duty, worklist or order may ever look at, and what every comparison of fairness must."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's meaning, how it is counted, from which source, and who answers for it.

    Shape:   `id` is in kebab case and never used again for another meaning; `numerator`, `denominator` and `unknown` are
             words that a reader checks a listed line against; `counts_as` names what one line of its list is (a case, a
             child, a night in custody); `less_is_better` None where neither end is good. `denominator` is empty for a count.
             `theme` is under which heading it stands.
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
    basis: Basis = Basis.PROCESS
    theme: str = ""

    @property
    def about_in_public(self) -> About:
        """What its counts count where everybody may read them.

        Shape:   of practice, too, children where it is cut by who they are: then it says how many there were of a kind, and
                 the whole would tell of few. Files that were drawn stay practice: who was drawn nobody outside knows.
        """
        by_who = bool(self.by & FAIRNESS) and self.basis is not Basis.SAMPLE
        return About.CHILDREN if by_who else self.about


def catalogue_hash(definitions: Iterable[Definition]) -> str:
    """The hash of this catalogue: of every definition in it, word for word."""
    field_names = [field.name for field in fields(Definition) if field.name != "by"]
    definition_text = "\n".join(
        repr((*(getattr(definition, field_name) for field_name in field_names), sorted(definition.by)))
        for definition in sorted(definitions, key=lambda definition: definition.id)
    )
    return hashlib.sha256(definition_text.encode()).hexdigest()
