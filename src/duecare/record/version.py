"""One version of one row of a source, ready to be kept: its key, its version's time, its canonical body and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

KEY_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class RowVersion:
    """One row of a delivery, in the form in which it is stored.

    Shape:   `key` is the sheet's key columns joined by U+001F; `body` is canonical JSON (sorted keys, blanks left out,
             times as UTC ISO text, lists as arrays, a day-precision time as the day alone). For `ties` one version is
             the whole set of an event: body {"ties": [[source, record_id, role], ...]} sorted.
             `notes` are defects that did not set the row aside: (column, reason).
    Units:   `version_at` is UTC; None means: versioned by the moment of receipt.
    """

    sheet: str
    key: str
    version_at: datetime | None
    withdrawn: bool
    body: bytes
    file: str
    row: int
    rows: int = 1
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def sha256(self) -> bytes:
        """SHA-256 over the canonical body and whether it withdraws."""
        return hashlib.sha256((b"-" if self.withdrawn else b"+") + self.body).digest()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not taken, the column, why, and how it is corrected.

    Shape:   `original` is the row as delivered (column, text), kept so that it can be exported and corrected; it is
             personal data and never stands in a message.
    """

    file: str
    row: int
    column: str
    reason: str
    remedy: str
    original: tuple[tuple[str, str], ...] = ()
