"""The exit code of a refused command or delivery, by the three letters of the room that refuses."""

from __future__ import annotations

from typing import Final

EXIT_CODES: Final[dict[str, int]] = {
    "CFG": 10,
    "EXT": 11,
    "REC": 12,
    "LNK": 13,
    "DUT": 14,
    "ACC": 15,
    "AUD": 16,
    "REP": 17,
    "LED": 18,
    "STO": 19,
    "RCM": 20,
}
