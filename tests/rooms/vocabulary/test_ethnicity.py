"""Codes of ethnicity: the group that each names, and nothing where it names none."""

from __future__ import annotations

import pytest

from duecare.vocabulary.ethnicity import CODES, SELF_GROUPS, code_words, officer_group, self_group


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("W1", "White"),
        ("W9", "White"),
        ("M3", "Mixed"),
        ("A2", "Asian"),
        ("B1", "Black"),
        ("O9", "Other"),
        (" b1 ", "Black"),
        ("NS", ""),
        ("N1", ""),
        ("Z1", ""),
        ("B", ""),
        ("B12", ""),
        ("BB", ""),
        ("1B", ""),
        ("IC3", ""),
        ("", ""),
    ],
)
def test_the_letter_of_a_code_by_which_someone_defined_themselves_is_its_group(code: str, group: str) -> None:
    assert self_group(code) == group


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("IC1", "White, north European"),
        ("IC2", "White, south European"),
        ("IC3", "Black"),
        ("IC4", "Asian"),
        ("IC5", "Chinese, Japanese or south-east Asian"),
        ("IC6", "Arab or north African"),
        ("ic 3", "Black"),
        (" 4 ", "Asian"),
        ("6", "Arab or north African"),
        ("IC0", ""),
        ("IC9", ""),
        ("0", ""),
        ("7", ""),
        ("9", ""),
        ("B1", "Black"),
        ("NS", ""),
        ("", ""),
    ],
)
def test_an_officers_code_is_an_identity_code_its_number_or_a_code_of_self_definition(code: str, group: str) -> None:
    assert officer_group(code) == group


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("W1", "White British (W1)"),
        (" b1", "Black Caribbean ( b1)"),
        ("NS", "Not stated (NS)"),
        ("MWBC", "White and Black Caribbean (MWBC)"),
        ("IC3", "Black (IC3)"),
        ("4", "Asian (4)"),
        ("Z1", "Z1"),
        ("White", "White"),
        ("", ""),
    ],
)
def test_a_code_is_shown_in_the_words_of_its_list(code: str, words: str) -> None:
    assert code_words(code) == words


def test_every_code_of_a_group_has_words() -> None:
    assert {code[0] for code in CODES if len(code) == 2 and code[1].isdigit()} == set(SELF_GROUPS)
