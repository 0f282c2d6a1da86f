"""The children in need census of some of Northmoor's authorities, as XML: their own systems' record of enquiries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from xml.sax.saxutils import escape

from duecare.record.layouts import CENSUS_YEARS
from duecare.synthetic.clock import DAY_SECONDS, day_number, day_text, to_seconds
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
    """The lines of a file, as deep as its elements, and the number of rows in them."""

    lines: list[str]
    rows: int = 0
    deep: int = 0

    def open(self, element_name: str, *, is_row: bool = False) -> None:
        self.lines.append(f"{'  ' * self.deep}<{element_name}>")
        self.deep += 1
        self.rows += is_row

    def close(self, element_name: str) -> None:
        self.deep -= 1
        self.lines.append(f"{'  ' * self.deep}</{element_name}>")

    def leaf(self, element_name: str, leaf_text: str) -> None:
        if leaf_text:
            self.lines.append(f"{'  ' * self.deep}<{element_name}>{escape(leaf_text)}</{element_name}>")


def census_returns(force: Force, index: int) -> None:
    """The census of the last year but this, once, at the first extraction after the end of July."""
    moments = force.deliveries.extractions
    until, since = moments[index], moments[index - 1] if index else moments[index] - 40 * DAY_SECONDS
    for census_year in CENSUS_YEARS:
        closes = to_seconds(datetime(census_year, 7, 31, 12, tzinfo=UTC))
        if since < closes <= until:
            for borough in force.town.boroughs[::EVERY]:
                _write_return(force, index, borough, census_year, closes)


def _write_return(force: Force, index: int, borough: Borough, census_year: int, closes: int) -> None:
    first_day, last_day = day_number(date(census_year - 1, 4, 1)), day_number(date(census_year, 3, 31))
    own_enquiries = [
        each_enquiry
        for each_enquiry in force.enquired
        if each_enquiry.borough is borough and first_day <= each_enquiry.started // DAY_SECONDS <= last_day
    ]
    if not own_enquiries:
        return
    of_child: dict[int, list[Enquired]] = {}
    children: dict[int, Human] = {}
    for own_enquiry in own_enquiries:
        for child in own_enquiry.children:
            if child.number not in of_child and not _is_in(force, child):
                continue
            of_child.setdefault(child.number, []).append(own_enquiry)
            children[child.number] = child
    if not children:
        return
    output_lines = _Lines(['<?xml version="1.0" encoding="utf-8"?>'])
    authority = str(FIRST_AUTHORITY + borough.number)
    _write_head(output_lines, authority, census_year, closes)
    for number, enquiries in sorted(of_child.items()):
        _write_child(force, output_lines, authority, children[number], enquiries, last_day)
    output_lines.close("Children")
    output_lines.close("Message")
    return_text = "\n".join(output_lines.lines) + "\n"
    force.deliveries.put_text(index, "cin", f"CIN_{authority}_{census_year}.xml", return_text, output_lines.rows)


def _is_in(force: Force, child: Human) -> bool:
    return child.number in force.nominals.with_upn or force.chance.within(UNKNOWN_ELSEWHERE)


def _write_head(output_lines: _Lines, authority: str, census_year: int, closes: int) -> None:
    output_lines.open("Message")
    output_lines.open("Header")
    output_lines.open("CollectionDetails")
    output_lines.leaf("Collection", "CIN")
    output_lines.leaf("Year", str(census_year))
    output_lines.leaf("ReferenceDate", f"{census_year}-03-31")
    output_lines.close("CollectionDetails")
    output_lines.open("Source")
    output_lines.leaf("SourceLevel", "L")
    output_lines.leaf("LEA", authority)
    output_lines.leaf("SoftwareCode", "made up")
    output_lines.leaf("SerialNo", "001")
    output_lines.leaf("DateTime", f"{day_text(closes // DAY_SECONDS)}T10:00:00")
    output_lines.close("Source")
    output_lines.close("Header")
    output_lines.open("Children")


def _write_child(
    force: Force, output_lines: _Lines, authority: str, child: Human, enquiries: Iterable[Enquired], last_day: int
) -> None:
    chance = force.chance
    own_number = f"NM{child.number:08d}"
    force.nominals.booked("cin", f"{authority}/{own_number}", child)
    pupil_number = child.upn
    if pupil_number and chance.within(0.08):
        pupil_number = UPN_LETTERS[(UPN_LETTERS.index(pupil_number[0]) + 1) % 23] + pupil_number[1:]
    output_lines.open("Child", is_row=True)
    output_lines.open("ChildIdentifiers")
    output_lines.leaf("LAchildID", own_number)
    output_lines.leaf("UPN", pupil_number)
    output_lines.leaf("UPNunknown", "" if pupil_number else "UN1")
    output_lines.leaf("PersonBirthDate", day_text(child.born))
    output_lines.leaf("Sex", child.sex)
    output_lines.close("ChildIdentifiers")
    output_lines.open("ChildCharacteristics")
    output_lines.leaf("Ethnicity", _ETHNICITY.get(child.ethnicity, "NOBT"))
    output_lines.open("Disabilities")
    output_lines.leaf("Disability", chance.weighted(("NONE", "LD", "BEH", "AUT"), (0.87, 0.92, 0.97, 1.0)))
    output_lines.close("Disabilities")
    output_lines.close("ChildCharacteristics")
    for referred, own_enquiry in _by_referral(enquiries, chance.between(1, 4)):
        _write_details(force, output_lines, own_enquiry, referred, last_day)
    output_lines.close("Child")


def _by_referral(enquiries: Iterable[Enquired], before: int) -> Iterator[tuple[int, Enquired]]:
    """Each enquiry with the day of a referral of its own."""
    used_referrals: set[int] = set()
    for own_enquiry in sorted(enquiries, key=lambda each_enquiry: each_enquiry.at):
        referred = own_enquiry.at // DAY_SECONDS - before
        while referred in used_referrals:
            referred += 1
        used_referrals.add(referred)
        yield referred, own_enquiry


def _write_details(force: Force, output_lines: _Lines, own_enquiry: Enquired, referred: int, last_day: int) -> None:
    chance = force.chance

    def london_day(second: int) -> str:
        return day_text(second // DAY_SECONDS) if second and second // DAY_SECONDS <= last_day else ""

    output_lines.open("CINdetails", is_row=True)
    output_lines.leaf("CINreferralDate", day_text(referred))
    output_lines.leaf("ReferralSource", chance.one(("1A", "3A", "5A", "6")))
    output_lines.leaf("PrimaryNeedCode", "N1")
    closed = london_day(max(own_enquiry.closed, own_enquiry.assessed, own_enquiry.plan_ended))
    output_lines.leaf("CINclosureDate", closed)
    output_lines.leaf("ReasonForClosure", "RC7" if closed else "")
    output_lines.leaf("ReferralNFA", "0")
    ended = london_day(own_enquiry.assessed)
    output_lines.open("Assessments", is_row=True)
    output_lines.leaf("AssessmentActualStartDate", day_text(referred + (chance.draw() < 0.6)))
    if ended and chance.within(0.04):
        ended = day_text(referred - chance.between(1, 40))
    output_lines.leaf("AssessmentAuthorisationDate", ended)
    output_lines.open("FactorsIdentifiedAtAssessment")
    output_lines.leaf("AssessmentFactors", chance.one(("3B", "4B", "15A", "18B")))
    output_lines.close("FactorsIdentifiedAtAssessment")
    output_lines.close("Assessments")
    output_lines.open("Section47", is_row=True)
    output_lines.leaf("S47ActualStartDate", day_text(own_enquiry.started // DAY_SECONDS))
    output_lines.leaf("InitialCPCtarget", day_text(force.working_day_after(own_enquiry.at, 15) // DAY_SECONDS))
    output_lines.leaf("DateOfInitialCPC", london_day(own_enquiry.held))
    output_lines.leaf("ICPCnotRequired", "true" if own_enquiry.needs_none else "false")
    output_lines.close("Section47")
    if own_enquiry.is_planned and london_day(own_enquiry.held):
        _write_plan(output_lines, own_enquiry, london_day(own_enquiry.plan_ended), last_day)
    output_lines.close("CINdetails")


def _write_plan(output_lines: _Lines, own_enquiry: Enquired, ended: str, last_day: int) -> None:
    output_lines.open("ChildProtectionPlans", is_row=True)
    output_lines.leaf("CPPstartDate", day_text(own_enquiry.held // DAY_SECONDS))
    output_lines.leaf("CPPendDate", ended)
    output_lines.leaf("InitialCategoryOfAbuse", "NEG")
    output_lines.leaf("LatestCategoryOfAbuse", "NEG")
    output_lines.leaf("NumberOfPreviousCPP", "0")
    reviewed = own_enquiry.held // DAY_SECONDS + 85
    if reviewed <= last_day:
        output_lines.open("Reviews", is_row=True)
        output_lines.leaf("CPPreviewDate", day_text(reviewed))
        output_lines.close("Reviews")
    output_lines.close("ChildProtectionPlans")
