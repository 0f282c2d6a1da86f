"""Who is looking: an account with its roles, number, teams and areas, and the way it came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from duecare.access.act import Act
from duecare.access.roles import ROLE, Reach, Role

Channel = Literal["web", "command", "job"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who wants to act, in which roles, and by which channel.

    Shape:   read again for every request, so that a role taken away is gone at the next one; a role's name that is not
             in the table gives nothing. `officer` is the warrant or collar number, empty where there is none.
    """

    account: str
    roles: frozenset[str] = frozenset()
    officer: str = ""
    teams: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    channel: Channel = "web"

    @property
    def known_roles(self) -> tuple[Role, ...]:
        """The roles of the table that this viewer has."""
        return tuple(ROLE[name] for name in sorted(self.roles) if name in ROLE)

    @property
    def acts(self) -> frozenset[Act]:
        """The acts this viewer may do at all, by the channel they came in."""
        return frozenset().union(*(role.acts_by(self.channel) for role in self.known_roles))

    @property
    def reach(self) -> frozenset[Reach]:
        """The cases this viewer's roles open, by the channel they came in."""
        return frozenset().union(*(role.reach_by(self.channel) for role in self.known_roles))

    @property
    def side(self) -> str:
        """The side for which this viewer grades or leads: force or inspectorate; empty for neither, and for both."""
        sides = {role.side for role in self.known_roles if role.side}
        return sides.pop() if len(sides) == 1 else ""


def plain(text: str) -> str:
    """The form in which numbers, teams and areas are compared: without case or surrounding space."""
    return text.strip().casefold()


def plain_set(texts: frozenset[str]) -> frozenset[str]:
    """The same for a set; empty ones fall out, for an empty team or area belongs to nobody."""
    return frozenset(plain(text) for text in texts) - {""}
