"""Numbers that name made-up people: PNC, CRO, NHS and pupil numbers with valid check letters, and phones."""

from __future__ import annotations

from typing import Final

PNC_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"


def pnc_id(record_year: int, serial: int) -> str:
    """The PNC identifier of this year and serial, in its short form.

    Source:  check letter as in the Criminal Justice System data standards catalogue, issue 6, published at
             https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file/862971/cjs-data-standards-catalogue-6.pdf
    Example:
        >>> pnc_id(1999, 123456), pnc_id(2020, 9)
        ('99/123456X', '20/9N')
    """
    letter = PNC_LETTERS[(record_year % 100 * 10_000_000 + serial) % 23]
    return f"{record_year % 100:02d}/{serial}{letter}"


def long_pnc_id(record_year: int, serial: int) -> str:
    """The same identifier in its long form.

    Example:
        >>> long_pnc_id(1999, 123456)
        '1999/0123456X'
    """
    return f"{record_year}/{serial:07d}{PNC_LETTERS[(record_year % 100 * 10_000_000 + serial) % 23]}"


def cro_number(record_year: int, serial: int) -> str:
    """The CRO number of this year and serial.

    Example:
        >>> cro_number(2008, 123456)
        '123456/08T'
    """
    return f"{serial:06d}/{record_year % 100:02d}{PNC_LETTERS[(record_year % 100 * 1_000_000 + serial) % 23]}"


def nhs_number(serial: int) -> str:
    """The NHS number of the test range 999 with this serial; empty for the one serial in eleven that has none.

    Example:
        >>> nhs_number(1), nhs_number(2), nhs_number(3)
        ('9990000018', '9990000026', '9990000034')
    """
    nine_digits = f"999{serial % 1_000_000:06d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(nine_digits, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 else f"{nine_digits}{0 if check == 11 else check}"


def make_upn(authority: int, school: int, serial: int) -> str:
    """The pupil number of this authority, school and serial.

    Example:
        >>> make_upn(801, 2000, 1001)
        'H801200001001'
    """
    digits = f"{authority:03d}{school:04d}{serial % 100_000:05d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return f"{UPN_LETTERS[total % 23]}{digits}"


def phone_number(serial: int) -> str:
    """A telephone number kept for made-up people, 07700 900000 to 900999."""
    return f"07700 900{serial % 1000:03d}"


def bad_letter(number: str) -> str:
    """The same number with a check letter that is wrong."""
    letter_place = PNC_LETTERS.find(number[-1])
    return number[:-1] + PNC_LETTERS[(letter_place + 1) % 23] if letter_place >= 0 else number
