"""Refusals: each with its code, its family's exit code, and what is wrong and what to do next."""

from __future__ import annotations

import pickle
import re

import pytest

from duecare.vocabulary.refusals import Refusal, RefusalKind, access, refusal_kinds
from duecare.vocabulary.refusals.exit_codes import EXIT_CODES

KINDS = sorted(refusal_kinds().values(), key=lambda kind: kind.code)


def test_every_code_is_of_a_family_with_an_exit_code_and_a_number() -> None:
    assert {kind.family for kind in KINDS} == set(EXIT_CODES)
    assert all(re.fullmatch(r"[A-Z]{3}-\d{3}", kind.code) for kind in KINDS)


def test_no_two_families_share_an_exit_code_and_none_is_one_that_shells_use() -> None:
    codes = list(EXIT_CODES.values())

    assert len(set(codes)) == len(codes)
    assert all(2 < code < 126 for code in codes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_each_says_what_is_wrong_in_a_sentence_and_what_to_do_in_sentences_or_a_command(kind: RefusalKind) -> None:
    assert kind.what.endswith(".")
    assert re.search(r"\.$|: duecare [a-z]", kind.todo)


def test_its_parts_stand_in_one_order() -> None:
    refusal = Refusal("EXT-001", where="persons.csv", found="a column", faults=("one", "two"))
    kind = refusal_kinds()["EXT-001"]

    assert str(refusal) == (
        f"EXT-001  {kind.what} Where: persons.csv. Found: a column. Fault: one. Fault: two. {kind.todo}"
    )
    assert (refusal.code, refusal.kind, refusal.exit_code) == ("EXT-001", kind, EXIT_CODES["EXT"])


def test_what_is_not_given_leaves_no_gap() -> None:
    kind = refusal_kinds()["ACC-001"]

    assert str(Refusal("ACC-001")) == f"ACC-001  {kind.what} {kind.todo}"
    assert "Where" not in str(Refusal("ACC-001", found="x"))
    assert "Found" not in str(Refusal("ACC-001", where="x"))


def test_it_comes_whole_out_of_another_process() -> None:
    refusal = Refusal("LED-001", where="entry 37", found="a gap", faults=("one",))

    again = pickle.loads(pickle.dumps(refusal))

    assert type(again) is Refusal
    assert (again.code, again.where, again.found, again.faults) == ("LED-001", "entry 37", "a gap", ("one",))
    assert str(again) == str(refusal)


def test_a_code_that_does_not_exist_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        Refusal("ACC-999")


def test_two_refusals_of_one_code_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "REFUSALS", (*access.REFUSALS, access.REFUSALS[0]))

    with pytest.raises(ValueError, match=access.REFUSALS[0].code):
        refusal_kinds()
