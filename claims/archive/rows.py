"""Rows of Parquet: an article each, read some hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from claims.archive.piece import Piece, escaped
from claims.archive.telling import ABOUT, article_of
from claims.article import Article
from claims.errors import ReadingError

#: Rows that are held at once.
_ROWS = 512
#: Stands for a row group where the whole file is damaged.
_DAMAGED = -1


def find(place: str) -> Iterator[tuple[int, int]]:
    """Row group and row of each article; a file that is no Parquet is one piece, whose reading says so."""
    try:
        sizes = _sizes(place)
    except Exception:  # noqa: BLE001 - whatever a foreign parser says of a damaged file
        yield _DAMAGED, 1
        return
    no = 0
    for group, size in enumerate(sizes):
        for _ in range(size):
            no += 1
            yield group, no


def read(piece: Piece) -> Article:
    """The article of a row."""
    if piece.at == _DAMAGED:
        raise _damaged(piece)
    try:
        row = piece.no - 1 - _begins(piece.place, piece.stamp)[piece.at]
        told = _chunk(piece.place, piece.stamp, piece.at, row // _ROWS)[row % _ROWS]
    except Exception as error:
        raise _damaged(piece) from error
    return article_of(told, piece)


def _damaged(piece: Piece) -> ReadingError:
    return ReadingError(
        f"{escaped(piece.place)} is damaged or no Parquet at all.",
        "Write it again, and give the command again with --again.",
    )


def _sizes(place: str) -> list[int]:
    from pyarrow import parquet  # noqa: PLC0415 - only where there is Parquet

    told = parquet.read_metadata(place)
    return [told.row_group(group).num_rows for group in range(told.num_row_groups)]


@lru_cache(maxsize=1)
def _begins(place: str, _stamp: str) -> list[int]:
    """How many rows of a file lie before each of its groups."""
    return [0, *accumulate(_sizes(place))]


@lru_cache(maxsize=1)
def _chunk(place: str, _stamp: str, group: int, chunk: int) -> list[dict[str, Any]]:
    from pyarrow import parquet  # noqa: PLC0415

    file = parquet.ParquetFile(place)
    columns = [name for name in ("text", "html", *ABOUT) if name in file.schema_arrow.names]
    for number, batch in enumerate(file.iter_batches(_ROWS, row_groups=[group], columns=columns)):
        if number == chunk:
            rows: list[dict[str, Any]] = batch.to_pylist()
            return rows
    return []
