"""Who lives together in the made-up force, siblings and twins among them: worked out from each household's number alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from duecare.synthetic import numbers
from duecare.synthetic.chance import Chance
from duecare.synthetic.clock import DAY_SECONDS
from duecare.synthetic.names import LOCALES, SHARES, Pool, name_pools
from duecare.synthetic.places import Borough, Place, make_dwelling

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
    """A made-up person, in truth.

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
        """Where they lived then."""
        day_wanted = second // DAY_SECONDS
        place_found = self.places[0][1]
        for since, place in self.places:
            if since <= day_wanted:
                place_found = place
        return place_found

    def age(self, second: int) -> int:
        """Their age then in years, near enough for choosing what happens to them."""
        return int((second // DAY_SECONDS - self.born) // 365.25)


@dataclass(frozen=True, slots=True)
class Household:
    """The people under one roof."""

    number: int
    borough: Borough
    adults: tuple[Human, ...]
    children: tuple[Human, ...]

    def minors(self, second: int) -> list[Human]:
        """The children who were born and under eighteen then."""
        return [child for child in self.children if child.born <= second // DAY_SECONDS and child.age(second) < 18]


@dataclass(frozen=True, slots=True)
class Town:
    """The source of households: the same seed and number always give the same household."""

    seed: int
    boroughs: tuple[Borough, ...]
    households: int
    today: int
    pools: tuple[Pool, ...]

    @classmethod
    def of(cls, chance_seed: int, boroughs: tuple[Borough, ...], households: int, today: int) -> Town:
        """The town with this seed, as it stands on the day `today` (days since 1970)."""
        return cls(chance_seed, boroughs, households, today, name_pools())

    def household(self, number: int) -> Household:
        """The people of household `number`; those at or past `households` are people who live alone."""
        chance = Chance(self.seed * 1_000_003 + number)
        borough = self.boroughs[int(chance.draw() ** 1.15 * len(self.boroughs))]
        name_pool = chance.weighted(self.pools, SHARES)
        home_place = make_dwelling(borough, int(chance.draw() * 90_000))
        places: tuple[tuple[int, Place], ...] = ((0, home_place),)
        if chance.within(0.2):
            moved = self.today - chance.between(10, 620)
            places = (*places, (moved, make_dwelling(borough, int(chance.draw() * 90_000))))
        family = chance.one(name_pool.family)
        if number >= self.households:
            alone = self._adult(chance, number, 0, name_pool, family, places, chance.within(0.03))
            return Household(number, borough, (alone,), ())
        mother_age = chance.between(17, 39)
        eldest = chance.between(0, 19)
        adults = [self._adult(chance, number, 0, name_pool, family, places, True, mother_age + eldest)]
        if chance.within(0.62):
            adults.append(self._adult(chance, number, 1, name_pool, family, places, False, mother_age + eldest + 2))
        return Household(
            number, borough, tuple(adults), self._children(chance, number, name_pool, family, places, eldest)
        )

    def _children(
        self,
        chance: Chance,
        number: int,
        name_pool: Pool,
        family: str,
        places: tuple[tuple[int, Place], ...],
        eldest: int,
    ) -> tuple[Human, ...]:
        birth_day = self.today - int((eldest + chance.draw()) * 365.25)
        count = chance.weighted((1, 2, 3, 4), (0.34, 0.74, 0.92, 1.0))
        other_parent = chance.one(name_pool.family)
        children: list[Human] = []
        used_names: set[str] = set()
        is_twin = False
        for index in range(count):
            if index and not is_twin:
                birth_day += chance.between(330, 1500)
            if birth_day > self.today - 3:
                break
            is_half = index > 0 and chance.within(0.14)
            child = self._child(
                chance, number, 2 + index, name_pool, family, other_parent if is_half else "", places, birth_day
            )
            if child.given in used_names:
                continue
            used_names.add(child.given)
            children.append(child)
            is_twin = not is_twin and chance.within(0.04)
        return tuple(children)

    def _child(
        self,
        chance: Chance,
        number: int,
        member: int,
        name_pool: Pool,
        family: str,
        other_family: str,
        places: tuple[tuple[int, Place], ...],
        birth_day: int,
    ) -> Human:
        person_sex = "F" if chance.within(0.5) else "M"
        source = self.pools[0] if chance.within(0.25) else name_pool
        given_name = chance.one(source.female if person_sex == "F" else source.male)
        serial = number * 3 + member - 2
        at_school = (self.today - birth_day) / 365.25 >= 4
        return Human(
            key=f"P{number * MOST_MEMBERS + member:07d}",
            household=f"H{number:06d}",
            number=number * MOST_MEMBERS + member,
            given=given_name,
            middle=chance.one(source.female if person_sex == "F" else source.male) if chance.within(0.3) else "",
            family=other_family or family,
            former=family if other_family else "",
            sex=person_sex,
            born=birth_day,
            language=name_pool.language,
            ethnicity=_choose_ethnicity(chance, name_pool.language),
            places=places,
            phone=numbers.phone_number(number * 7 + member) if (self.today - birth_day) / 365.25 > 10 else "",
            email="",
            nhs_no=numbers.nhs_number(serial + 100) if serial < 999_000 else "",
            upn=numbers.make_upn(950 + number % 32, 1000 + number % 97, serial) if at_school else "",
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
        name_pool: Pool,
        family: str,
        places: tuple[tuple[int, Place], ...],
        is_woman: bool,
        age_years: int = 0,
    ) -> Human:
        given_name = chance.one(name_pool.female if is_woman else name_pool.male)
        years = age_years or chance.between(19, 74)
        own_family = chance.one(name_pool.family) if chance.within(0.25) else family
        serial = number * 2 + member + 2_000_000
        return Human(
            key=f"P{number * MOST_MEMBERS + member:07d}",
            household=f"H{number:06d}",
            number=number * MOST_MEMBERS + member,
            given=given_name,
            middle=chance.one(name_pool.female if is_woman else name_pool.male) if chance.within(0.3) else "",
            family=own_family,
            former=chance.one(name_pool.family) if is_woman and chance.within(0.35) else "",
            sex="F" if is_woman else "M",
            born=self.today - int((years + chance.draw()) * 365.25),
            language=name_pool.language,
            ethnicity=_choose_ethnicity(chance, name_pool.language),
            places=places,
            phone=numbers.phone_number(number * 7 + member),
            email=f"person{number * MOST_MEMBERS + member}@example.org" if chance.within(0.4) else "",
            pnc_year=1990 + serial % 34,
            pnc_serial=serial,
        )


def _choose_ethnicity(chance: Chance, language: str) -> str:
    return chance.one(_ETHNICITY.get(language, ("W9",)))


assert len(LOCALES) == len(SHARES)
