"""A workbook of Excel comes home as its CSV would."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.errors import BadTable
from claims.evidence import Source
from claims.export import restored
from claims.export.forms import FORMS
from claims.export.spreadsheet import _storable, workbook_bytes
from claims.imports import apply_import, plan_import, read_sheet
from claims.imports.book import MOST_UNPACKED, book_records
from claims.store import Query, Store
from claims.table import frame_of
from tests.claims.conftest import bring

ODD = ["=1+1", "'=x", "'tis", "007", "1e5", "TRUE", "a\nb", "_x0041_", " x ", "😀", "2024-03-03", "\t=2"]


def _book(desk: Store) -> bytes:
    with FORMS["xlsx"].made(desk, Query(sort="article"), datetime.now(UTC)) as file:
        return file.read()


def _edited(content: bytes, row: int, column: str, value: object) -> bytes:
    """The workbook as it is after somebody wrote in a cell and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["claims"]
    [place] = [cell.column for cell in sheet[1] if cell.value == column]
    sheet.cell(row, place).value = value  # type: ignore[assignment]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_workbook_that_nobody_edited_changes_nothing(desk: Store, names: list[str]) -> None:
    """Every cell of every kind comes back as it went."""
    revision = bring(desk, names[0], "agreed")
    desk.add_source(names[0], revision, Source("https://ilic.example/a", "A | b"))
    desk.edit_claim(names[1], 1, {"claim": "=1+1 fled.", "review_by": date(2024, 5, 1), "figure_low": 2.5})
    plan = plan_import(desk, _book(desk))
    assert [problem.sentence for problem in plan.problems] == []
    assert plan.cells == ()


def test_an_edited_cell_is_planned_and_written(desk: Store, names: list[str]) -> None:
    """A verdict chosen from the list and a day typed as a day arrive in the record."""
    content = _edited(_book(desk), 2, "verdict", "Refuted")
    content = _edited(content, 2, "confidence", "low")
    content = _edited(content, 2, "review_by", datetime(2024, 5, 1))  # noqa: DTZ001 - a day of no zone
    plan = plan_import(desk, content, name="claims.xlsx")
    assert plan.problems == ()
    assert apply_import(desk, plan).n_written == 1
    row = desk.claim(names[0])
    assert (row["verdict"], row["confidence"], row["review_by"]) == ("Refuted", "low", date(2024, 5, 1))


@pytest.mark.parametrize("text", ODD)
def test_any_text_comes_back_as_csv_would_bring_it(text: str) -> None:
    """What a workbook holds as text is read as the CSV's cell of the same text."""
    from claims.export import csv_bytes  # noqa: PLC0415

    frame = frame_of([{"claim_id": "3f9c", "revision": 1, "claim": text}])
    as_book = read_sheet(workbook_bytes(frame, [], [])).cells
    as_csv = read_sheet(csv_bytes(frame)).cells
    assert as_book["claim"] == as_csv["claim"]


@settings(max_examples=150, deadline=None)
@example(["_x005F_x0041_", "_x0041_x0042_", "_x0041\x01", "<r>_x0041_</r>", "<r>\x01</r>", "a\rb", "\ufffe", "_xfffe_"])
@example(["_x0041_" * 4681])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
        | st.lists(st.sampled_from("_ x 005F 0041 <r> </r> & \x01 \r \ufffe 000a".split(" "))).map("".join),
        min_size=1,
        max_size=20,
    )
)  # fmt: skip
def test_any_text_comes_home_by_a_workbook(texts: list[str]) -> None:
    """Whatever stands in a text cell is read again as it was stored, signs of the file format's own too."""
    frame = frame_of({"claim_id": "3f9c", "revision": 1, "claim": "x", "rationale": text or None} for text in texts)
    head, *rows = [cells for _, cells in book_records(workbook_bytes(frame, [], []))]
    assert [restored(row[head.index("rationale")]) for row in rows] == [_storable(text) for text in texts]


def test_what_is_no_workbook_is_told() -> None:
    """A torn one, one of something else, and a bomb are refused with the next step."""
    good = workbook_bytes(frame_of([{"claim_id": "3f9c"}]), [], [])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("letter.txt", "Dear reader")
    for content in (good[: len(good) // 2], other.getvalue(), b"PK\x03\x04" + bytes(100)):
        with pytest.raises(BadTable):
            read_sheet(content)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What says of itself that it is larger than any desk's is not opened."""
    monkeypatch.setattr("claims.imports.book.MOST_UNPACKED", 1000)
    assert MOST_UNPACKED > 1000
    with pytest.raises(BadTable, match="far larger unpacked"):
        list(book_records(workbook_bytes(frame_of([{"claim_id": "3f9c"}]), [], [])))


def test_two_cells_far_apart_set_no_room_aside() -> None:
    """A small file whose sheet reaches to the last row and column is refused by name, before anything is laid out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD30001"] = "claim_id", "x"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(BadTable, match="row 30,001 and column 16,384"):
        read_sheet(saved.getvalue())


def _with_sheet(desk: Store, sheet: str) -> bytes:
    """The desk's own workbook with another sheet in the place of its first."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_book(desk))) as own, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in own.infolist():
            is_first = part.filename == "xl/worksheets/sheet1.xml"
            packed.writestr(part.filename, sheet if is_first else own.read(part))
    return made.getvalue()


_SHEET_OF = 'xmlns{0}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.mark.parametrize(
    "sheet",
    [
        f"""<worksheet {_SHEET_OF.format("")}><sheetData><row spans=" r='1'" r="1048576"><c s=" r='A1'" r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>""",
        f"""<x-y:worksheet {_SHEET_OF.format(":x-y")}><x-y:sheetData><x-y:row r="1048576"><x-y:c r="XFD1048576"><x-y:v>1</x-y:v></x-y:c></x-y:row></x-y:sheetData></x-y:worksheet>""",
        f"""<worksheet {_SHEET_OF.format("")}><sheetData><row r="1048576"><c t="<" r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>""",
        f"""<worksheet {_SHEET_OF.format("")}><sheetData><row r="1"><c r="worksheetAO1"><v>1</v></c></row></sheetData></worksheet>""",
        f"""<worksheet {_SHEET_OF.format("")}><sheetData><row r="1"><c r=" A00000001048576"><v>1</v></c></row></sheetData></worksheet>""",
    ],
    ids=[
        "a place within another attribute",
        "a prefix with a hyphen",
        "what is no XML",
        "letters without end",
        "zeros before",
    ],
)
def test_a_place_far_away_is_seen_however_it_is_written(desk: Store, sheet: str) -> None:
    """Whatever calamine might read as a far cell is refused before it sets room aside: that cannot be caught after."""
    with pytest.raises(BadTable, match=r"reaches to row 1,048,576|is damaged|stands nowhere"):
        list(book_records(_with_sheet(desk, sheet)))


def test_a_workbook_of_another_kind_behind_a_broken_one_is_refused() -> None:
    """Calamine would try one kind after the other."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in ("mimetype", "xl/workbook.xml", "content.xml"):
            packed.writestr(name, "<broken")
    with pytest.raises(BadTable, match="no workbook of Excel's"):
        list(book_records(made.getvalue()))


def test_a_sheet_by_another_name_is_one_though_it_ends_in_damage(desk: Store) -> None:
    """Its rows began long before what no XML parser can read; calamine might go on behind that."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' * 60_000
    sheet = f'<worksheet {_SHEET_OF.format("")}><sheetData>{rows}<row r="1048576"><c t="<" r="XFD1048576"/></row>'
    made = io.BytesIO(_book(desk))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet2.bin", sheet)
    with pytest.raises(BadTable, match="is damaged"):
        list(book_records(made.getvalue()))
