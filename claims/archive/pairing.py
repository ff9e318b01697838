"""Pairing: which claims of an archive repeat and which contradict each other, found over the parts that hold them.

Parts that follow each other are put together to blocks of so many claims, and each block is compared with itself and with every
block before it. A task holds the index of one block and the rows of one part, however large the archive is; its pairs are one part
of the table ``pairs``, named for the two blocks, so that what is done is not done again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pyarrow import parquet

from claims.archive.parts import TABLES, made, path_of, read_part, write_part
from claims.matching import READS, Clash, Index, Match, assertion_of, compared, proportions, tells_share, told
from claims.table import plain_rows

#: Claims of a block: an index of them takes about 100 MB.
BLOCK = 40_000

_COLUMNS = [*READS, "article_title"]
_ONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two blocks, by the names of their parts; a block with itself where they are the same."""

    earlier: tuple[str, ...]
    later: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its part of the table ``pairs`` is called."""
        return "-".join(part.removeprefix("part-").removesuffix(".parquet") for part in self._ends)

    @property
    def _ends(self) -> tuple[str, ...]:
        return self.earlier[0], self.earlier[-1], self.later[0], self.later[-1]


def comparisons(folder: Path, size: int = BLOCK) -> Iterator[Comparison]:
    """Every two blocks of an archive that are to be compared."""
    blocks = list(_blocks(folder, size))
    for number, later in enumerate(blocks):
        yield from (Comparison(earlier, later) for earlier in blocks[: number + 1])


def uncompared(folder: Path, size: int = BLOCK) -> list[Comparison]:
    """Those of which no pairs are written yet; pairs of blocks that are no more are taken away."""
    (folder / "pairs").mkdir(exist_ok=True)
    wanted = {path_of(folder, "pairs", each.name).name: each for each in comparisons(folder, size)}
    there = set(made(folder, "pairs"))
    for left in there - wanted.keys():
        (folder / "pairs" / left).unlink()
    return [each for name, each in wanted.items() if name not in there]


def compare(folder: Path, comparison: Comparison) -> int:
    """Write the pairs of two blocks; returns how many there are."""
    with _ONE:
        rows = list(_pairs(folder, comparison))
        write_part(folder, "pairs", comparison.name, rows)
    return len(rows)


def _blocks(folder: Path, size: int) -> Iterator[tuple[str, ...]]:
    block: list[str] = []
    held = 0
    for name in made(folder, "claims"):
        block.append(name)
        held += parquet.read_metadata(folder / "claims" / name).num_rows
        if held >= size:
            yield tuple(block)
            block, held = [], 0
    if block:
        yield tuple(block)


def _rows(folder: Path, parts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for name in parts:
        yield from plain_rows(read_part(folder, "claims", name, _COLUMNS))


def _pairs(folder: Path, comparison: Comparison) -> Iterator[dict[str, Any]]:
    titles: dict[str, str] = {}

    def kept() -> Iterator[dict[str, Any]]:
        for row in _rows(folder, comparison.earlier):
            titles[row["claim_id"]] = row["article_title"]
            yield row

    index = Index(kept())
    within = comparison.earlier == comparison.later
    for number, row in enumerate(_rows(folder, comparison.later)):
        asked = assertion_of(row)
        before = number if within else None
        near = index.candidates(asked, before=before)
        both = list(compared(asked, near, partial(index.copies, asked=asked, before=before)))
        found: list[Match | Clash] = [each for each, _ in both]
        if within and tells_share(asked):
            near += index.candidates(asked)
            found += proportions(asked, near)
        texts = {other.claim_id: other.text for other in (*near, *(other for _, other in both))}
        for each in found:
            other = texts[each.other_id], titles[each.other_id]
            yield _line(each, (asked.text, row["article_title"]), other)


def _line(found: Match | Clash, one: tuple[str, str], other: tuple[str, str]) -> dict[str, Any]:
    cells = (*told(found), found.claim_id, *one, found.other_id, *other)
    return dict(zip(TABLES["pairs"], cells, strict=True))
