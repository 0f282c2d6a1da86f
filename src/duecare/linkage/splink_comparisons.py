"""The comparisons in Splink's terms: one SQL condition for each level of `person.pair.COMPARISONS`."""

from __future__ import annotations

from typing import Any, Final

from duecare.person.pair import COMPARISONS
from duecare.person.weigh import TERM_FREQUENCIES

_SHORT = "least(length({0}_l), length({0}_r))"
_SLIP_SQL = (
    "(damerau_levenshtein({0}_l, {0}_r) <= 1 and "
    + _SHORT
    + " >= 3) or (jaro_winkler_similarity({0}_l, {0}_r) >= 0.92 and "
    "damerau_levenshtein({0}_l, {0}_r) <= 2 and " + _SHORT + " >= 5)"
)
_ALIKE = "jaro_winkler_similarity({0}_l, {0}_r) >= 0.85 or {0}_sound_l = {0}_sound_r"
_SPELT = "({0}_spelling_l = {0}_spelling_r and " + _SHORT + " >= 4)"
_ROUGH = (
    _ALIKE.format("given") + " or list_contains(given_classes_r, given_meant_l) or "
    "list_contains(given_classes_l, given_meant_r) or (left(given_l, 1) = left(given_r, 1) and "
    "((damerau_levenshtein(given_l, given_r) <= 2 and least(length(given_l), length(given_r)) >= 5) or "
    "(damerau_levenshtein(given_l, given_r) <= 1 and least(length(given_l), length(given_r)) >= 2)))"
)
_ONE_WORD = "given_l = given_r and length(given_l) > 1"
_WORDS = "length(given_l) > 1 and length(given_r) > 1"
_BOTH_KNOWN = "(given_known_l and given_known_r)"
_BOTH_GIVEN = "(family_known_l and family_known_r and (family_class_l <> family_class_r or length(family_l) = 1))"
# Jan and Jana, Adrian and Adriana: a last letter a makes another name of one, and is no slip.
_MADE_OTHER = "(given_l = given_r || 'a' or given_r = given_l || 'a')"


def _other_middle(one_side: str, other_side: str) -> str:
    """Two middle names of two people, none a part of the other, a short form or a slip; null where one is silent."""
    return (
        f"(least(length({one_side}), length({other_side})) > 1 and "
        f"not list_has_any(string_split({one_side}, ' '), string_split({other_side}, ' ')) and "
        f"not (starts_with({one_side}, {other_side}) or starts_with({other_side}, {one_side})) and "
        f"jaro_winkler_similarity({one_side}, {other_side}) < 0.85)"
    )


def _names_across(given_similarity: str, family: str, least_weight: float) -> str:
    """The given name on one side is the family name on the other, unless both are names of their own."""
    return (
        f"(given_{given_similarity} = family_first_{family} or "
        f"list_contains(given_classes_{given_similarity}, family_class_{family}) or "
        f"(jaro_winkler_similarity(given_{given_similarity}, family_{family}) >= {least_weight} and "
        f"not (given_known_{given_similarity} and family_known_{family})))"
    )


_SWAPPED = (
    "(given_l <> given_r and family_l is not null and family_r is not null and "
    "least(length(given_l), length(given_r), length(family_l), length(family_r)) > 1 and "
    f"not coalesce({_other_middle('middle_l', 'family_rest_r')}, false) and "
    f"not coalesce({_other_middle('middle_r', 'family_rest_l')}, false) and ("
    f"(given_l = family_first_r and {_names_across('r', 'l', 0.85)}) or (family_first_l = given_r and "
    f"{_names_across('l', 'r', 0.85)}) or "
    "(jaro_winkler_similarity(given_l, given_r) < 0.85 and jaro_winkler_similarity(family_l, family_r) < 0.85 and "
    f"{_names_across('l', 'r', 0.9)} and {_names_across('r', 'l', 0.9)})))"
)
_OTHER_MIDDLE = _other_middle("middle_l", "middle_r")
_WORDS_SHARED = "len(list_intersect(address_words_l, address_words_r))"
_WORDS_LEAST = "least(len(address_words_l), len(address_words_r))"
_SAME_HOME = (
    "uprn_l = uprn_r or (postcode_l = postcode_r and home_number_l = home_number_r) or "
    f"(home_number_l = home_number_r and {_WORDS_SHARED} >= 3 and {_WORDS_SHARED} >= 0.7 * {_WORDS_LEAST})"
)

_NULL_SQL: Final[dict[str, str]] = {
    "given": "given_l is null or given_r is null",
    # A swap of names is weighed once, with the given name.
    "family": f"family_l is null or family_r is null or {_SWAPPED}",
    "born": "born_l is null or born_r is null",
    "home": (
        "(postcode_l is null or postcode_r is null) and (address_words_l is null or address_words_r is null) and "
        "(uprn_l is null or uprn_r is null)"
    ),
    "identifier": "ids_l is null or ids_r is null or len(list_intersect(id_kinds_l, id_kinds_r)) = 0",
    "contact": (
        "(emails_l is null or emails_r is null) and (phones_l is null or phones_r is null) and "
        "(online_names_l is null or online_names_r is null)"
    ),
    "sex": "sex_l is null or sex_r is null",
}

_TELLING: Final = {"pnc": "pnc", "nhs": "nhs", "cro": "cro_sure", "upn": "upn_lasting"}
_CONFLICT: Final = " or ".join(
    f"coalesce({column}_l <> {column}_r and not list_contains(ids_r, '{telling_kind}:' || {column}_l)"
    f" and not list_contains(ids_l, '{telling_kind}:' || {column}_r), false)"
    for telling_kind, column in _TELLING.items()
)
"""Both hold a number of a kind of which nobody has two, the two differ, and neither stands among all that the other holds."""

_CONDITIONS: Final[dict[str, dict[str, str]]] = {
    "given": {
        "in full": f"{_ONE_WORD} and middle_l = middle_r",
        "same": f"{_ONE_WORD} and not coalesce({_OTHER_MIDDLE}, false)",
        "other middle": f"{_ONE_WORD} and {_OTHER_MIDDLE}",
        "swapped": _SWAPPED,
        # A family name that stands where the given name belongs, the other place being empty or otherwise filled.
        "crossed": "given_l <> given_r and (given_l = family_r or family_l = given_r)",
        "short form": f"{_WORDS} and list_has_any(given_classes_l, given_classes_r)",
        "slip": (
            f"{_WORDS} and ({_SLIP_SQL.format('given')} or {_SPELT.format('given')} or (({_ROUGH}) and middle_l = middle_r)) and "
            f"not {_BOTH_KNOWN} and not {_MADE_OTHER}"
        ),
        "other name": (
            "list_contains(other_givens_l, given_r) or list_contains(other_givens_r, given_l) or "
            "list_has_any(other_givens_l, other_givens_r)"
        ),
        "middle name": (
            "list_contains(string_split(middle_l, ' '), given_r) or list_contains(string_split(middle_r, ' '), given_l)"
        ),
        "rough slip": f"{_WORDS} and ({_ROUGH}) and not {_BOTH_KNOWN}",
        "alike": f"{_WORDS} and ({_ALIKE.format('given')})",
        "initial": "(length(given_l) = 1 or length(given_r) = 1) and left(given_l, 1) = left(given_r, 1)",
    },
    "family": {
        "same": "family_l = family_r and length(family_l) > 1",
        "slip": (
            f"(family_class_l = family_class_r or {_SLIP_SQL.format('family')} or {_SPELT.format('family')}) and "
            f"not {_BOTH_GIVEN}"
        ),
        "other name": (
            "list_contains(other_families_l, family_r) or list_contains(other_families_r, family_l) or "
            "list_has_any(other_families_l, other_families_r)"
        ),
        "two given names": _BOTH_GIVEN,
        "part": (
            "(contains(family_l, ' ') or contains(family_r, ' ')) and "
            "list_has_any(string_split(family_l, ' '), string_split(family_r, ' '))"
        ),
        "alike": _ALIKE.format("family"),
    },
    "born": {
        "same": "born_whole_l = born_whole_r",
        "as far as known": (
            "(born_whole_l is null or born_whole_r is null) and (starts_with(born_l, born_r) or starts_with(born_r, born_l))"
        ),
        "swapped": "born_year_l = born_year_r and born_month_l = born_day_r and born_day_l = born_month_r",
        "one figure": "damerau_levenshtein(born_whole_l, born_whole_r) <= 1",
        "two parts": (
            "(case when born_year_l = born_year_r then 1 else 0 end + case when born_month_l = born_month_r then 1 else 0 end"
            " + case when born_day_l = born_day_r then 1 else 0 end) = 2 and "
            "(abs(born_year_l - born_year_r) <= 13 or abs(born_year_l - born_year_r) = 100)"
        ),
        "a month or year apart": (
            "abs(born_days_l - born_days_r) <= 31 or abs(born_days_l - born_days_r) between 364 and 366"
        ),
        "near": "abs(born_year_l - born_year_r) <= 1",
    },
    "home": {
        "same home": _SAME_HOME,
        "same postcode": "postcode_l = postcode_r",
        "most words": f"{_WORDS_SHARED} >= 2 and {_WORDS_SHARED} >= 0.6 * {_WORDS_LEAST}",
        "near": "sector_l = sector_r or levenshtein(postcode_l, postcode_r) <= 1 or address_words_l = address_words_r",
        "same area": f"outcode_l = outcode_r or {_WORDS_SHARED} >= 0.5 * {_WORDS_LEAST}",
    },
    "identifier": {
        # What twins share, such as the number of their family, does not outweigh that each has a number of their own.
        "shared": f"list_has_any(ids_l, ids_r) and not ({_CONFLICT})",
        "different": f"not ({_CONFLICT})",
    },
    "contact": {
        "shared": (
            "list_has_any(emails_l, emails_r) or list_has_any(phones_l, phones_r) or "
            "list_has_any(online_names_l, online_names_r)"
        ),
        "alike": (
            "jaro_winkler_similarity(email_l, email_r) >= 0.9 or split_part(email_l, '@', 1) = split_part(email_r, '@', 1)"
        ),
    },
    "sex": {"same": "sex_l = sex_r"},
}


def vector_value(comparison: str, level: str) -> int:
    """Splink's number for this level: the closest the highest, `different` 0; -1 is unknown."""
    levels = COMPARISONS[comparison]
    return len(levels) - 1 - levels.index(level)


def comparison_settings(chances: dict[str, dict[str, tuple[float, float]]] | None = None) -> list[dict[str, Any]]:
    """The comparisons as Splink settings, with the model's m and u chances where they are known."""
    settings = []
    for comparison_name, levels in COMPARISONS.items():
        entries: list[dict[str, Any]] = [
            {"sql_condition": _NULL_SQL[comparison_name], "label_for_charts": "unknown", "is_null_level": True}
        ]
        for level in levels:
            entry: dict[str, Any] = {
                "sql_condition": _CONDITIONS[comparison_name].get(level, "ELSE"),
                "label_for_charts": level,
            }
            term_column = TERM_FREQUENCIES.get((comparison_name, level))
            if term_column:
                entry |= {
                    "tf_adjustment_column": term_column,
                    "tf_adjustment_weight": 1.0,
                    "disable_tf_exact_match_detection": True,
                }
            if chances:
                entry["m_probability"], entry["u_probability"] = chances[comparison_name][level]
            entries.append(entry)
        settings.append({"output_column_name": comparison_name, "comparison_levels": entries})
    return settings
