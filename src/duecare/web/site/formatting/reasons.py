"""Reasons and explanations in everyday words: they are stored as written, and a page says them more simply."""

from __future__ import annotations

import re
from datetime import datetime
from functools import partial
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
    ("the given name is one slip of writing apart", "the given name differs by one spelling mistake"),
    ("the family name is one slip of writing apart", "the family name differs by one spelling mistake"),
    ("the names are the other way round", "the given and family names are swapped"),
    ("one of the names stands in the place of the other", "one of the names is in the place of the other"),
    ("the given name is a form of the same name", "the given names are forms of the same name"),
    ("the given name is written much like it", "the given name is spelt similarly"),
    ("the first given name is the same, another one is not", "the first given name is the same but others differ"),
    ("the birth date is one figure apart", "the date of birth differs by one digit"),
    ("day and month of the birth date are the other way round", "the day and month of birth are swapped"),
    ("the birth date fits as far as it is known", "the date of birth matches as far as it is known"),
    ("two parts of the birth date are the same", "two parts of the date of birth are the same"),
    ("birth dates", "dates of birth"),
    ("birth date", "date of birth"),
    ("the email address is much like it", "the email address is similar"),
    ("one of the two says nothing of it", "missing from one record"),
    ("another number of a kind of which nobody has two", "a different number of a kind that a person has only one of"),
    ("another number of the same kind", "a different number of the same kind"),
    ("another telephone number, email address or online name", "a different telephone number, email or online name"),
    ("two people of one household would agree so, too", "two people in the same household could match like this"),
    ("one home, but another given and another family name", "same home, but different given and family names"),
    ("one home, but another given name", "same home, but different given names"),
    ("one home and given names alike, but another sex", "same home and similar given names, but different sex"),
    ("one home, ", "same home, "),
    ("another given name or none for sure", "a different or uncertain given name"),
    ("another given name", "a different given name"),
    ("another family name", "a different family name"),
    ("another address", "a different address"),
    ("another sex", "a different sex"),
    ("by more than a slip of writing", "by more than a spelling mistake"),
    ("further apart than one slip", "that differ by more than one spelling mistake"),
    ("as those of a parent and child of one name do", "as for a parent and child with the same name"),
    ("a danger reported as happening now stands or falls with it", "a danger reported as happening now depends on it"),
    (
        "something is still owed about one of them, which the other may show to be done, or more",
        "a duty to one of them is not done, and the other record may show that it was",
    ),
    ("; nobody was looked for by it", ", so it was not used in the search"),
    (
        (
            "People are as linked today where the linkage in force then is no longer kept: only the one in force and the"
            " one before it are."
        ),
        "People are shown as linked today, because we keep only the current linkage and the one before it.",
    ),
    (
        (
            "No policy is kept from the earlier moment: the force's own standards are those of today at both. Copies are"
            " kept from the first assessment that used each."
        ),
        "The force’s own standards are today’s for both dates, because no copy from the earlier date was kept.",
    ),
    (
        "Rules that change by date are those in force when each duty began; the program's rulebook is today's.",
        "Duties are assessed by the rules in force when each one started, as they are in today’s rulebook.",
    ),
    ("is only suggested; no officer has adopted it", "is a suggestion: no officer has adopted it"),
    ("The limit is the force's own; it has been adopted by the force", "The force set and adopted this limit"),
    ("is assessed anew at least", "is reassessed at least"),
    ("the sooner the graver the risk", "sooner if the risk is higher"),
    (
        "A named investigator is allocated to the case, and whenever nobody is left, another.",
        "A named investigator is allocated to the case, and another whenever there is none.",
    ),
    (
        "has a named manager who is accredited for it; whenever nobody is left, another is named.",
        "has a named, accredited manager, and another whenever there is none.",
    ),
    (
        "the victim hears at least every 28 days how it goes, even that nothing is new",
        "the victim is updated at least every 28 days, even if there is nothing new",
    ),
    ("as told by people of the field", "as reported by practitioners"),
    (
        "A custody record is no case with a victim; the step is taken from the record of the crime.",
        "The step is taken from the crime record, not the custody record.",
    ),
    ("where a child is a victim, else within five", "where a child is a victim, otherwise within 5"),
    (
        "a review put off for a recorded reason does not put off the next",
        "delaying one review for a recorded reason does not delay the next",
    ),
    (
        "the certificate that says why is produced to the court before which the child is first brought",
        "the certificate explaining why is given to the first court the child appears before",
    ),
    ("the return's notify_by names it", "the record of the return gives the date"),
    ("Convicted or cautioned: screens say which.", "The record shows whether they were convicted or cautioned."),
    ("After every time missing, an independent", "Each time a missing child returns, an independent"),
    ("Where a change told in advance has not come about", "If a change notified in advance has not happened"),
    (
        "What the school is told names the child and the date of birth,",
        "The school is told the child's name and date of birth,",
    ),
    ("It would be met by: told.", "It would be met by: notified."),
    ("offender registered", "became subject to notification"),
    ("left out: 1 days at weekends", "left out: 1 day at weekends"),
    (
        "That the officer is not directly involved in the investigation is for a person to see.",
        "A person must check that the officer is not directly involved in the investigation.",
    ),
    ("where it names none,", "if there is none,"),
    (
        "court_at of the refusal names it. Where nobody says when that is,",
        "the refusal gives the time. If it does not,",
    ),
    ("Counted: 1 working days after", "Counted: 1 working day after"),
    (
        "says why: a grade that nobody explains cannot be held against what is known of the child, as when",
        "says why. Without a reason it cannot be checked against what is known about the child, for example when",
    ),
    (
        (
            "Asked to take a child refused bail, the local authority provides accommodation: for a place that need not be"
            " secure the duty is absolute, for a secure one it never is and nothing starts. The hour at which it is late is"
            " the force's own."
        ),
        (
            "When asked to take a child refused bail, the local authority provides accommodation. The duty is absolute if"
            " the place need not be secure, and does not start if it must be. The force sets when it counts as late."
        ),
    ),
    ("concern reported does not say crime", "the concern reported does not say whether there was a crime"),
    ("superseded by", "replaced by"),
    ("Tried without success 1 times", "Tried once without success"),
    (" by The force's own standard", " by the force's own standard"),
    (" elapsed hour", " hour"),
)
_PATTERNS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"`([a-z0-9_]+)`"), "“{}”"),
    (re.compile(r"\bonly the day of ([a-z0-9 ]+) is known"), "only the date is known, not the time, for “{}”"),
    (
        re.compile(r"by what started it, one of the (\d+) in the table of this duty's page"),
        "depends on what started it: the rulebook reference lists {} possibilities",
    ),
    (re.compile(r"\buntil the moment that its ([a-z_ ]+) names"), "until the time given as “{}”"),
    (re.compile(r"\bended by ([a-z_ ]+) before it was due"), "ended before it was due, by “{}”"),
    (re.compile(r"\bdoes not say ([a-z_ ]+) as a number"), "does not give {} as a number"),
    (re.compile(r"^(Met on .*), in time\.$"), "{}, on time."),
)


def plain_words(text: str) -> str:
    """This reason or explanation in everyday words, with times as pages write them.

    Example:
        >>> plain_words("The limit cannot be told.")
        'The limit is not known.'
        >>> plain_words("Due by Tuesday 1 March 2016 at 09:00:00.")
        'Due by Tuesday 1 March 2016 at 9am.'
        >>> plain_words("It is `released_from_prison`: 3 days.")
        'It is “released from prison”: 3 days.'
    """
    for written, shown in _PHRASES:
        text = text.replace(written, shown).replace(with_capital(written), with_capital(shown))
    for pattern, shown in _PATTERNS:
        text = pattern.sub(partial(_filled, shown), text)
    return _WITH_SECONDS.sub(_clock, text)


def with_capital(words: str) -> str:
    """These words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def _filled(shown: str, match: re.Match[str]) -> str:
    return shown.format(match[1].replace("_", " "))


def _clock(match: re.Match[str]) -> str:
    return f"{match[1]} at {clock_words(datetime(2000, 1, 1, int(match[2]), int(match[3])))}"  # noqa: DTZ001
