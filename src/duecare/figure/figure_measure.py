"""Which measure is a figure: its definition, and what of a force's policy it rests on, each by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from duecare.figure.catalogue.all_figures import Figure
from duecare.figure.counting import custody_lines
from duecare.figure.figure_definition import Dimension, catalogue_hash
from duecare.rulebook.all_duties import all_duties
from duecare.rulebook.force_policy import Policy
from duecare.rulebook.local_standard import apply_standards


@dataclass(frozen=True, slots=True)
class Measure:
    """The definition, and the force's own choices, by which a figure is counted, as two hashes."""

    definition: str
    policy: str

    def differs_from(self, other_measure: Measure) -> tuple[str, ...]:
        """How these two measures differ."""
        differences = [] if self.definition == other_measure.definition else ["by another definition"]
        return (*differences, *(() if self.policy == other_measure.policy else ("by another policy of the force",)))


def measure_of(figure: Figure, cut_by: Collection[Dimension], policy: Policy) -> Measure:
    """The measure of this figure, cut by these dimensions, under this policy.

    Shape:   of the policy counts what the figure rests on, and nothing else: the numbers, and who adopted them when, of the
             duties whose findings it counts; how long an officer may be away, where one must hold the case or the person; what
             a night in custody is, where it counts nights; which areas there are, where it is cut by them. The days on which
             schools are closed are a calendar, and no choice of measure.
    """
    rests: list[object] = []
    for rule_duty in all_duties():
        if rule_duty.id in figure.duties:
            standards = policy.standards_of(rule_duty.id)
            rests += [rule_duty.id, apply_standards(rule_duty, standards, ()).version, *standards]
            if rule_duty.standing is not None and rule_duty.standing.by_officer:
                rests.append(policy.absence_grace)
    if figure.members is custody_lines.overnight_lines:
        rests.append(policy.overnight)
    if {Dimension.AREA, Dimension.BCU} & set(cut_by):
        rests.append(policy.commands)
    return Measure(catalogue_hash([figure.definition]), hashlib.sha256(repr(rests).encode()).hexdigest())
