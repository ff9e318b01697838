"""A workbook of Excel as the cells that the same table would have as CSV."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from claims.errors import BadTable
from claims.export import neutral

#: What a workbook has, unpacked, at most: a small file may hold a large nothing.
MOST_UNPACKED = 1_000_000_000

#: Cells of a sheet, the empty ones between others counted.
MOST_CELLS = 50_000_000

# What zipfile and calamine raise on files that are damaged or locked. A part that unpacks to more than its entry says is refused by calamine.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, CalamineError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip

# Where a cell or a row stands, as its sheet writes it, in any spelling that calamine reads. In a text "<" is always "&lt;".
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\s[^<]*?\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PIECE = 1 << 20

#: Columns of a sheet of Excel's.
_MOST_COLUMNS = 16_384

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
    except _DAMAGED as error:
        raise BadTable(
            "The file is no workbook that can be read.", "Save it as .xlsx or as CSV UTF-8 from your spreadsheet."
        ) from error
    for number, row in enumerate(rows, 1):
        yield number, [_cell(value) for value in row]


def _check_extent(packed: zipfile.ZipFile) -> None:
    """Refuse a sheet that two cells far apart make huge: calamine would set aside room for all that lie between them."""
    packed.getinfo("xl/workbook.xml")  # KeyError where it is a workbook of another kind
    for part in packed.infolist():  # any of them may be what the workbook calls its sheet
        rows, columns, unplaced = 0, 0, 0
        for piece in _pieces(packed, part):
            unplaced += len(_CELL.findall(piece))
            for letters, digits in _PLACE.findall(piece):
                rows, columns = max(rows, int(digits)), max(columns, _column(letters.upper()))
                unplaced -= bool(letters)
        columns = min(columns + unplaced, _MOST_COLUMNS)  # such cells stand one behind the other
        if rows * columns > MOST_CELLS:
            raise BadTable(
                f"A sheet of the workbook reaches to row {rows:,} and column {columns:,}.",
                "Delete what lies outside the table, or save it as CSV UTF-8.",
            )


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part unpacked, a piece at a time, no tag of it cut in two."""
    tail = b""
    with packed.open(part) as unpacked:
        while piece := unpacked.read(_PIECE):
            whole, mark, cut = (tail + piece).rpartition(b"<")
            yield whole
            tail = mark + cut
            if mark and len(tail) > _PIECE:
                raise BadTable("A part of the workbook is no sheet of a spreadsheet's.", "Save the table as CSV UTF-8.")
    yield tail


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
