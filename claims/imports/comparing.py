"""The three-way comparison: each cell of the file with what was exported and with what the record holds now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from claims.imports.cells import Reader, Unread, fits, lost_in, tidy, written
from claims.imports.days import days
from claims.imports.decimals import POINT, amounts
from claims.imports.finding import Found, Rows, find
from claims.imports.judging import JUDGEMENT, judge, locked, together
from claims.imports.kept_back import may_have_left_empty, untaken
from claims.imports.letters import Loss
from claims.imports.losing import Losses, believed, doubted, may_be_lost
from claims.imports.plan import Cell, Kind, Plan, Row
from claims.imports.problems import Problem
from claims.imports.sheet import NEEDED, Sheet
from claims.imports.staying import ELSEWHERE, staying
from claims.status import LOCKED, is_kept_back
from claims.store.edits import EDITABLE, PAIRS
from claims.store.query import Query
from claims.table import COLUMNS, DAY, NUMBER, TEXT, Column
from claims.verdict import Scale

#: The columns that a file may change.
TAKEN: frozenset[str] = EDITABLE | set(JUDGEMENT)

_COLUMNS: dict[str, Column] = {column.name: column for column in COLUMNS if column.name not in NEEDED}
#: Other rows of the same claim that a row is told of.
_NAMED = 3
#: Which part of the votes proves how a file writes its days or numbers: one edited cell does not unsettle the rest.
_PROVEN = 0.95
_NO_LOSS: frozenset[Loss] = frozenset()


class _Suspect(NamedTuple):
    """A cell whose text is another than was exported."""

    found: Found
    column: Column
    cell: str
    exported: Any
    current: Any


def compare(sheet: Sheet, exported: Rows, current: Rows, scale: Scale, confidence: str = "words") -> Plan:
    r"""What a file would change, given its claims as they were exported and as they stand now.

    >>> from claims.imports.sheet import read_sheet
    >>> from claims.verdict import load_scale
    >>> row = {"claim_id": "0f3a", "revision": 1, "status": "new", "speaker": "Ilic", "cue": "said"}
    >>> sheet = read_sheet(b"claim_id,revision,speaker,cue\r\n0f3a,1,Korda,said")
    >>> [(cell.row, cell.column, cell.edited) for cell in compare(sheet, {"0f3a": row}, {"0f3a": row}, load_scale()).changes]
    [(2, 'speaker', 'Korda')]
    >>> sheet = read_sheet(b"claim_id,revision,verdict\r\n0f3a,1,Refutd")
    >>> compare(sheet, {"0f3a": row}, {"0f3a": row}, load_scale()).problems[0].sentence
    "“Refutd” is no verdict of the desk's scale."
    """
    comparison = Comparison(sheet)
    if comparison.can_be_made:
        quotes: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in current.values():
            quotes[str(row.get("quote")).strip()].append(row)
        found = find(sheet, range(len(sheet)), current, lambda quote: quotes.get(quote, ()), comparison.problems)
        comparison.take(found, [exported[one.claim_id] for one in found], [current[one.claim_id] for one in found])
    return comparison.plan(scale, confidence)


class Comparison:
    """A comparison under way: rows are taken in parts, so that never all of the record is held; then the plan is made.

    ``asked`` says who brings the file: first readings that are kept back from them are neither told nor changed.
    """

    def __init__(self, sheet: Sheet, asked: Query | None = None) -> None:
        self.sheet = sheet
        self._asked = asked or Query()
        self._hidden: set[int] = set()
        self.problems: list[Problem] = list(sheet.problems)
        self._suspects: list[_Suspect] = []
        # Cells that are as exported in one style of days or numbers, and something else in another.
        self._doubtful: list[tuple[_Suspect, frozenset[str]]] = []
        # Cells that are as exported but for letters that the file's page has not.
        self._losing: list[tuple[_Suspect, frozenset[Loss]]] = []
        self._votes: dict[str, Counter[str]] = defaultdict(Counter)
        self._standing: dict[int, tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        self._rows_of: dict[str, list[int]] = defaultdict(list)
        self._cut: dict[int, str] = {}
        self._unread: dict[int, set[str]] = defaultdict(set)
        self._locked: dict[int, Problem] = {}

    @property
    def can_be_made(self) -> bool:
        """Whether the file has the columns without which nothing can be compared."""
        return all(name in self.sheet.cells for name in NEEDED)

    def take(
        self, found: Sequence[Found], exported: Sequence[Mapping[str, Any]], current: Sequence[Mapping[str, Any]]
    ) -> None:
        """Compare these rows with their claims as exported and as they are now."""
        for one, row in zip(found, current, strict=True):
            self._rows_of[one.claim_id].append(self.sheet.rows[one.index])
            if is_kept_back(row, self._asked.reader, read_twice=self._asked.read_twice):
                self._hidden.add(one.index)
        for name, column in _COLUMNS.items():
            if name in self.sheet.cells:
                self._take_column(column, self.sheet.cells[name], found, exported, current)

    def plan(self, scale: Scale, confidence: str = "words") -> Plan:
        """What the rows taken would change."""
        self._repeated()
        orders = {name: order for name, votes in self._votes.items() if name and (order := _proven(votes))}
        reader = Reader(scale, confidence, orders, _proven(self._votes[""]))
        self._suspects += [suspect for suspect, styles in self._doubtful if not _stays(suspect, styles, reader)]
        self._tell_losses()
        self._keep_back()
        self.problems += [
            Problem(
                row, column, "This row ends before its last columns: they are taken as not edited.",
                "Fill in its cells if they were to be emptied.", stops=False,
            )
            for row, column in self._cut.items()
        ]  # fmt: skip
        by_row: dict[int, list[Cell]] = defaultdict(list)
        self.problems += staying(
            (self.sheet.rows[suspect.found.index], suspect.column, suspect.current)
            for suspect in self._suspects
            if suspect.column.name not in TAKEN and fits(suspect.cell, suspect.current, suspect.column) is None
        )
        for suspect in self._suspects:
            if suspect.column.name in TAKEN and (cell := self._cell(suspect, reader)):
                by_row[suspect.found.index].append(cell)
        rows, cells = self._rows(by_row, scale)
        self.problems += self._locked.values()
        stopped = {problem.row for problem in self.problems if problem.stops}
        rows = [row for row in rows if row.row not in stopped]
        touched = stopped.union(cell.row for cell in cells)
        return Plan(
            self.sheet.name,
            self.sheet.sha256,
            len(self.sheet),
            sum(row not in touched for row in self.sheet.rows) if self.can_be_made else 0,
            tuple(cells),
            tuple(sorted(self.problems, key=lambda problem: problem.row)),
            tuple(rows),
        )

    def _take_column(
        self,
        column: Column,
        cells: Sequence[str | None],
        found: Sequence[Found],
        exported: Sequence[Mapping[str, Any]],
        current: Sequence[Mapping[str, Any]],
    ) -> None:
        name, rows = column.name, current if column.name in ELSEWHERE else exported
        values = [row.get(name) for row in rows]
        texts = _texts(values, column)
        shown = _at(cells, found)
        differing = [place for place, (cell, text) in enumerate(zip(shown, texts, strict=True)) if cell != text]
        votes = self._votes["" if column.dtype == NUMBER else name]
        if column.dtype == NUMBER:
            votes[POINT] += max(len(values) - values.count(None) - len(differing), 0)
        known: dict[tuple[str, Any], tuple[frozenset[str] | None, bool, frozenset[Loss]]] = {}
        for place in differing:
            one, cell, value = found[place], shown[place], values[place]
            if cell is None:
                if value is not None and name in TAKEN:
                    self._cut.setdefault(self.sheet.rows[one.index], name)
                continue
            if (cell, value) not in known:
                styles = fits(cell, value, column)
                doubtful = bool(styles) and name in TAKEN and len(set(_readings(cell, value, column).values())) > 1
                losses = lost_in(cell, value, column, self.sheet.page) if styles is None else _NO_LOSS
                known[cell, value] = styles, doubtful, losses
            styles, doubtful, losses = known[cell, value]
            if styles is not None and len(styles) == 1:
                votes.update(styles)
            if styles is None or doubtful:
                suspect = _Suspect(one, column, cell, value, current[place].get(name))
                self._standing.setdefault(one.index, (_kept(exported[place]), _kept(current[place])))
                if losses:
                    self._losing.append((suspect, losses))
                elif styles is None:
                    self._suspects.append(suspect)
                else:
                    self._doubtful.append((suspect, styles))

    def _tell_losses(self) -> None:
        """Take for edits the cells of which the file does not prove that they lost letters, and say which are taken for losses."""
        losing = [
            (suspect, losses)
            for suspect, losses in self._losing
            if suspect.column.name not in JUDGEMENT or suspect.found.index not in self._hidden
        ]
        whole = Losses(self.sheet.page, ((losses, suspect.column.name not in TAKEN) for suspect, losses in losing))
        self._suspects += [suspect for suspect, losses in losing if not whole.believes(losses)]
        self.problems += believed(
            (
                (self.sheet.rows[suspect.found.index], suspect.column.name, losses)
                for suspect, losses in losing
                if suspect.column.name in TAKEN and whole.believes(losses)
            ),
            self.sheet.page,
        )

    def _keep_back(self) -> None:
        """Leave out the judgement of rows that left without it, or are kept back from who brings the file."""
        emptied = {
            suspect.found.index
            for suspect in self._suspects
            if suspect.column.name in JUDGEMENT
            and not tidy(suspect.cell)
            and may_have_left_empty(self._standing[suspect.found.index][0])
        }
        self.problems += untaken(self.sheet, emptied - self._hidden, self._hidden)
        left_out = emptied | self._hidden
        self._suspects = [
            suspect
            for suspect in self._suspects
            if suspect.column.name not in JUDGEMENT or suspect.found.index not in left_out
        ]

    def _repeated(self) -> None:
        """Tell every row of a claim that stands in the file more than once."""
        for claim_id, rows in self._rows_of.items():
            for row in rows if len(rows) > 1 else ():
                some = [str(other) for other in rows[: _NAMED + 1] if other != row][:_NAMED]
                others = ", ".join(some) + (" …" if len(rows) - 1 > len(some) else "")
                sentence = f"The claim {claim_id} stands in row {others} too."
                self.problems.append(Problem(row, "claim_id", sentence, "Keep one of these rows."))

    def _cell(self, suspect: _Suspect, reader: Reader) -> Cell | None:
        """The cell as it changed; None where it did not, or where a problem is told instead."""
        found, column, text, exported, current = suspect
        row = self.sheet.rows[found.index]
        status = str(self._standing[found.index][1]["status"])
        moved = exported != current
        if moved and fits(text, current, column) is not None:
            return Cell(row, found.claim_id, column.name, exported, current, current, "already")
        edited = reader.read(text, column, exported)
        if edited == exported:
            return None
        if isinstance(edited, str) and (letters := may_be_lost(edited, exported, self.sheet.page)):
            self.problems.append(doubted(row, column.name, edited, exported, self.sheet.page, letters))
        if status in LOCKED:
            self._locked.setdefault(row, locked(row, status))
            return None
        if isinstance(edited, Unread):
            self.problems.append(Problem(row, column.name, edited.sentence, edited.remedy))
            self._unread[found.index].add(column.name)
            return None
        kind: Kind = "already" if edited == current else "conflict" if moved else "change"
        return Cell(row, found.claim_id, column.name, exported, current, edited, kind)

    def _rows(self, by_row: Mapping[int, list[Cell]], scale: Scale) -> tuple[list[Row], list[Cell]]:
        """What each row would write, and its cells, in the file's order."""
        rows, told = [], []
        for index, read in sorted(by_row.items()):
            exported, current = self._standing[index]
            cells = together(read, exported, current)
            row, problems = judge(cells, exported, current, scale, self._unread.get(index, ()))
            told += cells
            self.problems += problems
            if row:
                rows.append(row)
                if row.refusal:
                    self.problems.append(_untaken(row.refusal))
        return rows, told


class _Written(dict[Any, str]):
    """Values as the exported file shows them, each worked out once."""

    def __init__(self, dtype: str) -> None:
        super().__init__()
        self._dtype = dtype

    def __missing__(self, value: Any) -> str:
        text = self[value] = written(value, self._dtype)
        return text


def _texts(values: list[Any], column: Column) -> list[str]:
    if column.dtype == TEXT:
        return ["" if value is None else value for value in values]
    return list(map(_Written(column.dtype).__getitem__, values))


def _at(cells: Sequence[str | None], found: Sequence[Found]) -> Sequence[str | None]:
    """The cells of these rows, which mostly follow one upon another."""
    if found and found[-1].index - found[0].index + 1 == len(found):
        return cells[found[0].index : found[-1].index + 1]
    return [cells[one.index] for one in found]


def _kept(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the judging of a row needs of its claim."""
    return {
        name: row.get(name)
        for name in ("revision", "status", "checker", *JUDGEMENT, *chain.from_iterable(pair[:2] for pair in PAIRS))
    }


def _readings(cell: str, exported: Any, column: Column) -> Mapping[str, Any]:
    """What a cell of days or numbers may say, by style."""
    return days(cell.strip(), exported.year) if column.dtype == DAY else amounts(cell.strip())


def _proven(votes: Counter[str]) -> str:
    """The style that the unchanged cells prove, "" where none."""
    [(style, number)] = votes.most_common(1) or [("", 0)]
    return style if number and number >= _PROVEN * votes.total() else ""


def _stays(suspect: _Suspect, styles: frozenset[str], reader: Reader) -> bool:
    """Whether a cell that may be as it was exported is, in the style that the others prove."""
    proven = reader.orders.get(suspect.column.name, "") if suspect.column.dtype == DAY else reader.style
    return proven in styles or proven not in _readings(suspect.cell, suspect.exported, suspect.column)


def _untaken(refusal: Problem) -> Problem:
    return Problem(
        refusal.row,
        refusal.column,
        f"The file's value cannot be taken. {refusal.sentence}",
        refusal.remedy,
        stops=False,
    )
