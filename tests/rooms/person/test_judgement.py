"""Judgements: superseded, undone, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from duecare.person.judgement import Judgement, Verdict, in_force, settle
from duecare.record.pole import RecordKey

A, B, C = (RecordKey("merlin", n) for n in "abc")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def judged(number: int, a: RecordKey, b: RecordKey, verdict: Verdict) -> Judgement:
    return Judgement(f"j{number}", a, b, verdict, "NM1", NOON + timedelta(hours=number), "seen together")


def test_the_two_records_are_kept_in_order_and_are_two() -> None:
    assert judged(1, B, A, Verdict.SAME).a == A
    with pytest.raises(ValueError, match="itself"):
        judged(1, A, A, Verdict.SAME)


def test_the_later_judgement_on_the_same_two_stands() -> None:
    first, second = judged(1, A, B, Verdict.SAME), judged(2, B, A, Verdict.DIFFERENT)

    assert in_force([second, first]) == (second,)


def test_undoing_the_later_one_lets_the_earlier_stand_again() -> None:
    first, second = judged(1, A, B, Verdict.SAME), judged(2, A, B, Verdict.DIFFERENT)

    assert in_force([first, replace(second, undone_at=NOON)]) == (first,)


def test_a_chain_cannot_tie_two_records_judged_different() -> None:
    settled = settle([judged(1, A, B, Verdict.SAME), judged(2, B, C, Verdict.SAME), judged(3, A, C, Verdict.DIFFERENT)])

    assert settled.barred == ((A, C),)
    assert settled.glued == ((B, C),)
    assert settled.overruled == ("j1",)


def test_a_later_chain_overrules_an_earlier_difference() -> None:
    settled = settle([judged(1, A, C, Verdict.DIFFERENT), judged(2, A, B, Verdict.SAME), judged(3, B, C, Verdict.SAME)])

    assert settled.barred == ()
    assert settled.overruled == ("j1",)


def test_unsure_holds_but_does_not_bar() -> None:
    settled = settle([judged(1, A, B, Verdict.UNSURE)])

    assert (settled.glued, settled.barred, settled.held) == ((), (), ((A, B),))
