"""Headers of files against their mapping, and flat files whose rows are of several groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from duecare.extract.grouped_rows import MixedFile
from duecare.extract.header_faults import header_faults
from duecare.extract.mapping import FileMap
from duecare.extract.table_reader import Broken, Cells, HowRead
from duecare.extract.xml_map import MIXED, Group, Node, XmlMap, expected_names, joined_names, years_of

FILE = FileMap("events", columns=("id", "kind", "at", "note"), may_be_absent=frozenset({"note"}))


@pytest.mark.parametrize("header", [("id", "kind", "at"), ("at", "id", "note", "kind")])
def test_the_columns_of_a_file_may_stand_in_any_order_without_those_that_may_be_absent(header: Sequence[str]) -> None:
    assert header_faults("events.csv", header, FILE) == []


@pytest.mark.parametrize(
    ("header", "named"),
    [
        (("id", "kind"), ["missing column at"]),
        (("id",), ["missing column kind", "missing column at"]),
        (("id", "kind", "at", "id"), ["column id is there twice"]),
        (("id", "kind", "at", "other"), ["unknown column other"]),
        (("id", "kind", "", "at"), ["unknown column without a name, at place 3"]),
        (("id", "kind", "at", "9 High Street"), ["unknown column at place 4"]),
        (("id", "kind", "at", "x" * 60), [f"unknown column {'x' * 60}"]),
        (("id", "kind", "at", "x" * 61), ["unknown column at place 4"]),
        (
            ("id", "kind", "b", "b"),
            ["unknown column b", "unknown column b", "column b is there twice", "missing column at"],
        ),
    ],
)
def test_each_fault_of_a_header_is_one_line(header: Sequence[str], named: list[str]) -> None:
    assert header_faults("events.csv", header, FILE) == [f"events.csv: {fault}" for fault in named]


@pytest.mark.parametrize("header", [("Amal", "9 High Street"), ("",), ()])
def test_a_first_row_without_a_known_column_is_not_repeated(header: Sequence[str]) -> None:
    (fault,) = header_faults("events.csv", header, FILE)

    assert fault.startswith("events.csv, row 1: ")
    assert "Amal" not in fault


GROUPS = {
    "children": Group("children", ("upn", "born"), (), frozenset()),
    "needs": Group("needs", ("need",), ("upn",), frozenset({"need"})),
}
XML = XmlMap(Node("all"), Node("all"), Node("child"), frozenset(), "n", "is", "y", "d", "t", (2026,), GROUPS)


class Flat:
    """Rows as a flat file gives them."""

    def __init__(self, header: tuple[str, ...], *rows: Cells | Broken) -> None:
        self.header = header
        self.how = HowRead("csv", "UTF-8", "comma")
        self._rows = rows

    def rows(self) -> Iterator[Cells | Broken]:
        yield from self._rows


def read(header: tuple[str, ...], *texts: Sequence[str]) -> list[tuple[str, Cells | Broken]]:
    cells = (Cells(number, row) for number, row in enumerate(texts, 2))
    return list(MixedFile(Flat(header, *cells), XML).rows())


def test_each_row_goes_to_the_group_that_it_names() -> None:
    found = read((MIXED, "upn", "born", "need"), ("children", "1", "2", ""), (" needs ", "1", "", "x"))

    assert found == [
        ("children", Cells(2, ("children", "1", "2", ""))),
        ("needs", Cells(3, (" needs ", "1", "", "x"))),
    ]


@pytest.mark.parametrize("group", ["other", "", "Children"])
def test_a_row_of_no_known_group_is_set_aside_at_its_group(group: str) -> None:
    ((to, broken),) = read((MIXED, "upn", "born", "need"), (group, "1", "", ""))

    assert isinstance(broken, Broken)
    assert (to, broken.row, broken.column, broken.texts) == ("", 2, MIXED, (group, "1", "", ""))
    assert "children, needs" in broken.remedy


def test_a_row_whose_group_has_a_column_that_is_not_there_is_set_aside_at_that_column() -> None:
    (_, broken), (_, whole) = read((MIXED, "upn", "need"), ("children", "1", ""), ("needs", "1", "x"))

    assert isinstance(broken, Broken)
    assert broken.column == "born"
    assert whole == Cells(3, ("needs", "1", "x"))


def test_a_row_that_could_not_be_split_is_handed_on_under_its_group_if_that_is_known() -> None:
    broken = [Broken(number, "upn", "why", "how", texts) for number, texts in enumerate([("needs",), ("x",), ()], 2)]

    assert list(MixedFile(Flat((MIXED, "upn"), *broken), XML).rows()) == list(
        zip(("needs", "", ""), broken, strict=True)
    )


@pytest.mark.parametrize(
    ("header", "count"),
    [
        ((MIXED, "upn", "born", "need"), 0),
        ((MIXED,), 0),
        ((MIXED, "upn", "other"), 1),
        ((MIXED, "upn", "upn"), 1),
        ((MIXED, "other", "other"), 3),
        (("upn", "other"), 1),
        ((), 1),
    ],
)
def test_each_fault_of_the_header_of_a_flat_file_of_groups(header: tuple[str, ...], count: int) -> None:
    mixed = MixedFile(Flat(header), XML)

    assert len(mixed.faults) == count
    assert mixed.headers == {"": header, "children": header, "needs": header}
    assert not any("other" in fault for fault in mixed.faults)


def test_all_columns_of_the_groups_are_named_once_those_of_a_group_itself_first() -> None:
    assert XML.columns == ("upn", "born", "need")
    assert GROUPS["needs"].columns == ("need", "upn")


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (2024, 9999, {2024, 2025, 2026}),
        (0, 2024, {2023, 2024}),
        (2024, 2025, {2024, 2025}),
        (0, 9999, {2023, 2024, 2025, 2026}),
    ],
)
def test_an_element_is_expected_from_its_first_year_to_its_last(first: int, last: int, years: set[int]) -> None:
    above = Node("all")
    node = above.child("child")
    node.first, node.last = first, last

    assert {year for year in range(2023, 2027) if list(expected_names(above, year))} == years
    assert above.child("child") is node


def test_the_years_of_an_element_in_words() -> None:
    assert years_of(Node("a", first=2024, last=2025)).endswith("2024 to 2025")
    assert years_of(Node("a", first=2024)).endswith("from 2024")
    assert years_of(Node("a", last=2025)).endswith("up to 2025")


def test_at_most_twenty_names_are_listed() -> None:
    assert joined_names(map(str, range(20))) == ", ".join(map(str, range(20)))
    assert joined_names(map(str, range(21))) == ", ".join(map(str, range(20))) + " and others"
    assert joined_names([]) == ""
