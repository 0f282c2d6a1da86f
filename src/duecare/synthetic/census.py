"""The children in need census of some of Northmoor's authorities, as XML: what their own systems hold of enquiries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from xml.sax.saxutils import escape

from duecare.record.layouts import CENSUS_YEARS
from duecare.synthetic.clock import DAY, day_number, day_text, seconds
from duecare.synthetic.force import Enquired, Force
from duecare.synthetic.household import Human
from duecare.synthetic.numbers import UPN_LETTERS
from duecare.synthetic.places import Borough

EVERY: Final = 2
"""One authority in so many sends its census."""

UNKNOWN_ELSEWHERE: Final = 0.12
"""The census names nobody. Of children whose pupil number no other system holds, it has only this share."""

FIRST_AUTHORITY: Final = 950
_ETHNICITY: Final = {
    "W1": "WBRI", "W2": "WIRI", "W9": "WOTH", "M1": "MWBC", "B1": "BCRB", "B2": "BAFR", "A1": "AIND", "A2": "APKN",
    "A3": "ABAN", "A9": "AOTH",
}  # fmt: skip


@dataclass(slots=True)
class _Lines:
    """The lines of a file, as deep as its elements, and how many rows they hold."""

    lines: list[str]
    rows: int = 0
    deep: int = 0

    def open(self, name: str, *, row: bool = False) -> None:
        self.lines.append(f"{'  ' * self.deep}<{name}>")
        self.deep += 1
        self.rows += row

    def shut(self, name: str) -> None:
        self.deep -= 1
        self.lines.append(f"{'  ' * self.deep}</{name}>")

    def leaf(self, name: str, text: str) -> None:
        if text:
            self.lines.append(f"{'  ' * self.deep}<{name}>{escape(text)}</{name}>")


def returns(force: Force, index: int) -> None:
    """The census of the last year but this, once, at the first extraction after the end of July."""
    moments = force.deliveries.extractions
    until, since = moments[index], moments[index - 1] if index else moments[index] - 40 * DAY
    for year in CENSUS_YEARS:
        closes = seconds(datetime(year, 7, 31, 12, tzinfo=UTC))
        if since < closes <= until:
            for borough in force.town.boroughs[::EVERY]:
                _return(force, index, borough, year, closes)


def _return(force: Force, index: int, borough: Borough, year: int, closes: int) -> None:
    first, last = day_number(date(year - 1, 4, 1)), day_number(date(year, 3, 31))
    mine = [one for one in force.enquired if one.borough is borough and first <= one.started // DAY <= last]
    if not mine:
        return
    of_child: dict[int, list[Enquired]] = {}
    who: dict[int, Human] = {}
    for one in mine:
        for child in one.children:
            if child.number not in of_child and not _is_in(force, child):
                continue
            of_child.setdefault(child.number, []).append(one)
            who[child.number] = child
    if not who:
        return
    out = _Lines(['<?xml version="1.0" encoding="utf-8"?>'])
    authority = str(FIRST_AUTHORITY + borough.number)
    _head(out, authority, year, closes)
    for number, enquiries in sorted(of_child.items()):
        _child(force, out, authority, who[number], enquiries, last)
    out.shut("Children")
    out.shut("Message")
    text = "\n".join(out.lines) + "\n"
    force.deliveries.put_text(index, "cin", f"CIN_{authority}_{year}.xml", text, out.rows)


def _is_in(force: Force, child: Human) -> bool:
    return child.number in force.nominals.with_upn or force.chance.within(UNKNOWN_ELSEWHERE)


def _head(out: _Lines, authority: str, year: int, closes: int) -> None:
    out.open("Message")
    out.open("Header")
    out.open("CollectionDetails")
    out.leaf("Collection", "CIN")
    out.leaf("Year", str(year))
    out.leaf("ReferenceDate", f"{year}-03-31")
    out.shut("CollectionDetails")
    out.open("Source")
    out.leaf("SourceLevel", "L")
    out.leaf("LEA", authority)
    out.leaf("SoftwareCode", "made up")
    out.leaf("SerialNo", "001")
    out.leaf("DateTime", f"{day_text(closes // DAY)}T10:00:00")
    out.shut("Source")
    out.shut("Header")
    out.open("Children")


def _child(force: Force, out: _Lines, authority: str, child: Human, enquiries: Iterable[Enquired], last: int) -> None:
    chance = force.chance
    own = f"NM{child.number:08d}"
    force.nominals.booked("cin", f"{authority}/{own}", child)
    upn = child.upn
    if upn and chance.within(0.08):
        upn = UPN_LETTERS[(UPN_LETTERS.index(upn[0]) + 1) % 23] + upn[1:]
    out.open("Child", row=True)
    out.open("ChildIdentifiers")
    out.leaf("LAchildID", own)
    out.leaf("UPN", upn)
    out.leaf("UPNunknown", "" if upn else "UN1")
    out.leaf("PersonBirthDate", day_text(child.born))
    out.leaf("Sex", child.sex)
    out.shut("ChildIdentifiers")
    out.open("ChildCharacteristics")
    out.leaf("Ethnicity", _ETHNICITY.get(child.ethnicity, "NOBT"))
    out.open("Disabilities")
    out.leaf("Disability", chance.weighted(("NONE", "LD", "BEH", "AUT"), (0.87, 0.92, 0.97, 1.0)))
    out.shut("Disabilities")
    out.shut("ChildCharacteristics")
    for referred, one in _by_referral(enquiries, chance.between(1, 4)):
        _details(force, out, one, referred, last)
    out.shut("Child")


def _by_referral(enquiries: Iterable[Enquired], before: int) -> Iterator[tuple[int, Enquired]]:
    """Each enquiry with the day of a referral of its own."""
    used: set[int] = set()
    for one in sorted(enquiries, key=lambda each: each.at):
        referred = one.at // DAY - before
        while referred in used:
            referred += 1
        used.add(referred)
        yield referred, one


def _details(force: Force, out: _Lines, one: Enquired, referred: int, last: int) -> None:
    chance = force.chance

    def day(second: int) -> str:
        return day_text(second // DAY) if second and second // DAY <= last else ""

    out.open("CINdetails", row=True)
    out.leaf("CINreferralDate", day_text(referred))
    out.leaf("ReferralSource", chance.one(("1A", "3A", "5A", "6")))
    out.leaf("PrimaryNeedCode", "N1")
    closed = day(max(one.closed, one.assessed, one.plan_ended))
    out.leaf("CINclosureDate", closed)
    out.leaf("ReasonForClosure", "RC7" if closed else "")
    out.leaf("ReferralNFA", "0")
    ended = day(one.assessed)
    out.open("Assessments", row=True)
    out.leaf("AssessmentActualStartDate", day_text(referred + (chance.draw() < 0.6)))
    if ended and chance.within(0.04):
        ended = day_text(referred - chance.between(1, 40))
    out.leaf("AssessmentAuthorisationDate", ended)
    out.open("FactorsIdentifiedAtAssessment")
    out.leaf("AssessmentFactors", chance.one(("3B", "4B", "15A", "18B")))
    out.shut("FactorsIdentifiedAtAssessment")
    out.shut("Assessments")
    out.open("Section47", row=True)
    out.leaf("S47ActualStartDate", day_text(one.started // DAY))
    out.leaf("InitialCPCtarget", day_text(force.working_day_after(one.at, 15) // DAY))
    out.leaf("DateOfInitialCPC", day(one.held))
    out.leaf("ICPCnotRequired", "true" if one.needs_none else "false")
    out.shut("Section47")
    if one.is_planned and day(one.held):
        _plan(out, one, day(one.plan_ended), last)
    out.shut("CINdetails")


def _plan(out: _Lines, one: Enquired, ended: str, last: int) -> None:
    out.open("ChildProtectionPlans", row=True)
    out.leaf("CPPstartDate", day_text(one.held // DAY))
    out.leaf("CPPendDate", ended)
    out.leaf("InitialCategoryOfAbuse", "NEG")
    out.leaf("LatestCategoryOfAbuse", "NEG")
    out.leaf("NumberOfPreviousCPP", "0")
    reviewed = one.held // DAY + 85
    if reviewed <= last:
        out.open("Reviews", row=True)
        out.leaf("CPPreviewDate", day_text(reviewed))
        out.shut("Reviews")
    out.shut("ChildProtectionPlans")
