"""Tables as CSV files and back: what leaves can be opened in any spreadsheet, and comes home as it was."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import pandas as pd

from claims.errors import BadTable, StoreUnwritable
from claims.store.schema import as_read, storable
from claims.table import COLUMNS, DAY, NAMES, NUMBER, TEXT, TIME, WHOLE, Column, text_array

#: What a spreadsheet takes for the beginning of a formula, also in full width; at the head of a cell behind a tab or a new line, too.
_SIGNS = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
_STARTERS = re.escape(_SIGNS)

#: Where a formula may begin: at the head of a text, and behind what a spreadsheet that was set up for another country, or asked
#: for another separator, takes for the end of a cell. Quotation marks are nothing to it there.
_HEAD, _INSIDE = rf"\A%s(?='*[{_STARTERS}\t\r\n])", rf"(?<=[;\t\r\n])%s(?=['\"]*[{_STARTERS}])"
_FORMULA = re.compile(f"{_HEAD}|{_INSIDE}" % ("", ""))
_NEUTRALISED = re.compile(f"{_HEAD}|{_INSIDE}" % ("'", "'"))
_FIRST = frozenset(f"'\t\r\n{_SIGNS}")

#: Bytes of the longest file that is read; a desk of 100,000 claims exports some 80 MB.
MOST_BYTES = 2_000_000_000

#: What begins an address, and no path: a drive of Windows has one letter.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)

#: Rows that a message names before it only counts.
_NAMED = 3


def write_csv(frame: pd.DataFrame, target: str | Path | IO[str] | IO[bytes]) -> None:
    """Write a table to a path or an open file: UTF-8 without a mark, RFC 4180, days and times in ISO 8601.

    A path gets the whole file or keeps what it was. Where a spreadsheet would run a text, or what stands in it behind another
    country's separator, as a formula, an apostrophe goes before it, which :func:`read_csv` takes off; numbers and dates
    stand as they are; what is empty is an empty cell.
    Raises StoreUnwritable.
    """
    if isinstance(target, str | Path):
        write_file(Path(target), csv_parts([frame]))
    elif isinstance(target, io.TextIOBase):
        target.write(_csv(frame))
    else:
        target.write(csv_bytes(frame))  # type: ignore[arg-type]


def csv_parts(frames: Iterable[pd.DataFrame]) -> Iterator[bytes]:
    r"""One file of several tables of the same columns, piece by piece: no more of it need be in memory than one of them.

    >>> halves = (pd.DataFrame({"seq": [number]}) for number in (1, 2))
    >>> list(csv_parts(halves))
    [b'seq\r\n1\r\n', b'2\r\n']
    """
    for number, frame in enumerate(frames):
        yield _csv(frame, head=not number).encode()


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The same as bytes, for a download.

    >>> csv_bytes(pd.DataFrame({"seq": [1, 2], "claim": ["=1+1", "2 > 1"]})).decode().splitlines()
    ['seq,claim', "1,'=1+1", '2,2 > 1']
    """
    return _csv(frame).encode()


def read_csv(source: str | Path | bytes | IO[str] | IO[bytes]) -> pd.DataFrame:
    """A claims table as :func:`write_csv` wrote it: the same columns, dtypes and cells.

    >>> from claims.table import frame_of
    >>> table = frame_of([{"claim": "'-1' is not 1", "figure_low": -1}])
    >>> read_csv(csv_bytes(table)).equals(table)
    True
    >>> read_csv(b"name,age")
    Traceback (most recent call last):
    ...
    claims.errors.BadTable: The file is no claims table: it has no column claim_id. Choose a file that this program exported.

    ``source`` is a path, the file's bytes, or an open file; an address is asked nothing, and nothing is unpacked.
    Raises BadTable, which names the row and column.
    """
    cells = _cells(source)
    missing = [name for name in NAMES if name not in cells.columns]
    unknown = [name for name in cells.columns if name not in NAMES]
    if missing or unknown:
        what = f"it has no column {missing[0]}" if missing else f"its column {unknown[0]!r} is not known"
        raise BadTable(f"The file is no claims table: {what}.", "Choose a file that this program exported.")
    return pd.DataFrame({column.name: _read_column(cells[column.name], column) for column in COLUMNS})


def neutral(text: str) -> str:
    """A text that no spreadsheet runs; :func:`restored` is the inverse, for any text.

    >>> neutral("=HYPERLINK()"), neutral("'=x"), neutral("'tis so"), neutral("3 - 2"), neutral("two;=x; 3")
    ("'=HYPERLINK()", "''=x", "'tis so", '3 - 2', "two;'=x; 3")
    """
    # Asked without a pattern, most texts are found harmless six times as fast: a table has millions of them.
    if text[:1] in _FIRST or ";" in text or "\n" in text or "\t" in text or "\r" in text:
        return _FORMULA.sub("'", text)
    return text


def restored(text: str) -> str:
    """The text that :func:`neutral` was given.

    >>> restored("'=HYPERLINK()"), restored("'tis so"), restored("two;'=x; 3")
    ('=HYPERLINK()', "'tis so", 'two;=x; 3')
    """
    return _NEUTRALISED.sub("", text)


def _csv(frame: pd.DataFrame, *, head: bool = True) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    if head:
        writer.writerow(frame.columns)
    writer.writerows(zip(*(_written(frame[name]) for name in frame.columns), strict=True))
    return written.getvalue()


def _written(column: pd.Series[Any]) -> list[Any]:
    """A column's cells as they stand in the file; None for an empty one."""
    dtype = str(column.dtype)
    if dtype.startswith("datetime64"):
        unit, zone = ("us", "Z") if column.dt.tz else ("D", "")
        moments = column.dt.tz_convert(None) if zone else column
        texts = np.datetime_as_string(moments.to_numpy().astype(f"datetime64[{unit}]")).tolist()
        return [None if text == "NaT" else text + zone for text in texts]
    values = column.astype(object).where(column.notna(), None).tolist()
    if pd.api.types.is_numeric_dtype(column.dtype):
        return values
    return [None if value is None else neutral(storable(str(value))) for value in values]


def write_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Put a whole file, or its pieces one after the other, in the place of another, or leave the other as it was.

    Raises StoreUnwritable.
    """
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
                file.flush()
                os.fsync(file.fileno())
            # A temporary file is private; this one gets the permissions that any new file gets.
            Path(beside).chmod(0o666 & ~_umask())
            Path(beside).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(beside).unlink()
            raise
    except OSError as error:
        raise StoreUnwritable(
            f"The file {path} cannot be written.", "See that its folder exists and has room, or choose another place."
        ) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cells(source: str | Path | bytes | IO[str] | IO[bytes]) -> pd.DataFrame:
    """The file's cells, all as text. pandas is given bytes alone: a name it would open as an address, or unpack, itself."""
    try:
        return pd.read_csv(
            io.BytesIO(_content(source)),
            dtype=str,
            na_filter=False,
            encoding="utf-8-sig",
            index_col=False,
            low_memory=False,
            compression=None,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, pd.errors.ParserWarning) as error:
        raise BadTable(
            "The file is no table: its rows do not fit together.", "Choose a file that this program exported."
        ) from error
    except UnicodeError as error:
        raise BadTable("The file is not UTF-8 text.", "Save it as CSV UTF-8 and try again.") from error


def _content(source: str | Path | bytes | IO[str] | IO[bytes]) -> bytes:
    """The file's bytes. Raises BadTable, and UnicodeError for half characters in an open file of text."""
    named = ""
    try:
        if isinstance(source, bytes):
            read: str | bytes = source
        elif isinstance(source, str | Path):
            if _ADDRESS.match(str(source)):
                raise BadTable(
                    "A table is read from files only.", "Save what the address answers, and give the file's path."
                )
            named = f"{source} "
            with Path(source).open("rb") as file:
                read = file.read(MOST_BYTES + 1)
        else:
            read = source.read(MOST_BYTES + 1)
        content = read.encode() if isinstance(read, str) else read
    except UnicodeError:
        raise
    except (OSError, ValueError) as error:
        raise BadTable(f"The file {named}cannot be read.", "Check its name and folder.") from error
    if len(content) > MOST_BYTES:
        raise BadTable(f"The file {named}has more than {MOST_BYTES:,} bytes.", "Export fewer claims at a time.")
    return content


def _read_column(cells: pd.Series[Any], column: Column) -> pd.Series[Any]:
    values = [None if cell == "" else cell for cell in cells]
    if column.dtype == TEXT:
        return pd.Series(text_array([value and as_read(restored(value)) for value in values]))
    try:
        return _CASTS[column.dtype](pd.Series(values, dtype=object))
    except (ValueError, TypeError, OverflowError) as error:
        raise _bad_cells(values, column) from error


def _bad_cells(values: list[str | None], column: Column) -> BadTable:
    cast, wanted = _CASTS[column.dtype], _WANTED[column.dtype]
    bad = []
    for row, value in enumerate(values, 2):
        try:
            cast(pd.Series([value], dtype=object))
        except (ValueError, TypeError, OverflowError):
            bad.append((row, value))
    named = ", ".join(f"{value!r} in row {row}" for row, value in bad[:_NAMED])
    more = f" and {len(bad) - _NAMED} more" if len(bad) > _NAMED else ""
    return BadTable(
        f"The column {column.name} holds what is not {wanted}: {named}{more}.", f"Give {wanted}, or leave it empty."
    )


def _days(values: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series(pd.to_datetime(values, format="%Y-%m-%d"), dtype=DAY)


def _times(values: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series(pd.to_datetime(values, format="ISO8601", utc=True), dtype=TIME)


def _numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series([None if value is None else float(value) for value in values], dtype=NUMBER)


def _wholes(values: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series([None if value is None else int(value) for value in values], dtype=WHOLE)


_CASTS: dict[str, Callable[[pd.Series[Any]], pd.Series[Any]]] = {
    DAY: _days,
    TIME: _times,
    NUMBER: _numbers,
    WHOLE: _wholes,
}
_WANTED: dict[str, str] = {
    DAY: "a day such as 2024-03-03",
    TIME: "a time such as 2024-03-03T10:00:00Z",
    NUMBER: "a number",
    WHOLE: "a whole number",
}
