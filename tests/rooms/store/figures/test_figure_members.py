"""The lines that figures counted, and what officers said of differences between groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from duecare.figure import CountedLine, Dimension, cut_of
from duecare.record.pole import CaseKey
from duecare.store.figures.difference_answers import Answered, answers_of_figure, keep_answer
from duecare.store.figures.figure_members import abandon_snapshot, counted_in, keep_lines, members_of
from duecare.store.figures.figure_snapshots import RestsOn, begin_snapshot
from duecare.store.models import DifferenceAnswered, FigureLine

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
NORTH_GIRLS = cut_of({Dimension.AREA: "North", Dimension.SEX: "F"})
C1, C2 = CaseKey("pole", "C1"), CaseKey("niche", "C1")


def begin() -> int:
    rests = RestsOn("", "", "", "", 0, 0, 0, (), 0, "", "")
    return begin_snapshot(
        period="2026-Q3", as_of=NOON, known_at=NOON, recorded_at=NOON, account_name="author", rests_on=rests
    )


def member(key: str = "k", minutes: int = 0, figure: str = "seen", **told: Any) -> CountedLine:
    return CountedLine(figure, key, NOON + timedelta(minutes=minutes), **{"counts": True, "why": "", **told})


# --- lines -------------------------------------------------------------------------------------------------


def test_a_line_is_read_back_the_same():
    number = begin()
    whole = member(
        counts=False,
        why="too late",
        case=C1,
        person="0123456789abcdef",
        amount=1.5,
        cuts=NORTH_GIRLS,
        stratum="all",
        frame=7,
    )
    keep_lines(number, [whole])

    assert members_of(number, "seen") == (whole,)


@pytest.mark.parametrize("amount", [None, 0.0, -1.0, 1e300, inf])
def test_an_amount_may_be_none_zero_or_without_end(amount: float | None):
    number = begin()
    keep_lines(number, [member(amount=amount)])

    (read,) = members_of(number, "seen")
    assert read == member(amount=amount)
    assert (read.amount is None) == (amount is None)


@pytest.mark.parametrize("counts", [True, False, None])
def test_whether_it_counts_may_be_untold(counts: bool | None):
    number = begin()
    keep_lines(number, [member(counts=counts, why="nobody said")])

    assert members_of(number, "seen")[0].counts is counts


def test_a_line_of_no_case_and_nobody_is_of_none():
    number = begin()
    keep_lines(number, [member()])

    (read,) = members_of(number, "seen")
    assert (read.case, read.person, read.cuts, read.stratum, read.frame) == (None, None, (), "", 0)


def test_a_reason_is_kept_up_to_its_length_and_a_time_to_the_second():
    number = begin()
    keep_lines(number, [member(why="w" * 301)])
    keep_lines(number, [CountedLine("late", "k", NOON.replace(microsecond=999_999), True, "")])

    assert members_of(number, "seen")[0].why == "w" * 300
    assert members_of(number, "late")[0].at == NOON


def test_lines_come_by_time_and_key_and_are_those_of_one_figure_and_snapshot():
    number, other = begin(), begin()
    keep_lines(number, [member("b", 5), member("c", 1), member("a", 5), member("x", 0, "held")])
    keep_lines(other, [member("z")])

    assert [one.key for one in members_of(number, "seen")] == ["c", "a", "b"]
    assert [one.key for one in members_of(number, "held")] == ["x"]
    assert members_of(number, "none") == members_of(10**9, "seen") == ()


def test_lines_of_a_cut_are_those_that_have_its_value_in_every_dimension():
    number = begin()
    keep_lines(
        number,
        [
            member("a", cuts=NORTH_GIRLS),
            member("b", cuts=cut_of({Dimension.AREA: "North", Dimension.SEX: "M"})),
            member("c", cuts=cut_of({Dimension.AREA: "South", Dimension.SEX: "F"})),
            member("d"),
        ],
    )

    def keys(**cut: str) -> list[str]:
        return [
            one.key for one in members_of(number, "seen", cut_of({Dimension(name): said for name, said in cut.items()}))
        ]

    assert keys() == ["a", "b", "c", "d"]
    assert keys(area="North") == ["a", "b"]
    assert keys(area="North", sex="F") == ["a"]
    assert keys(area="East") == []


def test_thousands_of_lines_are_kept_in_several_transactions():
    number = begin()
    keep_lines(number, (member(f"k{place:05}") for place in range(2_003)))

    assert FigureLine.objects.filter(snapshot_id=number).count() == 2_003
    keep_lines(number, [])
    assert FigureLine.objects.count() == 2_003


def test_in_which_figures_of_which_snapshots_a_case_is_a_line():
    first, second, third = begin(), begin(), begin()
    keep_lines(second, [member("a", case=C1), member("b", case=C1), member("c", 0, "held", case=C1)])
    keep_lines(first, [member("a", case=C1), member("b", case=C2)])
    keep_lines(third, [member("a", case=C1)])

    assert counted_in(C1, [second, first]) == ((first, "seen"), (second, "held"), (second, "seen"))
    assert counted_in(C2, [second, first, third]) == ((first, "seen"),)
    assert counted_in(CaseKey("pole", "C2"), [first]) == counted_in(C1, []) == ()


def test_a_snapshot_that_is_abandoned_has_no_lines_and_others_keep_theirs():
    number, other = begin(), begin()
    keep_lines(number, [member("a"), member("b")])
    keep_lines(other, [member("c")])

    abandon_snapshot(number)

    assert members_of(number, "seen") == ()
    assert [one.key for one in members_of(other, "seen")] == ["c"]


def test_the_database_refuses_to_alter_a_line_and_lets_it_be_taken_away():
    number = begin()
    keep_lines(number, [member("a")])

    with pytest.raises(DatabaseError), transaction.atomic():
        FigureLine.objects.update(counts=False)
    assert members_of(number, "seen") == (member("a"),)


# --- answers to differences --------------------------------------------------------------------------------


def answer(figure: str = "seen", minutes: int = 0, **told: str) -> Answered:
    said = {"dimension": "sex", "group": "F", "answer": "explained", "words": "made up", "officer": "D1", **told}
    return Answered(figure, at=NOON + timedelta(minutes=minutes, microseconds=7), **said)


def test_answers_are_read_back_the_same_the_first_first():
    number, other = begin(), begin()
    first, second = answer(minutes=9), answer(minutes=1, answer="changes", group="M")
    for told in (first, answer("held"), second):
        keep_answer(number, told, "somebody")
    keep_answer(other, answer(), "somebody")

    assert answers_of_figure(number, "seen") == (first, second)
    assert answers_of_figure(number, "none") == answers_of_figure(10**9, "seen") == ()
    assert set(DifferenceAnswered.objects.values_list("by", flat=True)) == {"somebody"}


def test_the_database_refuses_to_alter_or_take_away_an_answer():
    number = begin()
    keep_answer(number, answer(), "somebody")

    for deed in (
        lambda: DifferenceAnswered.objects.update(words="other"),
        lambda: DifferenceAnswered.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert answers_of_figure(number, "seen") == (answer(),)
