"""One batch: its pieces read, their claims found, its parts written; what cannot be read is told and costs only itself.

An error costs the article that raised it. What cannot be caught - a parser that never ends, a text that takes all memory - ends the
worker; the batch is then made a second time with care, each article by a process of its own (``alone``).
"""

from __future__ import annotations

import faulthandler
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from claims.archive.alone import Alone
from claims.archive.ledger import Batch
from claims.archive.parts import Found, Unread, batch_bytes, write_batch
from claims.archive.piece import Piece, escaped
from claims.archive.pieces import read_piece
from claims.article import Article
from claims.claim import find_claims, find_claims_in
from claims.errors import ClaimsError
from claims.grammar import ready

#: The parser is one for a process: a worker with several threads makes one batch at a time.
_ONE = threading.Lock()

_REPORT = "Read it at the desk, or report it."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one article may use before it counts as unreadable: seconds, and bytes of the memory of its process."""

    seconds: float = 120.0
    memory: int = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch came to."""

    no: int
    articles: int
    claims: int
    unread: int


def make(folder: Path, batch: Batch, limits: Limits, *, careful: bool = False) -> Done:
    """Read a batch and write its parts; ``careful`` where a worker has ended over it."""
    with _ONE:
        ready()  # no article's time is the engine's to load
        read, unread = _with_care(batch.pieces, limits) if careful else _at_once(batch.pieces, limits)
        found, parts = _formed(read, unread)
        write_batch(folder, batch.no, parts)
    return Done(batch.no, len(found), sum(len(claims) for _, claims in found), len(unread))


_Read = tuple[Piece, Found]


def _at_once(pieces: Iterable[Piece], limits: Limits) -> tuple[list[_Read], list[Unread]]:
    read: list[tuple[Piece, Article]] = []
    unread: list[Unread] = []
    with _ends_after() as again:
        for piece in pieces:
            again(limits.seconds)
            try:
                read.append((piece, read_piece(piece)))
            except Exception as error:  # noqa: BLE001 - whatever it is, its neighbours are read
                unread.append(told(piece, error))
        try:
            each = _each(find_claims_in(article for _, article in read), again, limits.seconds)
            found = list(zip((piece for piece, _ in read), each, strict=True))
        except Exception:  # noqa: BLE001 - one of them; which, is seen one by one
            found = []
            for piece, article in read:
                again(limits.seconds)
                try:
                    found.append((piece, (article, find_claims(article))))
                except Exception as error:  # noqa: BLE001
                    unread.append(told(piece, error))
    return found, unread


def _with_care(pieces: Iterable[Piece], limits: Limits) -> tuple[list[_Read], list[Unread]]:
    found: list[_Read] = []
    unread: list[Unread] = []
    with Alone(limits.seconds, limits.memory) as alone:
        for piece in pieces:
            try:
                found.append((piece, alone.read(piece)))
            except ClaimsError as error:
                unread.append(told(piece, error))
    return found, unread


def _formed(read: list[_Read], unread: list[Unread]) -> tuple[list[Found], dict[str, bytes]]:
    """What was read, and the parts that it makes; an article that no table can hold joins what is unread."""
    found = [each for _, each in read]
    try:
        return found, batch_bytes(found, unread)
    except Exception:  # noqa: BLE001 - one of them; which, is seen one by one
        found = []
        for piece, each in read:
            try:
                batch_bytes([each], [])
            except Exception as error:  # noqa: BLE001
                unread.append(told(piece, error))
            else:
                found.append(each)
        return found, batch_bytes(found, unread)


def told(piece: Piece, error: Exception) -> Unread:
    """What is told of a piece that could not be read.

    >>> told(Piece("file", "story.txt"), RecursionError("too deep")).problem
    'The engine broke off over it: RecursionError, too deep.'
    """
    if isinstance(error, ClaimsError):
        return Unread(piece.name, escaped(error.problem), escaped(error.remedy))
    said = ", ".join(filter(None, [type(error).__name__, str(error)[:200]]))
    return Unread(piece.name, escaped(f"The engine broke off over it: {said}."), _REPORT)


def _each(stream: Iterator[Found], again: _Again, seconds: float) -> Iterator[Found]:
    again(seconds)
    for each in stream:
        again(seconds)
        yield each


class _Again:
    """Begins the time of an article: a process in which it runs out ends, even inside a pattern that never does."""

    def __init__(self, told_to: int) -> None:
        self._told_to = told_to

    def __call__(self, seconds: float) -> None:
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._told_to)


@contextmanager
def _ends_after() -> Iterator[_Again]:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        yield _Again(nowhere)
    finally:
        faulthandler.cancel_dump_traceback_later()
        os.close(nowhere)
