"""How many cases and records are refreshed when a delivery is received; more is left to a full linkage or assessment."""

from __future__ import annotations

from typing import Final

CASES_AT_RECEIPT: Final = 5_000
RECORDS_AT_RECEIPT: Final = 5_000
SHARE_AT_RECEIPT: Final = 0.2
"""The largest share of the records linked so far."""
