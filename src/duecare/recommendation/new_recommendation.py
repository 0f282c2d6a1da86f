"""What a recommendation is made with, and what is wrong with it if it cannot be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from duecare.recommendation.recommendation_fact import Kind, Origin, Party, Urgency
from duecare.vocabulary.text_lengths import RECOMMENDATION_TEXT

NUMBER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LONGEST: Final[Mapping[str, int]] = {
    "title": 200, "words": RECOMMENDATION_TEXT, "report": 300, "source_url": 1_000, "owner_post": 60, "owner_area": 120,
    "owner_officer": 40, "url": 500, "period": 60,
}  # fmt: skip
MAKERS: Final[Mapping[Origin, frozenset[Party]]] = {
    Origin.INSPECTION: frozenset({Party.INSPECTORATE}),
    Origin.ROUND: frozenset({Party.INSPECTORATE, Party.FORCE}),
    Origin.EXPERT_GROUP: frozenset({Party.EXPERT_GROUP}),
    Origin.MAYORS_OFFICE: frozenset({Party.MAYORS_OFFICE}),
}
ADDRESSED: Final = (Party.FORCE, Party.MAYORS_OFFICE)


@dataclass(frozen=True, slots=True)
class Making:
    """What a recommendation is made with.

    Shape:   `due_on` only where the class is dated; `source_url` holds web addresses apart by spaces; the owner may be named
             by post, by officer, or later.
    """

    number: str
    title: str
    words: str
    origin: str
    urgency: str
    published_on: date | None = None
    kind: str = Kind.RECOMMENDATION.value
    addressed_to: str = Party.FORCE.value
    due_on: date | None = None
    report: str = ""
    source_url: str = ""
    owner_post: str = ""
    owner_area: str = ""
    owner_officer: str = ""

    def faults(self, party: Party | None) -> tuple[str, ...]:
        """What is wrong with it, made on this party's behalf; None: whichever makes such."""
        faults_found = (
            [] if NUMBER.fullmatch(self.number) else ["the number is not made of letters, digits, points, hyphens"]
        )
        faults_found += [] if self.title.strip() else ["it has no title"]
        faults_found += [
            fault
            for field_name, field_text in self._texts().items()
            if (fault := fault_of_text(field_name, field_text))
        ]
        faults_found += [] if self.kind in set(Kind) else [f"the kind is none of {_listed_names(Kind)}"]
        faults_found += [] if self.urgency in set(Urgency) else [f"the class is none of {_listed_names(Urgency)}"]
        faults_found += (
            [] if self.addressed_to in set(ADDRESSED) else [f"it is addressed to none of {_listed_names(ADDRESSED)}"]
        )
        if self.origin not in set(Origin):
            faults_found.append(f"where it comes from is none of {_listed_names(Origin)}")
        elif party is not None and party not in MAKERS[Origin(self.origin)]:
            faults_found.append(f"what comes from {self.origin.replace('_', ' ')} is not made by you")
        if (self.urgency == Urgency.DATED) is (self.due_on is None):
            faults_found.append("give a due day when the class is dated, and only then")
        if self.published_on is None and self.urgency != Urgency.DATED:
            faults_found.append("the day of publication is not given, from which its days are counted")
        if self.due_on and self.published_on and self.due_on < self.published_on:
            faults_found.append("it is due before it was published")
        return tuple(faults_found)

    def as_said(self) -> dict[str, object]:
        """The content of the fact that it was made."""
        days_by_name = {"published_on": self.published_on, "due_on": self.due_on}
        return {
            **{field_name: field_text for field_name, field_text in self._texts().items() if field_text},
            **{field_name: named_day.isoformat() for field_name, named_day in days_by_name.items() if named_day},
            "kind": self.kind,
            "origin": self.origin,
            "urgency": self.urgency,
            "addressed_to": self.addressed_to,
        }

    def _texts(self) -> dict[str, str]:
        return {
            "title": " ".join(self.title.split()),
            "words": self.words.strip(),
            "report": " ".join(self.report.split()),
            "source_url": " ".join(self.source_url.split()),
            "owner_post": self.owner_post.strip(),
            "owner_area": self.owner_area.strip(),
            "owner_officer": self.owner_officer.strip(),
        }


def maker_of(origin: Origin) -> Party:
    """Who makes what comes from this, where a register kept elsewhere does not name one."""
    made_by = MAKERS[origin]
    return Party.INSPECTORATE if Party.INSPECTORATE in made_by else next(iter(made_by))


def fault_of_text(field_name: str, field_text: str) -> str:
    """What is wrong with this text, if a fact is to contain it; empty where nothing is."""
    if len(field_text) > LONGEST.get(field_name, RECOMMENDATION_TEXT):
        return f"{field_name} is longer than {LONGEST.get(field_name, RECOMMENDATION_TEXT):,} characters"
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\r\t" for letter in field_text):
        return f"{field_name} has a character that is not text"
    if field_name in {"source_url", "url"} and any(
        not web_address.startswith("https://") for web_address in field_text.split()
    ):
        return f"{field_name} is not a web address that begins with https://"
    return ""


def _listed_names(names: Iterable[StrEnum]) -> str:
    return ", ".join(names)
