"""What happened to a recommendation: dated facts, only ever added, of which everything else is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from duecare.vocabulary.moments import When


class Party(StrEnum):
    """The party on behalf of which somebody acts in the register."""

    INSPECTORATE = "inspectorate"
    FORCE = "force"
    MAYORS_OFFICE = "mayors_office"
    EXPERT_GROUP = "expert_group"


class Origin(StrEnum):
    """The origin of a recommendation."""

    INSPECTION = "inspection"
    ROUND = "round"
    EXPERT_GROUP = "expert_group"
    MAYORS_OFFICE = "mayors_office"


class Kind(StrEnum):
    """Whether it is a recommendation, an action that somebody set themselves, or advice."""

    RECOMMENDATION = "recommendation"
    ACTION = "action"
    ADVICE = "advice"


class Urgency(StrEnum):
    """When it is to be done by, as whoever made it published that."""

    IMMEDIATE = "immediate"
    THREE_MONTHS = "three_months"
    SIX_MONTHS = "six_months"
    DATED = "dated"


class Deed(StrEnum):
    """Something that can happen to a recommendation."""

    MADE = "made"
    OWNER_NAMED = "owner_named"
    ACCEPTED = "accepted"
    PLANNED = "planned"
    ACTED = "acted"
    EVIDENCED = "evidenced"
    REPLIED = "replied"
    CLAIMED = "claimed"
    PASSED = "passed"
    FAILED = "failed"
    NOT_TAKEN = "not_taken"
    PASSED_OVER = "passed_over"
    HARMED = "harmed"
    REPORTED_OPEN = "reported_open"
    REPORTED_IN_HAND = "reported_in_hand"
    REPORTED_DONE = "reported_done"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to one recommendation.

    Shape:   `sequence` counts the facts of a recommendation from 1, and times never go back along it. `happened_at` is when
             it happened in the world, `noted_at` when it was written down here; `by` is the account that wrote it, `party`
             on whose behalf. `said` is what the fact holds, by names that its deed knows.
    """

    number: str
    sequence: int
    deed: Deed
    happened_at: When
    noted_at: datetime
    by: str
    party: Party
    said: Mapping[str, object]

    def text(self, field_name: str) -> str:
        """The text under this name; empty where there is none."""
        stated_value = self.said.get(field_name, "")
        return stated_value if isinstance(stated_value, str) else ""
