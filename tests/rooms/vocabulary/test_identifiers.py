"""Identifiers: the public check rules, with their vectors."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.identifiers import (
    is_sure_cro,
    read_cro_number,
    read_email,
    read_nhs_number,
    read_phone,
    read_pnc_id,
    read_postcode,
    read_upn,
    read_uprn,
)
from duecare.vocabulary.unknown import Unknown


@pytest.mark.parametrize("text", ["99/123456X", "1999/0123456X", "99/0123456x", " 99 / 123456X "])
def test_one_pnc_id_in_its_written_forms_has_one_canonical_form(text: str) -> None:
    assert read_pnc_id(text) == "1999/0123456X"


@pytest.mark.parametrize(("text", "canonical"), [("1999/1234567B", "1999/1234567B"), ("20/9N", "2020/0000009N")])
def test_a_valid_pnc_id_is_written_in_full(text: str, canonical: str) -> None:
    assert read_pnc_id(text) == canonical


@pytest.mark.parametrize("text", ["99/123456Y", "90/570L", "99/123456", "99/12345678X", "99/123456I", "", "unknown"])
def test_a_pnc_id_with_a_wrong_check_letter_or_form_is_no_key(text: str) -> None:
    assert isinstance(read_pnc_id(text), Unknown)


def test_a_pnc_id_from_before_its_owner_was_born_is_no_key() -> None:
    assert read_pnc_id("99/123456X", born_year=1984) == "1999/0123456X"
    assert isinstance(read_pnc_id("99/123456X", born_year=2001), Unknown)


@given(st.integers(0, 99), st.integers(1, 9_999_999))
def test_one_letter_of_the_alphabet_and_no_more_completes_a_pnc_id(year: int, serial: int) -> None:
    valid = [c for c in string.ascii_uppercase if not isinstance(read_pnc_id(f"{year:02}/{serial}{c}"), Unknown)]

    assert len(valid) == 1


def test_a_cro_number_is_checked_by_its_letter() -> None:
    assert read_cro_number("123456/08T") == "123456/08T"
    assert isinstance(read_cro_number("123456/08A"), Unknown)


@pytest.mark.parametrize("width", [5, 6])
def test_a_short_file_cro_number_is_taken_in_either_padding_and_counts_as_less_sure(width: int) -> None:
    letter = "ZABCDEFGHJKLMNPQRTUVWXY"[int("39" + "1234".zfill(width)) % 23]

    canonical = read_cro_number(f"SF39/1234{letter}")

    assert canonical == f"SF39/1234{letter}"
    assert not is_sure_cro(canonical)


@pytest.mark.parametrize("text", ["943 476 5919", "999 000 0018", "999-000-0026", "9990000034"])
def test_an_nhs_number_that_holds_its_check_digit_is_ten_digits(text: str) -> None:
    assert read_nhs_number(text) == text.replace(" ", "").replace("-", "")


@pytest.mark.parametrize("text", ["9434765918", "0000000000", "943476591", "94347659199", "٩٤٣٤٧٦٥٩١٩"])
def test_an_nhs_number_that_does_not_is_no_key(text: str) -> None:
    assert isinstance(read_nhs_number(text), Unknown)


def test_a_upn_is_checked_by_its_first_letter() -> None:
    canonical = read_upn("h801200001001")

    assert canonical == "H801200001001"
    assert isinstance(read_upn("A801200001001"), Unknown)
    assert isinstance(read_upn("UN3"), Unknown)


@pytest.mark.parametrize("text", ["07700 900123", "+44 7700 900123", "0044 7700 900123", "+44 (0)7700 900123"])
def test_one_telephone_in_its_written_forms_has_one_canonical_form(text: str) -> None:
    assert read_phone(text) == "+447700900123"


@pytest.mark.parametrize("text", ["0000000000", "123", "", "none"])
def test_a_placeholder_is_no_telephone(text: str) -> None:
    assert isinstance(read_phone(text), Unknown)


def test_postcode_mail_and_property_number_are_normalised() -> None:
    assert read_postcode("sw1a1aa") == "SW1A 1AA"
    assert isinstance(read_postcode("4223"), Unknown)
    assert read_email(" A.Person@Example.org") == "a.person@example.org"
    assert isinstance(read_email("a.person at example.org"), Unknown)
    assert read_uprn("000123") == "123"
    assert isinstance(read_uprn("0"), Unknown)
