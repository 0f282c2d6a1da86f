"""Whether a file's columns are those that its mapping knows; every fault of a delivery's headers said at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from duecare.extract.mapping import FileMap

_LIKE_A_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ ./-]{0,59}")


def header_faults(name: str, header: Sequence[str], file: FileMap) -> list[str]:
    """What is wrong with this header?

    Shape:   one line a fault. A first row in which no column is known may be a row of data, so nothing of it is said.
    """
    known = set(file.columns)
    if not known & set(header):
        return [f"{name}, row 1: none of the columns that this file may have; is the header missing?"]
    faults = [
        f"{name}: unknown column {_named(column, i)}" for i, column in enumerate(header, 1) if column not in known
    ]
    faults.extend(
        f"{name}: column {_named(column, 0)} is there twice" for column, n in Counter(header).items() if n > 1
    )
    missing = [column for column in file.columns if column not in header and column not in file.may_be_absent]
    faults.extend(f"{name}: missing column {column}" for column in missing)
    return faults


def _named(column: str, place: int) -> str:
    if not column:
        return f"without a name, at place {place}"
    return column if _LIKE_A_NAME.fullmatch(column) else f"at place {place}"
