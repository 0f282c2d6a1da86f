"""The record of one person in one source, as rows of a summary."""

from __future__ import annotations

from duecare.record.pole import PersonRecord
from duecare.vocabulary.ethnicity import code_words
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.reasons import plain_words
from duecare.web.site.formatting.times import day_words, moment_words, partial_words

_SEXES = {"M": "Male", "F": "Female", "X": "Other or not given"}
_DESCRIBED_BY = {"self": "self-defined", "officer": "as seen by an officer"}


def record_rows(record: PersonRecord) -> tuple[tuple[str, str], ...]:
    """The rows of a record: (name, value), without blanks except for the date of birth.

    Unknown: a missing date of birth is shown as not known, with the reason; a protected address is never shown.
    """
    born = (
        f"Not known: {plain_words(record.born.reason)}"
        if isinstance(record.born, Unknown)
        else partial_words(str(record.born))
    )
    ethnicity = code_words(record.ethnicity)
    if ethnicity and record.ethnicity_by:
        ethnicity = f"{ethnicity}, {_DESCRIBED_BY.get(record.ethnicity_by, record.ethnicity_by)}"
    rows = (
        ("Given names", record.given_names),
        ("Family name", record.family_name),
        ("Also known as", "; ".join(record.also_known_as)),
        ("Names online", "; ".join(record.online_names)),
        ("Date of birth", born),
        ("Expected date of birth", day_words(record.due_on) if record.due_on else ""),
        ("Sex", _SEXES.get(record.sex, record.sex)),
        ("Ethnicity", ethnicity),
        ("Disability", record.disability),
        ("Language", record.language),
        ("Communication needs", record.communication_needs),
        ("Address", _address(record)),
        ("School", record.school),
        ("Telephone", "; ".join(record.phones)),
        ("Email", "; ".join(record.emails)),
        ("PNC ID", record.pnc_id),
        ("CRO number", record.cro_number),
        ("NHS number", record.nhs_number),
        ("Unique pupil number", record.upn),
        ("Other numbers", "; ".join(record.other_ids)),
        ("Recorded", moment_words(record.written_at) if record.written_at else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def missing_lines(record: PersonRecord) -> frozenset[str]:
    """The rows in which this record shows nothing to compare with another."""
    lines = {"Date of birth": isinstance(record.born, Unknown), "Address": record.protected_address}
    return frozenset(name for name, is_missing in lines.items() if is_missing)


def _address(record: PersonRecord) -> str:
    if record.protected_address:
        return "Protected: not shown"
    return ", ".join(part for part in (record.address, record.postcode) if part)


FILTERS = {"record_rows": record_rows}
