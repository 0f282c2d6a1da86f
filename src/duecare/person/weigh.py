"""What one pair of records weighs by a trained model, without an engine: its levels, what each adds, and the sum."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

from duecare.person.compared import Compared
from duecare.person.pair import COMPARISONS

TERM_FREQUENCIES: Final[dict[tuple[str, str], str]] = {
    ("given", "in full"): "given",
    ("given", "same"): "given",
    ("given", "short form"): "given_class",
    ("family", "same"): "family",
    ("born", "same"): "born",
    ("home", "same home"): "home_key",
    ("home", "same postcode"): "postcode",
}
"""Which column's frequency weighs a level: agreeing on a rare name says more than on a common one."""

COUNTED: Final = tuple(dict.fromkeys(TERM_FREQUENCIES.values()))

Frequency = Callable[[str, str], float]
"""How frequent is this term in this column? A proportion, above 0."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What do agreement and disagreement weigh, as plain data out of a trained model?

    Shape:   `levels[comparison][level]` before the frequency of a term is counted; `chances[column]` is the trained chance
             that two people share a term of it, behind which stand `world` unseen records.
    Units:   bits; `prior` too.
    """

    prior: float
    levels: Mapping[str, Mapping[str, float]]
    chances: Mapping[str, float]
    log_chances: Mapping[tuple[str, str], float]
    world: int

    def frequency(self, column: str, count: int, total: int) -> float:
        """How frequent is a term that so many of so many records bear, one of the pair being among them?

        Units:   proportion, above 0.
        """
        return (count - 1 + self.world * self.chances[column]) / (max(total - 1, 1) + self.world)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What does a pair weigh, at which levels, and what does each comparison add?

    Units:   bits; the weight is the sum of the parts and the prior.
    """

    weight: float
    levels: dict[str, str]
    parts: dict[str, float]


def weigh(a: Compared, b: Compared, weights: Weights, frequency: Frequency) -> Weighed:
    """What speaks for and against these two records being of one person, taken together?

    Unknown: what one side is silent on weighs nothing.
    """
    agreed = levels(a, b)
    parts = {}
    for comparison, level in agreed.items():
        part = weights.levels[comparison][level]
        column = TERM_FREQUENCIES.get((comparison, level))
        if column is not None:
            terms = {term for term in (getattr(a, column), getattr(b, column)) if term}
            if terms:
                most = max(frequency(column, term) for term in terms)
                part += weights.log_chances[comparison, level] - math.log2(most)
        parts[comparison] = part
    return Weighed(weights.prior + sum(parts.values()), agreed, parts)


def levels(a: Compared, b: Compared) -> dict[str, str]:
    """How far do two records agree in each thing? What one side is silent on is left out.

    Shape:   the levels of `COMPARISONS`, the first that holds: what the engine's conditions say of the same two.
    """
    swapped = _swapped(a, b)
    found = {
        "given": _given(a, b, swapped) if a.given and b.given else "",
        # A swap of names is weighed once, with the given name.
        "family": _family(a, b) if a.family and b.family and not swapped else "",
        "born": _born(a.born, b.born) if a.born and b.born else "",
        "home": _home(a, b),
        "identifier": _identifier(a, b),
        "contact": _contact(a, b),
        "sex": ("same" if a.sex == b.sex else "different") if a.sex and b.sex else "",
    }
    return {comparison: found[comparison] for comparison in COMPARISONS if found[comparison]}


def _near(a: str, b: str) -> float:
    return JaroWinkler.similarity(a, b) if a and b else 0.0


def _is_slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < 3:
        return False
    apart = DamerauLevenshtein.distance(a, b)
    return apart <= 1 or (apart <= 2 and shorter >= 5 and _near(a, b) >= 0.92)


def _is_alike(a: str, b: str, sound_a: str, sound_b: str) -> bool:
    return _near(a, b) >= 0.85 or bool(sound_a and sound_a == sound_b)


def _swapped(a: Compared, b: Compared) -> bool:
    if not (a.given and b.given) or a.given == b.given:
        return False
    return (a.given == b.family_first and _near(a.family, b.given) >= 0.85) or (
        a.family_first == b.given and _near(a.given, b.family) >= 0.85
    )


def _given(a: Compared, b: Compared, swapped: bool) -> str:
    if a.given == b.given:
        return "in full" if a.middle and a.middle == b.middle else "same"
    if swapped:
        return "swapped"
    if a.given == b.family or a.family == b.given:
        return "crossed"
    if a.given_class == b.given_class:
        return "short form"
    both_known = a.given_known and b.given_known
    if not both_known and _is_slip(a.given, b.given):
        return "slip"
    if (
        b.given in a.other_givens
        or a.given in b.other_givens
        or not set(a.other_givens).isdisjoint(b.other_givens)
        or a.middle == b.given
        or a.given == b.middle
    ):
        return "other name"
    if _is_alike(a.given, b.given, a.given_sound, b.given_sound):
        return "alike" if both_known else "rough slip"
    if (len(a.given) == 1 or len(b.given) == 1) and a.given[0] == b.given[0]:
        return "initial"
    return "different"


def _family(a: Compared, b: Compared) -> str:
    if a.family == b.family:
        return "same"
    if _is_slip(a.family, b.family):
        return "slip"
    if (
        b.family in a.other_families
        or a.family in b.other_families
        or not set(a.other_families).isdisjoint(b.other_families)
    ):
        return "other name"
    if (" " in a.family or " " in b.family) and not set(a.family.split()).isdisjoint(b.family.split()):
        return "part"
    return "alike" if _is_alike(a.family, b.family, a.family_sound, b.family_sound) else "different"


def _born(a: str, b: str) -> str:
    whole = len(a) == 10 and len(b) == 10
    if whole and a == b:
        return "same"
    if not whole and (a.startswith(b) or b.startswith(a)):
        return "as far as known"
    if whole:
        if a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]:
            return "swapped"
        if DamerauLevenshtein.distance(a, b) <= 1:
            return "one figure"
        if (a[:4] == b[:4]) + (a[5:7] == b[5:7]) + (a[8:] == b[8:]) == 2:
            return "two parts"
    return "near" if abs(int(a[:4]) - int(b[:4])) <= 1 else "different"


def _home(a: Compared, b: Compared) -> str:
    by_words = bool(a.address_words and b.address_words)
    if not (by_words or (a.postcode and b.postcode) or (a.uprn and b.uprn)):
        return ""
    same_number = bool(a.home_number and a.home_number == b.home_number)
    same_postcode = bool(a.postcode and a.postcode == b.postcode)
    shared = len(set(a.address_words).intersection(b.address_words)) if by_words else 0
    least = min(len(a.address_words), len(b.address_words))
    if (
        (a.uprn and a.uprn == b.uprn)
        or (same_postcode and same_number)
        or (same_number and shared >= 3 and shared >= 0.7 * least)
    ):
        return "same home"
    if same_postcode:
        return "same postcode"
    if shared >= 2 and shared >= 0.6 * least:
        return "most words"
    if (
        (a.sector and a.sector == b.sector)
        or (a.postcode and b.postcode and Levenshtein.distance(a.postcode, b.postcode) <= 1)
        or (by_words and a.address_words == b.address_words)
    ):
        return "near"
    if (a.outcode and a.outcode == b.outcode) or (by_words and shared >= 0.5 * least):
        return "same area"
    return "different"


def _identifier(a: Compared, b: Compared) -> str:
    mine, theirs = {*a.checked, *a.other_ids}, {*b.checked, *b.other_ids}
    if not mine or not theirs:
        return ""
    if not mine.isdisjoint(theirs):
        return "shared"
    if {one.partition(":")[0] for one in mine}.isdisjoint(one.partition(":")[0] for one in theirs):
        return ""
    return "conflict" if not _telling(a).isdisjoint(_telling(b)) else "different"


def _telling(own: Compared) -> set[str]:
    """Of which kinds does a record hold a number such as nobody has two of? A sure CRO number, a lasting UPN."""
    found = set()
    for one in own.checked:
        kind, _, value = one.partition(":")
        if (kind != "cro" or not value.startswith("SF")) and (kind != "upn" or value[-1:].isdigit()):
            found.add(kind)
    return found


def _contact(a: Compared, b: Compared) -> str:
    pairs = ((a.emails, b.emails), (a.phones, b.phones), (a.online_names, b.online_names))
    known = [(one, other) for one, other in pairs if one and other]
    if not known:
        return ""
    if any(not set(one).isdisjoint(other) for one, other in known):
        return "shared"
    if a.emails and b.emails:
        one, other = a.emails[0], b.emails[0]
        if _near(one, other) >= 0.9 or one.partition("@")[0] == other.partition("@")[0]:
            return "alike"
    return "different"
