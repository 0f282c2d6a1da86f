"""How a row of a file becomes versions: one of a neutral sheet, or several by a source's mapping, all or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from duecare.extract.date_forms import form_words, with_date_forms
from duecare.extract.expression import BadColumn, Getter, Row, detail_getter, getter, template_getter
from duecare.extract.mapping import FileMap, SourceMap, columns_of
from duecare.extract.row_rules import Notes, checks_of
from duecare.record.contract import POLE_SHEETS
from duecare.record.read import Fault, RowRead, RowReader, row_reader, spoilt_fault, write_body
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


RowMaker = Callable[[Row], "list[Made] | Fault"]


class Times(NamedTuple):
    """When was the delivery extracted (None: not said) and received? UTC ISO texts."""

    extracted_at: str | None
    received_at: str


def neutral_maker(sheet: str, columns: Sequence[str], times: Times) -> RowMaker:
    """How does a row of a neutral sheet (all but ties) become its one version?"""
    read = row_reader(POLE_SHEETS[sheet], columns, extracted_at=times.extracted_at, received_at=times.received_at)

    def make(row: Row) -> list[Made] | Fault:
        found = read(row)
        if type(found) is not RowRead:
            return found  # type: ignore[return-value]
        body = write_body(found.body)
        if body is None or "\x00" in found.key:
            return spoilt_fault(columns, row) or Fault("", "cannot be kept", "correct the row")
        return [Made(sheet, found.key, found.version, found.withdrawn, body, found.notes)]

    return make


def mapped_maker(mapping: SourceMap, file: FileMap, columns: Sequence[str], times: Times) -> RowMaker:
    """How does a row of a source's own layout become its versions?

    Shape:   an event whose time is empty gives a version that withdraws it, so that a blanked time withdraws; a row
             marked as withdrawn withdraws all that it ever gave. If one part cannot be read, none is given.
    """
    at = {name: i for i, name in enumerate(columns)}
    zoned = mapping.time_zone == "UTC"
    parts = [_Part(sheet, part, file, mapping, at, times, zoned) for sheet, part in file.parts]
    filled = [(at[name], name) for name in file.filled if name in at]
    deleted_i = at.get(file.withdrawn)
    checks = checks_of(file.rules, at)
    in_iso = with_date_forms(file.dates, columns)

    def make(row: Row) -> list[Made] | Fault:
        found: Notes = []
        if in_iso is not None:
            row = in_iso(row)
        try:
            withdrawn = row[deleted_i].strip() if deleted_i is not None else ""
            if not withdrawn or withdrawn.lower() in _NO:
                for i, name in filled:
                    if not row[i].strip():
                        return Fault(name, "is required and is empty", "fill it in")
                for check in checks:
                    check(row, found)
            made: list[Made] = []
            for part in parts:
                part.add(row, made)
        except BadColumn as wrong:
            form = file.dates.get(wrong.column)
            return Fault(wrong.column, wrong.reason, f"write it as {form_words(form)}" if form else wrong.remedy)
        if not all(one.body for one in made):
            return spoilt_fault(columns, row) or Fault("", "cannot be kept", "correct the row")
        if found:
            made[0] = made[0]._replace(notes=(*found, *made[0].notes))
        return _each_note_once(made)

    return make


def _each_note_once(made: list[Made]) -> list[Made]:
    """The versions of one row, a defect of the row noted at the first of them that has it."""
    seen: set[tuple[str, str]] = set()
    for i, one in enumerate(made):
        if one.notes:
            made[i] = one._replace(notes=tuple(note for note in one.notes if note not in seen))
            seen.update(one.notes)
    return made


_NO: Final = {"false", "f", "no", "n", "0"}


class _Part:
    """One part of a mapping, ready to be applied: the person, case, officer, post or event that a row gives."""

    def __init__(
        self,
        sheet: str,
        part: Mapping[str, Any],
        file: FileMap,
        mapping: SourceMap,
        at: Mapping[str, int],
        times: Times,
        zoned: bool,
    ) -> None:
        self.sheet = sheet
        columns: list[str] = []
        self.getters: list[Getter] = []
        self.origin: dict[str, str] = {}
        for name, said in part.items():
            if name in {"ties", "kind_is"}:
                continue
            target = {"at": "happened_at", "id": "event_id"}.get(name, name)
            if name == "id":
                get = template_getter(said, at)
            elif name == "detail":
                get = detail_getter(said, at, mapping.tables)
            else:
                get = getter(said, at, mapping.tables, kinds=part.get("kind_is") == "event" and name == "kind")
            self._add(columns, target, get, _source_column(said, name))
        for target, own in (("written_at", file.version), ("deleted", file.withdrawn)):
            self._add(columns, target, getter(own, at, {}) if own else _nothing, own or target)
        if zoned:
            self._zone(columns)
        self.columns = columns
        self.happened = columns.index("happened_at") if "happened_at" in columns else None
        self.deleted = columns.index("deleted")
        self.lasting = {
            columns.index(name) for name in (*POLE_SHEETS[sheet].key, "written_at", "deleted") if name in columns
        }
        self.read: RowReader = row_reader(
            POLE_SHEETS[sheet], columns, extracted_at=times.extracted_at, received_at=times.received_at
        )
        self.ties = (
            [_tie_getter(one, at, mapping.source) for one in part.get("ties", ())] if sheet == "events" else None
        )

    def _add(self, columns: list[str], target: str, get: Getter, origin: str) -> None:
        columns.append(target)
        self.getters.append(get)
        self.origin[target] = origin

    def _zone(self, columns: list[str]) -> None:
        for i, name in enumerate(columns):
            if name.endswith(("_at", "from", "to")):
                get = self.getters[i]
                self.getters[i] = lambda row, get=get: _in_utc(get(row))  # type: ignore[misc]

    def add(self, row: Row, made: list[Made]) -> None:
        """Add what this part makes of the row.

        Raises:  BadColumn for a value that cannot be read.
        """
        withdrawn = self.getters[self.deleted](row)
        if withdrawn and withdrawn.lower() not in _NO:
            texts = [get(row) if i in self.lasting else "" for i, get in enumerate(self.getters)]
        elif self.happened is not None and not self.getters[self.happened](row):
            texts = [get(row) if i in self.lasting else "" for i, get in enumerate(self.getters)]
            texts[self.deleted] = "true"
        else:
            texts = [get(row) for get in self.getters]
        found = self.read(texts)
        if isinstance(found, Fault):
            raise BadColumn(self.origin.get(found.column, found.column), found.reason, found.remedy)
        body = write_body(found.body)
        notes = tuple((self.origin.get(column, column), reason) for column, reason in found.notes)
        made.append(Made(self.sheet, found.key, found.version, found.withdrawn, body or b"", notes))
        if self.ties is not None and not found.withdrawn:
            ties = sorted({tie for get in self.ties for tie in get(row)})
            made.append(Made("ties", found.key, found.version, False, write_body({"ties": ties}) or b"", ()))


def _nothing(_row: Row) -> str:
    return ""


def _source_column(said: Any, name: str) -> str:
    if isinstance(said, str):
        return said.partition("{")[2].partition("}")[0] if name == "id" else said
    if isinstance(said, dict) and isinstance(said.get("column"), str):
        return str(said["column"])
    if isinstance(said, dict) and "template" in said:
        return next(columns_of(said), name)
    return name


def _in_utc(text: str) -> str:
    return text if len(text) <= 10 or _HAS_OFFSET.search(text) else text + "Z"


TieGetter = Callable[[Row], "list[tuple[str, str, str]]"]


def _tie_getter(said: Mapping[str, Any], at: Mapping[str, int], source: str) -> TieGetter:
    """Who is in the event: one record under a role, or a list `role=reference;role=reference`."""
    source = str(said.get("source", "")) or source
    if "list" in said:
        return _list_getter(str(said["list"]), at.get(str(said["list"])), source)
    get, role = getter(said["record"], at, {}), str(said["role"])
    name = next(columns_of(said["record"]), "")

    def one(row: Row) -> list[tuple[str, str, str]]:
        record = get(row)
        if record and not record.isprintable():
            raise BadColumn(name, "holds a character that cannot be printed", "remove it")
        return [(source, record, role)] if record else []

    return one


def _list_getter(name: str, i: int | None, source: str) -> TieGetter:
    def several(row: Row) -> list[tuple[str, str, str]]:
        found = []
        for word in (row[i] if i is not None else "").split(";"):
            if not (word := word.strip()):
                continue
            role, sign, record = (piece.strip() for piece in word.partition("="))
            if not sign or not record or not record.isprintable():
                raise BadColumn(name, "is not a list of role=reference", "write role=reference;role=reference")
            if role not in ROLES:
                raise BadColumn(name, "names a role that is not known", "use one of the roles in the data dictionary")
            found.append((source, record, role))
        return found

    return several
