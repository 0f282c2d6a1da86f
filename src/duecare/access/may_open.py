"""Which cases and people a viewer may open, restricted and sealed ones too: need to know as a filter, for queries as well."""

from __future__ import annotations

from dataclasses import dataclass

from duecare.access.roles import Reach
from duecare.access.thing import CaseThing, PersonThing
from duecare.access.viewer import Viewer, plain, plain_set
from duecare.vocabulary.areas import plain_area


@dataclass(frozen=True, slots=True)
class Scope:
    """The cases and people that may appear in what this viewer is shown.

    Shape:   a case is admitted by any of these, subject to restriction and sealing; `admits` says the whole rule, and
             the store's query must say the same. `officers`, `teams` and `areas` are stripped and case-folded.
             `everything` is all but the sealed.
    """

    everything: bool = False
    areas: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    custody_now: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nobody's case or person is within this scope."""
        return not (self.everything or self.areas or self.teams or self.officers or self.custody_now)

    def names(self, case: CaseThing) -> bool:
        """Whether the viewer is allocated to this case, or its supervisor, by name; restriction and seal do not bar those."""
        return bool(self.officers & plain_set(case.officers | case.supervisors))

    def admits(self, case: CaseThing) -> bool:
        """Whether this case may be shown."""
        if self.names(case):
            return True
        if case.sealed:
            return False
        if self.everything:
            return True
        if case.restricted:
            return False
        return (
            plain_area(case.area) in self.areas
            or plain(case.team) in self.teams
            or (self.custody_now and case.in_custody_now)
        )

    def admits_person(self, person: PersonThing) -> bool:
        """Whether this person may be shown: one of their cases may, unless they are sealed or restricted themselves."""
        if any(self.names(case) for case in person.cases):
            return True
        if person.sealed:
            return False
        if self.everything:
            return True
        if person.restricted:
            return False
        return any(self.admits(case) for case in person.cases) or (self.custody_now and person.in_custody_now)


def scope(viewer: Viewer) -> Scope:
    """The cases and people this viewer may see, by the channel they came in."""
    reach = viewer.reach
    return Scope(
        everything=Reach.ALL in reach,
        areas=frozenset(map(plain_area, viewer.areas)) - {""} if Reach.AREA in reach else frozenset(),
        teams=plain_set(viewer.teams) if Reach.TEAM in reach else frozenset(),
        officers=plain_set(frozenset({viewer.officer})) if Reach.NAMED in reach else frozenset(),
        custody_now=Reach.CUSTODY_NOW in reach,
    )
