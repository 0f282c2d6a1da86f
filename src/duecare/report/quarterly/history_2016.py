"""What public sources say against each other of the rounds of 2016 to 2018, and which figures nobody could find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict between two sources: where they differ, each one's version, and how it was read here."""

    of: str
    says: str
    read_as: str
    source_urls: tuple[str, ...]


CONFLICTS: Final = (
    Conflict(
        "How many files were examined in 2016",
        'Most sources say 374; a reprint of one newspaper says "about 384".',
        "374, which the other counts of that round fit.",
        (
            "https://www.aol.co.uk/2016/11/24/met-police-making-serious-errors-in-child-abuse-cases-inspect/",
            "https://www.breakingnewstime.com/met-police-heavily-criticised-over-child-protection-failings/?noamp=mobile",
        ),
    ),
    Conflict(
        "Which share was below the standard in 2016",
        'A law firm says that 278 of 374 is "more than 75%".',
        "278 of 374 is 74.3%.",
        (
            "https://www.hja.net/expert-comments/blog/civil-liberties-human-rights/metropolitan-police-service-criticised-for-failing-londons-children/",
        ),
    ),
    Conflict(
        "When the first round was published",
        'A report on the second quarter of 2017 dates it to "December"; it was published on 25 November 2016.',
        "25 November 2016.",
        ("https://www.aol.co.uk/news/2017/08/10/no-major-improvement-in-quality-of-mets-child-protection-probes/",),
    ),
    Conflict(
        "Who graded the 303 files of 2018",
        '"An audit of 303 cases" does not say whether the force or inspectors graded them.',
        "Not said: it stands beside no other round as if the same side had graded it.",
        ("https://www.bbc.com/news/uk-england-london-47732713",),
    ),
)
"""Facts of public sources, as they were read for this project; nothing here was put right by guessing.

Source:  the addresses named.
"""
NOT_FOUND: Final = (
    "The grades of the first quarter of 2017 were published, and could not be found.",
    "Of the second quarter of 2017 only the number of files of the force's own audit could be found: no grades.",
    "The assessment of progress of 2021 and the inspection of 2023 give no counts of grades that could be found.",
)
"""What no source that could be found gives. No grade was made up for it."""
