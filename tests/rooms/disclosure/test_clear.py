"""Clearing a release: what is printed, what is hidden, and what is refused."""

from __future__ import annotations

import json

import pytest

from duecare.disclosure import (
    CellKey,
    ClearedTable,
    CountClass,
    Dimension,
    DisclosurePolicy,
    DraftTable,
    Earlier,
    Share,
    as_kept,
    clear_tables,
    from_kept,
)
from duecare.disclosure.clearance import look_through
from duecare.disclosure.count_table import exact_form, hidden_form
from duecare.disclosure.percentage import percent_text
from duecare.vocabulary.refusals import Refusal

AREAS = Dimension("area", (("", ("A", "B", "C", "D")),))
BCUS = Dimension("area", (("", ("North", "South")), ("North", ("A", "B", "C")), ("South", ("D", "E"))))
PERIODS = Dimension("period", (("2026-to-Q2", ("2026-Q1", "2026-Q2")),))
OUTSIDERS = DisclosurePolicy(insider="")
POLICY = DisclosurePolicy()


def at(measure="children", **cut):
    return CellKey(measure, frozenset(cut.items()))


def table(counts, *dimensions, kind=CountClass.CHILDREN, shares=()):
    return DraftTable("table", kind, dimensions or (AREAS,), counts, shares)


def by_area(*counts, **cut):
    found = {at(area=area, **cut): count for area, count in zip("ABCD", counts, strict=True)}
    return {**found, at(**cut): sum(counts)}


def printed(cleared, number=0):
    return {cell: form.text for cell, form in cleared.tables[number].cells.items()}


def test_sc49_a_second_cell_is_hidden_with_a_small_one():
    found = printed(clear_tables([table(by_area(3, 12, 0, 40))], [], OUTSIDERS))

    assert found[at(area="A")] == "c"
    assert sorted(found.values()).count("c") == 2
    assert found[at(area="C")] == "0"


def test_sc49_who_knows_one_area_cannot_work_out_the_other():
    found = printed(clear_tables([table(by_area(3, 12, 0, 40))], [], POLICY))

    assert [found[at(area=area)] for area in "ABCD"] == ["c", "c", "0", "c"]


def test_sc49_the_year_to_date_does_not_give_it_back():
    first = clear_tables([table(by_area(3, 12, 0, 40, period="2026-Q1"), AREAS, PERIODS)], [], POLICY)
    second = {**by_area(9, 8, 7, 30, period="2026-Q2"), **by_area(12, 20, 7, 70, period="2026-to-Q2")}

    found = clear_tables([table(second, AREAS, PERIODS)], [first.as_earlier("first")], POLICY)

    text = printed(found)
    assert "c" in {text[at(area="A", period="2026-Q2")], text[at(area="A", period="2026-to-Q2")]}
    assert found.summary.small == 0
    assert found.summary.hidden_for_others >= 1


def test_sc32_a_count_of_practice_is_printed_small_and_children_by_borough_are_not():
    said = table(
        {at("files of children kept in cells"): 39, at("files"): 40},
        kind=CountClass.PRACTICE,
        shares=(Share(at("files of children kept in cells"), at("files")),),
    )
    cut = table({at("kept in cells", area=area): count for area, count in zip("ABCD", (3, 2, 4, 4), strict=True)})

    found = clear_tables([said, cut], [], POLICY)

    assert found.tables[0].shares == {Share(at("files of children kept in cells"), at("files")): "97.5"}
    assert set(printed(found, 0).values()) == {"39", "40"}
    assert set(printed(found, 1).values()) == {"c"}


def test_one_cell_has_one_form_in_every_table():
    first = table(by_area(3, 12, 9, 40))
    second = DraftTable("again", CountClass.CHILDREN, (AREAS,), {at(area="B"): 12, at(area="C"): 9, at(area="D"): 40})

    found = clear_tables([first, second], [], POLICY)

    assert {cell: text for cell, text in printed(found, 0).items() if cell in printed(found, 1)} == printed(found, 1)


def test_a_cell_keeps_the_form_it_had_when_first_released():
    earlier = clear_tables([table(by_area(3, 12, 9, 40))], [], POLICY)

    found = clear_tables([table(by_area(3, 12, 9, 40))], [earlier.as_earlier("first")], POLICY)

    assert found.tables == earlier.tables


def test_what_was_hidden_once_is_not_printed_as_practice_later():
    earlier = clear_tables([table(by_area(3, 12, 9, 40))], [], POLICY)

    found = clear_tables([table({at(area="A"): 3}, kind=CountClass.PRACTICE)], [earlier.as_earlier("first")], POLICY)

    assert printed(found) == {at(area="A"): "c"}


def test_the_same_draft_is_cleared_the_same():
    draft = [table(by_area(3, 12, 1, 4))]

    assert clear_tables(draft, [], POLICY) == clear_tables(draft, [], POLICY)


def test_an_area_of_a_group_is_hidden_with_more_than_the_group():
    counts = {at(area=area): count for area, count in zip("ABCDE", (3, 9, 14, 20, 31), strict=True)}
    counts |= {at(area="North"): 26, at(area="South"): 51, at(): 77}

    found = clear_tables([table(counts, BCUS)], [], POLICY)

    bounds = {bound.cell: bound for bound in found.bounds}
    assert bounds[at(area="A")].high >= 5
    assert bounds[at(area="A")].high - bounds[at(area="A")].low >= 4


def test_a_percentage_is_printed_only_of_numbers_that_are():
    shares = tuple(Share(at(area=area), at()) for area in "ABCD")

    found = clear_tables([table(by_area(3, 12, 14, 26), shares=shares)], [], OUTSIDERS).tables[0]

    assert found.shares[Share(at(area="A"), at())] is None
    assert all(
        (text is None) == ("c" in {found.cells[share.part].text, found.cells[share.whole].text})
        for share, text in found.shares.items()
    )


def test_the_rest_of_a_percentage_is_protected_though_it_is_printed_nowhere():
    seen = table({at("seen"): 38, at("due"): 40}, shares=(Share(at("seen"), at("due")),))

    found = clear_tables([seen], [], POLICY)

    assert "c" in printed(found).values()


def test_one_part_that_is_left_out_is_protected():
    counts = by_area(20, 30, 40, 3)
    del counts[at(area="D")]

    assert "c" in printed(clear_tables([table(counts)], [], OUTSIDERS)).values()


def test_several_parts_that_are_left_out_are_protected_together():
    counts = by_area(20, 30, 2, 1)
    del counts[at(area="D")], counts[at(area="C")]

    assert "c" in printed(clear_tables([table(counts)], [], OUTSIDERS)).values()


def test_a_correction_by_few_is_not_shown():
    first = clear_tables([table(by_area(10, 12, 9, 40))], [], POLICY)

    found = clear_tables([table(by_area(11, 12, 9, 40))], [first.as_earlier("first")], POLICY)

    text = printed(found)
    assert (text[at(area="A")], text[at()]) == ("c", "c")


def test_a_correction_by_few_may_be_shown_by_policy():
    shown = DisclosurePolicy(corrections="shown")
    first = clear_tables([table(by_area(10, 12, 9, 40))], [], shown)

    found = clear_tables([table(by_area(11, 12, 9, 40))], [first.as_earlier("first")], shown)

    assert printed(found)[at(area="A")] == "11"


def test_a_correction_by_many_is_printed():
    first = clear_tables([table(by_area(10, 12, 9, 40))], [], POLICY)

    found = clear_tables([table(by_area(30, 12, 9, 40))], [first.as_earlier("first")], POLICY)

    assert printed(found)[at(area="A")] == "30"


def test_a_sum_does_not_show_a_correction_that_is_not_printed():
    first = clear_tables([table(by_area(20, 12, 9, 40, period="2026-Q1"), AREAS, PERIODS)], [], POLICY)
    second = {**by_area(30, 31, 32, 33, period="2026-Q2"), **by_area(51, 43, 41, 73, period="2026-to-Q2")}

    text = printed(clear_tables([table(second, AREAS, PERIODS)], [first.as_earlier("first")], POLICY))

    assert "c" in {text[at(area="A", period="2026-Q2")], text[at(area="A", period="2026-to-Q2")]}


def test_zeros_may_be_hidden_by_policy():
    found = clear_tables([table(by_area(0, 12, 9, 40))], [], DisclosurePolicy(zeros="hidden", insider=""))

    assert printed(found)[at(area="A")] == "c"


def test_rounded_counts_still_add_up():
    found = clear_tables([table(by_area(13, 12, 9, 41))], [], DisclosurePolicy(mode="round"))

    numbers = {cell: form.value for cell, form in found.tables[0].cells.items()}
    assert sum(numbers[at(area=area)] for area in "ABCD") == numbers[at()]
    assert {number % 5 for number in numbers.values()} == {0}
    assert found.summary.rounded == 5
    assert all(abs(numbers[cell] - found.truth[cell]) < 5 for cell in numbers)


def test_percentages_of_rounded_counts_are_worked_out_from_what_is_printed():
    share = Share(at(area="D"), at())

    found = clear_tables([table(by_area(13, 12, 9, 41), shares=(share,))], [], DisclosurePolicy(mode="round")).tables[0]

    assert found.shares[share] == f"{100 * found.cells[share.part].value / found.cells[share.whole].value:.1f}"


def test_what_nothing_would_protect_is_refused():
    practice = table(by_area(3, 12, 9, 40), kind=CountClass.PRACTICE)
    del practice.counts[at(area="A")]
    children = table({at(area="A"): 3})

    with pytest.raises(Refusal) as refused:
        clear_tables([practice, children], [], OUTSIDERS)

    assert refused.value.code == "REP-011"
    assert refused.value.faults == (at(area="A").text,), "which count it is, and nothing of how many"


def test_what_is_printed_nowhere_is_named_in_words_where_it_is_refused():
    practice = table(by_area(3, 12, 9, 40), kind=CountClass.PRACTICE)
    del practice.counts[at(area="A")]

    with pytest.raises(Refusal) as refused:
        clear_tables([practice, table({at(area="B"): 12})], [], OUTSIDERS)

    assert refused.value.faults == ("children (printed nowhere, but follows from sums), area A",)


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        ([table({at(): 5}), table({at(): 6})], "children has two counts"),
        ([table({at(): -1})], "children is negative"),
        ([table({**by_area(3, 12, 9, 40), at(): 63})], "children is not the sum of its parts"),
        ([table({at(area="A"): 9, at(area="B"): 9, at(): 17})], "children is not the sum of its parts"),
    ],
    ids=["two counts", "negative", "a wrong total", "parts above the total"],
)
def test_tables_that_do_not_fit_are_refused(tables, fault):
    with pytest.raises(Refusal) as refused:
        clear_tables(tables, [], POLICY)

    assert (refused.value.code, refused.value.faults) == ("REP-012", (fault,))


def test_what_is_kept_of_a_release_is_read_back():
    shares = (Share(at(area="B"), at()),)
    earlier = clear_tables([table(by_area(3, 12, 9, 40), shares=shares)], [], POLICY).as_earlier("2026-Q1")

    assert from_kept(json.loads(json.dumps(as_kept(earlier)))) == earlier


def test_the_share_lost_is_of_the_childrens_cells():
    found = clear_tables([table(by_area(3, 12, 0, 40))], [], POLICY).summary

    assert (found.cells, found.small, found.hidden_for_others, found.lost) == (5, 1, 2, 0.6)


def test_nothing_is_lost_of_nothing():
    assert clear_tables([], [], POLICY).summary.lost == 0


def released(texts, truth, shares=None):
    """A release of another time, as it was printed."""
    cells = {cell: hidden_form(1) if text == "c" else exact_form(int(text)) for cell, text in texts.items()}
    return Earlier("before", (ClearedTable("t", CountClass.CHILDREN, (AREAS,), cells, shares or {}),), truth)


def test_what_an_earlier_release_gave_away_is_named_and_does_not_stop_the_next():
    truth = by_area(3, 12, 0, 40)
    weak = released({**{cell: str(count) for cell, count in truth.items()}, at(area="A"): "c"}, truth)

    found = clear_tables([table({at("other", area="A"): 30, at("other"): 90})], [weak], OUTSIDERS)

    assert at(area="A") in found.summary.exposed


def test_a_percentage_printed_of_a_hidden_count_narrows_it():
    truth = by_area(3, 12, 0, 40)
    marks = {**{cell: str(count) for cell, count in truth.items()}, at(area="A"): "c", at(area="B"): "c"}
    told = released(marks, truth, {Share(at(area="A"), at()): "5.5"})
    untold = released(marks, truth)

    assert look_through(told, [], OUTSIDERS)[1]
    assert not look_through(untold, [], OUTSIDERS)[1]


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "text"),
    [(39, 40, 1, "97.5"), (1, 3, 0, "33"), (1, 8, 1, "12.5"), (1, 16, 1, "6.3"), (0, 5, 1, "0.0"), (3, 0, 1, None)],
)
def test_percentages_are_rounded_half_up(part, whole, decimals, text):
    assert percent_text(part, whole, decimals) == text
