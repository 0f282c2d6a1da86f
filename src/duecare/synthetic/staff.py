"""The officers of the made-up force: their places, supervisors, absences and posts."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Final

from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS, HOUR_SECONDS, utc_text, wall_seconds
from duecare.synthetic.deliveries import Deliveries
from duecare.synthetic.names import name_pools
from duecare.synthetic.places import Borough

FORCE: Final = "Northmoor Police"
SINCE: Final = wall_seconds("2012-01-01 00:00")
GRACE: Final = 48 * HOUR_SECONDS

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
    """One officer."""

    number: str
    name: str
    rank: str
    team: str
    supervisor: str
    accreditation: str = ""
    absences: list[tuple[int, int | None]] = field(default_factory=list)

    def is_away(self, happened_at: int) -> bool:
        """Whether they are absent then."""
        return any(since <= happened_at and (until is None or happened_at < until) for since, until in self.absences)

    def vacancy_within(self, since: int, until: int) -> int | None:
        """The moment, between these seconds, at which their absence leaves their cases without anyone."""
        for away_from, away_to in self.absences:
            vacant = away_from + GRACE
            if since <= away_from and vacant < until and (away_to is None or vacant < away_to):
                return vacant
        return None


@dataclass(slots=True)
class Station:
    """The people who work in one borough."""

    borough: Borough
    members: dict[str, list[Officer]] = field(default_factory=dict)
    supervisors: dict[str, Officer] = field(default_factory=dict)


class Staff:
    """Everyone who works for the made-up force, the same for the same seed."""

    def __init__(self, boroughs: tuple[Borough, ...], chance: Chance, ending: int, staff_size: float) -> None:
        self._chance = chance
        self._ending = ending
        self._next = 0
        self._holders: dict[tuple[int, str], str] = {}
        self.officers: list[Officer] = []
        self.posts: list[tuple[int, list[str]]] = []
        self.stations = [self._station(borough, staff_size) for borough in boroughs]
        lead_officer = self._officer("Deputy Assistant Commissioner", "Command", "")
        deputy = self._officer("Detective Superintendent", "Command", lead_officer.number)
        self._post("chief_officer_lead", "", lead_officer.number, "true")
        self._post("detective_superintendent", "", deputy.number)

    def drawing(self, chance: Chance) -> Staff:
        """The same people, picked by another chance."""
        other_staff = copy(self)
        other_staff._chance = chance
        return other_staff

    def pick(self, borough: Borough, team_name: str, happened_at: int) -> Officer:
        """Somebody of this team who is at work then, if anybody is."""
        members = self.stations[borough.number].members[team_name]
        start = int(self._chance.draw() * len(members))
        for step_number in range(len(members)):
            officer = members[(start + step_number) % len(members)]
            if not officer.is_away(happened_at):
                return officer
        return members[start]

    def supervisor(self, borough: Borough, team_name: str) -> Officer:
        """The leader of this team."""
        return self.stations[borough.number].supervisors[team_name]

    def holder(self, borough: Borough, post_kind: str) -> str:
        """The first holder of this post."""
        return self._holders[borough.number, post_kind]

    def write(self, deliveries: Deliveries) -> None:
        """Lay every officer, absence and post into the deliveries of `people`; the last one names every post again."""
        since = utc_text(SINCE)
        for officer in self.officers:
            about = [officer.number, officer.name, officer.rank, FORCE, officer.team, officer.supervisor]
            about += [officer.accreditation, since, ""]
            deliveries.put("people", "officers", SINCE, [*about, "", "", since, ""])
            for away_from, away_to in officer.absences:
                officer_row = [
                    *about,
                    utc_text(away_from),
                    utc_text(away_to) if away_to else "",
                    utc_text(away_from),
                    "",
                ]
                deliveries.put("people", "officers", away_from, officer_row)
        for written_at, post_row in self.posts:
            if deliveries.put("people", "posts", written_at, post_row):
                deliveries.put_into(len(deliveries.extractions) - 1, "people", "posts", post_row)

    def _station(self, borough: Borough, staff_size: float) -> Station:
        chance, station = self._chance, Station(borough)
        inspectors = {
            post_kind: self._officer(officer_rank, "Command", "", borough) for post_kind, officer_rank in POSTS
        }
        for post_kind, officer in inspectors.items():
            self._holders[borough.number, post_kind] = officer.number
            self._post(post_kind, borough.name, officer.number, "true" if post_kind == "designated_officer" else "")
        chief = inspectors["detective_inspector"].number
        for team_name, officer_rank, count, accreditation in TEAMS:
            leader = self._officer(
                "Detective Sergeant" if "Detective" in officer_rank else "Sergeant", team_name, chief, borough
            )
            station.supervisors[team_name] = leader
            number = max(1, round(count * staff_size * (0.8 + 0.4 * chance.draw())))
            station.members[team_name] = [
                self._officer(officer_rank, team_name, leader.number, borough, accreditation, may_be_away=True)
                for _ in range(number)
            ]
        if chance.within(0.35):
            self._change_of_holder(borough)
        return station

    def _change_of_holder(self, borough: Borough) -> None:
        """A post with a holder who leaves: often vacant for a while, then filled."""
        post_kind = self._chance.one(("detective_inspector", "mash_lead", "custody_inspector"))
        _, holder_row = next(
            post_row for post_row in self.posts if post_row[1][1] == post_kind and post_row[1][2] == borough.name
        )
        left_at = self._ending - self._chance.between(60, 400) * DAY_SECONDS
        filled = left_at + max(0, self._chance.between(-10, 20)) * DAY_SECONDS
        number, dedicated = holder_row[0], holder_row[6]
        self.posts.append((left_at, [*holder_row[:5], utc_text(left_at), dedicated, "", utc_text(left_at), ""]))
        successor = self._officer(dict(POSTS)[post_kind], "Command", "", borough)
        spans = [(left_at, filled, ""), (filled, None, successor.number)] if filled > left_at else []
        for since, until, holder in spans or [(left_at, None, successor.number)]:
            until_text = utc_text(until) if until else ""
            post_span = [
                number,
                post_kind,
                borough.name,
                holder,
                utc_text(since),
                until_text,
                dedicated,
                "",
                utc_text(since),
                "",
            ]
            self.posts.append((since, post_span))

    def _officer(
        self,
        officer_rank: str,
        team_name: str,
        supervisor: str,
        borough: Borough | None = None,
        accreditation: str = "",
        *,
        may_be_away: bool = False,
    ) -> Officer:
        chance, name_pool = self._chance, name_pools()[0]
        self._next += 1
        given_name = chance.one(name_pool.female if chance.within(0.45) else name_pool.male)
        officer_name = f"{given_name} {chance.one(name_pool.family)}"
        where = f"{team_name}, {borough.name}" if borough else team_name
        officer = Officer(f"NM{10000 + self._next}", officer_name, officer_rank, where, supervisor, accreditation)
        if may_be_away and chance.within(0.13):
            since = self._ending - chance.between(20, 500) * DAY_SECONDS + 8 * HOUR_SECONDS
            officer.absences.append((since, since + chance.between(3, 24) * DAY_SECONDS))
        self.officers.append(officer)
        return officer

    def _post(self, post_kind: str, area_name: str, holder: str, dedicated: str = "") -> None:
        number = f"PST{len(self.posts) + 1:04d}"
        since = utc_text(SINCE)
        self.posts.append((SINCE, [number, post_kind, area_name, holder, since, "", dedicated, "", since, ""]))
