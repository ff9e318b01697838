"""The plan of an import: what each cell and row of a file would change, as data that a face can show before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pandas as pd

from claims.imports.problems import Problem
from claims.store.marking import Mark
from claims.store.schema import instant_text
from claims.table import TEXT, WHOLE

Kind = Literal["change", "conflict", "already"]

#: The preview's columns and their dtypes, for none, one and many.
PREVIEW: dict[str, str] = {
    "row": WHOLE,
    "claim_id": TEXT,
    "column": TEXT,
    "kind": TEXT,
    "exported": TEXT,
    "current": TEXT,
    "edited": TEXT,
    "says": TEXT,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not as it was exported: the three values that it has had, None where empty.

    ``kind`` is "change" where only the file changed it, "conflict" where the record did too and otherwise, "already"
    where the record did the same.
    """

    row: int
    claim_id: str
    column: str
    exported: Any
    current: Any
    edited: Any
    kind: Kind


@dataclass(frozen=True, slots=True)
class Writing:
    """What a row would write: a mark by the importing person, or none, and columns of the claim."""

    mark: Mark | None
    changes: Mapping[str, Any]

    def __bool__(self) -> bool:
        return self.mark is not None or bool(self.changes)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that would change its claim, which was seen at ``revision``.

    ``keeping`` leaves the record's value wherever both changed, ``taking`` puts the file's there. ``contested`` says
    that the two differ; ``refusal`` is what forbids to take the file's.
    """

    row: int
    claim_id: str
    revision: int
    keeping: Writing
    taking: Writing
    contested: bool
    refusal: Problem | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change. Rows that a problem stops are told among ``problems`` and not among ``rows``.

    ``n_rows`` counts the rows below the header, ``n_unchanged`` those in which nothing is edited and nothing amiss.
    """

    name: str
    sha256: str
    n_rows: int
    n_unchanged: int
    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]
    rows: tuple[Row, ...]

    @property
    def changes(self) -> tuple[Cell, ...]:
        """The cells that only the file changed."""
        return tuple(cell for cell in self.cells if cell.kind == "change")

    @property
    def conflicts(self) -> tuple[Cell, ...]:
        """The cells that file and record changed to different values."""
        return tuple(cell for cell in self.cells if cell.kind == "conflict")

    @property
    def already(self) -> tuple[Cell, ...]:
        """The cells that file and record changed to the same."""
        return tuple(cell for cell in self.cells if cell.kind == "already")

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The problems that keep a row, or the whole file, from being written; the others are only to be known."""
        return tuple(problem for problem in self.problems if problem.stops)

    @property
    def why(self) -> str:
        """What the record says of this import."""
        return f"Import of {self.name} (SHA-256 {self.sha256[:12]}…)"

    def takes(self, row: Row, *, take_file: bool | Collection[int]) -> bool:
        """Whether a person who chose so takes the file's values in this row."""
        return row.contested and (take_file if isinstance(take_file, bool) else row.row in take_file)

    def as_table(self) -> pd.DataFrame:
        """The preview: one row a cell that is not as it was exported, and one a problem ("stop") or a note, by row.

        >>> Plan("claims.csv", "ab12", 0, 0, (), (), ()).as_table().dtypes.astype(str).to_dict() == PREVIEW
        True
        """
        lines = sorted(self._lines(), key=lambda line: line["row"])
        return pd.DataFrame(
            {name: pd.array([line.get(name) for line in lines], dtype=dtype) for name, dtype in PREVIEW.items()}  # type: ignore[call-overload]
        )

    def _lines(self) -> Iterator[dict[str, Any]]:
        for problem in self.problems:
            kind = "stop" if problem.stops else "note"
            says = f"{problem.sentence} {problem.remedy}"
            yield {"row": problem.row, "column": problem.column or None, "kind": kind, "says": says}
        for cell in self.cells:
            values = {name: _plain(getattr(cell, name)) for name in ("exported", "current", "edited")}
            yield {"row": cell.row, "claim_id": cell.claim_id, "column": cell.column, "kind": cell.kind, **values}


def _plain(value: Any) -> str | None:
    """A value as a preview shows it.

    >>> _plain(312.0), _plain(" so"), _plain(None)
    ('312', ' so', None)
    """
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return None if value is None else str(value).encode("utf-8", "replace").decode()
