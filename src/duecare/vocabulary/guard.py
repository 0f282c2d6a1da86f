"""What keeps a spreadsheet from taking a cell for a formula: one apostrophe before it, taken off again on reading."""

from __future__ import annotations

import re
from typing import Final

GUARD: Final = "'"
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return GUARD + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text without the guard that `guarded` put before it.

    Example:
        >>> unguarded(guarded("+44")), unguarded(guarded("'=1")), unguarded("'tis")
        ('+44', "'=1", "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text
