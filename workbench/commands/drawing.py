"""How a table of any cells looks in a terminal: as wide as the window, each cell in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

_GAP = "  "
_INDENT = " " * 4
_WIDEST = 24

#: What the last column needs beside the others; in a narrower window it stands under them.
_NEEDED = 24


def draw(headings: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> str:
    """Rows under their headings, in lines of at most ``width`` characters; the last column takes what the others leave.

    >>> print(draw(("NAME", "ROLE"), [("Jana", "admin"), ("Marusa", "checker")], 40))
    NAME    ROLE
    Jana    admin
    Marusa  checker
    >>> print(draw(("ROW", "COLUMN", "WHAT"), [(12, "verdict", "Supported → Refuted")], 24))
    12  verdict
        Supported → Refuted
    """
    table = [[plain(str(cell)) for cell in row] for row in (headings, *rows)]
    sizes = [min(max(map(len, column)), _WIDEST) for column in zip(*table, strict=True)]
    rest = width - sum(sizes[:-1]) - len(_GAP) * (len(sizes) - 1)
    longest = max(len(row[-1]) for row in table)
    if rest < min(_NEEDED, longest):
        return "\n".join(line for row in table[1:] for line in _under(row, width))
    sizes[-1] = rest
    return "\n".join(line for row in table for line in _beside(row, sizes))


def plain(text: str) -> str:
    r"""The text in one line, without what a terminal would act on: a file may hold escape sequences.

    >>> plain("Two\nvans \x1b[2J waited")
    'Two vans [2J waited'
    """
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _beside(row: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    cells = [wrap(cell, size) for cell, size in zip(row, sizes, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(part.ljust(size) for part, size in zip(parts, sizes, strict=True)).rstrip()


def _under(row: Sequence[str], width: int) -> Iterator[str]:
    yield from wrap(_GAP.join(filter(None, row[:-1])), width)
    yield from wrap(row[-1], width, initial_indent=_INDENT, subsequent_indent=_INDENT)
