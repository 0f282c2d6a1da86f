"""What keeps a spreadsheet from taking a cell for a formula: one apostrophe before it, taken off again on reading."""

from __future__ import annotations

import re
from typing import Final

GUARD: Final = "'"
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


def spreadsheet_guarded(cell_text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return GUARD + cell_text if _FORMULA.match(cell_text) else cell_text


def spreadsheet_unguarded(cell_text: str) -> str:
    """The text without the guard that `spreadsheet_guarded` put before it.

    Example:
        >>> spreadsheet_unguarded(spreadsheet_guarded("+44")), spreadsheet_unguarded("'tis")
        ('+44', "'tis")
    """
    return cell_text[1:] if _GUARDED.match(cell_text) else cell_text
