"""What one source says of one person, as rows of a summary: only what it says, in its own words."""

from __future__ import annotations

from duecare.record.pole import PersonRecord
from duecare.vocabulary.unknown import Unknown
from duecare.web.site.formatting.times import day_words, moment_words, partial_words

_SEXES = {"M": "male", "F": "female", "X": "another"}
_SAID_BY = {"self": "as they said", "officer": "as an officer saw it"}


def record_rows(record: PersonRecord) -> tuple[tuple[str, str], ...]:
    """What does this source say? (name, value), blanks left out but for the date of birth.

    Unknown: a missing date of birth is shown as not known, with the reason; a protected address is never shown.
    """
    born = f"not known: {record.born.reason}" if isinstance(record.born, Unknown) else partial_words(str(record.born))
    ethnicity = record.ethnicity
    if ethnicity and record.ethnicity_by:
        ethnicity = f"{ethnicity} ({_SAID_BY.get(record.ethnicity_by, record.ethnicity_by)})"
    rows = (
        ("Given names", record.given_names),
        ("Family name", record.family_name),
        ("Also known as", "; ".join(record.also_known_as)),
        ("Names online", "; ".join(record.online_names)),
        ("Date of birth", born),
        ("Due on (unborn)", day_words(record.due_on) if record.due_on else ""),
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
        ("Written", moment_words(record.written_at) if record.written_at else ""),
    )
    return tuple((name, value) for name, value in rows if value)


def untold(record: PersonRecord) -> frozenset[str]:
    """Of which lines does this record show nothing that could be held against what another shows?"""
    lines = {"Date of birth": isinstance(record.born, Unknown), "Address": record.protected_address}
    return frozenset(name for name, is_untold in lines.items() if is_untold)


def _address(record: PersonRecord) -> str:
    if record.protected_address:
        return "protected: not shown"
    return ", ".join(part for part in (record.address, record.postcode) if part)


FILTERS = {"record_rows": record_rows}
