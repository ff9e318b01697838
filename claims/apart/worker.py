"""The worker that reads a file apart: the file on stdin; on stdout a line that says what is wrong, {} if nothing, then what it made."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from importlib import import_module
from typing import Any

from claims.errors import ClaimsError, TooLarge

#: The readers, by the kind of file, and how many bytes they may make of it: a small file may unpack to a text without end. Only
#: the one that is needed is imported. Each makes bytes, or a record that goes as JSON.
_READERS: dict[str, tuple[str, str, int]] = {
    "pdf": ("claims.documents.pdf", "read_pdf", 100_000_000),
    "word": ("claims.documents.word", "read_word", 100_000_000),
    "page": ("claims.documents.page", "read_page", 100_000_000),
    "shown": ("claims.documents.page", "read_shown", 100_000_000),
    "book": ("claims.imports.book", "book_lines", 1_000_000_000),
}

#: What Linux calls the signal that a process gets when the one that started it is gone (prctl(2)).
_PDEATHSIG = 1


def answer() -> bytes:
    """What is told of the file on stdin: what its reader makes of it, or the error that it raised."""
    order = json.loads(sys.stdin.buffer.readline())
    _end_with(order["parent"])
    problem = f"{order['name']} needs more than {order['memory'] // 1_000_000:,} MB of memory to be read."
    short = _raised(TooLarge, problem, order["remedy"])  # worded while there is memory to do it with
    _limit(order["seconds"], order["memory"])
    try:
        module, reader, most = _READERS[order["kind"]]
        made: Any = getattr(import_module(module), reader)(sys.stdin.buffer.read(), order["name"], **order["given"])
        made = made if isinstance(made, bytes) else json.dumps(asdict(made), default=date.isoformat).encode()
        if len(made) > most:
            raise TooLarge(f"{order['name']} holds {len(made) // 1_000_000:,} MB of text.", order["remedy"])
        return b"{}\n" + bytes(made)
    except ClaimsError as error:
        return _raised(type(error), error.problem, error.remedy)
    except MemoryError:
        return short


def _raised(kind: type[ClaimsError], problem: str, remedy: str) -> bytes:
    return json.dumps({"raised": kind.__name__, "problem": problem, "remedy": remedy}).encode() + b"\n"


def _end_with(parent: int) -> None:
    """Let this process end when the one that started it does, where the system can: nobody waits for it then.

    Linux takes the thread that started it for its parent; that one waits until this process has answered.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - needed here alone

    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before
        sys.exit(1)


def _limit(seconds: float, memory: int) -> None:
    """Take what is above the limits from this process, so that it ends by itself even where nobody waits for it any more."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with suppress(ValueError, OSError):  # macOS knows the limit and does not take it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    whole = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.stdout.buffer.write(answer())
