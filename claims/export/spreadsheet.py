"""The claims table as a workbook of Excel, ready to be filled in, and as Parquet for analysts."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from itertools import zip_longest
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from claims.errors import TooLarge
from claims.evidence.addresses import WEB
from claims.store.schema import ESCAPE, storable
from claims.store.tables import written_out
from claims.table import COLUMNS, DAY, TEXT, plain_rows

#: What a sheet of Excel holds: rows with the header, and characters in a cell, of which those beyond U+FFFF count twice.
ROWS, CHARACTERS = 1_048_576, 32_767

#: Excel's calendar begins here; a day before it is written as text.
_FIRST = date(1900, 3, 1)

#: The sheet, not shown, whose columns hold what is to be chosen from: a list in the cell itself has no place for a comma.
_LISTS = "lists"

#: Excel takes no more links on a sheet, and no longer ones; further addresses stand as text.
_LINKS, _ADDRESS = 65_000, 2_000

#: How wide a column is that people read; the others have the width of a word.
_WIDE = {"claim": 60, "quote": 40, "rationale": 40, "article_title": 30, "sources": 40, "reasons": 40}
_WORD = 14


#: What XML has no place for, beside what no database has: written as our own sign, which the way back knows.
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")

#: Where a text would be read as a character's number, such as _x0041_, also with what XlsxWriter makes of a control character
#: behind it. Its underscore is written by its own number, and that as a reference, which XlsxWriter lets stand.
_NUMBERED, _UNDERSCORE = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f])"), "&#95;x005F&#95;"


def workbook_bytes(frame: pd.DataFrame, verdicts: Sequence[str], confidences: Sequence[str]) -> bytes:
    """A claims table as XLSX: header frozen, filters on, lists to choose verdict and confidence from, addresses as links.

    Every text is written as text, which Excel runs never; days are days, moments ISO 8601 in UTC. TooLarge where a sheet
    or a cell cannot hold it: CSV can.

    >>> workbook_bytes(pd.DataFrame({"claim": ["=1+1"]}), ["Refuted"], ["low"])[:2]
    b'PK'
    """
    if len(frame) >= ROWS:
        raise TooLarge(f"A sheet holds {ROWS - 1:,} claims, and these are {len(frame):,}.", "Export them as CSV.")
    written = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        link = book.add_format({"font_color": "#0563c1", "underline": 1})
        sheet, choices = book.add_worksheet("claims"), {"verdict": verdicts, "confidence": confidences}
        _claims(sheet, frame, head, link)
        _offer(sheet, frame, choices)
        _dictionary(book.add_worksheet("columns"), head)
        _lists(book.add_worksheet(_LISTS), choices)
    return written.getvalue()


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A claims table as Parquet: the same columns and dtypes, days as the moments of their beginning.

    A column with half characters, for which Parquet has no place, is written out as the record writes it.

    >>> from claims.table import frame_of
    >>> table = frame_of([{"claim": "Two vans waited.", "start": 0}])
    >>> pd.read_parquet(io.BytesIO(parquet_bytes(table)))["start"].tolist()
    [0]
    """
    written = io.BytesIO()
    written_out(frame).to_parquet(written, engine="pyarrow", index=False, compression="zstd")
    return written.getvalue()


def _claims(sheet: Worksheet, frame: pd.DataFrame, head: Format, link: Format) -> None:
    sheet.xls_strmax *= len(_UNDERSCORE)  # what is too long is refused here, and XlsxWriter cuts nothing in silence
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
    for at, name in enumerate(frame.columns):
        sheet.set_column(at, at, _WIDE.get(name, _WORD))
        sheet.write_string(0, at, name, head)
    for number, row in enumerate(plain_rows(frame), 1):
        for at, (name, value) in enumerate(row.items()):
            if value is not None:
                _write(sheet, number, at, value, link if name == "article_url" else None, f"{name} in row {number + 1}")


def _write(sheet: Worksheet, row: int, at: int, value: Any, link: Format | None, where: str) -> None:
    if isinstance(value, datetime):
        sheet.write_string(row, at, value.isoformat().replace("+00:00", "Z"))
    elif isinstance(value, date):
        if value >= _FIRST:
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a day of no zone
        else:
            sheet.write_string(row, at, value.isoformat())
    elif isinstance(value, str):
        text = _storable(value)
        if (size := _size(text)) > CHARACTERS:
            raise TooLarge(
                f"The {where} has {size:,} characters; a cell of Excel holds {CHARACTERS:,}.", "Export as CSV."
            )
        if link and row <= _LINKS and _size(text) <= _ADDRESS and text == value and WEB.fullmatch(text):
            sheet.write_url(row, at, text, link, _to_the_letter(text))
        else:
            sheet.write_string(row, at, _to_the_letter(text))
    else:
        sheet.write_number(row, at, value)


def _storable(text: str) -> str:
    return _NO_CHARACTERS.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", storable(text))


def _size(text: str) -> int:
    """The characters of a text as Excel counts them."""
    return len(text.encode("utf-16-le")) // 2


def _to_the_letter(text: str) -> str:
    """A text that XlsxWriter would write raw, or Excel read as other characters, as a rich text in which it is escaped.

    >>> _to_the_letter("<r></is><f>1+1</f></r>")
    '<r><t xml:space="preserve">&lt;r&gt;&lt;/is&gt;&lt;f&gt;1+1&lt;/f&gt;&lt;/r&gt;</t></r>'
    >>> _to_the_letter("_x0041_")
    '<r><t xml:space="preserve">&#95;x005F&#95;x0041_</t></r>'
    """
    if not (text.startswith("<r>") and text.endswith("</r>")) and not _NUMBERED.search(text):
        return text
    return f'<r><t xml:space="preserve">{_NUMBERED.sub(_UNDERSCORE, escape(text, quote=False))}</t></r>'


def _offer(sheet: Worksheet, frame: pd.DataFrame, choices: Mapping[str, Sequence[str]]) -> None:
    """A list to choose from in each cell of these columns; other words are warned of and not refused: scales change."""
    for place, (name, offered) in enumerate(choices.items()):
        if name in frame.columns and len(frame) and offered:
            at = list(frame.columns).index(name)
            source = f"={_LISTS}!{xl_range_abs(0, place, len(offered) - 1, place)}"
            rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(1, at, len(frame), at, rule)


def _lists(sheet: Worksheet, choices: Mapping[str, Sequence[str]]) -> None:
    sheet.hide()
    for row, words in enumerate(zip_longest(*choices.values())):
        for at, word in enumerate(words):
            if word is not None:
                sheet.write_string(row, at, _to_the_letter(_storable(word)))


def _dictionary(sheet: Worksheet, head: Format) -> None:
    sheet.freeze_panes(1, 0)
    for at, (title, width) in enumerate((("column", 20), ("type", 12), ("meaning", 90))):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, head)
    words = {TEXT: "text", DAY: "day"}
    for number, column in enumerate(COLUMNS, 1):
        for at, told in enumerate((column.name, words.get(column.dtype, column.dtype), column.meaning)):
            sheet.write_string(number, at, told)
