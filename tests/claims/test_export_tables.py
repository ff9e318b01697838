"""Tables for others: the data dictionary tells the truth of the files, and a workbook holds what the table holds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import IO, Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest

from claims.errors import TooLarge
from claims.evidence import Source
from claims.export import csv_bytes, csv_parts
from claims.export.dictionary import MEANINGS, data_package
from claims.export.forms import FORMS
from claims.export.spreadsheet import CHARACTERS, parquet_bytes, workbook_bytes
from claims.store import Query, Store
from claims.store.tables import EVENTS, SOURCES
from claims.table import COLUMNS, DAY, NAMES, frame_of
from tests.claims.conftest import bring

PARSERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def test_the_dictionary_says_what_the_files_hold(desk: Store, names: list[str]) -> None:
    """Each file has the dictionary's columns in its order, and each cell is of its type and within its bounds."""
    desk.add_source(names[0], bring(desk, names[0], "agreed"), Source("https://ilic.example/a", reliability="B"))
    frames = {
        "claims": desk.table(Query(sort="article")),
        "sources": desk.sources_table(),
        "events": desk.events_table(),
    }
    package = data_package()
    assert [resource["name"] for resource in package["resources"]] == list(frames)
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(csv_bytes(frames[resource["name"]]).decode(), newline="")))
        fields = resource["schema"]["fields"]
        assert rows[0] == [field["name"] for field in fields]
        assert len(rows) > 1
        for row in rows[1:]:
            for field, cell in zip(fields, row, strict=True):
                if cell:
                    value = PARSERS[field["type"]](cell)
                    bounds = field.get("constraints", {})
                    assert value in bounds.get("enum", [value]), field["name"]
                    assert not isinstance(value, int) or value >= bounds.get("minimum", value), field["name"]


def test_the_dictionarys_keys_are_keys(desk: Store, names: list[str]) -> None:
    """What is called a primary key names each row once, and what refers to another table is there."""
    desk.add_source(names[0], 1, Source("https://ilic.example/a"))
    frames = {"claims": desk.table(Query()), "sources": desk.sources_table(), "events": desk.events_table()}
    for resource in data_package()["resources"]:
        [key] = resource["schema"]["primaryKey"]
        assert frames[resource["name"]][key].is_unique
        for foreign in resource["schema"].get("foreignKeys", ()):
            [own], there = foreign["fields"], foreign["reference"]
            assert set(frames[resource["name"]][own]) <= set(frames[there["resource"]][there["fields"][0]])


def test_every_column_has_a_meaning() -> None:
    """No column of the two other tables is without its sentence, and no sentence without its column."""
    assert {name: set(told) for name, told in MEANINGS.items()} == {"sources": set(SOURCES), "events": set(EVENTS)}


ROW = {
    "claim_id": "3f9c", "claim": "=HYPERLINK(1)", "article_url": "https://korda.example/guards", "seq": 7,
    "checkability": 0.25, "published": date(2024, 3, 4), "date_first": date(1850, 1, 2), "verdict": "Refuted",
    "checked_at": datetime(2024, 3, 4, 9, 30, 0, 250, UTC), "rationale": "+1\n😀 \x07",
}  # fmt: skip


VERDICTS = ["Supported", "Refuted, but late", *(f"Refuted for reason {number}" for number in range(20))]
CONFIDENCES = ["low", "high"]


def _book(frame: pd.DataFrame) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(frame, VERDICTS, CONFIDENCES)))


def _sheet(frame: pd.DataFrame) -> Any:
    return _book(frame)["claims"]


def test_a_workbook_holds_the_table() -> None:
    """The same columns, one row a claim; days are days, numbers numbers, and a formula is text."""
    sheet = _sheet(frame_of([ROW]))
    assert [cell.value for cell in sheet[1]] == list(NAMES)
    found = {name: cell for name, cell in zip(NAMES, sheet[2], strict=True) if cell.value is not None}
    assert found["claim"].value == "=HYPERLINK(1)"
    assert found["claim"].data_type == "s"
    assert found["published"].value == datetime(2024, 3, 4)  # noqa: DTZ001
    assert found["date_first"].value == "1850-01-02"
    assert (found["seq"].value, found["checkability"].value) == (7, 0.25)
    assert found["checked_at"].value == "2024-03-04T09:30:00.000250Z"
    assert found["article_url"].hyperlink.target == ROW["article_url"]


def test_a_workbook_is_ready_to_be_filled_in() -> None:
    """Its header stays in view, has filters, and verdict and confidence offer the desk's words, with commas and however many."""
    book = _book(frame_of([ROW, ROW]))
    sheet = book["claims"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    found = {}
    for rule in sheet.data_validations.dataValidation:
        name, _, cells = rule.formula1.partition("!")
        found[str(rule.sqref)] = [cell.value for (cell,) in book[name][cells]]
    verdict, confidence = (
        openpyxl.utils.get_column_letter(NAMES.index(name) + 1) for name in ("verdict", "confidence")
    )
    assert found == {f"{verdict}2:{verdict}3": VERDICTS, f"{confidence}2:{confidence}3": CONFIDENCES}
    assert book["lists"].sheet_state == "hidden"


def test_an_address_that_is_none_is_no_link() -> None:
    """What would run, or is longer than Excel takes, stands as text."""
    for address in (
        "javascript:alert(1)",
        "https://korda.example/" + "x" * 3000,
        "https://korda.example/" + "😀" * 1500,
        "https://korda.example/a b",
    ):
        cell = _sheet(frame_of([{**ROW, "article_url": address}]))[2][NAMES.index("article_url")]
        assert (cell.value, cell.hyperlink) == (address, None)


def test_an_address_with_a_control_character_damages_no_workbook() -> None:
    """It stands as text, and every part of the file is XML still."""
    addresses = [f"https://korda.example/{sign}y" for sign in ("\x01", "\x0b", "\x1f", "\x85", "\ufffe", "&")]
    content = workbook_bytes(frame_of({**ROW, "article_url": address} for address in addresses), [], [])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for part in packed.namelist():
            ET.fromstring(packed.read(part))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["claims"]
    links = [row[NAMES.index("article_url")].hyperlink for row in sheet.iter_rows(min_row=2)]
    assert [link and link.target for link in links] == [*[None] * 5, "https://korda.example/&y"]


def test_a_workbook_says_where_a_cell_is_too_long() -> None:
    """What a cell of Excel cannot hold is not cut off in silence."""
    with pytest.raises(TooLarge, match=r"rationale in row 3 has 32,768 characters.*Export as CSV"):
        workbook_bytes(frame_of([ROW, {**ROW, "rationale": "x" * (CHARACTERS + 1)}]), [], [])
    with pytest.raises(TooLarge, match="has 32,768 characters"):  # what Excel counts twice
        workbook_bytes(frame_of([ROW, {**ROW, "rationale": "😀" * 16_384}]), [], [])
    for text in ("x" * CHARACTERS, "<r>" + "&" * (CHARACTERS - 7) + "</r>"):
        assert _sheet(frame_of([{**ROW, "rationale": text}]))[2][NAMES.index("rationale")].value == text


def test_an_empty_workbook_opens() -> None:
    """No claim is a header."""
    assert _sheet(frame_of([])).max_row == 1


def test_the_workbook_explains_its_columns() -> None:
    """A second sheet says what each column means."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(frame_of([]), [], [])))
    assert [row[0].value for row in book["columns"].iter_rows(min_row=2)] == [column.name for column in COLUMNS]


def test_parquet_keeps_the_dtypes() -> None:
    """What an analyst reads is the table, cell by cell; a day, which Parquet's moments count finer, is the same day."""
    table = frame_of([ROW, {}])
    found = pd.read_parquet(io.BytesIO(parquet_bytes(table)))
    pd.testing.assert_frame_equal(found.astype(dict.fromkeys(_days(), DAY)), table)


def _days() -> list[str]:
    return [column.name for column in COLUMNS if column.dtype == DAY]


@pytest.mark.parametrize(
    "text",
    ['<r></is></c><c r="B2"><f>1+1</f><v>0</v></c><c r="C2" t="inlineStr"><is><t>x</t></r>', "<r>&</r>", "<r> </r>"],
)
def test_no_text_becomes_the_workbooks_own_markup(text: str) -> None:
    """What looks like a rich text of Excel's file format is a text, and no formula comes with it."""
    content = workbook_bytes(frame_of([{**ROW, "claim": text, "quote": text}]), [], [])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["claims"]
    for name in ("claim", "quote"):
        cell = sheet[2][NAMES.index(name)]
        assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


READERS: dict[str, Callable[[IO[bytes]], pd.DataFrame]] = {
    "csv": pd.read_csv,
    "xlsx": partial(pd.read_excel, engine="openpyxl"),
    "parquet": pd.read_parquet,
}


@pytest.mark.parametrize("form", READERS)
def test_no_table_tells_a_first_reading(desk: Store, names: list[str], form: str) -> None:
    """To who is to read second, the judgement of a claim that waits is empty in every form; its first reader has it."""
    desk.mark(names[0], 1, "Refuted", "high", rationale="The roll call names each.", actor="Jana")
    for reader, told in (("Tom", [True] * 3), ("Jana", [False] * 3)):
        with FORMS[form].made(desk, Query(reader=reader), datetime.now(UTC)) as file:
            table = READERS[form](file).set_index("claim_id")
        assert table.loc[names[0], ["verdict", "confidence", "rationale"]].isna().tolist() == told
        assert table.loc[names[0], "status"] == "marked"


@pytest.mark.parametrize("size", [1, 2, 2000])
def test_a_table_in_parts_is_the_same_file(desk: Store, size: int) -> None:
    """However few claims are read at a time, and where there are none, the head alone."""
    query = Query(sort="article")
    assert b"".join(csv_parts(desk.frames(query, size))) == csv_bytes(desk.table(query))
    nobody = Query(speakers=("Nobody",))
    assert b"".join(csv_parts(desk.frames(nobody, size))) == csv_bytes(desk.table(nobody))


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_sources_and_events_leave_piece_by_piece(desk: Store, names: list[str], size: int) -> None:
    """The pieces of either file together are the file of the whole table, without a source too."""
    assert b"".join(csv_parts(desk.source_frames(size))) == csv_bytes(desk.sources_table())
    for number in range(4):
        desk.add_source(names[0], 1, Source(f"https://korda.example/{number}", f"Roll call {number}", quoted="-249"))
    assert b"".join(csv_parts(desk.source_frames(size))) == csv_bytes(desk.sources_table())
    assert b"".join(csv_parts(desk.event_frames(size))) == csv_bytes(desk.events_table())
