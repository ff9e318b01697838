"""A table comes home from a spreadsheet: what nobody edited is no edit, what somebody did is shown before it is written."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.errors import BadTable, StaleWrite
from claims.evidence import Source
from claims.export import csv_bytes, neutral, write_csv
from claims.imports import Imported, Plan, apply_import, compare, plan_import, read_sheet, sheet
from claims.imports.cells import written
from claims.imports.comparing import TAKEN
from claims.imports.plan import PREVIEW
from claims.store import Mark, Query, Store
from claims.table import COLUMNS, DAY, NAMES, NUMBER, TEXT, claim_row, frame_of, plain_rows
from claims.verdict import load_scale
from claims.verdict.fluid import DAYS
from tests.claims.conftest import make_article, make_claim, make_claims

Row = dict[str, Any]
BY_NAME = {column.name: column for column in COLUMNS}
SCALE = load_scale()


def base(number: int = 1, **given: Any) -> Row:
    """A row of the record, as plain values."""
    row = claim_row(make_claim(make_article(), claim_id=f"{number:04x}cafe{number:08x}", seq=number))
    return plain_rows(frame_of([{**row, **given}]))[0]


def bases(*, n: int = 3, **given: Any) -> list[Row]:
    return [base(number, **given) for number in range(1, n + 1)]


def file_of(rows: Iterable[Row]) -> list[list[str]]:
    """The cells of the exported file, the header first."""
    return list(csv.reader(io.StringIO(csv_bytes(frame_of(rows)).decode(), newline="")))


def saved(
    cells: list[list[str]], *, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n", mark: str = ""
) -> bytes:
    """The file as a spreadsheet saves these cells."""
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL  # Python quotes no line feed there
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(cells)
    return (mark + out.getvalue()).encode(encoding, "replace")


def edit(cells: list[list[str]], row: int, **values: str) -> list[list[str]]:
    """The same cells with these in a row, counted as a spreadsheet does."""
    for name, value in values.items():
        cells[row - 1][cells[0].index(name)] = value
    return cells


def plan_of(content: bytes, exported: list[Row], current: list[Row] | None = None, page: str = "") -> Plan:
    """What a file would change."""
    by_name = [{row["claim_id"]: row for row in rows} for rows in (exported, exported if current is None else current)]
    return compare(read_sheet(content, "claims.csv", page), *by_name, SCALE)


def told(plan: Plan) -> list[str]:
    """What stops the plan, in words."""
    return [str(problem) for problem in plan.stops]


def noted(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems if not problem.stops]


def one(given: dict[str, str], now: Row | None = None, **was: Any) -> Plan:
    """The plan of a file of one claim with these cells; ``now`` is what the record changed since."""
    row = base(**was)
    current = {**row, **now, "revision": 2} if now else row
    return plan_of(saved(edit(file_of([row]), 2, **given)), [row], [current])


@dataclass(frozen=True)
class Program:
    """What a spreadsheet program does to a file between opening and saving it."""

    separator: str
    encoding: str
    end: str
    day: str
    decimal: str
    mark: str = ""
    upper: bool = True
    trims: bool = True

    def cell(self, text: str, dtype: str) -> str:
        """A cell as the program shows it."""
        if dtype == DAY and text:
            return self.day_text(date.fromisoformat(text))
        if dtype == NUMBER and text:
            number = float(text)
            shown = f"{number:.0f}" if number.is_integer() else repr(number)
            return shown.replace(".", self.decimal)
        if text in {"True", "False"} and self.upper:
            return text.upper()
        text = text.replace("\n", "\r\n") if self.end == "\r\n" else text
        return text.strip() if self.trims else text

    def day_text(self, day: date) -> str:
        if self.day == "serial":
            return str((day - date(1899, 12, 30)).days)
        if self.day == "us":
            return f"{day.month}/{day.day}/{day.year}"
        return day.strftime(self.day)

    def save(self, cells: list[list[str]]) -> bytes:
        """The file that the program writes."""
        types = [BY_NAME[name].dtype for name in cells[0]]
        shown = [[self.cell(text, dtype) for text, dtype in zip(row, types, strict=True)] for row in cells[1:]]
        padded = [[*row, "", ""] for row in [cells[0], *shown]]
        padded += [[""] * len(padded[0])] * 2
        return saved(padded, separator=self.separator, encoding=self.encoding, end=self.end, mark=self.mark)


PROGRAMS: dict[str, Program] = {
    "German Excel": Program(";", "cp1252", "\r\n", "%d.%m.%Y", ","),
    "German Excel, sep=": Program(";", "cp1252", "\r\n", "%d.%m.%Y", ",", mark="sep=;\r\n"),
    "American Excel, UTF-8": Program(",", "utf-8", "\r\n", "us", ".", mark="\ufeff"),
    "British Excel, two-digit years": Program(",", "cp1252", "\r\n", "%d/%m/%y", "."),
    "Excel, Unicode text": Program("\t", "utf-16", "\r\n", "%Y-%m-%d 00:00:00", "."),
    "Slovene Excel": Program(";", "cp1250", "\r\n", "%d. %m. %Y", ","),
    "Excel for Macintosh": Program(";", "mac_roman", "\r", "%d/%m/%Y", ","),
    "LibreOffice": Program(",", "utf-8", "\n", "%m/%d/%Y", ".", upper=False, trims=False),
    "a script, Latin-1": Program(",", "latin-1", "\n", "%Y-%m-%d", ".", upper=False, trims=False),
    "a script, ASCII": Program(",", "ascii", "\n", "%Y-%m-%d", ".", upper=False, trims=False),
    "days as numbers": Program(",", "utf-8", "\n", "serial", "."),
    "days in letters": Program(",", "utf-8", "\n", "%d-%b-%y", "."),
}


def varied() -> list[Row]:
    """Rows that hold all that a spreadsheet spoils."""
    return [
        base(1, claim="=1+1", speaker="Maruša Ilič", date_first=date(2024, 3, 25), verdict_as_of=date(2024, 1, 31)),
        base(2, claim="-5 degrees, “all of them”", speaker="True", figure_low=2_000_000.0, figure_high=0.35),
        base(3, claim="@korda said:\nno", rationale="\tindented ", verdict="Refuted", confidence="low", cue="＝said"),
        base(4, claim=" a space at its start; and semicolons", corrected_value="+40%", date_first=date(2024, 4, 3)),
        base(5, claim="'tis so, – and “so”", speaker="'=x", likelihood=0.25, figure_low=1234567890123456.0),
    ]


# The file that nobody edited


@pytest.mark.parametrize("name", PROGRAMS)
def test_opening_and_saving_is_no_edit(name: str) -> None:
    """A file that a spreadsheet program opened and saved changes nothing, whatever it did to days, numbers and letters."""
    rows = varied()
    plan = plan_of(PROGRAMS[name].save(file_of(rows)), rows, page=PROGRAMS[name].encoding)
    assert (plan.cells, told(plan), plan.rows) == ((), [], ())
    assert plan.n_unchanged == plan.n_rows == 5


@pytest.mark.parametrize("name", PROGRAMS)
def test_one_edit_is_one_change(name: str) -> None:
    """Among cells that a spreadsheet rewrote, the one that a person edited is the one change."""
    rows = varied()
    cells = edit(file_of(rows), 3, assignee="Jana")
    plan = plan_of(PROGRAMS[name].save(cells), rows, page=PROGRAMS[name].encoding)
    assert [(cell.row, cell.column, cell.edited, cell.kind) for cell in plan.cells] == [
        (3, "assignee", "Jana", "change")
    ]
    assert (plan.n_unchanged, plan.rows[0].keeping.changes) == (4, {"assignee": "Jana"})


def test_the_file_itself_is_no_edit() -> None:
    """What was exported and not touched is compared by its text alone."""
    rows = varied()
    plan = plan_of(csv_bytes(frame_of(rows)), rows)
    assert (plan.cells, plan.problems, plan.n_unchanged) == ((), (), 5)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.text(st.sampled_from("'=+-@\t\r\n\",;|\0␛01e.% ＝"), max_size=8)
)
def test_any_text_comes_home(text: str) -> None:
    """Whatever stands in a text cell: exported and brought back it is no edit, also trimmed and with other ends of lines."""
    rows = [base(speaker=text or None)]
    cells = file_of(rows)
    at = cells[0].index("speaker")
    for shown in (
        cells[1][at],
        cells[1][at].strip(),
        cells[1][at].replace("\r\n", "\n"),
        cells[1][at].replace("\r\n", "\n").replace("\n", "\r\n"),
    ):
        cells[1][at] = shown
        plan = plan_of(saved(cells), rows)
        assert (plan.cells, told(plan)) == ((), [])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 of them", "@korda", "＝1", "'=1", "''-x"])
def test_what_looks_like_a_formula_comes_home_as_the_text_it_was(text: str) -> None:
    """With its apostrophe or without it, an exported text is the same; typed anew, it is taken as text."""
    rows = [base(claim=text)]
    exported = file_of(rows)[1][NAMES.index("claim")]
    for shown in (exported, exported.removeprefix("'")):
        assert plan_of(saved(edit(file_of(rows), 2, claim=shown)), rows).cells == ()
    assert one({"claim": exported}).changes[0].edited == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("March 2024", "Mar-24"), ("3 March", "03-Mar"), ("1/2", "02-Jan"), ("1,200", "1200"), ("785.0", "785"),
        ("12345678901234567890", "1.23457E+19"), ("85%", "85.00%"), ("True", "TRUE"), ("x" * 40_000, "x" * 32_767),
        ("3 March 2024", "03.03.2024"), ("2024-03-03", "45354"), ("10/13/2019", "13.10.2019"),
    ],
)  # fmt: skip
def test_texts_that_a_spreadsheet_took_for_something_else_are_the_same(text: str, shown: str) -> None:
    """A text that became a day, a number or a truth is no edit."""
    assert one({"date_text": shown}, date_text=text).cells == ()


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("figure_low", 312.0, "312"), ("figure_low", 312.0, "312,0"), ("figure_low", 2e6, "2.000.000"),
        ("figure_low", 2e6, "2,000,000"), ("figure_low", 2e6, "2 000 000"), ("figure_low", 2e6, "2E+06"),
        ("figure_low", 1234567890123456.0, "1.2346E+15"), ("figure_low", 1.2, "02-Jan"), ("figure_low", -5.0, "−5"),
        ("likelihood", 1 / 3, "0.333333333"), ("likelihood", 0.7, "70%"), ("date_first", date(2024, 3, 3), "03.03.2024"),
        ("date_first", date(2024, 3, 3), "3/3/2024"), ("date_first", date(2024, 4, 3), "03/04/24"),
        ("date_first", date(2024, 3, 4), "03/04/24"), ("date_first", date(2024, 3, 3), "2024-03-03 00:00:00"),
        ("date_first", date(2024, 3, 3), "45354"), ("date_first", date(2024, 3, 3), "43892"),
        ("date_first", date(1931, 3, 3), "03/03/31"), ("date_first", date(2024, 3, 3), "2024. 03. 03."),
    ],
)  # fmt: skip
def test_a_value_shown_otherwise_is_the_same(column: str, value: object, shown: str) -> None:
    """A number or day that a spreadsheet shows in another way is no edit."""
    assert one({column: shown}, **{column: value}).cells == ()


@pytest.mark.parametrize(
    ("column", "value", "shown"), [("likelihood", 0.35, "0.4"), ("figure_low", 1234567.0, "1234570")]
)
def test_a_number_that_was_typed_is_no_rounding(column: str, value: object, shown: str) -> None:
    """A number with few digits is what somebody typed."""
    assert [cell.edited for cell in one({column: shown}, **{column: value}).changes] == [float(shown)]


# Three ways


def test_each_cell_is_compared_three_ways() -> None:
    """Changed in the file alone is a change, in both alike is already so, in both otherwise is a conflict, else nothing."""
    edited = {"assignee": "Jana", "priority": "low", "speaker": "Korda"}
    plan = one(edited, {"priority": "low", "speaker": "Ilic", "cue": "wrote"})
    assert {cell.column: (cell.kind, cell.exported, cell.current, cell.edited) for cell in plan.cells} == {
        "assignee": ("change", None, None, "Jana"),
        "priority": ("already", "high", "low", "low"),
        "speaker": ("conflict", "Marusa Ilic", "Ilic", "Korda"),
    }
    [row] = plan.rows
    assert (row.revision, row.contested, row.refusal) == (2, True, None)
    assert (row.keeping.changes, row.taking.changes) == ({"assignee": "Jana"}, {"assignee": "Jana", "speaker": "Korda"})


def test_what_the_record_changed_and_the_file_did_not_stays() -> None:
    """An untouched cell never takes back what was written since."""
    plan = one({}, {"speaker": "Ilic", "figure_low": 300.0, "verdict": "Refuted"})
    assert (plan.cells, plan.rows, plan.n_unchanged) == ((), (), 1)


def test_a_judgement_is_one_thing() -> None:
    """Where the record was judged anew, no change of the file's judgement stands beside the other's verdict."""
    was = {"status": "marked", "verdict": "Supported", "confidence": "low", "rationale": "Two say so."}
    plan = one({"rationale": "Three say so."}, {"verdict": "Refuted", "rationale": None}, **was)
    assert [(cell.column, cell.current, cell.edited, cell.kind) for cell in plan.cells] == [
        ("rationale", None, "Three say so.", "conflict"),
        ("verdict", "Refuted", "Supported", "conflict"),  # taking the file's takes its verdict too, so it is shown
    ]
    [row] = plan.rows
    assert (row.keeping.mark, row.taking.mark) == (None, Mark("Supported", "low", "Three say so."))


def test_a_reason_alone_leaves_the_status() -> None:
    """Who mends a rationale does not move the claim."""
    was = {"status": "in progress", "verdict": "Supported", "confidence": "low", "rationale": "Two say so."}
    [row] = one({"rationale": "Three say so."}, {"status": "assigned"}, **was).rows
    assert row.keeping.mark is not None
    assert row.keeping.mark.status == "assigned"


def test_a_verdict_becomes_a_mark() -> None:
    """The columns of a judgement make one mark, with the claim's other columns beside it."""
    given = {
        "verdict": "refuted", "confidence": "Low", "likelihood": "0,25", "corrected_value": "310", "rationale": "=so",
        "verdict_as_of": "2024-03-05", "assignee": "Jana", "status": "marked",
    }  # fmt: skip
    [row] = one(given).rows
    assert row.keeping.mark == Mark("Refuted", "low", "=so", 0.25, "310", date(2024, 3, 5))
    assert dict(row.keeping.changes) == {"assignee": "Jana"}


def test_a_confidence_may_be_a_percentage() -> None:
    """Where the desk gives percentages, a cell is one in any of the ways in which a spreadsheet shows it."""
    row = base(status="marked", verdict="Refuted", confidence="85%")
    by_name = {row["claim_id"]: row}
    for shown, edited in (("0.85", []), ("85.00%", []), ("90", ["90%"]), ("90 %", ["90%"])):
        sheet_of = read_sheet(saved(edit(file_of([row]), 2, confidence=shown)))
        assert [cell.edited for cell in compare(sheet_of, by_name, by_name, SCALE, "percent").changes] == edited


# What is not taken


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": "Refutd", "confidence": "low"},
         "Row 2, verdict: “Refutd” is no verdict of the desk's scale. Use one of: Supported, Refuted, Conflicting evidence, Not"),
        ({"verdict": "Refuted"}, "Row 2, confidence: A verdict is given, and no confidence. Say in this row how sure you are of it."),
        ({"confidence": "low"}, "Row 2, verdict: A confidence is given, and no verdict."),
        ({"rationale": "So."}, "Row 2, rationale: Rationale is given, and no verdict."),
        ({"verdict": "Refuted", "confidence": "sure"}, "Row 2, confidence: “sure” is no confidence. Use one of: low, moderate, high."),
        ({"date_first": "2024-02-30"}, "Row 2, date_first: “2024-02-30” is no day. Write it as 2024-03-03"),
        ({"date_first": "03/05/2024"}, "Row 2, date_first: “03/05/2024” may be 2024-05-03 or 2024-03-05. Write it as 2024-05-03 or"),
        ({"review_by": "45400"}, "Row 2, review_by: “45400” is no day."),
        ({"review_by": "01/01/31"}, "Row 2, review_by: “01/01/31” is no day."),
        ({"figure_low": "about 300"}, "Row 2, figure_low: “about 300” is no number. Write digits alone"),
        ({"figure_low": "45%"}, "Row 2, figure_low: “45%” is no number."),
        ({"figure_low": "9E+999"}, "Row 2, figure_low: “9E+999” is no number."),
        ({"likelihood": "70", "verdict": "Refuted", "confidence": "low"}, "Row 2, likelihood: A likelihood of “70” cannot be."),
        ({"claim": ""}, "Row 2, claim: The claim of a claim cannot be empty."),
        ({"priority": "urgent"}, "Row 2, priority: “urgent” is no priority. Use one of: high, normal, low."),
        ({"kinds": "numerical|rumour"}, "Row 2, kinds: “rumour” is no kind of claim. Use these, with | between them: numerical,"),
        ({"status": "signed off"}, "Row 2, status: “signed off” is given at the desk, not by a file."),
        ({"status": "second reading"}, "Row 2, status: A claim that is “new” cannot become “second reading”. From here a file may"),
        ({"status": "marked"}, "Row 2, status: “marked” comes with a verdict, and the claim has none."),
        ({"status": "done"}, "Row 2, status: “done” is no status. Use one of: new, assigned"),
        ({"claim_id": ""}, "Row 2, claim_id: This row names no claim."),
        ({"claim_id": "feed"}, "Row 2, claim_id: There is no claim “feed” in this record."),
        ({"revision": "9"}, "Row 2, revision: This claim has no revision “9”: its revisions run from 1 to 1."),
        ({"revision": "0"}, "Row 2, revision: This claim has no revision “0”"),
        ({"revision": "one"}, "Row 2, revision: “one” is no revision."),
        ({"revision": ""}, "Row 2, revision: The revision is missing."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_by_row_and_column(given: dict[str, str], sentence: str) -> None:
    """Each is one sentence with its remedy, and nothing of the row is written."""
    plan = one(given)
    [problem] = told(plan)
    assert problem.startswith(sentence)
    assert (plan.rows, plan.n_unchanged) == ((), 0)


def test_all_that_is_amiss_is_told_together() -> None:
    """Every problem of every row and of the header stands in one plan."""
    rows = bases(n=4)
    cells = edit(edit(file_of(rows), 2, verdict="Refutd", priority="urgent"), 4, date_last="soon")
    cells[4][0] = cells[3][0]
    cells = [[*row, extra] for row, extra in zip(cells, ["my notes", "", "", "", ""], strict=True)]
    assert [problem.partition(": ")[0] for problem in told(plan_of(saved(cells), rows))] == [
        "Row 1, my notes", "Row 2, priority", "Row 2, verdict", "Row 4, claim_id", "Row 4, date_last", "Row 5, claim_id",
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["signed off", "published", "void"])
def test_a_closed_claim_is_protected(status: str) -> None:
    """Any change of it is one problem of its row; an untouched row is none."""
    was = {"status": status, "verdict": "Refuted", "confidence": "low"}
    assert told(one({"speaker": "Korda", "claim": "", "verdict": "Supported"}, **was)) == [
        f"Row 2: This claim is {status}, and the row changes it. Reopen it at the desk first, or put back what was exported."
    ]
    assert one({"date_first": "03.03.2024"}, **was).problems == ()
    rows = bases(**was)
    cells = edit(edit(file_of(rows), 2, speaker="Korda", cue="wrote"), 3, speaker="Korda", cue="wrote")
    assert [problem.row for problem in plan_of(saved(cells), rows).stops] == [2, 3]


@pytest.mark.parametrize("status", ["second reading", "agreed", "disputed", "decided", "dropped"])
def test_no_verdict_comes_by_a_file_where_the_work_is_further(status: str) -> None:
    """A claim that is read a second time, decided or dropped is judged at the desk."""
    [problem] = told(one({"verdict": "Supported"}, status=status, verdict="Refuted", confidence="low"))
    assert problem.startswith(f"Row 2, verdict: This claim is “{status}”, and a file gives no verdict there.")


def test_a_verdict_is_not_emptied_away() -> None:
    """Emptying a judgement takes no mark back."""
    [problem] = told(one({"verdict": "", "confidence": ""}, status="marked", verdict="Refuted", confidence="low"))
    assert problem.startswith("Row 2, verdict: A file takes no verdict away.")


def test_columns_that_are_not_taken_stay_and_do_not_stop_the_row() -> None:
    """A difference in an anchor, a count or a review is told, and the row's own edits are written."""
    given = {"start": "27", "n_sources": "4", "second_reader": "Korda", "checked_at": "yesterday", "assignee": "Jana"}
    plan = one(given)
    assert [row.keeping.changes for row in plan.rows] == [{"assignee": "Jana"}]
    assert [note.partition(". ")[0] for note in noted(plan)] == [
        "Row 2, start: start is not taken from a file, since it holds the claim to its place in the article: it stays “26”",
        "Row 2, checked_at: checked_at is not taken from a file, since the record writes it itself: it stays empty",
        "Row 2, second_reader: second_reader is not taken from a file, since it is given at the desk: it stays empty",
        "Row 2, n_sources: n_sources is not taken from a file, since it is counted from the sources; it differs from the record in 1 row",
    ]


def test_a_step_that_the_record_no_longer_allows_is_not_taken() -> None:
    """A status that conflicts stays the record's, and it is said why the file's cannot be had."""
    plan = one(
        {"status": "assigned", "assignee": "Jana"}, {"status": "marked", "verdict": "Refuted", "confidence": "low"}
    )
    [row] = plan.rows
    assert row.keeping.changes == {"assignee": "Jana"}
    assert row.refusal is not None
    assert noted(plan)[0].startswith(
        "Row 2, status: The file's value cannot be taken. A claim that is “marked” cannot become"
    )


# Days and numbers that could be two


def test_an_ambiguous_day_is_read_as_the_unchanged_cells_of_its_column_prove() -> None:
    """03/04/2024 is the third of April in a file whose other days put the day first."""
    rows = bases(date_first=date(2024, 3, 25))
    for order, meant in (("%d/%m/%Y", date(2024, 4, 3)), ("%m/%d/%Y", date(2024, 3, 4))):
        cells = file_of(rows)
        for row in cells[1:]:
            row[NAMES.index("date_first")] = date(2024, 3, 25).strftime(order)
        plan = plan_of(saved(edit(cells, 2, date_first="03/04/2024")), rows)
        assert [cell.edited for cell in plan.changes] == [meant]


def test_what_the_others_prove_goes_before_what_might_be_unchanged() -> None:
    """In a file that puts the day first, 03/04/2024 is no spelling of the fourth of March."""
    rows = [base(1, date_first=date(2024, 3, 4)), *(base(n, date_first=date(2024, 3, 25)) for n in range(2, 30))]
    cells = file_of(rows)
    for row in cells[1:]:
        row[NAMES.index("date_first")] = "25.03.2024"
    plan = plan_of(saved(edit(cells, 2, date_first="03.04.2024")), rows)
    assert [cell.edited for cell in plan.changes] == [date(2024, 4, 3)]


def test_an_ambiguous_number_is_read_as_the_file_writes_its_numbers() -> None:
    """1.234 is a thousand and more where the other numbers have a decimal comma."""
    rows = bases(likelihood=0.25)
    cells = [
        [cell.replace("0.25", "0,25").replace("312.0", "312,0").replace("0.7", "0,7") for cell in row]
        for row in file_of(rows)
    ]
    assert plan_of(saved(edit(cells, 2, figure_high="1.234"), separator=";"), rows).changes[0].edited == 1234
    assert plan_of(saved(edit(file_of(rows), 2, figure_high="1.234")), rows).changes[0].edited == 1.234
    alone = f"claim_id,revision,figure_high\r\n{rows[0]['claim_id']},1,1.234\r\n".encode()
    assert told(plan_of(alone, rows)) == [
        "Row 2, figure_high: “1.234” may be 1.234 or 1234. Write it as 1.2340 or as 1234."
    ]


# Names that a spreadsheet spoils


@pytest.mark.parametrize(
    ("name", "shown"),
    [("1234567890123456", "1.23457E+15"), ("1234567890123456", "1234567890123450"), ("0012345678901234", "12345678901234"),
     ("12345678901e2345"[:15] + "9", "1.2E+300"), ("123456789012e123", "1.23457E+134")],
)  # fmt: skip
def test_a_name_that_became_a_number_is_found_by_its_quote(name: str, shown: str) -> None:
    """Found again where one claim fits and has the row's quote, with a note; else the row is told."""
    rows = [base(claim_id=name), base(2)]
    plan = plan_of(saved(edit(file_of(rows), 2, claim_id=shown, assignee="Jana")), rows)
    if shown == "1.2E+300":
        assert told(plan)[0].startswith(
            "Row 2, claim_id: “1.2E+300” is a number that a spreadsheet made of a claim's name, and no"
        )
        return
    assert [row.claim_id for row in plan.rows] == [name]
    assert noted(plan) == [
        f"Row 2, claim_id: “{shown}” is what a spreadsheet made of {name}, which has this quote. Nothing needs to be done."
    ]
    other = edit(file_of(rows), 2, claim_id=shown, quote="Two vans")
    assert told(plan_of(saved(other), rows))[0].startswith(
        f"Row 2, claim_id: “{shown}” is a number that a spreadsheet made"
    )


def test_a_name_that_two_claims_fit_is_not_guessed_at() -> None:
    """Two claims of one quote whose names show alike stop the row."""
    rows = [base(claim_id="1234567890123456"), base(claim_id="1234567890123457")]
    plan = plan_of(saved(edit(file_of(rows), 2, claim_id="1.23457E+15")), rows)
    assert told(plan)[0].startswith(
        "Row 2, claim_id: “1.23457E+15” is a number that a spreadsheet made of a claim's name, and more than one"
    )


# The file


def test_columns_and_rows_may_be_left_out() -> None:
    """What a file leaves out is not edited, and its columns stand in any order and case."""
    rows = bases()
    content = f"Revision;speaker ;CLAIM_ID\r\n1;Korda;{rows[1]['claim_id']}\r\n".encode()
    plan = plan_of(content, rows)
    assert [(row.row, row.claim_id, dict(row.keeping.changes)) for row in plan.rows] == [
        (2, rows[1]["claim_id"], {"speaker": "Korda"})
    ]
    assert plan.problems == ()


@pytest.mark.parametrize("column", ["claim_id", "revision"])
def test_without_a_name_or_a_revision_nothing_is_compared(column: str) -> None:
    """The missing column is told, beside what else the header has wrong."""
    cells = [["verdcit", *row[:-1]] if number == 0 else ["", *row[:-1]] for number, row in enumerate(file_of(bases()))]
    at = cells[0].index(column)
    plan = plan_of(saved([row[:at] + row[at + 1 :] for row in cells]), bases())
    assert told(plan) == [
        "Row 1, verdcit: The column “verdcit” is not known. Write its name as it was exported, or delete the column.",
        f"Row 1, {column}: The column {column} is missing: without it nobody can tell what was edited. Export the table again and keep this column.",
    ]
    assert (plan.rows, plan.n_rows, plan.n_unchanged) == ((), 3, 0)


def test_a_column_that_stands_twice_is_not_read() -> None:
    """Nobody knows which of the two is meant."""
    cells = [[*row, extra] for row, extra in zip(file_of([base()]), ["speaker", "Korda"], strict=True)]
    plan = plan_of(saved(cells), [base()])
    assert told(plan) == [
        "Row 1, speaker: The column speaker stands 2 times, so that none of them was read. Delete all but one."
    ]


def test_rows_that_are_cut_short_or_run_over_are_told() -> None:
    """A row that ends early is not edited there; one with cells outside the columns is not written."""
    rows = bases(contradicts="0f3a")
    order = ["claim_id", "revision", "speaker", "contradicts"]
    at = [NAMES.index(name) for name in order]
    cells = [[row[place] for place in at] for row in file_of(rows)]
    cells[1] = [*cells[1][:2], "Korda"]
    cells[2] = [*cells[2], "of them"]
    plan = plan_of(saved(cells), rows)
    assert [(row.row, dict(row.keeping.changes)) for row in plan.rows] == [(2, {"speaker": "Korda"})]
    assert noted(plan) == [
        "Row 2, contradicts: This row ends before its last columns: they are taken as not edited. Fill in its cells if they were to be emptied."
    ]
    assert told(plan)[0].startswith("Row 3: This row has cells outside the columns that the first row names.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no claims table: its first row names none"),
        (b"name,age\r\nAna,4", "is no claims table"),
        (b"\xff\xfe\x00c", "names none"),
        (b"\xff\xfe\x00\xd8c", "begins as UTF-16 text and does not go on so"),
        (b"claim_id,revision\r\n\0,1", "is no text"),
        (b'claim_id,revision\r\n0f3a,"1', "Row 2 cannot be read: a quotation mark in it is not closed"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, sentence: str) -> None:
    """A file that cannot be compared at all is one sentence."""
    with pytest.raises(BadTable, match=sentence):
        read_sheet(content)


def test_a_file_above_a_limit_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Too many bytes, rows or columns are told with the number that is too many."""
    monkeypatch.setattr(sheet, "MOST_BYTES", 1_000_000)
    (tmp_path / "claims.csv").write_bytes(b"x" * 1_000_001)
    for source in (tmp_path / "claims.csv", io.BytesIO(b"x" * 1_000_001), io.StringIO("x" * 1_000_001)):
        with pytest.raises(BadTable, match="is larger than 1 MB"):
            sheet.content_of(source)
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    with pytest.raises(BadTable, match="has more than 2 rows"):
        read_sheet(b"claim_id,revision\r\n" + b"0f3a,1\r\n" * 3)
    with pytest.raises(BadTable, match="has more than 1,000 columns"):
        read_sheet(b"claim_id,revision" + b",x" * 1_000)
    with pytest.raises(BadTable, match=r"none\.csv cannot be read"):
        sheet.content_of(tmp_path / "none.csv")


FIRST = base(claim_id="0f3a")
HEADER = b"claim_id,revision,verdict,confidence,date_first,figure_low,kinds\r\n"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=60)
    | st.binary(max_size=60).map(HEADER.__add__)
    | st.text(max_size=60).map(lambda text: HEADER + text.encode("utf-8", "replace"))
)
@example(b"sep=,")
@example(HEADER + b"'1e999,1,,,1e5,1e999,|")
@example("\ufeffclaim_id\trevision\r".encode("utf-16"))
def test_any_bytes_are_a_plan_or_a_refusal(content: bytes) -> None:
    """Whatever a file holds, it is planned or refused in words."""
    try:
        plan = plan_of(content, [FIRST])
    except BadTable:
        return
    assert plan.n_unchanged <= plan.n_rows


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(TAKEN)), st.text(max_size=12) | st.from_regex(r"[-+'0-9.,/%eE :]{1,14}", fullmatch=True))
def test_any_cell_is_a_value_or_a_problem(column: str, text: str) -> None:
    """Whatever stands in an edited cell, it is read or told."""
    content = saved([["claim_id", "revision", column], ["0f3a", "1", text.replace("\0", "")]])
    plan = plan_of(content, [FIRST])
    assert len(plan.cells) <= 1
    assert plan.cells or plan.n_unchanged or plan.stops


@pytest.mark.parametrize(
    "given", [{}, {"speaker": "Korda"}, {"speaker": "Korda", "figure_low": "300", "priority": "urgent"}]
)
def test_the_preview_is_a_table_of_fixed_dtypes(given: dict[str, str]) -> None:
    """None, one or many: a row for each cell and problem, in the file's order, with the same dtypes."""
    table = one(given).as_table()
    assert table.dtypes.astype(str).to_dict() == PREVIEW
    assert table["column"].tolist() == {0: [], 1: ["speaker"], 3: ["priority", "speaker", "figure_low"]}[len(given)]


def test_what_left_is_what_is_compared(desk: Store) -> None:
    """Each value is compared with the very text that the export wrote."""
    table = desk.table(Query())
    cells = list(csv.reader(io.StringIO(csv_bytes(table).decode(), newline="")))[1:]
    for row, exported in zip(plain_rows(table), cells, strict=True):
        texts = {name: written(row[name], BY_NAME[name].dtype) for name in NAMES}
        assert [neutral(text) if BY_NAME[name].dtype == TEXT else text for name, text in texts.items()] == exported


def test_a_large_file_is_compared_in_seconds() -> None:
    """A hundred thousand rows would take a few seconds: ten thousand take one at most, a hundredth of them edited."""
    first = base()
    rows = [{**first, "claim_id": f"c{number}", "seq": number} for number in range(10_000)]
    cells = file_of(rows)
    for row in range(2, 10_001, 100):
        edit(cells, row, assignee="Jana")
    content, by_name = saved(cells), {row["claim_id"]: row for row in rows}
    begun = time.process_time()
    plan = compare(read_sheet(content), by_name, by_name, SCALE)
    assert time.process_time() - begun < 2
    assert len(plan.changes) == 100


# The record


@pytest.fixture
def exported(desk: Store, names: list[str]) -> Callable[..., list[list[str]]]:
    """The desk's exported file as cells, after a mark with words that spreadsheets would spoil."""
    desk.mark(names[0], 1, "Refuted", "low", rationale="=1+1, “said” Ilić\nNorth", as_of=date(2024, 3, 5))

    def cells() -> list[list[str]]:
        out = io.StringIO(newline="")
        write_csv(desk.table(Query(sort="article")), out)
        return list(csv.reader(io.StringIO(out.getvalue(), newline="")))

    return cells


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_record_takes_a_file_back_unchanged(
    desk: Store, exported: Callable[..., list[list[str]]], name: str
) -> None:
    """Exported, opened, saved and planned, in any program: nothing; with one edit: that edit."""
    before = desk.latest_event_seq()
    cells = exported()
    plan = plan_import(desk, PROGRAMS[name].save(cells), name="claims.csv")
    assert (plan.cells, plan.stops, plan.n_unchanged, plan.n_rows) == ((), (), 3, 3)
    assert apply_import(desk, plan) == Imported(0, 0, plan.why)
    assert desk.latest_event_seq() == before
    plan = plan_import(desk, PROGRAMS[name].save(edit(cells, 3, speaker="-Korda")))
    assert [(cell.row, cell.column, cell.exported, cell.current, cell.edited) for cell in plan.changes] == [
        (3, "speaker", None, None, "-Korda")
    ]
    assert plan.stops == ()


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
@pytest.mark.parametrize("claim", ["He said “no” – café", "He said “no”", "Maruša – Ilić"])
def test_letters_that_a_page_has_not_are_no_edit(desk: Store, names: list[str], encoding: str, claim: str) -> None:
    """A file that lost quotation marks, dashes and accents on its way overwrites no claim with question marks."""
    desk.edit_claim(names[0], 1, {"claim": claim})
    plan = plan_import(desk, saved(file_of(desk.rows(Query(sort="article"))), encoding=encoding))
    assert (plan.cells, plan.stops) == ((), ())
    apply_import(desk, plan)
    assert desk.claim(names[0])["claim"] == claim


def test_a_question_mark_that_a_page_did_not_set_is_an_edit(desk: Store, names: list[str]) -> None:
    """Where a page has the letter, or the file's Unicode is plain, what a person wrote is taken."""
    desk.edit_claim(names[0], 1, {"claim": "A café – the café"})
    cells = file_of(desk.rows(Query(sort="article")))
    for encoding, edited in (("latin-1", "A café – the caf?"), ("utf-8-sig", "A caf? ? the caf?")):
        plan = plan_import(desk, saved(edit(cells, 2, claim=edited), encoding=encoding))
        assert [cell.column for cell in plan.changes] == ["claim"]


def test_accents_that_a_person_took_off_are_an_edit(desk: Store, names: list[str]) -> None:
    """In a file that has no other accent either: it may well be Unicode."""
    desk.edit_claim(names[0], 1, {"claim": "Maruša fled."})
    plan = plan_import(desk, saved(edit(file_of(desk.rows(Query(sort="article"))), 2, claim="Marusa fled.")))
    assert [cell.edited for cell in plan.changes] == ["Marusa fled."]


def plan_saved(encoding: str, claims: list[str], edits: dict[int, str] | None = None) -> Plan:
    """The plan of a file of claims with these wordings, saved so, with others in some of its rows."""
    rows = [base(number, claim=claim) for number, claim in enumerate(claims, 1)]
    cells = file_of(rows)
    for row, claim in (edits or {}).items():
        edit(cells, row, claim=claim)
    return plan_of(saved(cells, encoding=encoding), rows)


@pytest.mark.parametrize(
    ("encoding", "kept"), [("cp1252", "René fled."), ("latin-1", "René fled."), ("utf-8", "He fled."), ("ascii", "He fled.")]
)  # fmt: skip
@pytest.mark.parametrize(
    ("exported", "edited", "letter"),
    [("Maruša fled.", "Marusa fled.", "š"), ("Maruša fled.", "Maru_a fled.", "š"), ("Maruša fled.", "Maru?a fled.", "š"),
     ("They fled on Sunday…", "They fled on Sunday?", "…"), ("They fled – on Sunday", "They fled - on Sunday", "–")],
)  # fmt: skip
def test_the_one_letter_that_is_gone_may_be_an_edit(
    encoding: str, kept: str, exported: str, edited: str, letter: str
) -> None:
    """Where nothing else tells that a file lost letters, the cell is an edit, with a warning that names it and says why."""
    plan = plan_saved(encoding, [exported, kept], {2: edited})
    assert [(cell.row, cell.edited, cell.kind) for cell in plan.cells] == [(2, edited, "change")]
    assert plan.rows[0].keeping.changes == {"claim": edited}
    page = "ISO 8859-1 (Western Europe)" if kept == "René fled." else "plain ASCII"
    assert noted(plan)[-1] == (
        f"Row 2, claim: “{edited}” is taken as an edit of “{exported}”, but may be what was left of it in saving: {page} has "
        f"not all of its letters ({letter}). Put back what was exported if nobody edited it, and save the table as CSV UTF-8."
    )


def test_accents_that_a_person_took_off_everywhere_are_edits() -> None:
    """However many they are: a file that may be Windows' has lost no letter of Windows' to a plain one."""
    claims = ["Maruša fled.", "Maruša and Žan fled.", "René fled."]
    plan = plan_saved("cp1252", claims, {2: "Marusa fled.", 3: "Marusa and Zan fled."})
    assert [cell.edited for cell in plan.changes] == ["Marusa fled.", "Marusa and Zan fled."]


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_an_ellipsis_is_only_lost_where_other_letters_are(encoding: str) -> None:
    """A person may have put a question mark for each; beside a lost quotation mark, the file did."""
    assert len(plan_saved(encoding, ["They fled…", "They came…", "She went."]).changes) == 2
    plan = plan_saved(encoding, ["They fled…", "They came…", "She said “no”."])
    assert (plan.cells, plan.stops, plan.n_unchanged) == ((), (), 3)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_cells_that_lost_letters_are_told(encoding: str) -> None:
    """What is taken as not edited is told with its cells and the letters, and stops nothing."""
    said = (
        "2 cells (claim in row 2, 4) are taken as not edited, because letters that plain ASCII has not (’) were lost in them. "
        "If you edited one of them, save the table as CSV UTF-8 and import it again, or edit the claim at the desk."
    )
    plan = plan_saved(encoding, ["They don’t flee.", "She went.", "They won’t flee."])
    assert (noted(plan), plan.stops, plan.n_unchanged) == ([said], (), 3)


def test_a_letter_lost_in_a_quote_tells_of_the_wording() -> None:
    """No file changes a quote: an ellipsis that is lost there was lost in the claim's wording too."""
    rows = [base(1, quote="They fled…", claim="They fled…"), base(2, claim="They came.")]
    plan = plan_of(saved(file_of(rows), encoding="ascii"), rows)
    assert (plan.cells, plan.stops, plan.n_unchanged) == ((), (), 2)


def test_a_letter_is_lost_one_way_only() -> None:
    """Where a program wrote question marks for a letter that its page has not, the plain letter is a person's."""
    claims = ["Ilić “fled”.", "Ilić came.", "Ilić went."]
    plan = plan_saved("cp1252", claims, {3: "Ilic came.", 4: "Ilic went."})
    assert [cell.edited for cell in plan.changes] == ["Ilic came.", "Ilic went."]


def test_plain_letters_that_a_page_sets_are_no_edit() -> None:
    """A program that writes “c” for each ć, which its page has not, edits nothing, and it is told; one alone may be an edit."""
    claims = ["“Ilić” fled.", "Ilić came."]
    plan = plan_saved("cp1252", claims, {2: "“Ilic” fled.", 3: "Ilic came."})
    assert (plan.cells, plan.stops) == ((), ())
    assert "2 cells (claim in row 2, 3) are taken as not edited" in noted(plan)[-1]
    assert [cell.row for cell in plan_saved("cp1252", ["“Ilić” fled.", "He came."], {2: "“Ilic” fled."}).changes] == [2]


def test_an_edit_beside_lost_letters_is_warned_of() -> None:
    """A cell that was edited and lost letters as well is shown with the letters that it would overwrite."""
    plan = plan_saved("latin-1", ["He said “no” there."], {2: "He said “no” again."})
    assert [cell.edited for cell in plan.changes] == ["He said ?no? again."]
    assert "plain ASCII has not all of its letters (“ ”). Put back" in noted(plan)[-1]


def test_what_the_record_holds_by_now_is_not_taken_for_a_loss() -> None:
    """Where a colleague wrote the accent since, a file without it is a conflict that a person sees."""
    plan = one({"speaker": "Maru?a"}, {"speaker": "Maruša"})
    assert [(cell.column, cell.current, cell.edited) for cell in plan.conflicts] == [("speaker", "Maruša", "Maru?a")]


def test_an_import_is_one_act(
    desk: Store,
    names: list[str],
    exported: Callable[..., list[list[str]]],
    unchanged: Callable[[Store], None],
    tmp_path: Path,
) -> None:
    """Marks and changes of a file are written together, say where they come from, and one undo takes them back."""
    cells = edit(exported(), 3, verdict="Supported", confidence="high", rationale="=both say so", assignee="Jana")
    path = tmp_path / "claims.csv"
    path.write_bytes(saved(edit(cells, 4, figure_low="41", figure_high="41", kinds="numerical|event")))
    before = desk.table(Query(sort="article"))
    plan = plan_import(desk, path)
    done = apply_import(desk, plan, actor="Marusa")
    assert done == Imported(2, 0, f"Import of claims.csv (SHA-256 {plan.sha256[:12]}…)")
    marked, edited = desk.claim(names[1]), desk.claim(names[2])
    assert (marked["verdict"], marked["confidence"], marked["rationale"], marked["checker"], marked["status"], marked["assignee"]) == (
        "Supported", "high", "=both say so", "Marusa", "marked", "Jana",
    )  # fmt: skip
    assert (edited["figure_low"], edited["kinds"], edited["revision"]) == (41, "numerical|event", 2)
    assert desk.history(names[2])[-1].why == done.why
    unchanged(desk)
    desk.undo("Marusa")
    after = desk.table(Query(sort="article"))
    assert after.drop(columns="revision").equals(before.drop(columns="revision"))


def test_a_verdict_of_a_file_on_a_moving_figure_carries_a_day(desk: Store, names: list[str]) -> None:
    """As one given at the desk, unless a cell says another day or the claim has one ahead; and the file come again writes nothing."""
    ahead = datetime.now(UTC).date() + timedelta(days=99)
    for name in names:
        desk.edit_claim(
            name, 1, {"claim": "At least 249 guards were killed.", "figure_low": 249.0, "figure_high": None, "date_text": None,
                      "date_first": None, "date_last": None},
        )  # fmt: skip
    desk.edit_claim(names[2], 2, {"review_by": ahead})
    cells = file_of(desk.rows(Query(sort="article")))
    for row in (2, 3, 4):
        edit(cells, row, verdict="Refuted", confidence="high", rationale="It is 273.")
    edit(cells, 3, review_by=f"{ahead - timedelta(days=1)}")
    apply_import(desk, plan_import(desk, saved(cells)))
    days = [desk.claim(name)["review_by"] for name in names]
    assert days == [datetime.now(UTC).date() + timedelta(days=DAYS), ahead - timedelta(days=1), ahead]
    before = desk.latest_event_seq()
    for again in (cells, file_of(desk.rows(Query(sort="article")))):
        plan = plan_import(desk, saved(again))
        assert apply_import(desk, plan) == Imported(0, 0, plan.why)
    assert desk.latest_event_seq() == before


def test_what_was_written_since_is_compared_and_kept(
    desk: Store, names: list[str], exported: Callable[..., list[list[str]]]
) -> None:
    """The base is the revision that the file names: a colleague's edit stays, or is a conflict that a person settles."""
    cells = edit(exported(), 3, speaker="Korda", assignee="Jana")
    desk.edit_claim(names[1], 1, {"speaker": "Ilic", "cue": "said"})
    plan = plan_import(desk, saved(cells))
    assert [(cell.column, cell.kind) for cell in plan.cells] == [("speaker", "conflict"), ("assignee", "change")]
    with pytest.raises(BadTable, match=r"In 1 of its rows \(3\) file and record were both changed, and nobody chose"):
        apply_import(desk, plan)
    assert apply_import(desk, plan, good_rows_only=True) == Imported(0, 1, plan.why)
    assert apply_import(desk, plan, take_file=[]).n_written == 1
    row = desk.claim(names[1])
    assert (row["speaker"], row["cue"], row["assignee"]) == ("Ilic", "said", "Jana")
    plan = plan_import(desk, saved(cells))
    assert [(cell.column, cell.kind) for cell in plan.cells] == [("speaker", "conflict"), ("assignee", "already")]
    assert apply_import(desk, plan, take_file=True).n_written == 1
    assert desk.claim(names[1])["speaker"] == "Korda"


def test_somebody_who_wrote_meanwhile_is_not_overwritten(
    desk: Store, names: list[str], exported: Callable[..., list[list[str]]]
) -> None:
    """A write between plan and import refuses all of it."""
    plan = plan_import(desk, saved(edit(edit(exported(), 3, speaker="Korda"), 4, speaker="Korda")))
    desk.edit_claim(names[2], 1, {"cue": "wrote"})
    with pytest.raises(StaleWrite):
        apply_import(desk, plan)
    assert desk.claim(names[1])["speaker"] is None


def test_all_or_nothing_or_the_good_rows(
    desk: Store, names: list[str], exported: Callable[..., list[list[str]]]
) -> None:
    """One bad cell refuses the file in words; the person may take the other rows."""
    plan = plan_import(desk, saved(edit(edit(exported(), 3, speaker="Korda"), 4, verdict="Refutd", confidence="low")))
    with pytest.raises(
        BadTable, match=r"Nothing of the file was imported. Row 4, verdict: “Refutd” is no verdict"
    ) as refused:
        apply_import(desk, plan)
    assert refused.value.remedy == "Mend the file or choose, and plan the import again; or import the good rows only."
    assert desk.claim(names[1])["speaker"] is None
    assert apply_import(desk, plan, good_rows_only=True) == Imported(1, 1, plan.why)
    assert (desk.claim(names[1])["speaker"], desk.claim(names[2])["verdict"]) == ("Korda", None)


def test_a_name_that_became_a_number_is_found_in_the_record(store: Store) -> None:
    """The record is searched by the row's quote, and only a claim whose name shows so is taken."""
    article = make_article()
    _, second, third = make_claims(article)
    claims = [make_claim(article, claim_id="1234567890123456"), second, third]
    store.add_article(article, claims)
    cells = file_of(plain_rows(store.table(Query(sort="article"))))
    plan = plan_import(store, saved(edit(cells, 2, claim_id="1.23457E+15", speaker="Korda")))
    assert [(row.claim_id, dict(row.keeping.changes)) for row in plan.rows] == [
        ("1234567890123456", {"speaker": "Korda"})
    ]


def test_a_cell_may_be_as_long_as_what_was_exported(desk: Store, names: list[str]) -> None:
    """What csv's own limit would refuse, a long rationale and the sources of a claim that has very many, comes home."""
    desk.mark(names[0], 1, "Refuted", "low", rationale="so; " * 50_000)
    for number in range(75):
        desk.add_source(names[1], 1, Source(f"https://korda.example/{number}/{'a' * 1_900}"))
    table = desk.table(Query(sort="article"))
    assert table["rationale"].str.len().max() == 200_000
    assert table["sources"].str.len().max() > 131_072
    plan = plan_import(desk, csv_bytes(table))
    assert (plan.cells, plan.problems, plan.n_unchanged) == ((), (), 3)


# First readings that are kept back


@pytest.fixture
def kept_back(desk: Store, names: list[str]) -> list[list[str]]:
    """The cells of Tom's own export, in which the judgement of the claim that Jana marked, in row 2, is empty."""
    desk.mark(names[0], 1, "Refuted", "low", rationale="The roll call names each.", actor="Jana")
    return file_of(plain_rows(desk.table(Query(sort="article", reader="Tom"))))


@pytest.mark.parametrize("reader", [None, "Tom", "Jana"])
def test_a_judgement_that_left_empty_is_not_emptied(
    desk: Store, names: list[str], kept_back: list[list[str]], reader: str | None
) -> None:
    """Whoever brings the file home, its edits are taken and the first reading stays."""
    assert kept_back[1][NAMES.index("verdict")] == ""
    assert plan_import(desk, saved(kept_back), reader=reader).cells == ()
    plan = plan_import(desk, saved(edit(kept_back, 2, speaker="Korda")), reader=reader)
    assert [(cell.row, cell.column, cell.edited) for cell in plan.cells] == [(2, "speaker", "Korda")]
    assert plan.stops == ()
    assert apply_import(desk, plan, actor="Tom").n_written == 1
    row = desk.claim(names[0])
    assert (row["speaker"], row["verdict"], row["confidence"], row["rationale"], row["checker"], row["status"]) == (
        "Korda", "Refuted", "low", "The roll call names each.", "Jana", "marked",
    )  # fmt: skip


def test_after_the_second_reading_it_is_not_emptied_either(
    desk: Store, names: list[str], kept_back: list[list[str]]
) -> None:
    """The file left before it, and says nothing of what came since."""
    desk.read_second(names[0], 2, "Refuted", "low", actor="Tom")
    plan = plan_import(desk, saved(kept_back))
    assert (plan.cells, plan.rows, plan.stops) == ((), (), ())


@pytest.mark.parametrize("verdict", ["Supported", "Refuted"])
def test_a_reading_among_cells_that_left_empty_wipes_nothing_out(
    desk: Store, kept_back: list[list[str]], verdict: str
) -> None:
    """A verdict beside an empty rationale stops its row, whether it is another or the first reader's."""
    plan = plan_import(desk, saved(edit(kept_back, 2, speaker="Korda", verdict=verdict, confidence="low")))
    [problem] = told(plan)
    assert problem == (
        "Row 2: This claim waits for its second reading, and of its judgement some cells are filled and some empty. "
        "Give a second reading at the desk and leave them all empty here, or put back what was exported."
    )
    assert plan.rows == ()
    assert [cell.column for cell in plan.cells] == ["speaker"]


def test_a_first_reading_is_not_told_by_its_lost_letters(desk: Store, names: list[str]) -> None:
    """No file of question marks learns whether they stand for what somebody else wrote in a reading that is kept back."""
    desk.mark(names[0], 1, "Refuted", "low", rationale="“So”", actor="Jana")
    content = saved(edit(file_of(desk.rows(Query(sort="article"))), 2, rationale="?So?"), encoding="ascii")
    plans = [plan_import(desk, content, reader=reader) for reader in ("Jana", "Tom")]
    assert ["rationale in row 2" in " ".join(noted(plan)) for plan in plans] == [True, False]


@pytest.mark.parametrize(
    "given",
    [
        {"verdict": "Supported"},
        {"verdict": "Refuted"},
        {"verdict": "Refutd", "likelihood": "7"},
        {"verdict": "Refuted", "confidence": "low", "rationale": "The roll call names each."},
    ],
)
def test_a_plan_tells_no_first_reading(desk: Store, kept_back: list[list[str]], given: dict[str, str]) -> None:
    """To who is to read second it says the same of any judgement in the file, right or wrong, and shows no cell of it."""
    cells = edit(kept_back, 2, speaker="Korda", **given)
    plan = plan_import(desk, saved(cells), reader="Tom")
    assert noted(plan) == [
        "In row 2 the first reading is kept back from you, and no judgement is taken from the file. Give yours at the desk."
    ]
    assert [cell.column for cell in plan.cells] == ["speaker"]
    [row] = plan.rows
    assert (row.keeping.mark, row.keeping.changes) == (None, {"speaker": "Korda"})


def test_rows_that_left_empty_are_told_of_once(desk: Store, names: list[str]) -> None:
    """One sentence names the first of them and counts the rest."""
    for name in names:
        desk.mark(name, 1, "Refuted", "low", actor="Jana")
    content = csv_bytes(desk.table(Query(sort="article", reader="Tom")))
    [note] = noted(plan_import(desk, content))
    assert note == (
        "In 3 rows (2, 3, 4) the claim waits for its second reading, and a judgement that is empty stays as it is. "
        "Nothing needs to be done."
    )
    assert noted(plan_import(desk, content, reader="Tom")) == []


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(TAKEN - {"verdict", "confidence", "status"})),
    st.sampled_from(["12", "0,5", "2024-05-01", "low", "event|quote", "direct", "=so", ""]) | st.text(max_size=8),
)
def test_what_is_planned_is_what_is_written(column: str, text: str) -> None:
    """The record takes each value that a plan holds, and then has it; the same file has nothing more to say."""
    with Store(":memory:", actor="Jana") as store:
        article = make_article()
        store.add_article(article, [make_claim(article)])
        [row] = plain_rows(store.table(Query()))
        cells = edit(file_of([row]), 2, verdict="Refuted", confidence="low", **{column: text.replace("\0", "")})
        plan = plan_import(store, saved(cells))
        if plan.stops:
            return
        assert apply_import(store, plan).n_written == 1
        written_row = store.claim(row["claim_id"])
        assert {cell.column: written_row[cell.column] for cell in plan.changes} == {
            cell.column: cell.edited for cell in plan.changes
        }
        assert plan_import(store, saved(cells)).rows == ()
