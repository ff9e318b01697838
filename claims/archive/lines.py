"""Lines of JSON: an article each, with what the line says of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from claims.archive.piece import Piece
from claims.archive.telling import article_of
from claims.article import Article
from claims.errors import NotText

#: A line that is longer is no line any more.
_LONGEST_LINE = 100_000_000


def find(place: str) -> Iterator[tuple[int, int]]:
    """Byte and number of each line that holds something."""
    at = 0
    with Path(place).open("rb") as file:
        for no, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
            if line.strip():
                yield at, no
            at += len(line)


def read(piece: Piece) -> Article:
    """The article of a line."""
    with Path(piece.place).open("rb") as file:
        file.seek(piece.at)
        line = file.readline(_LONGEST_LINE)
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise NotText(f"{piece.name} is no JSON.", "Mend the line, and give the command again with --again.") from error
    return article_of(told if isinstance(told, dict) else {}, piece)
