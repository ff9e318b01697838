"""Tables out and back: what leaves comes home as it was, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import gzip
import io
import threading
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import BadTable, StoreUnwritable
from claims.export import csv_bytes, neutral, read_csv, restored, write_csv
from claims.store import Query, Store
from claims.store.schema import as_read
from claims.table import COLUMNS, DAY, NAMES, NUMBER, TEXT, TIME, WHOLE, frame_of
from tests.loopback import listening

# pandas' text has no place for half characters; everything else may stand in a cell, and "" is no value.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
ODD_TEXT = st.text(
    st.sampled_from("'=+-@\t\r\n\",|\\ ;=＋＝\0␛0a\N{ZERO WIDTH NO-BREAK SPACE}NA"), min_size=1, max_size=8
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    TEXT: ANY_TEXT | ODD_TEXT | st.sampled_from(["NA", "nan", "None", "null", "1", "2024-03-03", "True", "''=1", " "]),
    WHOLE: st.integers(-(2**62), 2**62),
    NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    DAY: st.dates(date(1, 1, 2)),
    TIME: st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
}
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={column.name: st.none() | VALUES[column.dtype] for column in COLUMNS}),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_any_table_comes_back_as_it_was(rows: list[dict[str, Any]]) -> None:
    """Whatever stands in the cells, what is read equals what was written, in columns, dtypes and values."""
    table = frame_of(rows)
    again = read_csv(csv_bytes(table))
    pd.testing.assert_frame_equal(again, table, check_exact=True)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT | ODD_TEXT | st.text())
def test_no_text_runs_and_each_is_restored(text: str) -> None:
    """A neutralised text never begins as a formula does, and is restored exactly."""
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert restored(neutral(text)) == text


SPLIT = st.text(st.sampled_from("=+-@=;\t\r\n\"',a1 ＝＠"), max_size=25)


@settings(max_examples=500, deadline=None)
@given(SPLIT | ODD_TEXT, SPLIT)
def test_no_text_runs_in_another_country(text: str, other: str) -> None:
    """Read with the semicolon or the tab of another country's spreadsheet, no cell begins as a formula; each text is restored."""
    written = csv_bytes(pd.DataFrame({"claim_id": ["1-2", "1-3"], "claim": [text, other], "rationale": [other, text]}))
    for separator in ";\t":
        for row in csv.reader(io.StringIO(written.decode(), newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))]
    _, first, _ = csv.reader(io.StringIO(written.decode(), newline=""))
    assert [as_read(restored(cell)) for cell in first] == ["1-2", text, other]


def test_the_file_is_rfc_4180(desk: Store) -> None:
    """UTF-8 without a mark, CRLF after every record, ISO days and times, any reader of CSV gets the same cells."""
    name = desk.page(Query(sort="article"))["claim_id"][0]
    desk.mark(name, 1, "Refuted", "low", rationale='=1+1, "said"\nNorth')
    written = csv_bytes(desk.table(Query(sort="article")))
    assert not written.startswith(b"\xef\xbb\xbf")
    header, first, *_ = csv.reader(io.StringIO(written.decode(), newline=""))
    assert header == list(NAMES)
    row = dict(zip(header, first, strict=True))
    assert (row["rationale"], row["published"], row["figure_low"]) == ('\'=1+1, "said"\nNorth', "2024-03-04", "312.0")
    assert datetime.fromisoformat(row["checked_at"]).tzinfo == UTC
    assert row["kinds"] == "numerical|quote"
    assert written.endswith(b"\r\n")


def test_numbers_and_days_stand_as_they_are() -> None:
    """A negative number is a number, not a formula."""
    written = csv_bytes(frame_of([{"figure_low": -5, "claim": "-5"}])).decode().splitlines()[1].split(",")
    assert (written[NAMES.index("figure_low")], written[NAMES.index("claim")]) == ("-5.0", "'-5")


def test_a_stores_tables_leave_whole(desk: Store, tmp_path: Path) -> None:
    """Claims, sources and events of a store can all be written; the claims are read back equal."""
    table = desk.table(Query())
    before = {found.name for found in tmp_path.iterdir()}
    for name, frame in (("claims", table), ("sources", desk.sources_table()), ("events", desk.events_table())):
        write_csv(frame, tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == len(frame) + 1
    assert read_csv(tmp_path / "claims.csv").equals(table)
    written = {found.name for found in tmp_path.iterdir()} - before
    assert written == {"claims.csv", "events.csv", "sources.csv"}


def test_open_files_are_written_and_read() -> None:
    """Files open as text or bytes take the same table."""
    table = frame_of([{"claim": "Zwölf\nWagen"}])
    as_text, as_bytes = io.StringIO(newline=""), io.BytesIO()
    write_csv(table, as_text)
    write_csv(table, as_bytes)
    assert as_text.getvalue().encode() == as_bytes.getvalue() == csv_bytes(table)
    for file in (as_text, as_bytes):
        file.seek(0)
        assert read_csv(file).equals(table)


def test_a_mark_that_a_spreadsheet_put_before_the_file_is_passed_over() -> None:
    """UTF-8 with a byte order mark is the same table."""
    table = frame_of([{"claim": "Two vans."}])
    assert read_csv(b"\xef\xbb\xbf" + csv_bytes(table)).equals(table)


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up costs neither the old file nor leaves half of the new one."""
    path = tmp_path / "claims.csv"
    path.write_text("what was")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims.export.tables.os.fsync", full)
    with pytest.raises(StoreUnwritable, match=r"claims.csv cannot be written. See that its folder exists"):
        write_csv(frame_of([]), path)
    assert [found.name for found in tmp_path.iterdir()] == ["claims.csv"]
    assert path.read_text() == "what was"
    with pytest.raises(StoreUnwritable, match="cannot be written"):
        write_csv(frame_of([]), tmp_path / "none" / "claims.csv")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is no table"),
        (b"\n\n", "The file is no"),
        (b"name,age\r\nAna,4\r\n", "it has no column claim_id"),
        (b"\xff\xfe\x00c", "The file is not UTF-8"),
        (b'a,b\r\n"open', "The file is no table"),
        (b"a,b\r\n1,2,3,4\r\n1,2,3,4,5\r\n", "The file is no"),
        (csv_bytes(frame_of([])).replace(b"claim_id", b"claim_id,extra"), "its column 'extra' is not known"),
        (csv_bytes(frame_of([{"seq": 7}])).replace(b"7", b"seven"), "seq holds what is not a whole number: 'seven' in row 2"),
        (csv_bytes(frame_of([{}, {"published": date(2024, 3, 3)}])).replace(b"2024-03-03", b"2024-02-30"),
         "published holds what is not a day such as 2024-03-03: '2024-02-30' in row 3"),
        (csv_bytes(frame_of([{"likelihood": 0.5}] * 5)).replace(b"0.5", b"half"), "'half' in row 4 and 2 more"),
    ],
)  # fmt: skip
def test_what_is_no_claims_table_is_told(content: bytes, sentence: str) -> None:
    """Anything else is refused by a sentence that names the column and the row."""
    with pytest.raises(BadTable, match=sentence):
        read_csv(content)


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """A missing file and a folder are sentences."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadTable, match=r"cannot be read. Check its name"):
            read_csv(path)


def test_a_table_is_read_from_no_address(tmp_path: Path) -> None:
    """An address is refused by a sentence with the way on, told without its password, and nobody is asked."""
    asked: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(csv_bytes(frame_of([{"claim": "Two vans."}])))

    with listening(respond, threading.Event()) as address:
        for source in (f"{address}/claims.csv", address.replace("//", "//jana:geheim@"), Path(address)):
            with pytest.raises(BadTable, match=r"from files only\. Save what the address answers") as caught:
                read_csv(source)
            assert "geheim" not in str(caught.value)
    assert asked == []
    for other in ("ftp://korda.example/x.csv", "s3://korda/x.csv", f"file://{tmp_path}/x.csv"):
        with pytest.raises(BadTable, match="from files only"):
            read_csv(other)


def test_a_packed_file_is_not_unpacked(tmp_path: Path) -> None:
    """Whatever its name says: few bytes may stand for more than the memory holds."""
    path = tmp_path / "claims.csv.gz"
    path.write_bytes(gzip.compress(csv_bytes(frame_of([{"claim": "Two vans."}]))))
    with pytest.raises(BadTable, match="The file is not UTF-8"):
        read_csv(path)


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path, bytes and an open file have one limit, which the message names."""
    content = csv_bytes(frame_of([{"claim": "Two vans."}]))
    path = tmp_path / "claims.csv"
    path.write_bytes(content)
    monkeypatch.setattr("claims.export.tables.MOST_BYTES", len(content))
    for source in (path, str(path), content, io.BytesIO(content), io.StringIO(content.decode(), newline="")):
        assert len(read_csv(source)) == 1
    monkeypatch.setattr("claims.export.tables.MOST_BYTES", len(content) - 1)
    for source in (path, str(path), content, io.BytesIO(content), io.StringIO(content.decode(), newline="")):
        with pytest.raises(BadTable, match=f"more than {len(content) - 1:,} bytes"):
            read_csv(source)
