"""A children in need census of made-up children, written piece by piece; what is not given is true to life."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>{collection}</Collection>
      <Year>{year}</Year>
      <ReferenceDate>{day}</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{lea}</LEA>
      <SoftwareCode>made up</SoftwareCode>
      <SerialNo>001</SerialNo>
      <DateTime>{time}</DateTime>
    </Source>
  </Header>
  <Children>
"""
TAIL = "  </Children>\n</Message>\n"


def element(name: str, inside: str) -> str:
    """One element, on a line of its own."""
    return f"<{name}>{inside}</{name}>\n"


def leaves(**values: str | Iterable[str]) -> str:
    """Elements that hold a text each, in order; several of one name for a list."""
    several = ((name, [text] if isinstance(text, str) else text) for name, text in values.items())
    return "".join(element(name, text) for name, texts in several for text in texts)


def census(*children: str, year: str = "2023", day: str = "", collection: str = "CIN", **head: str) -> str:
    """A whole file with these children."""
    said = {"lea": "202", "time": f"{year}-05-23T11:14:05", "day": day or f"{year}-03-31", **head}
    return HEAD.format(collection=collection, year=year, **said) + "".join(children) + TAIL


def child(*details: str, child_id: str = "C1", who: str = "", **identifiers: str | Iterable[str]) -> str:
    """A child with these CINdetails."""
    said = {"PersonBirthDate": "2012-04-05", "GenderCurrent": "2", **identifiers}
    inside = element("ChildIdentifiers", leaves(LAchildID=child_id, **{k: v for k, v in said.items() if v}))
    about = who or leaves(Ethnicity="WBRI") + element("Disabilities", leaves(Disability=["NONE"]))
    return element("Child", inside + element("ChildCharacteristics", about) + "".join(details))


def details(*groups: str, referred: str = "2022-10-06", **values: str) -> str:
    """A referral and what followed it."""
    return element("CINdetails", leaves(CINreferralDate=referred, ReferralSource="1A", **values) + "".join(groups))


def assessment(start: str, end: str = "", **values: str) -> str:
    """An assessment, authorised or not."""
    ended = {"AssessmentAuthorisationDate": end} if end else {}
    factors = element("FactorsIdentifiedAtAssessment", leaves(AssessmentFactors=["2A", "2B"]))
    return element("Assessments", leaves(AssessmentActualStartDate=start, **ended, **values) + factors)


def enquiry(start: str, **values: str) -> str:
    """An enquiry under section 47."""
    return element("Section47", leaves(S47ActualStartDate=start, **values))


def plan(start: str, *reviews: str, **values: str) -> str:
    """A child protection plan and its reviews."""
    inside = leaves(CPPstartDate=start, **values)
    return element(
        "ChildProtectionPlans", inside + "".join(element("Reviews", leaves(CPPreviewDate=r)) for r in reviews)
    )
