"""What a step writes down is cut to what a line of the ledger holds: PostgreSQL refuses a longer one, and with it the act."""

from __future__ import annotations

import re

from tests.house.tree import modules

from duecare.store.models import LedgerEntry

CUT = re.compile(r"outcome.*\[:(\d+)\]")


def test_no_outcome_is_cut_to_more_than_a_line_of_the_ledger_holds():
    room = LedgerEntry._meta.get_field("outcome").max_length
    found = [(path.name, int(cut)) for path in modules() for cut in CUT.findall(path.read_text(encoding="utf-8"))]

    assert found
    assert [one for one in found if one[1] > room] == []
