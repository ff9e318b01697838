"""Anew: what stands unread, and files that have changed, taken out of an archive so that they are read once more.

A batch that holds such a piece is given up. Its other pieces become a batch of a new number, whose parts are made of the old ones: what
was read once is not asked for again, and may be gone by now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from claims.archive.parts import made, path_of, read_part, write_batch
from claims.archive.piece import Piece
from claims.archive.places import key_of
from claims.export.spreadsheet import parquet_bytes

if TYPE_CHECKING:
    from claims.archive.ledger import Batch

#: The tables of which a batch has a part, in the order in which they go.
_OF_BATCHES = ("claims", "articles", "unread")


def given_up(folder: Path, batches: Iterable[Batch], stamps: Mapping[str, str]) -> Iterator[tuple[Batch, list[Piece]]]:
    """The batches that hold something to be read anew, each with what of it stays.

    ``stamps`` are those of today, by the keys of the places that are asked for.
    """
    done = set(made(folder, "claims"))
    for batch in batches:
        unread = _unread(folder, batch) if path_of(folder, "claims", batch.no).name in done else set()
        stays = [piece for piece in batch.pieces if not _is_due(piece, unread, stamps)]
        if len(stays) < len(batch.pieces):
            yield batch, stays


def keep(folder: Path, batch: Batch, stays: Collection[Piece], no: int) -> None:
    """Write what stays of a batch as the parts of another; nothing where its parts do not tell which rows are whose."""
    name = path_of(folder, "claims", batch.no).name
    if name not in made(folder, "claims"):
        return
    claims, articles, unread = (read_part(folder, table, name) for table in _OF_BATCHES)
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
    numbers = {int(name[5:13]) for table in _OF_BATCHES for name in made(folder, table) if name[5:13].isdigit()}
    numbers -= set(planned)
    for pairs in made(folder, "pairs") if numbers else ():
        first, last, other, end = map(int, pairs.removeprefix("part-").removesuffix(".parquet").split("-"))
        if any(first <= no <= last or other <= no <= end for no in numbers):
            (folder / "pairs" / pairs).unlink(missing_ok=True)
    for no in sorted(numbers):
        for table in _OF_BATCHES:
            path_of(folder, table, no).unlink(missing_ok=True)


def _unread(folder: Path, batch: Batch) -> set[str]:
    return set(read_part(folder, "unread", path_of(folder, "unread", batch.no).name, ["source"])["source"])


def _is_due(piece: Piece, unread: Collection[str], stamps: Mapping[str, str]) -> bool:
    stamp = stamps.get(key_of(piece.place))
    return stamp is not None and (stamp != piece.stamp or piece.name in unread)


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
