"""What a withheld cell is printed as: the mark of a hidden number, that of one not known, and what the key says of each."""

from __future__ import annotations

from typing import Final

from duecare.disclosure import CHILD_MARK

HIDDEN: Final = f"[{CHILD_MARK}]"
NOT_KNOWN: Final = "[x]"
MARKS: Final = {
    HIDDEN: "hidden so that no child can be identified, directly or by calculation",
    NOT_KNOWN: "not known, or too few to give a typical value",
}
FEWEST_FOR_TYPICAL: Final = 10
"""Of fewer cases than these no typical number is printed: it is marked as not known."""
