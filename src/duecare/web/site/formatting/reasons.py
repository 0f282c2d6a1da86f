"""Reasons and explanations in everyday words: they are stored as written, and a page says them more simply."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from duecare.web.site.formatting.times import clock_words

_WITH_SECONDS: Final = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ \d{4}) at (\d{2}):(\d{2}):\d{2}\b")
_PHRASES: Final[tuple[tuple[str, str], ...]] = (
    ("It cannot be told whether this was done in time", "It is not known whether this was done in time"),
    ("The limit cannot be told", "The limit is not known"),
    ("cannot be told", "is not known"),
    ("which is day nought", "which is day 0"),
    ("is nought", "is 0"),
    ("The clock stood still from", "The clock was paused from"),
    ("It would be discharged by:", "It would be met by:"),
    (
        "It is a rule about that fact itself: nothing that comes later can meet it.",
        "Nothing that happens later can meet this duty.",
    ),
    ("This rule is for what started", "This rule applies to what started"),
    ("It was written down only on", "It was recorded late, on"),
    ("Never done; it ended on", "Not done before it ended on"),
    (" is no time", " is not a time"),
    (" that is no time", " that is not a time"),
    ("none is left out", "none are left out"),
    ("is only suggested; no officer has adopted it", "is a suggestion: no officer has adopted it"),
)


def plain_words(text: str) -> str:
    """This reason or explanation in everyday words, with times as pages write them.

    Example:
        >>> plain_words("The limit cannot be told.")
        'The limit is not known.'
        >>> plain_words("Due by Tuesday 1 March 2016 at 09:00:00.")
        'Due by Tuesday 1 March 2016 at 9am.'
    """
    for written, shown in _PHRASES:
        text = text.replace(written, shown)
    return _WITH_SECONDS.sub(_clock, text)


def _clock(match: re.Match[str]) -> str:
    return f"{match[1]} at {clock_words(datetime(2000, 1, 1, int(match[2]), int(match[3])))}"  # noqa: DTZ001
