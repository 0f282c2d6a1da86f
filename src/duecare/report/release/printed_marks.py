"""What a withheld cell is printed as: the mark of a hidden number, that of one not known, and what the key says of each."""

from __future__ import annotations

from typing import Final

from duecare.disclosure import CHILD_MARK

HIDDEN: Final = f"[{CHILD_MARK}]"
NOT_KNOWN: Final = "[x]"
MARKS: Final = {
    HIDDEN: "hidden so that no child can be made out, by itself or by reckoning",
    NOT_KNOWN: "cannot be told, or too few to say what is typical",
}
FEWEST_FOR_TYPICAL: Final = 10
"""Of fewer cases than these no typical number is printed: it is marked as not known."""
