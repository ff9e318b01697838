"""What a file does not change: the columns that the record, the sources or the desk fill, and why each stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from claims.imports.cells import written
from claims.imports.problems import Problem, quoted
from claims.store.schema import FROM_ARTICLE, FROM_SOURCES
from claims.table import Column

#: Columns that change without a new revision of the claim: what they were when they left is not known.
ELSEWHERE = frozenset({*FROM_ARTICLE, *FROM_SOURCES, "schema_version"})

#: Why the columns of a group are not taken.
_WHY = {
    "identity": "it names the claim and its article",
    "anchor": "it holds the claim to its place in the article",
    "rank": "it is worked out from the claim",
    "work": "the record writes it itself",
    "evidence": "it is counted from the sources",
    "review": "it is given at the desk",
    "record": "the record writes it itself",
}
#: Rows that are told one by one, before they are only counted.
_TOLD = 20
_REMEDY = "Nothing needs to be done."


def staying(differing: Iterable[tuple[int, Column, Any]]) -> list[Problem]:
    """What is said of cells that are not taken: the row, the column and the value that stays. None of it stops a row.

    >>> from claims.table import COLUMNS
    >>> start = next(column for column in COLUMNS if column.name == "start")
    >>> staying([(12, start, 26)])[0].sentence
    'start is not taken from a file, since it holds the claim to its place in the article: it stays “26”.'
    """
    counted: Counter[str] = Counter()
    first: dict[str, tuple[int, Column]] = {}
    told: list[Problem] = []
    for row, column, current in differing:
        name = column.name
        counted[name] += 1
        first.setdefault(name, (row, column))
        if name not in ELSEWHERE and counted[name] <= _TOLD:
            kept = "empty" if current is None else quoted(written(current, column.dtype))
            sentence = f"{name} is not taken from a file, since {_WHY[column.group]}: it stays {kept}."
            told.append(Problem(row, name, sentence, _REMEDY, stops=False))
    for name, (row, column) in first.items():
        if name in ELSEWHERE:
            sentence = f"{name} is not taken from a file, since {_WHY[column.group]}; it differs from the record in {_rows(counted[name])}."
            told.append(Problem(row, name, sentence, _REMEDY, stops=False))
        elif counted[name] > _TOLD:
            sentence = f"{name} is not taken from a file; so it is in {_rows(counted[name] - _TOLD)} more."
            told.append(Problem(0, name, sentence, _REMEDY, stops=False))
    return told


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
