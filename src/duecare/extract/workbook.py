"""Reads one sheet of an XLSX workbook row by row, every cell as text; a formula is never worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

from duecare.extract.archive import look_inside
from duecare.extract.columnar import as_text
from duecare.extract.kinds import Broken, Cells, HowRead
from duecare.extract.limits import Limits
from duecare.vocabulary.guard import spreadsheet_unguarded
from duecare.vocabulary.refusals import Refusal


class Workbook:
    """A workbook opened for reading: its sheet of the file's own name, else its only sheet that holds anything.

    Raises:  EXT-004, EXT-005 for an archive that is not safe; EXT-013 when it is no workbook, or it is not plain which
             sheet is meant.
    """

    def __init__(self, path: Path, stem: str, limits: Limits) -> None:
        import python_calamine as pc

        look_inside(path, limits)
        self._name, self._width = path.name, 0
        try:
            book = pc.CalamineWorkbook.from_path(str(path))
            sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
            filled = [name for name, sheet in sheets.items() if sheet.end is not None]
            chosen = stem if stem in sheets else filled[0] if len(filled) == 1 else ""
            if not chosen:
                raise Refusal(
                    "EXT-013", where=f"file {path.name}", found=f"{len(filled)} filled sheets, none named {stem}"
                )
            sheet = sheets[chosen]
            rows, columns = sheet.end or (0, 0)
            if (rows + 1) * (columns + 1) > limits.workbook_cells:
                raise Refusal("EXT-012", where=f"file {path.name}", found=f"more than {limits.workbook_cells} cells")
            self._rows = iter(sheet.to_python(skip_empty_area=False))
            first = next(self._rows, [])
        except (pc.CalamineError, OSError, ValueError) as wrong:
            raise Refusal(
                "EXT-013", where=f"file {path.name}", found=f"not a whole XLSX workbook ({type(wrong).__name__})"
            ) from None
        header = [_cell(cell).strip() for cell in first]
        while header and not header[-1]:
            header.pop()
        if not header:
            raise Refusal("EXT-013", where=f"file {path.name}", found="no header in row 1")
        self.header = tuple(header)
        self.how = HowRead("xlsx", notes=(f"read from the sheet {chosen!r}",) if chosen != stem else ())

    def rows(self) -> Iterator[Cells | Broken]:
        """The rows under the header that hold anything, in order."""
        width = len(self.header)
        for row, cells in enumerate(self._rows, 2):
            texts = [_cell(cell) for cell in cells]
            if not any(texts):
                continue
            if any(texts[width:]):
                yield Broken(
                    row,
                    self.header[-1],
                    f"row has cells beyond the {width} columns of the header",
                    "remove them",
                    texts,
                )
            else:
                yield Cells(row, (texts + [""] * width)[:width])


def _cell(cell: object) -> str:
    if isinstance(cell, str):
        return spreadsheet_unguarded(cell)
    if isinstance(cell, datetime):
        day = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if day else cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return as_text(cell)
