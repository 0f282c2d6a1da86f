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
    ("grades of an audit run elsewhere, as given by case", "grades for each case, from an audit run elsewhere"),
    ("figures are of these files, and of no others", "figures are for these files only"),
    (
        "Intervals hold the truth in 95 of 100 such samples.",
        "In 95 of 100 such samples, the interval contains the true value.",
    ),
    ("That of the gap is Tango", "The interval for the gap is Tango"),
    ("published; derived", "published; worked out from the source"),
    ("published; stated", "published; stated in the source"),
    ('a reading of "around 80 %"', "read from “around 80%”"),
    ("It is done by the day that it names.", "It must be done by its due date."),
    ("It is done within three months.", "It must be done within 3 months."),
    ("It is done within six months.", "It must be done within 6 months."),
    (
        "An action plan for whatever is not immediate is given, as a rule within six weeks of publication.",
        "An action plan for anything that is not immediate is given, usually within 6 weeks of publication.",
    ),
    (
        (
            "The local policing body publishes its comments, with what it does about each recommendation or why nothing,"
            " within 56 days beginning with the day of publication."
        ),
        (
            "Within 56 days beginning with the day of publication, the local policing body publishes its comments. It says"
            " what it is doing about each recommendation, or why it is doing nothing."
        ),
    ),
    ("opened again: its test was failed", "reopened because it failed its test"),
    ("it was due to be done", "it was due"),
    (
        "Not recorded: it stands beside no other round as if the same side had graded it.",
        "not known, so it is not compared with any other round.",
    ),
    ("374, which the other counts of that round fit.", "374, which agrees with the other counts for that round."),
    ("accepted, and its test fixed", "accepted, with its test registered"),
    ("test failed: opened again", "test failed: reopened"),
    ("claimed to be done", "claimed as done"),
    ("superseded", "replaced"),
    (
        "With many parts, some stand out by chance: of 20 with no difference, one interval on average misses the true value.",
        (
            "With many breakdowns, some will stand out by chance. On average, 1 in 20 of these intervals does not contain the"
            " true value."
        ),
    ),
    (
        "How the files of other rounds were chosen differs, and where it was not published it is not known.",
        "Rounds chose files in different ways, and some did not publish how.",
    ),
    ("a whole count has no sampling error", "full count, so no sampling error"),
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
