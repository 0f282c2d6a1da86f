"""The officers of the made-up force: who works where, under whom, who is away when, and who holds which post."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Final

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY, HOUR, utc_text, wall
from duecare.synthetic.deliveries import Deliveries
from duecare.synthetic.names import pools
from duecare.synthetic.places import Borough

FORCE: Final = "Northmoor Police"
SINCE: Final = wall("2012-01-01 00:00")
GRACE: Final = 48 * HOUR

TEAMS: Final = (
    # team, rank of its members, members, accreditation
    ("Response", "Constable", 3, ""),
    ("Child Abuse Investigation", "Detective Constable", 4, "child_abuse_investigator"),
    ("Public Protection", "Detective Constable", 2, "sex_offender_manager"),
    ("Safeguarding Hub", "Constable", 1, ""),
    ("Custody", "Sergeant", 2, "custody_officer"),
)
POSTS: Final = (
    # kind, rank of its holder
    ("bcu_lead", "Superintendent"),
    ("detective_inspector", "Detective Inspector"),
    ("duty_inspector", "Inspector"),
    ("custody_inspector", "Inspector"),
    ("mash_lead", "Detective Inspector"),
    ("designated_officer", "Inspector"),
    ("missing_coordinator", "Sergeant"),
)


@dataclass(slots=True)
class Officer:
    """Who is this officer?"""

    number: str
    name: str
    rank: str
    team: str
    supervisor: str
    accreditation: str = ""
    absences: list[tuple[int, int | None]] = field(default_factory=list)

    def is_away(self, at: int) -> bool:
        """Are they absent then?"""
        return any(since <= at and (until is None or at < until) for since, until in self.absences)

    def vacancy_within(self, since: int, until: int) -> int | None:
        """When, between these seconds, does their absence leave their cases without anyone?"""
        for away_from, away_to in self.absences:
            vacant = away_from + GRACE
            if since <= away_from and vacant < until and (away_to is None or vacant < away_to):
                return vacant
        return None


@dataclass(slots=True)
class Station:
    """Who works in one borough?"""

    borough: Borough
    members: dict[str, list[Officer]] = field(default_factory=dict)
    supervisors: dict[str, Officer] = field(default_factory=dict)


class Staff:
    """Everyone who works for the made-up force, the same for the same seed."""

    def __init__(self, boroughs: tuple[Borough, ...], chance: Chance, ending: int, size: float) -> None:
        self._chance = chance
        self._ending = ending
        self._next = 0
        self._holders: dict[tuple[int, str], str] = {}
        self.officers: list[Officer] = []
        self.posts: list[tuple[int, list[str]]] = []
        self.stations = [self._station(borough, size) for borough in boroughs]
        lead = self._officer("Deputy Assistant Commissioner", "Command", "")
        deputy = self._officer("Detective Superintendent", "Command", lead.number)
        self._post("chief_officer_lead", "", lead.number, "true")
        self._post("detective_superintendent", "", deputy.number)

    def drawing(self, chance: Chance) -> Staff:
        """The same people, picked by another chance."""
        other = copy(self)
        other._chance = chance
        return other

    def pick(self, borough: Borough, team: str, at: int) -> Officer:
        """Somebody of this team who is at work then, if anybody is."""
        members = self.stations[borough.number].members[team]
        start = int(self._chance.draw() * len(members))
        for step in range(len(members)):
            officer = members[(start + step) % len(members)]
            if not officer.is_away(at):
                return officer
        return members[start]

    def supervisor(self, borough: Borough, team: str) -> Officer:
        """Who leads this team?"""
        return self.stations[borough.number].supervisors[team]

    def holder(self, borough: Borough, kind: str) -> str:
        """Who first held this post?"""
        return self._holders[borough.number, kind]

    def write(self, deliveries: Deliveries) -> None:
        """Lay every officer, absence and post into the deliveries of `people`; the last one names every post again."""
        since = utc_text(SINCE)
        for officer in self.officers:
            about = [officer.number, officer.name, officer.rank, FORCE, officer.team, officer.supervisor]
            about += [officer.accreditation, since, ""]
            deliveries.put("people", "officers", SINCE, [*about, "", "", since, ""])
            for away_from, away_to in officer.absences:
                row = [*about, utc_text(away_from), utc_text(away_to) if away_to else "", utc_text(away_from), ""]
                deliveries.put("people", "officers", away_from, row)
        for written_at, post in self.posts:
            if deliveries.put("people", "posts", written_at, post):
                deliveries.put_into(len(deliveries.extractions) - 1, "people", "posts", post)

    def _station(self, borough: Borough, size: float) -> Station:
        chance, station = self._chance, Station(borough)
        inspectors = {kind: self._officer(rank, "Command", "", borough) for kind, rank in POSTS}
        for kind, officer in inspectors.items():
            self._holders[borough.number, kind] = officer.number
            self._post(kind, borough.name, officer.number, "true" if kind == "designated_officer" else "")
        chief = inspectors["detective_inspector"].number
        for team, rank, count, accreditation in TEAMS:
            leader = self._officer("Detective Sergeant" if "Detective" in rank else "Sergeant", team, chief, borough)
            station.supervisors[team] = leader
            number = max(1, round(count * size * (0.8 + 0.4 * chance.draw())))
            station.members[team] = [
                self._officer(rank, team, leader.number, borough, accreditation, may_be_away=True)
                for _ in range(number)
            ]
        if chance.within(0.35):
            self._change_of_holder(borough)
        return station

    def _change_of_holder(self, borough: Borough) -> None:
        """A post whose holder leaves: often vacant for a while, then filled."""
        kind = self._chance.one(("detective_inspector", "mash_lead", "custody_inspector"))
        _, row = next(post for post in self.posts if post[1][1] == kind and post[1][2] == borough.name)
        left = self._ending - self._chance.between(60, 400) * DAY
        filled = left + max(0, self._chance.between(-10, 20)) * DAY
        number, dedicated = row[0], row[6]
        self.posts.append((left, [*row[:5], utc_text(left), dedicated, "", utc_text(left), ""]))
        successor = self._officer(dict(POSTS)[kind], "Command", "", borough)
        spans = [(left, filled, ""), (filled, None, successor.number)] if filled > left else []
        for since, until, holder in spans or [(left, None, successor.number)]:
            to = utc_text(until) if until else ""
            span = [number, kind, borough.name, holder, utc_text(since), to, dedicated, "", utc_text(since), ""]
            self.posts.append((since, span))

    def _officer(
        self,
        rank: str,
        team: str,
        supervisor: str,
        borough: Borough | None = None,
        accreditation: str = "",
        *,
        may_be_away: bool = False,
    ) -> Officer:
        chance, pool = self._chance, pools()[0]
        self._next += 1
        given = chance.one(pool.female if chance.within(0.45) else pool.male)
        name = f"{given} {chance.one(pool.family)}"
        where = f"{team}, {borough.name}" if borough else team
        officer = Officer(f"NM{10000 + self._next}", name, rank, where, supervisor, accreditation)
        if may_be_away and chance.within(0.13):
            since = self._ending - chance.between(20, 500) * DAY + 8 * HOUR
            officer.absences.append((since, since + chance.between(3, 24) * DAY))
        self.officers.append(officer)
        return officer

    def _post(self, kind: str, area: str, holder: str, dedicated: str = "") -> None:
        number = f"PST{len(self.posts) + 1:04d}"
        since = utc_text(SINCE)
        self.posts.append((SINCE, [number, kind, area, holder, since, "", dedicated, "", since, ""]))
