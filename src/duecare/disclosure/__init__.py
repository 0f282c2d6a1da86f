"""Disclosure control: what of a release may be printed, given everything ever released.

The one entrance is `clear_tables(tables, history, policy) -> Cleared`: draft tables of true counts in, tables with marks out,
or the refusal REP-011 (it can be worked out) or REP-012 (the tables do not add up). The same input gives the same output.
What is kept of a release for the next is `Cleared.as_earlier(release)`, which holds true counts and stays inside; as plain
data by `as_kept` and `from_kept`.
"""

from __future__ import annotations

from duecare.disclosure.clearance import clear_tables
from duecare.disclosure.count_table import (
    CHILD_MARK,
    Bound,
    Cleared,
    ClearedTable,
    DraftTable,
    Earlier,
    Printed,
    Summary,
)
from duecare.disclosure.disclosure_policy import DisclosurePolicy, read_disclosure
from duecare.disclosure.stored_clearance import as_kept, from_kept
from duecare.disclosure.table_cell import CellKey, CountClass, Dimension, Share

__all__ = [
    "CellKey",
    "CountClass",
    "Dimension",
    "Share",
    "DraftTable",
    "Printed",
    "CHILD_MARK",
    "ClearedTable",
    "Earlier",
    "Bound",
    "Summary",
    "Cleared",
    "clear_tables",
    "DisclosurePolicy",
    "read_disclosure",
    "as_kept",
    "from_kept",
]
