"""Records of all sources, brought column by column to the standard form in which Splink compares them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa

from duecare.person import standardise as std
from duecare.person.names import is_given_name, is_known_name, meant_class, name_class, name_classes
from duecare.vocabulary import identifiers as ids
from duecare.vocabulary.partial import read_partial_date
from duecare.vocabulary.unknown import Unknown

KEY: Final = ("source", "record_id")
READ: Final = (
    "given_names", "family_name", "also_known_as", "online_names", "date_of_birth", "sex", "address", "postcode", "uprn",
    "phone", "email", "pnc_id", "cro_number", "nhs_number", "upn", "other_ids",
)  # fmt: skip
"""The columns of `persons` that speak of who somebody is; one that is missing is silent throughout."""

_TEXT: Final = pa.string()
_LIST: Final = pa.list_(pa.string())


def over_distinct(column: pa.ChunkedArray, function: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """The column with `function` put to each of its distinct texts once; null where there is no text.

    Shape:   an empty answer (empty text, empty list, None) becomes null.
    """
    coded = column.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    told = [function(text) if text else None for text in coded.dictionary.to_pylist()]
    answers = pa.array([None if answer in ("", [], ()) else answer for answer in told], kind)
    return answers.take(coded.indices)


def _each(function: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda text: list(dict.fromkeys(filter(None, map(function, text.split(";")))))


def _read(function: Callable[[str], str | Unknown]) -> Callable[[str], str]:
    return lambda text: std.valid_or_empty(function(text))


def _born(text: str) -> str:
    try:
        return std.born_text(read_partial_date(text))
    except ValueError:
        return ""


def _aliases(words_to_name: Callable[[tuple[str, ...]], str]) -> Callable[[str], list[str]]:
    def names(text: str) -> list[str]:
        return list(dict.fromkeys(filter(None, (words_to_name(w) for w in map(std.name_words, text.split(";")) if w))))

    return names


def _first(words: tuple[str, ...]) -> str:
    return words[0]


def _last(words: tuple[str, ...]) -> str:
    return words[-1] if len(words) > 1 else ""


def standard_columns(records: pa.Table) -> pa.Table:
    """Every record in its standard form, one row each, in order of source and record_id, numbered from 0 in `uid`.

    Shape:   records as text columns (`READ`, those missing taken as silent), lists joined by `;`. Out: uid, source,
             record_id, the standard columns, null where silent.
    """
    silent = pa.nulls(records.num_rows, _TEXT)
    sorted_records = records.sort_by([(name, "ascending") for name in KEY])

    def column(name: str) -> pa.ChunkedArray:
        if name not in sorted_records.column_names:
            return pa.chunked_array([silent])
        return sorted_records.column(name).cast(_TEXT)

    def mapped(name: str, function: Callable[[str], Any], kind: pa.DataType = _TEXT) -> pa.Array:
        return over_distinct(column(name), function, kind)

    given = mapped("given_names", lambda t: " ".join(std.name_words(t)[:1]))
    family = mapped("family_name", lambda t: " ".join(std.name_words(t)))
    given_column, family_column = pa.chunked_array([given]), pa.chunked_array([family])
    return pa.table(
        {
            "uid": pa.array(range(records.num_rows), pa.int32()),
            "source": sorted_records.column("source").cast(_TEXT),
            "record_id": sorted_records.column("record_id").cast(_TEXT),
            "given": given,
            "middle": mapped("given_names", lambda t: " ".join(std.name_words(t)[1:])),
            "given_class": over_distinct(given_column, name_class, _TEXT),
            "given_classes": over_distinct(given_column, name_classes, _LIST),
            "given_meant": over_distinct(given_column, meant_class, _TEXT),
            "given_spelling": over_distinct(given_column, std.spelling_code, _TEXT),
            "given_sound": over_distinct(given_column, lambda t: std.sound_code(name_class(t)), _TEXT),
            "given_known": over_distinct(given_column, is_known_name, pa.bool_()),
            "other_givens": mapped("also_known_as", _aliases(_first), _LIST),
            "family": family,
            "family_sound": over_distinct(family_column, lambda t: std.sound_code(t.replace(" ", "")), _TEXT),
            "family_rest": over_distinct(family_column, lambda t: t.partition(" ")[2], _TEXT),
            "family_spelling": over_distinct(family_column, std.spelling_code, _TEXT),
            "family_class": over_distinct(family_column, name_class, _TEXT),
            "family_known": over_distinct(family_column, is_given_name, pa.bool_()),
            "other_families": mapped("also_known_as", _aliases(_last), _LIST),
            "born": mapped("date_of_birth", _born),
            "born_days": mapped("date_of_birth", lambda t: std.born_days(_born(t)), pa.int32()),
            "sex": mapped("sex", std.comparable_sex),
            "postcode": mapped("postcode", std.comparable_postcode),
            "uprn": mapped("uprn", _read(ids.read_uprn)),
            "home_number": mapped("address", std.home_number),
            "address_words": mapped("address", std.address_words, _LIST),
            "phones": mapped("phone", _each(_read(ids.read_phone)), _LIST),
            "emails": mapped("email", _each(_read(ids.read_email)), _LIST),
            "online_names": mapped("online_names", _each(lambda t: std.fold_text(t).replace(" ", "")), _LIST),
            "pnc": mapped("pnc_id", _read(ids.read_pnc_id)),
            "cro": mapped("cro_number", _read(ids.read_cro_number)),
            "nhs": mapped("nhs_number", _read(ids.read_nhs_number)),
            "upn": mapped("upn", _read(ids.read_upn)),
            "other_ids": mapped("other_ids", _each(std.other_id), _LIST),
        }
    )
