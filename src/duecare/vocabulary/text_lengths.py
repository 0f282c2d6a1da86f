"""How long a text somebody writes may be: a reason, an answer, a referral, minutes, a judgement; in characters."""

from __future__ import annotations

from typing import Final

PERSON_FIELD: Final = 200
LINK_REASON: Final = 500
REFERRAL_TEXT: Final = 2_000
NOTICE_TEXT: Final = 2_000
"""How a person came to notice."""

SIGN_OFF_TEXT: Final = 2_000
DIFFERENCE_ANSWER: Final = 4_000
"""The answer to a difference between groups."""

MEETING_TEXT: Final = 4_000
REVIEW_TEXT: Final = 4_000
"""An error that a review found, and the answer to it."""

SETTLEMENT_TEXT: Final = 4_000
"""Why a disagreement between two graders was settled as it was."""

RELEASE_TEXT: Final = 4_000
RECOMMENDATION_TEXT: Final = 4_000
USUAL_TEXT: Final = 4_000
"""A field of a form for which nothing else is set."""

JUDGEMENT_TEXT: Final = 12_000
"""Each text of a judgement of a file."""
