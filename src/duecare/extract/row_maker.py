"""How a row of a file becomes versions: one of a neutral sheet, or several by a source's mapping, all or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from duecare.extract.date_forms import form_words, with_date_forms
from duecare.extract.mapping import FileMap, SourceMap, columns_of
from duecare.extract.mapping_expression import (
    BadColumn,
    Getter,
    TableRow,
    detail_getter,
    make_getter,
    template_getter,
)
from duecare.extract.row_rules import Notes, checks_of
from duecare.record.contract import POLE_SHEETS
from duecare.record.row_reader import Fault, RowRead, RowReader, row_reader, spoilt_fault, write_body
from duecare.vocabulary.kinds import ROLES

_HAS_OFFSET: Final = re.compile(r"(Z|z|[+-]\d{2}(:?\d{2})?)$")


class Made(NamedTuple):
    """One version of one thing, made from a row; `version` is UTC ISO text or None, `body` canonical JSON."""

    sheet: str
    key: str
    version: str | None
    withdrawn: bool
    body: bytes
    notes: tuple[tuple[str, str], ...]


RowMaker = Callable[[TableRow], "list[Made] | Fault"]


class Times(NamedTuple):
    """When the delivery was extracted (None: not stated) and received, as UTC ISO texts."""

    extracted_at: str | None
    received_at: str


def neutral_maker(sheet: str, columns: Sequence[str], times: Times) -> RowMaker:
    """Make the function that turns a row of a neutral sheet (all but ties) into its one version."""
    read_row = row_reader(POLE_SHEETS[sheet], columns, extracted_at=times.extracted_at, received_at=times.received_at)

    def make_version(table_row: TableRow) -> list[Made] | Fault:
        row_read = read_row(table_row)
        if type(row_read) is not RowRead:
            return row_read  # type: ignore[return-value]
        body_bytes = write_body(row_read.body)
        if body_bytes is None or "\x00" in row_read.key:
            return spoilt_fault(columns, table_row) or Fault("", "cannot be kept", "correct the row")
        return [Made(sheet, row_read.key, row_read.version, row_read.withdrawn, body_bytes, row_read.notes)]

    return make_version


def mapped_maker(mapping: SourceMap, file_map: FileMap, columns: Sequence[str], times: Times) -> RowMaker:
    """Make the function that turns a row of a source's own layout into its versions.

    Shape:   an event whose time is empty gives a version that withdraws it, so that a blanked time withdraws; a row
             marked as withdrawn withdraws all that it ever gave. If one part cannot be read, none is given.
    """
    column_places = {column_name: column_index for column_index, column_name in enumerate(columns)}
    zoned = mapping.time_zone == "UTC"
    parts = [
        _Part(sheet, sheet_part, file_map, mapping, column_places, times, zoned) for sheet, sheet_part in file_map.parts
    ]
    filled = [
        (column_places[filled_columns], filled_columns)
        for filled_columns in file_map.filled
        if filled_columns in column_places
    ]
    deleted_i = column_places.get(file_map.withdrawn)
    checks = checks_of(file_map.rules, column_places)
    in_iso = with_date_forms(file_map.dates, columns)

    def make_versions(table_row: TableRow) -> list[Made] | Fault:
        found_notes: Notes = []
        if in_iso is not None:
            table_row = in_iso(table_row)
        try:
            withdrawn = table_row[deleted_i].strip() if deleted_i is not None else ""
            if not withdrawn or withdrawn.lower() in _NO_WORDS:
                for column_index, column_name in filled:
                    if not table_row[column_index].strip():
                        return Fault(column_name, "is required and is empty", "fill it in")
                for check in checks:
                    check(table_row, found_notes)
            made_rows: list[Made] = []
            for sheet_part in parts:
                sheet_part.add_versions(table_row, made_rows)
        except BadColumn as error:
            date_form = file_map.dates.get(error.column)
            remedy = f"write it as {form_words(date_form)}" if date_form else error.remedy
            return Fault(error.column, error.reason, remedy)
        if not all(made_row.body for made_row in made_rows):
            return spoilt_fault(columns, table_row) or Fault("", "cannot be kept", "correct the row")
        if found_notes:
            made_rows[0] = made_rows[0]._replace(notes=(*found_notes, *made_rows[0].notes))
        return _each_note_once(made_rows)

    return make_versions


def _each_note_once(made_rows: list[Made]) -> list[Made]:
    """The versions of one row, a defect of the row noted at the first of them that has it."""
    seen_notes: set[tuple[str, str]] = set()
    for row_index, made_row in enumerate(made_rows):
        if made_row.notes:
            made_rows[row_index] = made_row._replace(
                notes=tuple(note_text for note_text in made_row.notes if note_text not in seen_notes)
            )
            seen_notes.update(made_row.notes)
    return made_rows


_NO_WORDS: Final = {"false", "f", "no", "n", "0"}


class _Part:
    """One part of a mapping, ready to be applied: the person, case, officer, post or event that a row gives."""

    def __init__(
        self,
        sheet: str,
        sheet_part: Mapping[str, Any],
        file_map: FileMap,
        mapping: SourceMap,
        column_places: Mapping[str, int],
        times: Times,
        zoned: bool,
    ) -> None:
        self.sheet = sheet
        columns: list[str] = []
        self.getters: list[Getter] = []
        self.origin: dict[str, str] = {}
        for target_name, target_expression in sheet_part.items():
            if target_name in {"ties", "kind_is"}:
                continue
            target = {"at": "happened_at", "id": "event_id"}.get(target_name, target_name)
            if target_name == "id":
                get_text = template_getter(target_expression, column_places)
            elif target_name == "detail":
                get_text = detail_getter(target_expression, column_places, mapping.tables)
            else:
                get_text = make_getter(
                    target_expression,
                    column_places,
                    mapping.tables,
                    kinds=sheet_part.get("kind_is") == "event" and target_name == "kind",
                )
            self._add_getter(columns, target, get_text, _source_column(target_expression, target_name))
        for target, own_column in (("written_at", file_map.version), ("deleted", file_map.withdrawn)):
            self._add_getter(
                columns,
                target,
                make_getter(own_column, column_places, {}) if own_column else _nothing_text,
                own_column or target,
            )
        if zoned:
            self._add_zone(columns)
        self.columns = columns
        self.happened = columns.index("happened_at") if "happened_at" in columns else None
        self.deleted = columns.index("deleted")
        self.lasting = {
            columns.index(key_name)
            for key_name in (*POLE_SHEETS[sheet].key, "written_at", "deleted")
            if key_name in columns
        }
        self.read: RowReader = row_reader(
            POLE_SHEETS[sheet], columns, extracted_at=times.extracted_at, received_at=times.received_at
        )
        self.ties = (
            [
                _tie_getter(tie_expression, column_places, mapping.source)
                for tie_expression in sheet_part.get("ties", ())
            ]
            if sheet == "events"
            else None
        )

    def _add_getter(self, columns: list[str], target: str, get_text: Getter, origin: str) -> None:
        columns.append(target)
        self.getters.append(get_text)
        self.origin[target] = origin

    def _add_zone(self, columns: list[str]) -> None:
        for column_index, column_name in enumerate(columns):
            if column_name.endswith(("_at", "from", "to")):
                get_text = self.getters[column_index]
                self.getters[column_index] = lambda table_row, get_text=get_text: _in_utc(get_text(table_row))  # type: ignore[misc]

    def add_versions(self, table_row: TableRow, made_rows: list[Made]) -> None:
        """Add what this part makes of the row.

        Raises:  BadColumn for a value that cannot be read.
        """
        withdrawn = self.getters[self.deleted](table_row)
        if withdrawn and withdrawn.lower() not in _NO_WORDS:
            texts = [
                getter_column(table_row) if column_index in self.lasting else ""
                for column_index, getter_column in enumerate(self.getters)
            ]
        elif self.happened is not None and not self.getters[self.happened](table_row):
            texts = [
                getter_column(table_row) if column_index in self.lasting else ""
                for column_index, getter_column in enumerate(self.getters)
            ]
            texts[self.deleted] = "true"
        else:
            texts = [getter_column(table_row) for getter_column in self.getters]
        row_read = self.read(texts)
        if isinstance(row_read, Fault):
            raise BadColumn(self.origin.get(row_read.column, row_read.column), row_read.reason, row_read.remedy)
        body_bytes = write_body(row_read.body)
        notes = tuple((self.origin.get(column, column), reason) for column, reason in row_read.notes)
        made_rows.append(Made(self.sheet, row_read.key, row_read.version, row_read.withdrawn, body_bytes or b"", notes))
        if self.ties is not None and not row_read.withdrawn:
            sorted_ties = sorted({found_tie for tie_getter in self.ties for found_tie in tie_getter(table_row)})
            made_rows.append(
                Made("ties", row_read.key, row_read.version, False, write_body({"ties": sorted_ties}) or b"", ())
            )


def _nothing_text(_ignored_row: TableRow) -> str:
    return ""


def _source_column(key_expression: Any, column_name: str) -> str:
    if isinstance(key_expression, str):
        return key_expression.partition("{")[2].partition("}")[0] if column_name == "id" else key_expression
    if isinstance(key_expression, dict) and isinstance(key_expression.get("column"), str):
        return str(key_expression["column"])
    if isinstance(key_expression, dict) and "template" in key_expression:
        return next(columns_of(key_expression), column_name)
    return column_name


def _in_utc(cell_text: str) -> str:
    return cell_text if len(cell_text) <= 10 or _HAS_OFFSET.search(cell_text) else cell_text + "Z"


TieGetter = Callable[[TableRow], "list[tuple[str, str, str]]"]


def _tie_getter(tie_expression: Mapping[str, Any], column_places: Mapping[str, int], source: str) -> TieGetter:
    """Who is in the event: one record under a role, or a list `role=reference;role=reference`."""
    source = str(tie_expression.get("source", "")) or source
    if "list" in tie_expression:
        return _list_getter(str(tie_expression["list"]), column_places.get(str(tie_expression["list"])), source)
    get_text, tie_role = make_getter(tie_expression["record"], column_places, {}), str(tie_expression["role"])
    column_name = next(columns_of(tie_expression["record"]), "")

    def get_tie(table_row: TableRow) -> list[tuple[str, str, str]]:
        record = get_text(table_row)
        if record and not record.isprintable():
            raise BadColumn(column_name, "holds a character that cannot be printed", "remove it")
        return [(source, record, tie_role)] if record else []

    return get_tie


def _list_getter(column_name: str, column_index: int | None, source: str) -> TieGetter:
    def get_ties(table_row: TableRow) -> list[tuple[str, str, str]]:
        found_ties = []
        for tie_word in (table_row[column_index] if column_index is not None else "").split(";"):
            if not (tie_word := tie_word.strip()):
                continue
            tie_role, tie_sign, record = (piece.strip() for piece in tie_word.partition("="))
            if not tie_sign or not record or not record.isprintable():
                raise BadColumn(column_name, "is not a list of role=reference", "write role=reference;role=reference")
            if tie_role not in ROLES:
                raise BadColumn(
                    column_name, "names a role that is not known", "use one of the roles in the data dictionary"
                )
            found_ties.append((source, record, tie_role))
        return found_ties

    return get_ties
