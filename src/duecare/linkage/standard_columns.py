"""Records of all sources, converted column by column to the standard form in which Splink compares them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa

from duecare.person import standardise as std
from duecare.person.names import is_given_name, is_known_name, meant_class, name_class, name_classes
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.partial_date import read_partial_date
from duecare.vocabulary.unknown import Unknown

KEY_COLUMNS: Final = ("source", "record_id")
READ_COLUMNS: Final = (
    "given_names", "family_name", "also_known_as", "online_names", "date_of_birth", "sex", "address", "postcode", "uprn",
    "phone", "email", "pnc_id", "cro_number", "nhs_number", "upn", "other_ids",
)  # fmt: skip
"""The columns of `persons` that speak of who somebody is; one that is missing is silent throughout."""

_TEXT_TYPE: Final = pa.string()
_LIST_TYPE: Final = pa.list_(pa.string())


def over_distinct(column: pa.ChunkedArray, function: Callable[[str], Any], column_type: pa.DataType) -> pa.Array:
    """The column with `function` put to each of its distinct texts once; null where there is no text.

    Shape:   an empty answer (empty text, empty list, None) becomes null.
    """
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    distinct_values = [
        function(distinct_text) if distinct_text else None for distinct_text in coded.dictionary.to_pylist()
    ]
    answers = pa.array([None if answer in ("", [], ()) else answer for answer in distinct_values], column_type)
    return answers.take(coded.indices)


def _each_part(function: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda cell_text: list(dict.fromkeys(filter(None, map(function, cell_text.split(";")))))


def _read_valid(function: Callable[[str], str | Unknown]) -> Callable[[str], str]:
    return lambda cell_text: std.valid_or_empty(function(cell_text))


def _birth_text(cell_text: str) -> str:
    try:
        return std.born_text(read_partial_date(cell_text))
    except ValueError:
        return ""


def _alias_names(words_to_name: Callable[[tuple[str, ...]], str]) -> Callable[[str], list[str]]:
    def alias_list(cell_text: str) -> list[str]:
        return list(
            dict.fromkeys(
                filter(
                    None,
                    (
                        words_to_name(alias_words)
                        for alias_words in map(std.name_words, cell_text.split(";"))
                        if alias_words
                    ),
                )
            )
        )

    return alias_list


def _first_word(words: tuple[str, ...]) -> str:
    return words[0]


def _last_word(words: tuple[str, ...]) -> str:
    return words[-1] if len(words) > 1 else ""


def standard_columns(records: pa.Table) -> pa.Table:
    """Every record in its standard form, one row each, in order of source and record_id, numbered from 0 in `uid`.

    Shape:   records as text columns (`READ_COLUMNS`, those missing taken as silent), lists joined by `;`. Out: uid, source,
             record_id, the standard columns, null where silent.
    """
    silent = pa.nulls(records.num_rows, _TEXT_TYPE)
    sorted_records = records.sort_by([(column_name, "ascending") for column_name in KEY_COLUMNS])

    def text_column(column_name: str) -> pa.ChunkedArray:
        if column_name not in sorted_records.column_names:
            return pa.chunked_array([silent])
        return sorted_records.column(column_name).cast(_TEXT_TYPE)

    def mapped_column(
        column_name: str, function: Callable[[str], Any], column_type: pa.DataType = _TEXT_TYPE
    ) -> pa.Array:
        return over_distinct(text_column(column_name), function, column_type)

    given_names = mapped_column("given_names", lambda cell_text: " ".join(std.name_words(cell_text)[:1]))
    family = mapped_column("family_name", lambda family_names: " ".join(std.name_words(family_names)))
    given_column, family_column = pa.chunked_array([given_names]), pa.chunked_array([family])
    return pa.table(
        {
            "uid": pa.array(range(records.num_rows), pa.int32()),
            "source": sorted_records.column("source").cast(_TEXT_TYPE),
            "record_id": sorted_records.column("record_id").cast(_TEXT_TYPE),
            "given": given_names,
            "middle": mapped_column("given_names", lambda cell_text: " ".join(std.name_words(cell_text)[1:])),
            "given_class": over_distinct(given_column, name_class, _TEXT_TYPE),
            "given_classes": over_distinct(given_column, name_classes, _LIST_TYPE),
            "given_meant": over_distinct(given_column, meant_class, _TEXT_TYPE),
            "given_spelling": over_distinct(given_column, std.spelling_code, _TEXT_TYPE),
            "given_sound": over_distinct(
                given_column, lambda cell_text: std.sound_code(name_class(cell_text)), _TEXT_TYPE
            ),
            "given_known": over_distinct(given_column, is_known_name, pa.bool_()),
            "other_givens": mapped_column("also_known_as", _alias_names(_first_word), _LIST_TYPE),
            "family": family,
            "family_sound": over_distinct(
                family_column, lambda cell_text: std.sound_code(cell_text.replace(" ", "")), _TEXT_TYPE
            ),
            "family_rest": over_distinct(family_column, lambda cell_text: cell_text.partition(" ")[2], _TEXT_TYPE),
            "family_spelling": over_distinct(family_column, std.spelling_code, _TEXT_TYPE),
            "family_class": over_distinct(family_column, name_class, _TEXT_TYPE),
            "family_known": over_distinct(family_column, is_given_name, pa.bool_()),
            "other_families": mapped_column("also_known_as", _alias_names(_last_word), _LIST_TYPE),
            "born": mapped_column("date_of_birth", _birth_text),
            "born_days": mapped_column(
                "date_of_birth", lambda cell_text: std.born_days(_birth_text(cell_text)), pa.int32()
            ),
            "sex": mapped_column("sex", std.comparable_sex),
            "postcode": mapped_column("postcode", std.comparable_postcode),
            "uprn": mapped_column("uprn", _read_valid(ids.read_uprn)),
            "home_number": mapped_column("address", std.home_number),
            "address_words": mapped_column("address", std.address_words, _LIST_TYPE),
            "phones": mapped_column("phone", _each_part(_read_valid(ids.read_phone)), _LIST_TYPE),
            "emails": mapped_column("email", _each_part(_read_valid(ids.read_email)), _LIST_TYPE),
            "online_names": mapped_column(
                "online_names", _each_part(lambda cell_text: std.fold_text(cell_text).replace(" ", "")), _LIST_TYPE
            ),
            "pnc": mapped_column("pnc_id", _read_valid(ids.read_pnc_id)),
            "cro": mapped_column("cro_number", _read_valid(ids.read_cro_number)),
            "nhs": mapped_column("nhs_number", _read_valid(ids.read_nhs_number)),
            "upn": mapped_column("upn", _read_valid(ids.read_upn)),
            "other_ids": mapped_column("other_ids", _each_part(std.other_id), _LIST_TYPE),
        }
    )
