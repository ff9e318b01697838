"""The file as text cells, whatever a spreadsheet did to it: its letters, its separator, its ends of lines; or its workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import IO

from claims.errors import BadTable
from claims.imports.book import book_apart, is_book
from claims.imports.letters import PAGES, decode
from claims.imports.problems import Problem, quoted
from claims.table import NAMES

#: Above these a file is refused, by name. A desk of 100,000 claims exports some 80 MB.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 200_000_000, 500_000, 1_000

# The module csv asks one limit of all that read: a cell may be as long as a file. It is never lowered.
csv.field_size_limit(max(csv.field_size_limit(), MOST_BYTES))

#: Without these no cell can be compared with what was exported.
NEEDED = ("claim_id", "revision")

_SEPARATORS = ",;\t"
#: What a spreadsheet writes or heeds before the header: ``sep=;``.
_SAID = re.compile(r'"?sep=(?P<separator>[,;\t])"?[,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_NOT_OURS = "Choose a file of this program."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's cells by the columns that are known, with the row's number as a spreadsheet counts it.

    A cell is text; None where its row was cut short before it. ``page`` is the old code page that the file was written
    in, ``ascii`` where none can be told, "" where it is Unicode; a workbook has no ``separator``. ``problems`` is what its header and the lengths of its rows give to say.
    """

    name: str
    sha256: str
    page: str
    separator: str
    rows: Sequence[int]
    cells: Mapping[str, Sequence[str | None]]
    problems: tuple[Problem, ...]

    def __len__(self) -> int:
        return len(self.rows)


def content_of(source: str | Path | bytes | IO[str] | IO[bytes], name: str = "") -> tuple[bytes, str]:
    """The bytes of a path or an open file, and its name.

    >>> content_of(b"claim_id,revision")
    (b'claim_id,revision', 'the file')

    Raises BadTable for one that is too large or cannot be read.
    """
    try:
        if isinstance(source, str | Path):
            name = name or Path(source).name
            with Path(source).open("rb") as file:
                read: str | bytes = file.read(MOST_BYTES + 1)
        else:
            own = getattr(source, "name", "")
            name = name or (Path(own).name if isinstance(own, str) else "") or "the file"
            read = source if isinstance(source, bytes) else source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BadTable(f"The file {name or 'given'} cannot be read.", "Check its name and folder.") from error
    content = read.encode("utf-8", "replace") if isinstance(read, str) else read
    if len(content) > MOST_BYTES:
        raise BadTable(
            f"{_capital(name)} is larger than {MOST_BYTES // 1_000_000} MB.", "Leave out columns that you did not edit."
        )
    return content, name


def read_sheet(content: bytes, name: str = "the file", page: str = "") -> Sheet:
    r"""The cells of a file.

    >>> sheet = read_sheet("\ufeffsep=;\r\nclaim_id;revision;speaker\r\n0f3a;1;Ilic\r\n;;\r\n".encode())
    >>> sheet.separator, list(sheet.rows), sheet.cells["speaker"]
    (';', [2], ('Ilic',))
    >>> read_sheet(b"name,age")
    Traceback (most recent call last):
    ...
    claims.errors.BadTable: The file is no claims table: its first row names none of its columns. Choose a file of this program.

    ``page`` is the old code page that a file which is not Unicode is read in. Raises BadTable.
    """
    if is_book(content):
        old, separator, records = "", "", book_apart(content, name)
    else:
        text, old = decode(content, page)
        said = _SAID.match(text)
        text = text[said.end() :] if said else text
        separator = said["separator"] if said else _separator(text)
        records = _records(text, separator)
    top, header = next(((number, record) for number, record in records if "".join(record).strip()), (1, []))
    names = [cell.strip().lower() for cell in header]
    if not set(names) & set(NAMES):
        raise BadTable("The file is no claims table: its first row names none of its columns.", _NOT_OURS)
    if len(names) > MOST_COLUMNS and any(names[MOST_COLUMNS:]):
        raise BadTable(f"{_capital(name)} has more than {MOST_COLUMNS:,} columns.", _NOT_OURS)
    counted = Counter(names)
    places = {column: names.index(column) for column in NAMES if counted[column] == 1}
    rows, cells, uneven = _body(records, names, places)
    problems = (*_letters(old), *_header(header, counted, top), *_needed(places, top), *uneven)
    return Sheet(name, hashlib.sha256(content).hexdigest(), old, separator, rows, cells, problems)


def _body(
    records: Iterator[tuple[int, list[str]]], names: list[str], places: Mapping[str, int]
) -> tuple[list[int], dict[str, Sequence[str | None]], list[Problem]]:
    """The rows below the header that hold anything, with what their lengths give to say."""
    width, last = len(names), max(places.values(), default=-1)
    unnamed = [place for place, column in enumerate(names) if not column]
    # With two places more the getter gives a tuple for a single column too, and for none.
    pick = itemgetter(*places.values(), -1, -1)
    rows: list[int] = []
    picked: list[tuple[str | None, ...]] = []
    problems: list[Problem] = []
    for number, record in records:
        if not "".join(record).strip():
            continue
        if len(rows) >= MOST_ROWS:
            raise BadTable(
                f"The file has more than {MOST_ROWS:,} rows.", "Cut it in parts and import one after the other."
            )
        outside = [*(record[place] for place in unnamed if place < len(record)), *record[width:]]
        if outside and "".join(outside).strip():
            problems.append(_outside(number))
        rows.append(number)
        picked.append(pick(record if len(record) > last else [*record, *[None] * (last + 1 - len(record))]))
    columns = list(zip(*picked, strict=True)) or [()] * (len(places) + 1)
    return rows, dict(zip(places, columns, strict=False)), problems


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The file's records with their numbers, from 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadTable(
                f"Row {number} cannot be read: a quotation mark in it is not closed or not doubled.",
                "Save the table as CSV from your spreadsheet, which sets the quotation marks itself.",
            ) from error
        yield number, record


def _separator(text: str) -> str:
    """The separator by which the first line names the most columns."""
    line = next((line for line in re.split(r"[\r\n]+", text[:100_000], maxsplit=9) if line.strip()), "")
    known = set(NAMES)
    return max(_SEPARATORS, key=lambda mark: sum(cell.strip('" \t').lower() in known for cell in line.split(mark)))


def _letters(page: str) -> list[Problem]:
    if page not in PAGES:
        return []
    return [
        Problem(
            0, "", f"The file is not Unicode: it was read as {PAGES[page]}.",
            "See that its accents and quotation marks are right; save it as CSV UTF-8 if they are not.", stops=False,
        )
    ]  # fmt: skip


def _header(header: list[str], counted: Mapping[str, int], row: int) -> list[Problem]:
    """Columns that are not known, and columns that stand twice, each told once."""
    problems = []
    for shown, column in {cell.strip().lower(): cell.strip() for cell in header}.items():
        if not shown:
            continue
        if shown not in NAMES:
            sentence = f"The column {quoted(column)} is not known."
            problems.append(Problem(row, column, sentence, "Write its name as it was exported, or delete the column."))
        elif counted[shown] > 1:
            sentence = f"The column {shown} stands {counted[shown]} times, so that none of them was read."
            problems.append(Problem(row, shown, sentence, "Delete all but one."))
    return problems


def _needed(places: Mapping[str, int], row: int) -> list[Problem]:
    return [
        Problem(
            row, column, f"The column {column} is missing: without it nobody can tell what was edited.",
            "Export the table again and keep this column.",
        )
        for column in NEEDED
        if column not in places
    ]  # fmt: skip


def _outside(row: int) -> Problem:
    return Problem(
        row, "", "This row has cells outside the columns that the first row names.",
        "See whether a text with a separator in it broke apart; put it in one cell again.",
    )  # fmt: skip


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
