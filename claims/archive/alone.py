"""Alone: articles of which one may have ended a worker, read by a process beside it that is watched from outside.

The process is a fresh interpreter that reads one article after the other. Where it ends, or uses more than it may, the article that
it had in hand is tried once more in a new one, by itself; if that ends too, it is the article.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import psutil

from claims.archive.piece import Piece
from claims.archive.pieces import read_piece
from claims.article import Article
from claims.claim import Claim, find_claims
from claims.errors import ClaimsError, ReadingError, TooLarge

#: Seconds between two looks at the memory, and those that a process may take to load the engine.
_LOOK, _LOADING = 0.02, 120.0
#: How often an article is tried.
_TRIED = 2
_SPLIT, _RAISE = "Split it into several articles.", "Split it into several articles, or raise the limit with --memory."


class Alone:
    """Reads articles by a process of its own, begun when it is needed."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, piece: Piece) -> tuple[Article, list[Claim]]:
        """The article and its claims. Raises ClaimsError: the reading's own, or what became of the process."""
        for left in reversed(range(_TRIED)):
            try:
                answer = self._ask(piece)
            except ReadingError:
                self._end()
                if not left:
                    raise
                continue
            if "raised" in answer:
                raise ClaimsError(*answer["raised"])
            found: tuple[Article, list[Claim]] = answer["found"]
            return found
        raise AssertionError

    def _ask(self, piece: Piece) -> dict[str, Any]:
        process = self._process or self._begin()
        assert process.stdin is not None
        with suppress(OSError):  # it may have ended, which its silence says
            pickle.dump(piece, process.stdin)
            process.stdin.flush()
        return self._heard(process, piece.name, self._seconds)

    def _begin(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self._process = process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._answers = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, self._answers), daemon=True).start()
        self._heard(process, "The engine", _LOADING)
        return process

    def _heard(self, process: subprocess.Popen[bytes], name: str, seconds: float) -> dict[str, Any]:
        """The next answer; a ReadingError where there is none within the limits."""
        until = time.monotonic() + seconds
        watched = psutil.Process(process.pid)
        while True:
            try:
                answer: dict[str, Any] | None = self._answers.get(timeout=_LOOK)
            except queue.Empty:
                if time.monotonic() > until:
                    raise TooLarge(f"{name} could not be read within {seconds:g} seconds.", _SPLIT) from None
                if _memory(watched) > self._memory:
                    megabytes = self._memory // 1_000_000
                    raise TooLarge(f"{name} needs more than {megabytes:,} MB of memory to be read.", _RAISE) from None
                continue
            if answer is None:
                raise ReadingError(
                    f"{name} made the program that reads it break off.", "Read it at the desk, or report it."
                )
            return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):  # what was still to be said to it
                        stream.close()


def _memory(process: psutil.Process) -> int:
    try:
        used: int = process.memory_info().rss
    except psutil.Error:
        return 0
    return used


def _listen(stream: IO[bytes], answers: queue.SimpleQueue[Any]) -> None:
    """Every answer of a process, and None where it ends."""
    try:
        while True:
            answers.put(pickle.load(stream))  # noqa: S301 - said by our own program
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        answers.put(None)


def _serve() -> None:
    """Read what is asked for on stdin, answer on stdout; what others print there goes to stderr."""
    from claims.archive.batch import told  # noqa: PLC0415 - which needs this file
    from claims.grammar import ready  # noqa: PLC0415

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    ready()

    def answer(said: dict[str, Any]) -> None:
        pickle.dump(said, answers)
        answers.flush()

    answer({})
    while True:
        try:
            piece = pickle.load(sys.stdin.buffer)  # noqa: S301 - said by our own program
        except EOFError:
            return
        try:
            article = read_piece(piece)
            answer({"found": (article, find_claims(article))})
        except Exception as error:  # noqa: BLE001 - whatever it is, the next is read
            unread = told(piece, error)
            answer({"raised": (unread.problem, unread.remedy)})


if __name__ == "__main__":
    _serve()
