"""One error that a review found: what it is, how many days those criticised have to answer it, and when it may be final."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from duecare.vocabulary.text_lengths import REVIEW_TEXT

KINDS: Final = (
    "judgement",
    "delay",
    "inconsistency",
    "leadership_and_supervision",
    "recording",
    "not_shared",
    "unlawful_or_unsupported_act",
)
WRONGED: Final = ("child", "suspect", "complainant", "family", "public")
ANSWER_DAYS: Final = 14


class Standing(Enum):
    """How far an error has come: found, its answer invited, answered, unanswered in time, or final."""

    FOUND = "found"
    INVITED = "invited"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class FoundError:
    """What should have happened, what did, by which standard, known since when, and who was wronged.

    Shape:   `error` names it within its case; `post` is a post, never a person. `known_from` is when it could first have
             been known; `standard` the text that says what should have happened.
    Unknown: `known_from` None where it is not said.
    """

    error: str
    kind: str
    wronged: str
    should: str = ""
    did: str = ""
    standard: str = ""
    known_from: datetime | None = None
    consequence: str = ""
    post: str = ""
    remedy: str = ""
    answer: str = ""
    invited_at: datetime | None = None
    answered_at: datetime | None = None
    final_at: datetime | None = None

    def standing(self, current_time: datetime, answer_days: int = ANSWER_DAYS) -> Standing:
        """How far the error has come.

        Shape:   unanswered once `answer_days` days of 24 hours have passed since those criticised were invited.
        """
        if self.final_at is not None:
            return Standing.FINAL
        if self.invited_at is None:
            return Standing.FOUND
        if self.answered_at is not None:
            return Standing.ANSWERED
        return Standing.UNANSWERED if current_time >= self.answer_by(answer_days) else Standing.INVITED

    def answer_by(self, answer_days: int = ANSWER_DAYS) -> datetime:
        """The time by which those criticised may answer, before it can be final without them.

        Raises:  ValueError while nobody was invited.
        """
        if self.invited_at is None:
            raise ValueError("nobody has been invited to answer")
        return self.invited_at + timedelta(days=answer_days)

    def may_be_final(self, current_time: datetime, answer_days: int = ANSWER_DAYS) -> bool:
        """Whether it has been answered, or the time to answer has run out."""
        return self.standing(current_time, answer_days) in {Standing.ANSWERED, Standing.UNANSWERED}


def faults_of(found_error: FoundError, names: Collection[str] = ()) -> tuple[str, ...]:
    """What keeps this error from being recorded.

    Shape:   `names` are names and numbers of officers, of which none may stand for a post.
    """
    faults = [] if found_error.error.strip() else ["it has no name within the case"]
    faults += [] if found_error.kind in KINDS else [_none_of("its kind", found_error.kind, KINDS)]
    faults += [] if found_error.wronged in WRONGED else [_none_of("whom it wronged", found_error.wronged, WRONGED)]
    faults += [] if found_error.should.strip() else ["what should have happened is missing"]
    faults += [] if found_error.did.strip() else ["what did happen is missing"]
    faults += [] if found_error.standard.strip() else ["the standard is missing"]
    post_text = found_error.post.strip().casefold()
    if not post_text:
        faults.append("the post is missing")
    elif any(officer_name.strip().casefold() in post_text for officer_name in names if officer_name.strip()):
        faults.append("this names a person instead of a post")
    faults += [
        f"{field_name} is longer than {REVIEW_TEXT:,} characters"
        for field_name in ("should", "did", "standard", "consequence", "remedy", "answer")
        if len(getattr(found_error, field_name)) > REVIEW_TEXT
    ]
    return tuple(faults)


def _none_of(value_label: str, given_value: str, known_values: Collection[str]) -> str:
    return f"{value_label} is none of {', '.join(known_values)}" if given_value.strip() else f"{value_label} is missing"
