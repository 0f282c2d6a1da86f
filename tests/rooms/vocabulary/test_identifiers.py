"""Identifiers: the public check rules, with their vectors."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.vocabulary.identifiers import (
    WRONG_CHECK,
    WRONG_FORM,
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


LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"


def pnc_letter(year: str, serial: str) -> str:
    """The check letter, worked out by long division by 23."""
    remainder = 0
    for digit in year[-2:] + serial.zfill(7):
        remainder = (remainder * 10 + int(digit)) % 23
    return LETTERS[remainder]


@pytest.mark.parametrize(
    ("year", "canonical"),
    [("39", "2039"), ("40", "1940"), ("00", "2000"), ("99", "1999"), ("1938", "1938"), ("2021", "2021")],
)
def test_two_figures_of_a_year_up_to_39_are_of_this_century(year: str, canonical: str) -> None:
    assert read_pnc_id(f"{year}/7{pnc_letter(year, '7')}") == f"{canonical}/0000007{pnc_letter(year, '7')}"


@pytest.mark.parametrize(("born_year", "is_key"), [(1998, True), (1999, True), (2000, False)])
def test_a_pnc_id_may_be_of_the_year_of_birth_and_not_of_the_year_before(born_year: int, is_key: bool) -> None:
    read = read_pnc_id("99/123456X", born_year)

    assert (read == "1999/0123456X") is is_key
    assert is_key or "birth" in read.reason


@given(st.integers(0, 99), st.integers(0, 9_999_999))
def test_the_letter_of_a_pnc_id_is_the_remainder_of_year_and_serial(year: int, serial: int) -> None:
    letter = pnc_letter(f"{year:02}", str(serial))

    read = read_pnc_id(f"{year:02}/{serial}{letter}")

    assert read == f"{'20' if year <= 39 else '19'}{year:02}/{serial:07}{letter}"
    assert read_pnc_id(str(read)) == read


def test_why_an_identifier_is_no_key_is_its_form_or_its_check() -> None:
    assert read_pnc_id("99/123456Y") == Unknown(WRONG_CHECK)
    assert read_pnc_id("199/123456X") == Unknown(WRONG_FORM)
    assert read_cro_number("123456/08A") == Unknown(WRONG_CHECK)
    assert read_cro_number("1234567/08T") == Unknown(WRONG_FORM)
    assert read_cro_number("SF39/1234A") == Unknown(WRONG_CHECK)
    assert read_nhs_number("9434765918") == Unknown(WRONG_CHECK)
    assert read_nhs_number("943476591") == Unknown(WRONG_FORM)
    assert read_upn("A801200001001") == Unknown(WRONG_CHECK)
    assert read_upn("H80120000100") == Unknown(WRONG_FORM)


@given(st.integers(1, 999_999), st.integers(0, 99))
def test_a_cro_number_is_written_with_all_six_figures(serial: int, year: int) -> None:
    letter = LETTERS[int(f"{year:02}{serial:06}") % 23]

    assert read_cro_number(f"{serial}/{year:02}{letter}") == f"{serial:06}/{year:02}{letter}"
    assert is_sure_cro(f"{serial:06}/{year:02}{letter}")


def test_a_short_file_number_of_nothing_but_zeros_keeps_one() -> None:
    letter = LETTERS[int("39000000") % 23]

    assert read_cro_number(f"sf39/000{letter}") == f"SF39/0{letter}"
    assert read_cro_number(f"SF39000{letter}") == f"SF39/0{letter}"


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_are_no_nhs_number_even_where_their_check_is_right(digit: str) -> None:
    assert read_nhs_number(digit * 10) == Unknown(WRONG_CHECK)


UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789" + UPN_LETTERS + "IOS"))
def test_the_first_letter_of_a_upn_is_the_weighted_remainder_of_the_rest(digits: str, last: str) -> None:
    values = [int(digit) for digit in digits]
    values.append(int(last) if last.isdigit() else UPN_LETTERS.find(last))
    remainder = sum(weight * value for weight, value in zip(range(2, 14), values, strict=True)) % 23

    read = read_upn(f"{UPN_LETTERS[remainder]}{digits}{last}")

    # I, O and S are not among the letters, because they look like figures.
    assert read == (Unknown(WRONG_CHECK) if last in "IOS" else f"{UPN_LETTERS[remainder]}{digits}{last}")
    wrong = UPN_LETTERS[(remainder + 1) % 23]
    assert read_upn(f"{wrong}{digits}{last}") == Unknown(WRONG_CHECK)


@pytest.mark.parametrize("number", range(1, 11))
def test_a_code_that_says_why_there_is_no_upn_is_no_wrong_upn(number: int) -> None:
    read = read_upn(f" un{number} ")

    assert isinstance(read, Unknown)
    assert read.reason not in {WRONG_FORM, WRONG_CHECK}


def test_there_are_ten_such_codes() -> None:
    assert read_upn("UN11") == Unknown(WRONG_FORM)
    assert read_upn("UN0") == Unknown(WRONG_FORM)


@pytest.mark.parametrize(
    ("written", "number"), [("1", "1"), ("123456789012", "123456789012"), ("000000000012", "12"), (" 12 34 ", "1234")]
)
def test_a_property_number_has_up_to_twelve_figures(written: str, number: str) -> None:
    assert read_uprn(written) == number


@pytest.mark.parametrize("written", ["", "0", "000", "1234567890123", "12a", "-1", "١٢"])
def test_what_is_no_property_number_is_no_key(written: str) -> None:
    assert read_uprn(written) == Unknown(WRONG_FORM)


@pytest.mark.parametrize("written", ["M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "SW1A 0AA"])
def test_every_form_of_a_postcode_is_read_however_it_is_spaced(written: str) -> None:
    closed = written.replace(" ", "")

    assert read_postcode(written) == written
    assert read_postcode(closed.lower()) == written
    assert read_postcode(" ".join(closed)) == written


@pytest.mark.parametrize(
    "written", ["", "M1", "1M 1AA", "SW1A 1CA", "SW1A 1AI", "SW1AA 1AA", "SWW1 1AA", "SW1A 11A", "75001"]
)
def test_what_is_no_uk_postcode_is_no_key(written: str) -> None:
    assert read_postcode(written) == Unknown(WRONG_FORM)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+123456789", "+123456789"),
        ("+12345678", None),
        ("+123456789012345", "+123456789012345"),
        ("+1234567890123456", None),
        ("0123456789", "+44123456789"),
        ("00 33 1 23 45 67 89", "+33123456789"),
        ("123456789", "+123456789"),
        ("tel. 020 7946 0000", "+442079460000"),
        ("+33" + "1" * 9, None),
        ("+33" + "1" * 8 + "2", "+33" + "1" * 8 + "2"),
        ("020 7946 0000 +1", None),
        ("٠٢٠٧٩٤٦٠٠٠٠", None),
    ],
)
def test_a_telephone_has_9_to_15_figures_of_which_not_all_are_alike(written: str, number: str | None) -> None:
    assert read_phone(written) == (number or Unknown(WRONG_FORM))


@pytest.mark.parametrize("written", ["a@b.c", "a.b+c@d.e.f", "A @ b . c"])
def test_an_email_address_has_something_before_and_a_dot_after_its_sign(written: str) -> None:
    assert read_email(written) == "".join(written.split()).lower()


@pytest.mark.parametrize("written", ["", "a@b", "@b.c", "a@.", "a@b.", "a@b@c.d", "a.b.c"])
def test_what_is_no_email_address_is_no_key(written: str) -> None:
    assert read_email(written) == Unknown(WRONG_FORM)
