"""How many lines a page or list has: worklist, findings, deliveries, pairs, people found, ledger, cases counted by a figure."""

from __future__ import annotations

from typing import Final

WORKLIST_LINES: Final = 50
FINDINGS: Final = 50
FIGURE_MEMBERS: Final = 50
"""Cases or people counted by a figure, listed behind it."""

DELIVERIES: Final = 25
ROWS_SET_ASIDE: Final = 500
"""Rows of one delivery that were set aside; the rest can be taken out."""

LINK_PAIRS: Final = 20
PEOPLE_FOUND: Final = 10
MOST_PEOPLE_FOUND: Final = 50
"""People found at the most, however many a search wants."""

LEDGER_ENTRIES: Final = 50
PERIODS_IN_SERIES: Final = 16
"""Quarters or months of a figure shown through time."""
