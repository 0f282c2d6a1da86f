"""Officers by rank and name, with the number beside, where the officers file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from duecare.record.pole import OfficerRecord
from duecare.store.facts.officer_roster import known_roster

_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)


def officer_names() -> Mapping[str, str]:
    """Every officer whose name the officers file gives, by number: rank, name and number.

    Shape:   of several records of one officer, the one that starts last.
    """
    officers, _ = known_roster(None)
    named = sorted((officer for officer in officers if officer.name), key=_start)
    return {officer.officer: name_with_number(officer) for officer in named}


def name_with_number(officer: OfficerRecord) -> str:
    """An officer by rank and name with the number beside, or by number alone where no name is given."""
    rank_and_name = " ".join(part for part in (officer.rank.replace("_", " "), officer.name) if part)
    return f"{rank_and_name} ({officer.officer})" if officer.name else officer.officer


def _start(officer: OfficerRecord) -> tuple[datetime, str]:
    return officer.from_ or _BEFORE_ALL, officer.source
