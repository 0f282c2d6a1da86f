"""Whether a file's columns are those that its mapping knows; every fault of a delivery's headers reported at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from duecare.extract.mapping import FileMap

_LIKE_A_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ ./-]{0,59}")


def header_faults(file_name: str, header: Sequence[str], file_map: FileMap) -> list[str]:
    """What is wrong with this header.

    Shape:   one line a fault. A first row in which no column is known may be a row of data, so nothing of it is said.
    """
    known_columns = set(file_map.columns)
    if not known_columns & set(header):
        return [f"{file_name}, row 1: none of the columns that this file may have; is the header missing?"]
    faults = [
        f"{file_name}: unknown column {_named_column(column, column_number)}"
        for column_number, column in enumerate(header, 1)
        if column not in known_columns
    ]
    faults.extend(
        f"{file_name}: column {_named_column(column, 0)} is there twice"
        for column, times_there in Counter(header).items()
        if times_there > 1
    )
    missing = [column for column in file_map.columns if column not in header and column not in file_map.may_be_absent]
    faults.extend(f"{file_name}: missing column {column}" for column in missing)
    return faults


def _named_column(column: str, place: int) -> str:
    if not column:
        return f"without a name, at place {place}"
    return column if _LIKE_A_NAME.fullmatch(column) else f"at place {place}"
