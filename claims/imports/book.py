"""A workbook of Excel as the cells that the same table would have as CSV."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

import orjson
from python_calamine import CalamineError, CalamineWorkbook

from claims.apart import run_apart
from claims.errors import BadTable, ReadingError
from claims.export import neutral

#: What a workbook has, unpacked, at most: a small file may hold a large nothing.
MOST_UNPACKED = 1_000_000_000

#: Seconds that the reading of a workbook may take.
_SECONDS = 180

#: Cells of a sheet, the empty ones between others counted.
MOST_CELLS = 20_000_000

# What zipfile and calamine raise on files that are damaged or locked. A part that unpacks to more than its entry says is refused by calamine.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, CalamineError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip

# Where a cell or a row stands, as any spreadsheet writes it: calamine reads others as it can, and sets room aside for what it read.
# What it takes for a sheet begins with its rows.
_PLACE = re.compile(r"([A-Za-z]{0,3})([0-9]{1,7})")
_ROWS = re.compile(rb"sheetData", re.IGNORECASE)
_OVERLAP = len("sheetData")
_PIECE = 1 << 20

#: What every workbook of Excel's has, and what makes calamine read another kind in its place.
_BOOK, _OF_OTHER_KINDS = "xl/workbook.xml", {"xl/workbook.bin", "content.xml", "mimetype"}

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


def book_lines(content: bytes, _name: str) -> bytes:
    """The same as lines of JSON, for who reads it apart."""
    return b"\n".join(map(orjson.dumps, book_records(content)))


def book_apart(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    r"""The same by a process of its own, since a small workbook may hold a large nothing.

    >>> list(book_apart(b"PK\x03\x04", "claims.xlsx"))
    Traceback (most recent call last):
    ...
    claims.errors.BadTable: The file is no workbook that can be read. Save it as .xlsx or as CSV UTF-8 from your spreadsheet.
    """
    try:
        lines = run_apart("book", content, name, "Save the table as CSV UTF-8.", seconds=_SECONDS)
    except ReadingError as error:
        raise BadTable(error.problem, error.remedy) from error
    for line in lines.splitlines():
        number, cells = orjson.loads(line)
        yield number, cells


def _check_extent(packed: zipfile.ZipFile) -> None:
    """Refuse a sheet that two cells far apart make huge: calamine would set aside room for all that lie between them."""
    names = set(packed.namelist())
    if _BOOK not in names or names & _OF_OTHER_KINDS:
        raise BadTable("The file is no workbook of Excel's.", "Save it as .xlsx or as CSV UTF-8 from your spreadsheet.")
    for part in packed.infolist():  # any of them may be what the workbook calls its sheet
        if not part.is_dir():
            _Extent().read(packed, part)


class _Extent:
    """How far the cells of one part reach, as an XML parser sees them: by local names, whatever else stands in their tags."""

    def __init__(self) -> None:
        self._rows = self._columns = 0  # how far it reaches
        self._row = self._column = 0  # where it stands: a row or a cell without a place is the next one
        self._is_sheet = False
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._begins
        self._parser.StartDoctypeDeclHandler = self._declares

    def read(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Look through it, a piece at a time; what an XML parser cannot read, and calamine might, must be no sheet."""
        tail = b""
        with packed.open(part) as unpacked:
            while piece := unpacked.read(_PIECE):
                try:
                    self._parser.Parse(piece)
                except ExpatError as error:
                    is_named_so = part.filename.lower().endswith((".xml", ".rels"))
                    if is_named_so or self._is_sheet or _has_rows(tail + piece, unpacked):
                        raise BadTable(
                            "A part of the workbook is damaged.",
                            "Save it as .xlsx or as CSV UTF-8 from your spreadsheet.",
                        ) from error
                    return
                tail = piece[-_OVERLAP:]

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self._is_sheet = self._is_sheet or kind == "sheetData"
        if kind not in {"c", "row"}:
            return
        places = [value for key, value in attributes.items() if key.rpartition(":")[2] == "r"]
        found = [match.groups() for place in places if (match := _PLACE.fullmatch(place))]
        if len(found) < len(places):
            raise BadTable(
                "A sheet of the workbook has a cell that stands nowhere.",
                "Save it as .xlsx or as CSV UTF-8 from your spreadsheet.",
            )
        rows, columns = [int(digits) for _, digits in found], [_column(letters.upper()) for letters, _ in found]
        if kind == "row":
            self._row, self._column = max(rows, default=self._row + 1), 0
        else:
            self._row, self._column = max([self._row, *rows]), max(columns, default=self._column + 1)
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._rows * self._columns > MOST_CELLS:
            raise BadTable(
                f"A sheet of the workbook reaches to row {self._rows:,} and column {self._columns:,}.",
                "Delete what lies outside the table, or save it as CSV UTF-8.",
            )

    def _declares(self, *_: object) -> None:
        raise BadTable("A part of the workbook declares words of its own.", "Save the table as CSV UTF-8.")


def _has_rows(piece: bytes, rest: IO[bytes]) -> bool:
    """Whether what calamine takes for rows begins in a piece of a part or in the rest of it."""
    while piece:
        if _ROWS.search(piece):
            return True
        more = rest.read(_PIECE)
        piece = more and piece[-_OVERLAP:] + more
    return False


def _column(letters: str) -> int:
    """The number of a column, from 1.

    >>> _column("A"), _column("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
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
