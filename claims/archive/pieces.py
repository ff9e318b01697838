"""Where the articles of an archive come from: files, lines of JSON, rows of Parquet, records of WARC, and addresses.

A piece says where one article lies and holds none of it: a client that plans a million of them reads no text, and the worker that
opens one needs nothing but the same paths.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from claims.archive import lines, lists, rows, warcs
from claims.archive.piece import CLOSED, Piece, escaped
from claims.archive.places import key_of, places, stamp_now, stamp_of
from claims.article import Article, read_article
from claims.errors import BadAddress, EmptyText, NotText, ReadingError

#: What is told of an article beside its text.
_ABOUT = ("title", "byline", "publisher", "url", "source", "removed")


def find_pieces(sources: Iterable[str], known: Collection[str] = frozenset()) -> Iterator[Piece]:
    """The pieces of folders, files and addresses, in order; those of the files and addresses in ``known`` are left out.

    >>> [piece.place for piece in find_pieces(["https://korda.example/story"])]
    ['https://korda.example/story']
    >>> list(find_pieces(["no such folder"]))
    Traceback (most recent call last):
        ...
    claims.errors.NoSuchFile: There is no file or folder no such folder. Check its name; a web address starts with https://.
    """
    seen = {key_of(place) for place in known}
    for source in sources:
        for kind, place in places(source):
            if (key := key_of(place)) not in seen:
                seen.add(key)
                yield from _pieces(kind, place)


def _pieces(kind: str, place: str) -> Iterator[Piece]:
    """The pieces of one place; one that cannot be opened, or not to its end, has one whose reading says so."""
    stamp, first = stamp_now(place), None
    try:
        for first in _KINDS[kind].find(place):
            yield Piece(kind, place, *first, stamp)
    except OSError:
        yield Piece(CLOSED, place, stamp=stamp)
        return
    if first is None and kind != "list":
        yield Piece(kind, place, stamp=stamp)


def read_piece(piece: Piece) -> Article:
    """The article that lies there. Raises ClaimsError: the engine's own, or one that says what is wrong with its place."""
    if piece.stamp and stamp_of(piece.place) != piece.stamp:
        raise ReadingError(
            f"{escaped(piece.place)} has changed since it was planned.", "Give the command again with --again."
        )
    kind = _KINDS[piece.kind]
    if kind.find is not _one and not piece.no:
        raise EmptyText(f"{piece.name} holds no article.", "Look whether it is the file that you meant.")
    article = kind.read(piece)
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        raise NotText(f"{piece.name} holds halves of characters.", "Save its text as UTF-8.") from error
    about = {name: told for name in _ABOUT if (told := getattr(article, name))}
    clean: dict[str, Any] = {name: escaped(told) for name, told in about.items()}
    return replace(article, **clean) if clean != about else article


def _one(_place: str) -> Iterator[tuple[int, int]]:
    yield 0, 0


def _read_file(piece: Piece) -> Article:
    path = Path(piece.place)
    if lists.is_addresses_alone(path):
        raise NotText(
            f"{piece.name} is a list of addresses, and a folder's lists are not followed.", "Name it by itself."
        )
    return read_article(path)


def _read_closed(piece: Piece) -> Article:
    raise ReadingError(
        f"{piece.name} could not be opened.", "See that it may be read, and give the command again with --again."
    )


def _read_address(piece: Piece) -> Article:
    if not lists.ADDRESS.fullmatch(piece.place):
        raise BadAddress(f"{piece.name} is no web address.", "Write it with https://.")
    return read_article(piece.place)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of source: what finds its pieces in a file, and what reads one."""

    find: Callable[[str], Iterator[tuple[int, int]]]
    read: Callable[[Piece], Article]


_KINDS = {
    "file": _Kind(_one, _read_file),
    CLOSED: _Kind(_one, _read_closed),
    "address": _Kind(_one, _read_address),
    "list": _Kind(lists.find, lists.read),
    "lines": _Kind(lines.find, lines.read),
    "rows": _Kind(rows.find, rows.read),
    "records": _Kind(warcs.find, warcs.read),
}
