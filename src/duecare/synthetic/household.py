"""Who lives together: households worked out from their number alone, so that no one need be kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.synthetic import numbers
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY
from duecare.synthetic.names import LOCALES, SHARES, Pool, pools
from duecare.synthetic.places import Borough, Place, dwelling

MOST_MEMBERS: Final = 8

_ETHNICITY: Final = {
    "en_GB": ("W1", "W1", "W1", "W1", "W1", "M1", "B1"),
    "en_IN": ("A1", "A1", "A2", "A3", "A9"),
    "yo_NG": ("B2",),
    "tw_GH": ("B2",),
    "ga_IE": ("W2",),
}


@dataclass(frozen=True, slots=True)
class Human:
    """Who is this made-up person, in truth?

    Shape:   `former` is a family name borne earlier or elsewhere; `places` are where they lived, from the day beside
             each, the first from birth.
    Units:   `born` and the days of `places` are days since 1970.
    """

    key: str
    household: str
    number: int
    given: str
    middle: str
    family: str
    former: str
    sex: str
    born: int
    language: str
    ethnicity: str
    places: tuple[tuple[int, Place], ...]
    phone: str
    email: str
    nhs_no: str = ""
    upn: str = ""
    school: str = ""
    pnc_year: int = 0
    pnc_serial: int = 0

    def place(self, second: int) -> Place:
        """Where did they live then?"""
        day = second // DAY
        found = self.places[0][1]
        for since, place in self.places:
            if since <= day:
                found = place
        return found

    def age(self, second: int) -> int:
        """How old were they then, in years, near enough for choosing what happens to them?"""
        return int((second // DAY - self.born) // 365.25)


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives under one roof?"""

    number: int
    borough: Borough
    adults: tuple[Human, ...]
    children: tuple[Human, ...]

    def minors(self, second: int) -> list[Human]:
        """Which of the children were born and under eighteen then?"""
        return [child for child in self.children if child.born <= second // DAY and child.age(second) < 18]


@dataclass(frozen=True, slots=True)
class Town:
    """Where do households come from? The same seed and number always give the same household."""

    seed: int
    boroughs: tuple[Borough, ...]
    households: int
    today: int
    pools: tuple[Pool, ...]

    @classmethod
    def of(cls, seed: int, boroughs: tuple[Borough, ...], households: int, today: int) -> Town:
        """The town with this seed, as it stands on the day `today` (days since 1970)."""
        return cls(seed, boroughs, households, today, pools())

    def household(self, number: int) -> Household:
        """Who lives in household `number`? Those at or past `households` are people who live alone."""
        chance = Chance(self.seed * 1_000_003 + number)
        borough = self.boroughs[int(chance.draw() ** 1.15 * len(self.boroughs))]
        pool = chance.weighted(self.pools, SHARES)
        home = dwelling(borough, int(chance.draw() * 90_000))
        places: tuple[tuple[int, Place], ...] = ((0, home),)
        if chance.within(0.2):
            moved = self.today - chance.between(10, 620)
            places = (*places, (moved, dwelling(borough, int(chance.draw() * 90_000))))
        family = chance.one(pool.family)
        if number >= self.households:
            alone = self._adult(chance, number, 0, pool, family, places, chance.within(0.03))
            return Household(number, borough, (alone,), ())
        mother_age = chance.between(17, 39)
        eldest = chance.between(0, 19)
        adults = [self._adult(chance, number, 0, pool, family, places, True, mother_age + eldest)]
        if chance.within(0.62):
            adults.append(self._adult(chance, number, 1, pool, family, places, False, mother_age + eldest + 2))
        return Household(number, borough, tuple(adults), self._children(chance, number, pool, family, places, eldest))

    def _children(
        self,
        chance: Chance,
        number: int,
        pool: Pool,
        family: str,
        places: tuple[tuple[int, Place], ...],
        eldest: int,
    ) -> tuple[Human, ...]:
        born = self.today - int((eldest + chance.draw()) * 365.25)
        count = chance.weighted((1, 2, 3, 4), (0.34, 0.74, 0.92, 1.0))
        other_parent = chance.one(pool.family)
        children: list[Human] = []
        used: set[str] = set()
        is_twin = False
        for index in range(count):
            if index and not is_twin:
                born += chance.between(330, 1500)
            if born > self.today - 3:
                break
            half = index > 0 and chance.within(0.14)
            child = self._child(chance, number, 2 + index, pool, family, other_parent if half else "", places, born)
            if child.given in used:
                continue
            used.add(child.given)
            children.append(child)
            is_twin = not is_twin and chance.within(0.04)
        return tuple(children)

    def _child(
        self,
        chance: Chance,
        number: int,
        member: int,
        pool: Pool,
        family: str,
        other_family: str,
        places: tuple[tuple[int, Place], ...],
        born: int,
    ) -> Human:
        sex = "F" if chance.within(0.5) else "M"
        source = self.pools[0] if chance.within(0.25) else pool
        given = chance.one(source.female if sex == "F" else source.male)
        serial = number * 3 + member - 2
        at_school = (self.today - born) / 365.25 >= 4
        return Human(
            key=f"P{number * MOST_MEMBERS + member:07d}",
            household=f"H{number:06d}",
            number=number * MOST_MEMBERS + member,
            given=given,
            middle=chance.one(source.female if sex == "F" else source.male) if chance.within(0.3) else "",
            family=other_family or family,
            former=family if other_family else "",
            sex=sex,
            born=born,
            language=pool.language,
            ethnicity=_ethnicity(chance, pool.language),
            places=places,
            phone=numbers.phone(number * 7 + member) if (self.today - born) / 365.25 > 10 else "",
            email="",
            nhs_no=numbers.nhs_number(serial + 100) if serial < 999_000 else "",
            upn=numbers.upn(950 + number % 32, 1000 + number % 97, serial) if at_school else "",
            school=f"{places[-1][1].address.rsplit(', ', 1)[-1]} {'Academy' if number % 3 else 'High School'}"
            if at_school
            else "",
            pnc_year=2019 + serial % 7,
            pnc_serial=serial + 1000,
        )

    def _adult(
        self,
        chance: Chance,
        number: int,
        member: int,
        pool: Pool,
        family: str,
        places: tuple[tuple[int, Place], ...],
        is_woman: bool,
        age: int = 0,
    ) -> Human:
        given = chance.one(pool.female if is_woman else pool.male)
        years = age or chance.between(19, 74)
        own = chance.one(pool.family) if chance.within(0.25) else family
        serial = number * 2 + member + 2_000_000
        return Human(
            key=f"P{number * MOST_MEMBERS + member:07d}",
            household=f"H{number:06d}",
            number=number * MOST_MEMBERS + member,
            given=given,
            middle=chance.one(pool.female if is_woman else pool.male) if chance.within(0.3) else "",
            family=own,
            former=chance.one(pool.family) if is_woman and chance.within(0.35) else "",
            sex="F" if is_woman else "M",
            born=self.today - int((years + chance.draw()) * 365.25),
            language=pool.language,
            ethnicity=_ethnicity(chance, pool.language),
            places=places,
            phone=numbers.phone(number * 7 + member),
            email=f"person{number * MOST_MEMBERS + member}@example.org" if chance.within(0.4) else "",
            pnc_year=1990 + serial % 34,
            pnc_serial=serial,
        )


def _ethnicity(chance: Chance, language: str) -> str:
    return chance.one(_ETHNICITY.get(language, ("W9",)))


assert len(LOCALES) == len(SHARES)
