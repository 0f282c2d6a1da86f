"""Assess some duties only, so that a question about one duty need not wait for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from duecare.assessment.rules_in_force import AssessmentContext
from duecare.duty.declaration import Duty
from duecare.rulebook.all_duties import all_duties


@dataclass(frozen=True)
class OfSome(AssessmentContext):
    """A assessment of these duties alone, by their ids."""

    wanted: frozenset[str] = frozenset()

    @cached_property
    def case_duties(self) -> tuple[Duty, ...]:
        """Those of them that are owed in a case."""
        return tuple(duty for duty in super().case_duties if duty.id in self.wanted)

    @cached_property
    def person_duties(self) -> tuple[Duty, ...]:
        """Those of them that are owed to, or about, one person."""
        return tuple(duty for duty in super().person_duties if duty.id in self.wanted)


def of_some(context: AssessmentContext, wanted_duties: frozenset[str]) -> OfSome:
    """The same assessment, of these duties alone."""
    return OfSome(context.policy, context.roster, context.as_of, context.known_at, wanted_duties)


def only_duties(
    context: AssessmentContext, duty_id: str | None = None, duty_ref: str | None = None
) -> AssessmentContext:
    """The same assessment, of this duty, or of those with a limit under this reference, alone; of all where none is named."""
    if duty_id is None and duty_ref is None:
        return context
    chosen_duties = (known_duty for known_duty in all_duties() if duty_id in {None, known_duty.id})
    return of_some(
        context,
        frozenset(
            known_duty.id
            for known_duty in chosen_duties
            if duty_ref is None
            or any(
                duty_ref == turning_moment for dated_rule in known_duty.rules for turning_moment, _ in dated_rule.turns
            )
        ),
    )
