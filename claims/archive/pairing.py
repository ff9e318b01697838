"""Pairing: which claims of an archive repeat and which contradict each other, found over the parts that hold them.

Parts that follow each other are put together to blocks of so many claims, and each block is compared with itself and with every
block before it. A task holds the index of one block, the rows of one part and some thousand pairs, however many there are; its pairs are
one part of the table ``pairs``, named for the two blocks, so that what is done is not done again.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import Table, parquet

from claims.archive.parts import TABLES, made, path_of, read_part, rows_in
from claims.export import write_file
from claims.matching import READS, Clash, Index, Match, assertion_of, compared, proportions, tells_share, told
from claims.table import plain_rows

#: Claims of a block: an index of them takes about 100 MB.
BLOCK = 40_000
#: Pairs that are held at once, each of about 1 KB; so many are a row group of their part.
_HELD = 8_192

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
    path = path_of(folder, "pairs", comparison.name)
    with _ONE:
        write_file(path, _parquet(_pairs(folder, comparison)))
    return rows_in(path)


def _blocks(folder: Path, size: int) -> Iterator[tuple[str, ...]]:
    block: list[str] = []
    held = 0
    for name in made(folder, "claims"):
        block.append(name)
        held += rows_in(folder / "claims" / name)
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


def _parquet(rows: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    """The table ``pairs`` as Parquet, in pieces: each group of rows leaves before the next is asked for."""
    passing = _Passing()
    with parquet.ParquetWriter(passing, _table(()).schema, compression="zstd") as writer:
        while some := list(islice(rows, _HELD)):
            writer.write_table(_table(some))
            yield passing.taken()
    yield passing.taken()


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    dtypes = TABLES["pairs"]
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtypes[name]) for name in dtypes})
    return Table.from_pandas(frame, preserve_index=False)


class _Passing(io.RawIOBase):
    """A file that keeps nothing but what was written since it was last taken."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def write(self, given: Any, /) -> int:
        self._written.append(bytes(given))
        self._at += len(self._written[-1])
        return len(self._written[-1])

    def taken(self) -> bytes:
        """What was written since."""
        written, self._written = b"".join(self._written), []
        return written


def _line(found: Match | Clash, one: tuple[str, str], other: tuple[str, str]) -> dict[str, Any]:
    cells = (*told(found), found.claim_id, *one, found.other_id, *other)
    return dict(zip(TABLES["pairs"], cells, strict=True))
