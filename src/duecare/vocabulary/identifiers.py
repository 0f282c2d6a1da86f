"""Identifiers as the trade writes them: each has one canonical form, or a reason why it is not to be used as a key."""

from __future__ import annotations

import re
from typing import Final

from stdnum.gb import nhs as _nhs

from duecare.vocabulary.unknown import Unknown

CHECK_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"

_PNC_PATTERN = re.compile(r"(\d{4}|\d{2})/?(\d{1,7})([A-Z])")
_CRO_PATTERN = re.compile(r"(\d{1,6})/(\d{2})([A-Z])")
_CRO_SHORT = re.compile(r"SF(\d{2})/?(\d{1,6})([A-Z])")
_UPN_PATTERN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[ABD-HJLNP-UW-Z]{2})")
_MAIL_PATTERN = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_UPN_UNKNOWN: Final = frozenset({"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7", "UN8", "UN9", "UN10"})

WRONG_FORM: Final = "not in the form of this identifier"
WRONG_CHECK: Final = "the check letter or digit does not hold"


def _closed_up(written_text: str) -> str:
    return "".join(written_text.split()).upper()


def read_pnc_id(written_text: str, born_year: int | None = None) -> str | Unknown:
    """Read a PNC ID: both written forms give the long one, `1999/0123456X`.

    Unknown: a wrong form or check letter, or a year before the person was born. A two-digit year up to 39 is read as
             of this century, unless `born_year` shows that only the last one is possible.
    Source:  NPCC Minimum POLE Data Standards Dictionary 3.8; CJS data standards catalogue 6.0,
             https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file/862971/cjs-data-standards-catalogue-6.pdf
    Example:
        >>> read_pnc_id("99/123456x"), read_pnc_id("20/9N")
        ('1999/0123456X', '2020/0000009N')
        >>> read_pnc_id("90/570L")
        Unknown(reason='the check letter or digit does not hold')
    """
    match = _PNC_PATTERN.fullmatch(_closed_up(written_text))
    if match is None:
        return Unknown(WRONG_FORM)
    issue_year, serial, letter = match.groups()
    if CHECK_LETTERS[int(issue_year[-2:] + serial.zfill(7)) % 23] != letter:
        return Unknown(WRONG_CHECK)
    if len(issue_year) == 2:
        issue_year = f"20{issue_year}" if int(issue_year) <= 39 else f"19{issue_year}"
    if born_year is not None and int(issue_year) < born_year:
        return Unknown("the year of the PNC ID is before the year of birth")
    return f"{issue_year}/{serial.zfill(7)}{letter}"


def read_cro_number(written_text: str) -> str | Unknown:
    """Read a CRO number: `123456/08T`; of the older short file, `SF39/12345L`.

    Unknown: a wrong form or check letter. Public descriptions of the short-file form disagree on how the serial is
             padded: both are accepted, and the form counts as less sure (`is_sure_cro`).
    Source:  as `read_pnc_id`.
    Example:
        >>> read_cro_number("123456/08t")
        '123456/08T'
    """
    closed = _closed_up(written_text)
    match = _CRO_PATTERN.fullmatch(closed)
    if match is not None:
        serial, issue_year, letter = match.groups()
        if CHECK_LETTERS[int(issue_year + serial.zfill(6)) % 23] != letter:
            return Unknown(WRONG_CHECK)
        return f"{serial.zfill(6)}/{issue_year}{letter}"
    match = _CRO_SHORT.fullmatch(closed)
    if match is None:
        return Unknown(WRONG_FORM)
    issue_year, serial, letter = match.groups()
    if letter not in {CHECK_LETTERS[int(issue_year + serial.zfill(width)) % 23] for width in (5, 6)}:
        return Unknown(WRONG_CHECK)
    return f"SF{issue_year}/{serial.lstrip('0') or '0'}{letter}"


def is_sure_cro(canonical: str) -> bool:
    """Whether this CRO number is of the form with an agreed check rule."""
    return not canonical.startswith("SF")


def read_nhs_number(written_text: str) -> str | Unknown:
    """Read an NHS number: ten digits without spaces.

    Unknown: a wrong form or check digit, or ten equal digits, which pass the check and mean nothing.
    Source:  https://www.datadictionary.nhs.uk/attributes/nhs_number.html (modulus 11)
    Example:
        >>> read_nhs_number("943 476 5919")
        '9434765919'
    """
    digits = "".join(written_text.split()).replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        return Unknown(WRONG_FORM)
    if len(set(digits)) == 1 or not _nhs.is_valid(digits):
        return Unknown(WRONG_CHECK)
    return digits


def read_upn(written_text: str) -> str | Unknown:
    """Read a unique pupil number: a letter and twelve digits; a temporary one ends in a letter.

    Unknown: a wrong form or check letter; the codes UN1 to UN10, which say why there is none.
    Source:  Department for Education, unique pupil numbers: a guide, https://www.gov.uk/government/publications/unique-pupil-numbers
    Example:
        >>> read_upn("h801200001001")
        'H801200001001'
    """
    closed = _closed_up(written_text)
    if closed in _UPN_UNKNOWN:
        return Unknown("a code that says why there is no UPN")
    if _UPN_PATTERN.fullmatch(closed) is None:
        return Unknown(WRONG_FORM)
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    values = [int(character) if character.isdigit() else letters.find(character) for character in closed[1:]]
    if (
        min(values) < 0
        or letters[sum(place_weight * place_value for place_weight, place_value in enumerate(values, 2)) % 23]
        != closed[0]
    ):
        return Unknown(WRONG_CHECK)
    return closed


def read_uprn(written_text: str) -> str | Unknown:
    """Read a unique property reference number: one to twelve digits, without leading zeros.

    Source:  https://www.gov.uk/government/publications/open-standards-for-government/identifying-property-and-street-information
    """
    digits = _closed_up(written_text)
    if not (digits.isascii() and digits.isdigit() and 1 <= len(digits) <= 12 and digits.strip("0")):
        return Unknown(WRONG_FORM)
    return digits.lstrip("0")


def read_postcode(written_text: str) -> str | Unknown:
    """Read a UK postcode: capitals, one space: `SW1A 1AA`.

    Source:  https://www.gov.uk/government/publications/bulk-data-transfer-for-sponsors-xml-schema (the pattern)
    Example:
        >>> read_postcode("wr117qp")
        'WR11 7QP'
    """
    match = _POSTCODE.fullmatch(_closed_up(written_text))
    return f"{match[1]} {match[2]}" if match else Unknown(WRONG_FORM)


def read_phone(written_text: str) -> str | Unknown:
    """Read a telephone number into international form, `+447700900123`; a leading 0 is taken as of the United Kingdom.

    Unknown: fewer than 9 or more than 15 digits, or all digits after the first three equal (placeholders).
    Source:  ITU-T E.164
    Example:
        >>> read_phone("07700 900123")
        '+447700900123'
    """
    dialled = "".join(
        character
        for character in written_text.replace("(0)", "")
        if character.isascii() and (character.isdigit() or character == "+")
    )
    digits = dialled.lstrip("+")
    if dialled.startswith("+"):
        pass
    elif digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = "44" + digits[1:]
    if "+" in digits or not 9 <= len(digits) <= 15 or len(set(digits[3:])) == 1:
        return Unknown(WRONG_FORM)
    return "+" + digits


def read_email(written_text: str) -> str | Unknown:
    """Read an email address: lower case, no spaces.

    Example:
        >>> read_email(" A.Person@Example.ORG ")
        'a.person@example.org'
    """
    closed = "".join(written_text.split()).lower()
    return closed if _MAIL_PATTERN.fullmatch(closed) else Unknown(WRONG_FORM)
