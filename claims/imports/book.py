"""A workbook of Excel as the cells that the same table would have as CSV."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from claims.errors import BadTable
from claims.export import neutral

#: What a workbook has, unpacked, at most: a small file may hold a large nothing.
MOST_UNPACKED = 1_000_000_000

#: Cells of a sheet, the empty ones between others counted.
MOST_CELLS = 50_000_000

# Where a cell stands, as its sheet writes it; read a piece at a time, none cut in two.
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_PIECE, _OVERLAP = 1 << 20, 32

#: The sheet that is read; without one of this name, the first.
_SHEET = "claims"


def is_book(content: bytes) -> bool:
    r"""Whether the bytes are a workbook and no text.

    >>> is_book(b"claim_id,revision"), is_book(b"PK\x03\x04")
    (False, True)
    """
    return content.startswith(b"PK\x03\x04")


def book_records(content: bytes) -> Iterator[tuple[int, list[str]]]:
    r"""The rows of the sheet "claims", or of the first, with their numbers from 1, as the text cells of CSV.

    >>> list(book_records(b"PK\x03\x04"))
    Traceback (most recent call last):
    ...
    claims.errors.BadTable: The file is no workbook that can be read. Save it as .xlsx or as CSV UTF-8 from your spreadsheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise BadTable("The workbook is far larger unpacked than any desk's.", "Save the table as CSV UTF-8.")
            _check_extent(packed)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = _SHEET if _SHEET in book.sheet_names else book.sheet_names[0]
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, IndexError, KeyError) as error:
        raise BadTable(
            "The file is no workbook that can be read.", "Save it as .xlsx or as CSV UTF-8 from your spreadsheet."
        ) from error
    for number, row in enumerate(rows, 1):
        yield number, [_cell(value) for value in row]


def _check_extent(packed: zipfile.ZipFile) -> None:
    """Refuse a sheet that two cells far apart make huge: calamine would set aside room for all that lie between them."""
    packed.getinfo("xl/workbook.xml")  # KeyError where it is a workbook of another kind
    for part in packed.namelist():
        if not part.startswith("xl/worksheets/"):
            continue
        rows, columns, tail = 0, 0, b""
        with packed.open(part) as sheet:
            while piece := sheet.read(_PIECE):
                for letters, digits in _PLACE.findall(tail + piece):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column(letters))
                tail = piece[-_OVERLAP:]
        if rows * columns > MOST_CELLS:
            raise BadTable(
                f"A sheet of the workbook reaches to row {rows:,} and column {columns:,}.",
                "Delete what lies outside the table, or save it as CSV UTF-8.",
            )


def _column(letters: bytes) -> int:
    """The number of a column, from 1.

    >>> _column(b"A"), _column(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _cell(value: object) -> str:
    """A cell as CSV has it: days in ISO 8601, whole numbers without a point, and a text as it leaves this program."""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, int | timedelta) else ""
