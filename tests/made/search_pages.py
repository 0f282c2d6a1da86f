"""The page of search as it can look: people found and why, one of whom the viewer may not open, nobody."""

from __future__ import annotations

from datetime import date

from tests.made import pages

from duecare.person.person_description import Described
from duecare.record.pole import CaseKey, PersonRecord, RecordKey
from duecare.use_cases.people.record_birth import Born
from duecare.use_cases.people.record_person import Look, NotedPerson
from duecare.use_cases.people.search_people import RESTRICTED, PersonFound, SearchPage


def found() -> SearchPage:
    """Two people, and somebody restricted."""
    return SearchPage(
        (
            PersonFound(
                pages.PERSON,
                21.4,
                ("the birth date is the same", "the given name is a form of the same name"),
                ("Robert TALLOW", "Bob Tallow"),
                "2009-05-04",
                ("merlin", "cris"),
            ),
            PersonFound(
                "00ff00ff00ff00ff", -3.2, ("the family name is the same", "but another given name"), ("Ann TALLOW",)
            ),
            PersonFound(None, None, (RESTRICTED,)),
        ),
        is_whole=False,
        is_asked=True,
    )


def nobody() -> SearchPage:
    """Nobody fits."""
    return SearchPage(is_asked=True)


def look(said: Described) -> Look:
    """Who was found before somebody is recorded; nobody, where the family name is Nobody."""
    page = nobody() if said.family_name == "Nobody" else found()
    return Look(page, "a-mark", ("the PNC ID: the check letter or digit does not hold; nobody was looked for by it",))


def unborn(record_id: str) -> PersonRecord:
    """A child not yet born."""
    return PersonRecord(RecordKey("duecare", record_id), family_name="Tallow", due_on=date(2027, 3, 1))


def noted() -> NotedPerson:
    """Somebody was recorded, in a case of their own."""
    return NotedPerson(RecordKey("duecare", "own-1"), CaseKey("duecare", "own-1"))


def born(record_id: str) -> Born:
    """A birth was recorded, and others are held who may be the same child."""
    return Born(RecordKey("duecare", record_id), found().found)
