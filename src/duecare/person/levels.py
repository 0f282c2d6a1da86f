"""How far two records agree in each thing that is compared, said in plain Python as the engine's conditions say it."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

from duecare.person.compared import Compared
from duecare.person.pair import COMPARISONS


def levels(a: Compared, b: Compared) -> dict[str, str]:
    """How far do two records agree in each thing? What one side is silent on is left out.

    Shape:   the levels of `COMPARISONS`, the first that holds: what the engine's conditions say of the same two.
    """
    swapped = _swapped(a, b)
    found = {
        "given": _given(a, b, swapped) if a.given and b.given else "",
        # A swap of names is weighed once, with the given name.
        "family": _family(a, b) if a.family and b.family and not swapped else "",
        "born": _born(a.born, b.born, a.born_days, b.born_days) if a.born and b.born else "",
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


def _is_spelt_otherwise(a: str, b: str, spelling_a: str, spelling_b: str) -> bool:
    return spelling_a == spelling_b and min(len(a), len(b)) >= 4


def _is_alike(a: str, b: str, sound_a: str, sound_b: str) -> bool:
    return _near(a, b) >= 0.85 or bool(sound_a and sound_a == sound_b)


def _is_rough(a: Compared, b: Compared) -> bool:
    if _is_alike(a.given, b.given, a.given_sound, b.given_sound):
        return True
    if a.given_meant in b.given_classes or b.given_meant in a.given_classes:
        return True
    apart, shorter = DamerauLevenshtein.distance(a.given, b.given), min(len(a.given), len(b.given))
    return a.given[0] == b.given[0] and ((apart <= 2 and shorter >= 5) or (apart <= 1 and shorter >= 2))


def _swapped(a: Compared, b: Compared) -> bool:
    """Do the names stand the other way round, a slip or a short form in either allowed?"""
    if min(map(len, (a.given, b.given, a.family, b.family))) < 2 or a.given == b.given:
        return False
    if _is_other_middle(a.middle, b.family_rest) or _is_other_middle(b.middle, a.family_rest):
        return False
    if a.given == b.family_first and _is_across(b, a, 0.85):
        return True
    if a.family_first == b.given and _is_across(a, b, 0.85):
        return True
    return (
        _near(a.given, b.given) < 0.85
        and _near(a.family, b.family) < 0.85
        and _is_across(a, b, 0.9)
        and _is_across(b, a, 0.9)
    )


def _is_across(a: Compared, b: Compared, least: float) -> bool:
    """Is the given name of one the family name of the other, unless both are names of their own?"""
    if a.given == b.family_first or b.family_class in a.given_classes:
        return True
    return _near(a.given, b.family) >= least and not (a.given_known and b.family_known)


def _is_other_middle(a: str, b: str) -> bool:
    """Are these two middle names of two people, none a part of the other, a short form or a slip?"""
    return (
        min(len(a), len(b)) > 1
        and set(a.split()).isdisjoint(b.split())
        and not (a.startswith(b) or b.startswith(a))
        and _near(a, b) < 0.85
    )


def _given(a: Compared, b: Compared, swapped: bool) -> str:
    if a.given == b.given and len(a.given) > 1:
        if a.middle and a.middle == b.middle:
            return "in full"
        return "other middle" if _is_other_middle(a.middle, b.middle) else "same"
    if swapped:
        return "swapped"
    if a.given == b.family or a.family == b.given:
        return "crossed"
    if len(a.given) == 1 or len(b.given) == 1:
        return _one_letter(a, b)
    if not set(a.given_classes).isdisjoint(b.given_classes):
        return "short form"
    both_known = a.given_known and b.given_known
    is_rough = not both_known and _is_rough(a, b)
    # Jan and Jana, Adrian and Adriana: a last letter a makes another name of one, and is no slip.
    is_made_other = a.given == b.given + "a" or b.given == a.given + "a"
    if (
        not both_known
        and not is_made_other
        and (
            _is_slip(a.given, b.given)
            or _is_spelt_otherwise(a.given, b.given, a.given_spelling, b.given_spelling)
            or (is_rough and bool(a.middle) and a.middle == b.middle)
        )
    ):
        return "slip"
    if _is_other_name(a, b):
        return "other name"
    if _is_middle_name(a, b):
        return "middle name"
    if is_rough:
        return "rough slip"
    if both_known and _is_alike(a.given, b.given, a.given_sound, b.given_sound):
        return "alike"
    return "different"


def _one_letter(a: Compared, b: Compared) -> str:
    if _is_other_name(a, b):
        return "other name"
    if _is_middle_name(a, b):
        return "middle name"
    return "initial" if a.given[0] == b.given[0] else "different"


def _is_other_name(a: Compared, b: Compared) -> bool:
    return b.given in a.other_givens or a.given in b.other_givens or not set(a.other_givens).isdisjoint(b.other_givens)


def _is_middle_name(a: Compared, b: Compared) -> bool:
    return b.given in a.middle.split() or a.given in b.middle.split()


def _family(a: Compared, b: Compared) -> str:
    if a.family == b.family and len(a.family) > 1:
        return "same"
    both_given = a.family_known and b.family_known and (a.family_class != b.family_class or len(a.family) == 1)
    if not both_given and (
        a.family_class == b.family_class
        or _is_slip(a.family, b.family)
        or _is_spelt_otherwise(a.family, b.family, a.family_spelling, b.family_spelling)
    ):
        return "slip"
    if (
        b.family in a.other_families
        or a.family in b.other_families
        or not set(a.other_families).isdisjoint(b.other_families)
    ):
        return "other name"
    if both_given:
        return "two given names"
    if (" " in a.family or " " in b.family) and not set(a.family.split()).isdisjoint(b.family.split()):
        return "part"
    return "alike" if _is_alike(a.family, b.family, a.family_sound, b.family_sound) else "different"


def _born(a: str, b: str, days_a: int | None, days_b: int | None) -> str:
    if a == b and days_a is not None:
        return "same"
    years = abs(int(a[:4]) - int(b[:4]))
    if days_a is None or days_b is None:
        if a.startswith(b) or b.startswith(a):
            return "as far as known"
    else:
        if a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]:
            return "swapped"
        if DamerauLevenshtein.distance(a, b) <= 1:
            return "one figure"
        # A father and son may share a birthday; nobody errs by a generation, but by a century.
        same_parts = (years == 0) + (a[5:7] == b[5:7]) + (a[8:] == b[8:])
        if same_parts == 2 and (years <= 13 or years == 100):
            return "two parts"
        if abs(days_a - days_b) <= 31 or 364 <= abs(days_a - days_b) <= 366:
            return "a month or year apart"
    return "near" if years <= 1 else "different"


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
    if {one.partition(":")[0] for one in mine}.isdisjoint(one.partition(":")[0] for one in theirs):
        return ""
    # What twins share, such as the number of their family, does not outweigh that each has a number of their own.
    of_a, of_b = _telling(a), _telling(b)
    if any({of_a[kind], of_b[kind]}.isdisjoint(mine & theirs) for kind in of_a.keys() & of_b.keys()):
        return "conflict"
    return "different" if mine.isdisjoint(theirs) else "shared"


def _telling(own: Compared) -> dict[str, str]:
    """Of which kind does a record hold a number such as nobody has two of, and which? A sure CRO number, a lasting UPN."""
    found = {}
    for one in own.checked:
        kind, _, value = one.partition(":")
        if (kind != "cro" or not value.startswith("SF")) and (kind != "upn" or value[-1:].isdigit()):
            found[kind] = one
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
