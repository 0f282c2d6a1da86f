"""The closed lists of the exchange."""

from __future__ import annotations

from duecare.record.contract import POLE_SHEETS
from duecare.vocabulary.kinds import CASE_KINDS, EVENT_KINDS, EVENT_KINDS_BY_GROUP, ROLES, SEXES, SHEETS


def test_a_kind_of_event_stands_in_one_group_and_once() -> None:
    listed = [kind for kinds in EVENT_KINDS_BY_GROUP.values() for kind in kinds]

    assert len(listed) == len(set(listed))
    assert set(listed) == EVENT_KINDS


def test_words_of_the_lists_are_plain_so_that_any_file_can_carry_them() -> None:
    for word in (*EVENT_KINDS, *ROLES, *CASE_KINDS, *SHEETS):
        assert word.isascii()
        assert word == word.lower().strip()
        assert " " not in word


def test_every_sheet_has_its_contract() -> None:
    assert set(SHEETS) == set(POLE_SHEETS)


def test_sex_is_written_by_one_capital() -> None:
    assert {"M", "F", "X"} == SEXES
