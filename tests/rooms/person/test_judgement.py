"""Judgements: superseded, undone, never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duecare.person.judgement import Judgement, Verdict
from duecare.person.standing_judgements import Standing, in_force, judgement_standings, settle_judgements
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
    settled = settle_judgements(
        [judged(1, A, B, Verdict.SAME), judged(2, B, C, Verdict.SAME), judged(3, A, C, Verdict.DIFFERENT)]
    )

    assert settled.barred == ((A, C),)
    assert settled.glued == ((B, C),)
    assert settled.overruled == ("j1",)


def test_a_later_chain_overrules_an_earlier_difference() -> None:
    settled = settle_judgements(
        [judged(1, A, C, Verdict.DIFFERENT), judged(2, A, B, Verdict.SAME), judged(3, B, C, Verdict.SAME)]
    )

    assert settled.barred == ()
    assert settled.overruled == ("j1",)


KEYS = tuple(RecordKey("merlin", n) for n in "abcdefg")
SAID = st.lists(
    st.tuples(st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True), st.sampled_from(Verdict)),
    max_size=14,
)


@given(SAID)
def test_what_stands_is_what_trying_one_after_the_other_from_the_latest_on_leaves(
    said: list[tuple[list[RecordKey], Verdict]],
) -> None:
    found = [judged(number, a, b, verdict) for number, ((a, b), verdict) in enumerate(said)]
    glued: list[tuple[RecordKey, RecordKey]] = []
    barred: list[tuple[RecordKey, RecordKey]] = []
    overruled: list[str] = []
    for one in in_force(found):
        together = [*glued, (one.a, one.b)] if one.verdict is Verdict.SAME else glued
        apart = [*barred, (one.a, one.b)] if one.verdict is Verdict.DIFFERENT else barred
        if any(b in reached(a, together) for a, b in apart):
            overruled.append(one.judgement_id)
        elif one.verdict is not Verdict.UNSURE:
            glued, barred = together, apart

    settled = settle_judgements(found)

    assert (settled.glued, settled.barred, settled.overruled) == (tuple(glued), tuple(barred), tuple(overruled))


def reached(start: RecordKey, pairs: list[tuple[RecordKey, RecordKey]]) -> set[RecordKey]:
    found = {start}
    while more := {one for pair in pairs if found & set(pair) for one in pair} - found:
        found |= more
    return found


def test_unsure_holds_but_does_not_bar() -> None:
    settled = settle_judgements([judged(1, A, B, Verdict.UNSURE)])

    assert (settled.glued, settled.barred, settled.held) == ((), (), ((A, B),))


def test_of_two_of_one_second_the_one_kept_later_stands_whatever_they_are_called() -> None:
    first = replace(judged(1, A, B, Verdict.SAME), judgement_id="z", number=7)
    second = replace(first, judgement_id="a", verdict=Verdict.DIFFERENT, number=8)

    assert in_force([second, first]) == (second,)


def test_a_clock_that_was_set_back_does_not_make_the_later_one_the_earlier() -> None:
    first = replace(judged(5, A, B, Verdict.SAME), number=1)
    second = replace(judged(1, A, B, Verdict.DIFFERENT), number=2)

    assert in_force([first, second]) == (second,)


def test_each_judgement_has_its_standing() -> None:
    known = [
        judged(1, A, C, Verdict.DIFFERENT),
        judged(2, A, B, Verdict.UNSURE),
        judged(3, A, B, Verdict.SAME),
        judged(4, B, C, Verdict.SAME),
        replace(judged(5, B, C, Verdict.DIFFERENT), undone_at=NOON),
    ]

    assert list(judgement_standings(known).values()) == [
        Standing.OVERRULED,
        Standing.SUPERSEDED,
        Standing.IN_FORCE,
        Standing.IN_FORCE,
        Standing.UNDONE,
    ]
    assert judgement_standings([]) == {}
