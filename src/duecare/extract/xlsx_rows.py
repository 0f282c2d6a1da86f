"""Reads one sheet of an XLSX workbook row by row, every cell as text; a formula is never worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from duecare.extract.parquet_rows import as_text
from duecare.extract.reading_limits import Limits
from duecare.extract.table_reader import Broken, Cells, HowRead
from duecare.extract.zip_archive import look_inside
from duecare.vocabulary.guard import spreadsheet_unguarded
from duecare.vocabulary.refusals import Refusal


class Workbook:
    """A workbook opened for reading: its sheet of the file's own name, else its only sheet with content.

    Raises:  EXT-004, EXT-005 for an archive that is not safe; EXT-013 when it is no workbook, or it is not plain which
             sheet is meant.
    """

    def __init__(self, file_path: Path, file_stem: str, limits: Limits) -> None:
        import python_calamine as pc

        look_inside(file_path, limits)
        self._name, self._width = file_path.name, 0
        try:
            open_workbook = pc.CalamineWorkbook.from_path(str(file_path))
            sheets = {
                sheet_name: open_workbook.get_sheet_by_name(sheet_name) for sheet_name in open_workbook.sheet_names
            }
            filled = [filled_sheets for filled_sheets, sheet in sheets.items() if sheet.end is not None]
            chosen = file_stem if file_stem in sheets else filled[0] if len(filled) == 1 else ""
            if not chosen:
                raise Refusal(
                    "EXT-013",
                    where=f"file {file_path.name}",
                    found=f"{len(filled)} filled sheets, none named {file_stem}",
                )
            sheet = sheets[chosen]
            row_total, columns = sheet.end or (0, 0)
            if (row_total + 1) * (columns + 1) > limits.workbook_cells:
                raise Refusal(
                    "EXT-012", where=f"file {file_path.name}", found=f"more than {limits.workbook_cells} cells"
                )
            self._rows = iter(sheet.to_python(skip_empty_area=False))
            first_cells = next(self._rows, [])
        except (pc.CalamineError, OSError, ValueError) as error:
            raise Refusal(
                "EXT-013", where=f"file {file_path.name}", found=f"not a whole XLSX workbook ({type(error).__name__})"
            ) from None
        header = [_cell_text(cell_value).strip() for cell_value in first_cells]
        while header and not header[-1]:
            header.pop()
        if not header:
            raise Refusal("EXT-013", where=f"file {file_path.name}", found="no header in row 1")
        self.header = tuple(header)
        self.how = HowRead("xlsx", notes=(f"read from the sheet {chosen!r}",) if chosen != file_stem else ())

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows under the header that have content, in order."""
        width = len(self.header)
        for row_number, cells in enumerate(self._rows, 2):
            texts = [_cell_text(cell_value) for cell_value in cells]
            if not any(texts):
                continue
            if any(texts[width:]):
                yield Broken(
                    row_number,
                    self.header[-1],
                    f"row has cells beyond the {width} columns of the header",
                    "remove them",
                    texts,
                )
            else:
                yield Cells(row_number, (texts + [""] * width)[:width])


def _cell_text(cell_value: object) -> str:
    if isinstance(cell_value, str):
        return spreadsheet_unguarded(cell_value)
    if isinstance(cell_value, datetime):
        is_midnight = (cell_value.hour, cell_value.minute, cell_value.second, cell_value.microsecond) == (0, 0, 0, 0)
        return cell_value.date().isoformat() if is_midnight else cell_value.isoformat()
    if isinstance(cell_value, time | timedelta):
        return str(cell_value)
    return as_text(cell_value)
