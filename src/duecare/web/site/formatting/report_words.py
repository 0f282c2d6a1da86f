"""Sentences of reports in everyday words: a published report keeps the words it was hashed with, and a page says them simply."""

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
    ("By how much areas truly differ cannot be told:", "It is not known how much areas really differ:"),
    ("Nothing shows that areas truly differ:", "There is no evidence that areas really differ:"),
    (
        "The interval is rough, for areas differ too much for it to hold all it says.",
        "The interval is approximate, because areas differ a lot.",
    ),
    ("Chance alone could set areas as far apart as they are.", "Chance alone could explain these differences."),
    ("They truly differ by about", "Areas really differ by about"),
    ("Areas truly differ by about", "Areas really differ by about"),
    (
        ": so much remains when chance is taken off, and about two areas of three lie within it.",
        ". This is what remains after chance is removed. About 2 in 3 areas are within it.",
    ),
    (
        (
            "This is no league table. An area within the limits is like the others as far as anyone can tell, and one outside"
            " them is a question, not a verdict."
        ),
        (
            "This is not a league table. An area within the limits does not differ more than chance could explain. An area"
            " outside them is a question, not a verdict."
        ),
    ),
    (" times as much as chance alone would have it,", " times as much as chance alone would explain,"),
    (
        (
            "so most of what sets them apart is shared out among all of them; the limits are wider by that, and only an area"
            " apart from the rest lies outside."
        ),
        "so the limits are widened to allow for this. Only an area unlike the rest is outside them.",
    ),
    ("No limits can be set yet:", "We cannot set limits yet:"),
    ("No limits can be set:", "We could not work out limits:"),
    ("No point is more than chance.", "No point differs more than chance could explain."),
    ("The interval holds nought: chance alone could give this.", "The interval includes 0, so this could be chance."),
    ("chance alone could give this", "could be chance"),
    ("by chance alone, so much or more has a probability of", "probability of a difference this large by chance:"),
    ("Would meet the standard by the inspectorate", "Would meet the standard, graded by the inspectorate"),
    ("Would meet the standard by the force", "Would meet the standard, graded by the force"),
    ("Does one side lean to some grades?", "Does one side prefer some grades?"),
    ("(McNemar, on the cut)", "(McNemar, on meeting the standard)"),
    ("no round before", "no earlier round"),
    ("(how sure cannot be told:", "(interval not known:"),
    ("cannot tell how sure:", "interval not known:"),
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
        "For those who oversee the force. Figures only: no person stands in it.",
        "For people who oversee the force. It contains figures only, and names nobody.",
    ),
    ("Boroughs outside the limits of chance", "Boroughs that differ more than chance explains"),
    (
        "What lies outside is a question to ask, and not yet an answer. All others lie where chance could place them.",
        "A borough outside the limits is a question to ask, not an answer. The others differ no more than chance could explain.",
    ),
    ("For which nobody answers today:", "Nobody is accountable today for:"),
    (
        "are refused: they need the cross-table of the cases that both sides graded, and totals alone cannot give it.",
        "cannot be worked out from totals alone: they need every case that both sides graded.",
    ),
    ("The limits are those of chance alone.", "The limits allow for chance only."),
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
    (
        re.compile(r"From (.+?) on the limits were set anew, by (\d+) points:"),
        r"The limits were reset from \1, using \2 points:",
    ),
    (
        re.compile(r"The limits are set by (?:the )?(\d+) points from (.+?) on\b"),
        r"The limits use the \1 points from \2",
    ),
    (
        re.compile(r"Set against (.+?), each case only against those of its kind and place\."),
        r"Each group is compared with \1, using only cases of the same kind and place.",
    ),
    (
        re.compile(
            r"Of (\d+) areas with cases, (\d+) (?:lies|lie) outside the 95% limits; by chance alone about (\S+) would if all"
            r" were alike\."
        ),
        r"Out of \1 areas with cases, \2 are outside the 95% limits. By chance alone, about \3 would be.",
    ),
    (
        re.compile(r"By chance alone any area would be there in about one such picture of (\d+)\."),
        r"By chance alone, about 1 in \1 charts like this would show any.",
    ),
    (
        re.compile(r"Of (\S+) of (\S+) cases the group is not known\. They belong to no group\."),
        r"The group is not known for \1 of \2 cases. They are in no group.",
    ),
)


def page_words(text: str) -> str:
    """This sentence of a report as a page says it.

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
    """This function of report words, with what it writes as a page says it: one text, or several."""

    @wraps(write)
    def written(*args: Any, **named: Any) -> Any:
        text = write(*args, **named)
        return page_words(text) if isinstance(text, str) else tuple(map(page_words, text))

    return written
