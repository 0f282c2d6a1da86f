"""The board of children in custody tells nothing that only a sealed or restricted case tells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.made import few_cases
from tests.made.few_cases import filled
from tests.made.stores import Stores, asking
from tests.use_cases.test_read_sealed import NOW, viewer

from duecare.use_cases.casework.view_custody_board import read_custody

PLACED = "E" + str(len(few_cases.EVENTS))
ASKED_FOR = "E" + str(len(few_cases.EVENTS) + 1)


def board(stores: Stores, folder: Path, monkeypatch: pytest.MonkeyPatch, where: str, name: str) -> Any:
    """The line of the one child in custody, whose placing and accommodation are told of in this case."""
    more = (
        (3.0, "detainee_placed", where, {"child-detained": "detainee"}, {"outcome": "detention_room"}),
        (0.5, "accommodation_requested", where, {"child-detained": "detainee"}, {}),
    )
    monkeypatch.setattr(few_cases, "EVENTS", (*few_cases.EVENTS, *more))
    with filled(stores.new(), folder, NOW):
        (line,) = read_custody(asking(NOW, viewer(name))).lines
    return line


@pytest.mark.parametrize(("where", "name"), [("SEALED", "chief"), ("SEALED", "custody"), ("RESTRICTED", "custody")])
def test_what_only_a_sealed_case_says_of_the_child_is_not_on_the_board(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, name: str
):
    line = board(stores, tmp_path, monkeypatch, where, name)

    assert (line.placed_in, line.accommodation) == ("cell", "not asked for")
    assert {ASKED_FOR, PLACED} & {fact.event_id for finding in line.findings for fact in finding.evidence} == set()


def test_those_who_may_open_the_restricted_case_see_it(stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    line = board(stores, tmp_path, monkeypatch, "RESTRICTED", "chief")

    assert (line.placed_in, line.accommodation) == ("detention_room", "requested")
    assert ASKED_FOR in {fact.event_id for finding in line.findings for fact in finding.evidence}
