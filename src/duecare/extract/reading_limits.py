"""How much a delivery may demand of the machine: stated limits, enforced by the process that reads it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest delivery, and the most memory and time that reading it may take.

    Units:   bytes, seconds, characters. `cpu_seconds` is the least; each MiB of the delivery adds
             `cpu_seconds_per_mib`. `silence_seconds` is how long the reading process may say nothing while it is
             waited for.
    """

    delivery_bytes: int = 16 * 1024 * MEBIBYTE
    file_bytes: int = 8 * 1024 * MEBIBYTE
    files: int = 200
    manifest_bytes: int = 4 * MEBIBYTE
    archive_entries: int = 1_000
    archive_ratio: int = 200
    record_chars: int = MEBIBYTE
    columns: int = 500
    broken_quotes: int = 1_000
    workbook_cells: int = 20_000_000
    memory_bytes: int = 3 * 1024 * MEBIBYTE
    spool_bytes: int = 16 * 1024 * MEBIBYTE
    cpu_seconds: int = 120
    cpu_seconds_per_mib: float = 2.0
    silence_seconds: float = 120.0

    def as_dict(self) -> dict[str, int | float]:
        """The limits as plain values, to hand to the reading process."""
        return asdict(self)

    @classmethod
    def of(cls, given_limits: dict[str, int | float]) -> Limits:
        """The limits that these plain values name."""
        known_limits = {limit_field.name for limit_field in fields(cls)}
        return cls(**{limit_name: value for limit_name, value in given_limits.items() if limit_name in known_limits})  # type: ignore[arg-type]
