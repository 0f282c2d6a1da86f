"""What each expression of a mapping file gives for a row, and which column is named where it cannot be read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duecare.extract.mapping_expression import BadColumn, detail_getter, make_getter, template_getter
from duecare.vocabulary.kinds import EVENT_KINDS

PLACES = {"a": 0, "b": 1, "c": 2}
TABLES = {"sex": {"1": "M", "2": "F", "m": "M", "male": "M", "9": ""}}
CELL = st.sampled_from(["", " ", "x", " y ", "1", "z z"])


def got(expression: Any, *row: str, kinds: bool = False) -> str:
    return make_getter(expression, PLACES, TABLES, kinds=kinds)(row)


def detail(expression: Any, *row: str) -> Any:
    text = detail_getter(expression, PLACES, TABLES)(row)
    return json.loads(text) if text else None


def refused(expression: Any, *row: str) -> BadColumn:
    with pytest.raises(BadColumn) as bad:
        got(expression, *row)
    return bad.value


@pytest.mark.parametrize(
    ("expression", "row", "text"),
    [
        ("a", (" x ", "", ""), "x"),
        ("no_such_column", ("x", "y", "z"), ""),
        ({"column": "b"}, ("x", " y", "z"), "y"),
        ({"column": "no_such_column"}, ("x", "y", "z"), ""),
        ({"value": "fixed"}, ("", "", ""), "fixed"),
        ({"value": 3}, ("", "", ""), "3"),
        ({"first": ["a", "b", {"value": "last"}]}, ("", " ", ""), "last"),
        ({"first": ["a", "b"]}, ("", "y", ""), "y"),
        ({"first": ["b", "a"]}, ("x", "y", ""), "y"),
        ({"first": ["a", "b"]}, ("", "", "z"), ""),
        ({"columns": ["a", "b", "c"]}, ("x", " ", "z"), "x z"),
        ({"columns": ["a", "b", "c"], "join": "-"}, (" x", "y ", "z"), "x-y-z"),
        ({"columns": ["c", "a"], "join": ""}, ("x", "y", "z"), "zx"),
        ({"columns": ["a", "no_such_column"]}, ("x", "", ""), "x"),
        ({"template": "R-{a}/{c}"}, (" 1 ", "", "2"), "R-1/2"),
        ({"template": "{b}"}, ("", "7", ""), "7"),
        ({"template": "fixed"}, ("", "", ""), "fixed"),
        ({"when": "a", "value": "yes"}, ("x", "", ""), "yes"),
        ({"when": "a", "value": "yes"}, (" ", "", ""), ""),
        ({"unless": "a", "value": "no"}, ("x", "", ""), ""),
        ({"unless": "a", "value": "no"}, ("", "", ""), "no"),
        ({"when": "a", "unless": "b", "column": "c"}, ("x", "", "z"), "z"),
        ({"when": "a", "unless": "b", "column": "c"}, ("x", "y", "z"), ""),
        ({"when": "a", "unless": "b", "column": "c"}, ("", "", "z"), ""),
        ({"when": {"column": "a", "table": "sex"}, "value": "yes"}, ("9", "", ""), ""),
    ],
)
def test_an_expression_gives_its_text(expression: Any, row: tuple[str, ...], text: str) -> None:
    assert got(expression, *row) == text


@pytest.mark.parametrize(
    ("code", "word"),
    [("1", "M"), (" 2 ", "F"), ("M", "M"), ("m", "M"), ("MaLe", "M"), ("F", "F"), ("9", ""), ("", ""), ("  ", "")],
)
def test_a_code_gives_its_word_and_a_word_of_the_table_stays(code: str, word: str) -> None:
    assert got({"column": "a", "table": "sex"}, code, "", "") == word


@pytest.mark.parametrize("code", ["3", "f", "MF"])
def test_an_unknown_code_names_its_column_and_never_itself(code: str) -> None:
    bad = refused({"column": "a", "table": "sex"}, code, "", "")

    assert bad.column == "a"
    assert bad.reason
    assert bad.remedy
    assert code not in str(bad).split()
    assert got({"column": "a", "table": "sex", "open": True}, code, "", "") == code


def test_only_where_kinds_are_wanted_a_kind_of_event_stands_for_itself() -> None:
    kind = min(EVENT_KINDS)

    assert got({"column": "a", "table": "sex"}, kind, "", "", kinds=True) == kind
    assert got({"when": "b", "column": "a", "table": "sex"}, kind, "y", "", kinds=True) == kind
    assert got({"unless": "c", "column": "a", "table": "sex"}, kind, "y", "", kinds=True) == kind
    assert refused({"column": "a", "table": "sex"}, kind, "", "").column == "a"


@pytest.mark.parametrize("row", [("1", "", "3"), ("1", " ", "3")])
def test_a_template_refuses_a_row_that_lacks_a_part(row: tuple[str, ...]) -> None:
    with pytest.raises(BadColumn) as bad:
        template_getter("{a}-{b}-{c}", PLACES)(row)

    assert bad.value.column == "b"


def test_a_template_of_a_column_that_the_file_does_not_carry_names_it() -> None:
    assert refused({"template": "{a}{other}"}, "1", "2", "3").column == "other"


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.tuples(CELL, CELL, CELL), st.sampled_from(["", ", "])
)
def test_first_and_columns_are_what_a_plain_loop_gives(names: list[str], row: tuple[str, ...], join: str) -> None:
    filled = [row[PLACES[name]].strip() for name in names if row[PLACES[name]].strip()]

    assert got({"first": names}, *row) == (filled[0] if filled else "")
    assert got({"columns": names, "join": join}, *row) == join.join(filled)
    assert got({"when": names[0], "value": "v"}, *row) + got({"unless": names[0], "value": "v"}, *row) == "v"


@pytest.mark.parametrize(
    ("as_type", "written", "value"),
    [
        ("text", " x ", "x"),
        ("text", "1", "1"),
        ("number", "7", 7),
        ("number", "007", 7),
        ("number", "1.5", 1.5),
        ("number", "-2", -2.0),
        ("number", "123456789012345", 123456789012345),
        ("list", "x; y ;;z;", ["x", "y", "z"]),
        ("list", ";", []),
        ("json", '{"k": [1]}', {"k": [1]}),
        ("yes", "true", True),
        ("yes", "false", False),
    ],
)
def test_a_field_of_a_detail_has_the_type_that_the_mapping_gives(as_type: str, written: str, value: object) -> None:
    found = detail({"field": {"column": "a", "as": as_type}}, written, "", "")

    assert found == {"field": value}
    assert type(found["field"]) is type(value)


@pytest.mark.parametrize(
    ("as_type", "written"),
    [
        ("number", "1234567890123456"),
        ("number", "1_000"),
        ("number", "seven"),
        ("number", "٣"),
        ("json", "{"),
        ("yes", "perhaps"),
        ("time", "2025-13-01T10:00"),
    ],
)
def test_a_field_that_is_not_of_its_type_names_its_column_and_a_form(as_type: str, written: str) -> None:
    with pytest.raises(BadColumn) as bad:
        detail({"field": {"column": "b", "as": as_type}}, "", written, "")

    assert bad.value.column == "b"
    assert bad.value.remedy.startswith("write it as ")
    assert written not in bad.value.reason + bad.value.remedy


def test_a_time_of_a_detail_is_written_out_as_any_other_time() -> None:
    assert detail({"at": {"column": "a", "as": "time"}}, "2025-07-01 10:00", "", "") == {
        "at": "2025-07-01T09:00:00+00:00"
    }


def test_empty_fields_are_left_out_and_a_detail_of_none_is_no_text() -> None:
    fields = {"one": "a", "two": {"column": "b", "as": "number"}, "three": {"columns": ["c"]}}

    assert detail(fields, "", "0", " ") == {"two": 0}
    assert detail(fields, "x", "", "z") == {"one": "x", "three": "z"}
    assert detail(fields, "", "", "") is None


def test_a_column_of_json_is_handed_on_as_it_is() -> None:
    assert detail_getter({"column": "a", "as": "json"}, PLACES, TABLES)((' {"k":  1} ', "", "")) == '{"k":  1}'


@pytest.mark.parametrize("expression", [{"as": "number", "first": ["a", "b"]}, {"as": "number", "columns": ["a"]}])
def test_a_typed_field_of_several_columns_names_none(expression: Any) -> None:
    with pytest.raises(BadColumn) as bad:
        detail({"field": expression}, "x", "", "")

    assert bad.value.column == ""
