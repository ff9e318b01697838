"""Anew: what stands unread, and files that have changed, taken out of an archive so that they are read once more.

A batch that holds such a piece is given up. Its other pieces become a batch of a new number, whose parts are made of the old ones: what
was read once is not asked for again, and may be gone by now.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from claims.archive.parts import OF_BATCHES, made, numbers_of, path_of, read_part, there, write_batch
from claims.archive.piece import CLOSED, Piece
from claims.archive.places import key_of
from claims.archive.warcs import counts_failures
from claims.export.spreadsheet import parquet_bytes

if TYPE_CHECKING:
    from claims.archive.ledger import Batch


def unread_of(folder: Path, batches: Iterable[Batch]) -> dict[int, set[str]]:
    """The names of what stands unread, by the batches that are done."""
    done = set(made(folder, "claims"))
    names = ((batch.no, path_of(folder, "unread", batch.no).name) for batch in batches)
    return {no: set(read_part(folder, "unread", name, ["source"])["source"]) for no, name in names if name in done}


def sought_anew(
    batches: Iterable[Batch], unread: Mapping[int, Collection[str]], today: Mapping[str, str]
) -> Collection[str]:
    """The keys of the places whose pieces are all taken out: what lies there now, if anything, is planned from the start.

    They have changed, could not be opened when they were planned, or are no longer there and nothing of them was ever read.
    """
    other, read, absent = set[str](), set[str](), set[str]()
    for batch in batches:
        for piece in batch.pieces:
            key = key_of(piece.place)
            if _is_other(piece, today.get(key)):
                other.add(key)
            if piece.name not in unread.get(batch.no, ()):
                read.add(key)
            elif _is_absent(piece):
                absent.add(key)
    return other | (absent - read)


def given_up(
    batches: Iterable[Batch], unread: Mapping[int, Collection[str]], today: Mapping[str, str], sought: Collection[str]
) -> Iterator[tuple[Batch, list[Piece]]]:
    """The batches that hold something to be read anew, each with what of it stays.

    ``today`` are the stamps of now, by the keys of the places that are asked for; ``sought`` the places of ``sought_anew``.
    """

    def is_due(piece: Piece, silent: Collection[str]) -> bool:
        key = key_of(piece.place)
        return key in sought or (key in today and piece.name in silent and not _is_told_for_good(piece))

    for batch in batches:
        silent = unread.get(batch.no, ())
        stays = [piece for piece in batch.pieces if not is_due(piece, silent)]
        if len(stays) < len(batch.pieces):
            yield batch, stays


def keep(folder: Path, batch: Batch, stays: Collection[Piece], no: int) -> None:
    """Write what stays of a batch as the parts of another; nothing where its parts do not tell which rows are whose."""
    name = path_of(folder, "claims", batch.no).name
    if not all((folder / table / name).exists() for table in OF_BATCHES):
        return
    claims, articles, unread = (read_part(folder, table, name) for table in OF_BATCHES)
    silent, names = set(unread["source"]), {piece.name for piece in stays}
    read = [piece for piece in batch.pieces if piece.name not in silent]
    if len(read) != len(articles):
        return
    stay = pd.Series([piece.name in names for piece in read], dtype=bool)
    parts = {
        "unread": unread[unread["source"].isin(names)],
        "articles": articles[stay],
        "claims": claims[_of_articles(claims, articles["article_id"].tolist(), stay.tolist())],
    }
    write_batch(folder, no, {table: parquet_bytes(frame.reset_index(drop=True)) for table, frame in parts.items()})


def clear(folder: Path, planned: Collection[int]) -> None:
    """Take away the parts of batches that no plan holds, and the pairs that were found in them."""
    numbers = numbered(folder).difference(planned)
    for pairs in there(folder, "pairs") if numbers else ():
        first, last, other, end = numbers_of(pairs)
        if any(first <= no <= last or other <= no <= end for no in numbers):
            (folder / "pairs" / pairs).unlink(missing_ok=True)
    drop(folder, numbers)


def drop(folder: Path, numbers: Iterable[int]) -> None:
    """Take away the parts of these batches."""
    for no in sorted(numbers):
        for table in OF_BATCHES:
            path_of(folder, table, no).unlink(missing_ok=True)


def numbered(folder: Path) -> set[int]:
    """The batches of which a part lies there, planned or not."""
    return {no for table in OF_BATCHES for name in there(folder, table) for no in numbers_of(name)}


def _is_other(piece: Piece, stamp: str | None) -> bool:
    """Whether what lies at a place is not what was planned; ``stamp`` is today's, None where nobody asks for the place."""
    if piece.kind == CLOSED:
        return stamp is not None or (Path(piece.place).is_dir() and os.access(piece.place, os.R_OK | os.X_OK))
    return bool(stamp) and stamp != piece.stamp


def _is_told_for_good(piece: Piece) -> bool:
    """Whether reading the same file again can only tell the same: a line that is no address, and the failures of a crawl."""
    return piece.kind == "list" or counts_failures(piece)


def _is_absent(piece: Piece) -> bool:
    try:
        Path(piece.place).stat()
    except (FileNotFoundError, NotADirectoryError):
        return piece.kind != "address"
    except OSError:
        return False
    return False


def _of_articles(claims: pd.DataFrame, articles: list[str], stay: list[bool]) -> list[bool]:
    """Which claims are those of articles that stay; where a text was read several times, its claims stand there as often."""
    copies: dict[str, list[bool]] = {}
    for article, stays in zip(articles, stay, strict=True):
        copies.setdefault(article, []).append(stays)
    copy = claims.groupby("claim_id").cumcount()
    return [
        copies[article][min(number, len(copies[article]) - 1)]
        for article, number in zip(claims["article_id"], copy, strict=True)
    ]
