"""Processes of their own for the tests: forked from one that has imported the engine already, so that each starts in milliseconds."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

#: What a child does: it speaks with the test through the pipe, and ends when it returns.
Work = Callable[..., None]

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["claims.article", "claims.claim", "claims.store", "psycopg", "tests.survival.desks"])

#: Seconds after which a silent child is taken for dead: far more than anything here takes.
_SILENCE = 180.0


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong in a child, for the test to show."""

    shown: str


@dataclass(frozen=True, slots=True)
class Child:
    """A running child and the test's end of its pipe."""

    process: ForkServerProcess
    pipe: Connection

    def hear(self) -> Any:
        """The next thing that the child says; an error where it failed, EOFError where it has ended."""
        assert self.pipe.poll(_SILENCE), "The child says nothing."
        try:
            heard = self.pipe.recv()
        except ConnectionResetError as error:  # it died with an answer unread
            raise EOFError from error
        assert not isinstance(heard, _Failure), f"A child failed:\n{heard.shown}"
        return heard

    def rest(self) -> list[Any]:
        """All that the child has said and the test has not heard yet, to its end."""
        heard = []
        while True:
            try:
                heard.append(self.hear())
            except EOFError:
                return heard

    def kill(self) -> None:
        """SIGKILL: the child gets no chance to tidy up."""
        self.process.kill()
        self.process.join()
        assert self.process.exitcode == -signal.SIGKILL, "The child had ended before it was killed."


@contextmanager
def child(work: Work, *given: Any) -> Iterator[Child]:
    """A child that does ``work(pipe, *given)``; it is gone when the block ends."""
    ours, theirs = _FORKS.Pipe()
    process = _FORKS.Process(target=_run, args=(work, theirs, *given), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Child(process, ours)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _run(work: Work, pipe: Connection, *given: Any) -> None:
    try:
        work(pipe, *given)
    except BaseException:  # noqa: BLE001  (shown by the test, which would otherwise hear nothing)
        pipe.send(_Failure(traceback.format_exc()))
