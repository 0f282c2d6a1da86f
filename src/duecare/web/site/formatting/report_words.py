"""Words of earlier releases on pages: a release keeps the words it was hashed with, and the page shows the words of today."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

_PHRASES: Final[tuple[tuple[str, str], ...]] = (
    ("Left out, for no number but nought could be shown in them: ", "Not shown: numbers too small. "),
    ("Of all of which it can be told", "With a known outcome"),
    ("Owed, where it can be told", "Due, with a known outcome"),
    ("Of how many", "Out of"),
    (
        "not every number of it can be shown, so that no child can be made out.",
        "some numbers are not shown, so that no child can be identified.",
    ),
    (
        "hidden so that no child can be made out, by itself or by reckoning",
        "hidden so that no child can be identified, directly or by calculation",
    ),
    ("cannot be told, or too few to say what is typical", "not known, or too few to give a typical value"),
    (
        "No figure here says what happened to a child of whom nobody wrote anything down.",
        "No figure here covers a child about whom nothing was recorded.",
    ),
    (
        "No figure here says that a difference was caused by anyone: it says that it is there.",
        "No figure here shows what caused a difference, only that there is one.",
    ),
    ("Nothing could be counted in this quarter for:", "There was nothing to count in this quarter for:"),
    ("were acted upon by its end", "were acted on by the end of it"),
    (", drawn anew after the claim in a round of the kind ", ", drawn after the claim in a round of the kind "),
    (
        "It is taken only while the figure is counted as it was then:",
        "The test applies only while the figure is counted the same way:",
    ),
    (
        "It is older than tests that are bound: on however few cases, and however the figure is counted by then.",
        "This is an older test, so it applies to any number of cases, however the figure is counted.",
    ),
    ("; no number of days is published, so its age is shown.", ". No deadline is published, so its age is shown."),
    (" in which it rests on at least ", " with at least "),
    (", opened since it was claimed to be done", ", opened since the recommendation was claimed as done"),
    (
        "The files were drawn at random within strata, with every probability kept: all files in the frame are estimated.",
        "The files were drawn at random within groups, with known probabilities, so we can estimate results for all files.",
    ),
    (
        "are refused: they need the cross-table of the cases that both sides graded, and totals alone cannot give it.",
        "cannot be worked out from totals alone: they need every case that both sides graded.",
    ),
    ("nobody said when", "date not recorded"),
    ("nobody has been named", "Nobody has been assigned"),
    ("the holder of the post that was named is absent", "The person in the post is absent"),
    ("cannot be told", "is not known"),
    ("Cannot be told", "Not known"),
    ("cannot tell", "not known"),
    ("Cannot tell", "Not known"),
    ("Not said", "Not recorded"),
)
_PATTERNS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(r"Of (\S+) times that something was owed and it can be told, it was late or not done (\S+) times"),
        r"Out of \1 duties with a known outcome, \2 were late or not done",
    ),
)


def page_words(text: str) -> str:
    """The words of today for this sentence of a report.

    Example:
        >>> page_words("Of all of which it can be told")
        'With a known outcome'
        >>> page_words("Of 80 times that something was owed and it can be told, it was late or not done 12 times (15.0%).")
        'Out of 80 duties with a known outcome, 12 were late or not done (15.0%).'
    """
    for pattern, shown in _PATTERNS:
        text = pattern.sub(shown, text)
    for written, shown in _PHRASES:
        text = text.replace(written, shown)
    return text


def in_page_words(write: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, with its text or texts in the words of today."""

    @wraps(write)
    def written(*args: Any, **named: Any) -> Any:
        text = write(*args, **named)
        return page_words(text) if isinstance(text, str) else tuple(map(page_words, text))

    return written
