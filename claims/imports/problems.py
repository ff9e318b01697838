"""What stands in the way of a file's cells, in words: where, what is wrong, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Rows that a sentence names.
_NAMED = 3

#: Characters of a cell that a sentence quotes.
_SHOWN = 60

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person must know before the file is taken.

    ``row`` is the row as a spreadsheet counts it, the header being 1; 0 stands for the file as a whole. ``column`` is
    empty where the whole row is meant. What ``stops`` keeps its row from being written; the rest is only to be known.

    >>> print(Problem(12, "verdict", "“Refutd” is no verdict of the desk's scale.", "Use one of: Supported, Refuted."))
    Row 12, verdict: “Refutd” is no verdict of the desk's scale. Use one of: Supported, Refuted.
    >>> print(Problem(0, "", "The file is not UTF-8.", "See that its accents are right."))
    The file is not UTF-8. See that its accents are right.
    """

    row: int
    column: str
    sentence: str
    remedy: str
    stops: bool = True

    def __str__(self) -> str:
        where = ", ".join(filter(None, (f"Row {self.row}" if self.row else "", self.column)))
        return f"{where}: {self.sentence} {self.remedy}" if where else f"{self.sentence} {self.remedy}"


def named(rows: Sequence[int]) -> str:
    """Rows as a sentence names them: the first few of them.

    >>> named([2, 3]), named([2, 3, 5, 8])
    ('2, 3', '2, 3, 5 …')
    """
    return ", ".join(map(str, rows[:_NAMED])) + " …" * (len(rows) > _NAMED)


def quoted(text: object) -> str:
    r"""A cell as a sentence quotes it: in one line, and not longer than a line.

    >>> quoted("two\nvans"), quoted("x" * 100) == f"“{'x' * 59}…”"
    ('“two vans”', True)
    """
    line = _SPACE.sub(" ", str(text)).strip()
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"
