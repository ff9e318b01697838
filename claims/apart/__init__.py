"""Apart: a stranger's file is read by a process of its own, which may use so much time and memory and no more.

The process is a fresh interpreter that gets the file on its stdin and answers on its stdout. Whatever a file made to do harm does to
its reader, it does there: the desk waits for as long as is allowed, and says in a sentence what came of it. On Linux it ends with
the desk, however that ends.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from claims.errors import ClaimsError, ReadingError, TooLarge

#: What the reading of one file may use: seconds, bytes of memory. And the seconds that it may wait for others' files before.
SECONDS, MEMORY, WAIT = 60, 1_500_000_000, 300

_WORKER = "claims.apart.worker"

#: What a worker hears of its surroundings: no password or token that stands there is for it.
_HEARD = ("LANG", "LC_ALL", "PATH", "SYSTEMROOT")

#: No more files are read at once than there are processors, however many people upload.
_AT_ONCE = threading.BoundedSemaphore(os.cpu_count() or 1)


def run_apart(
    kind: str,
    content: bytes,
    name: str,
    remedy: str,
    given: Mapping[str, str | None] | None = None,
    *,
    seconds: float = 0,
) -> bytes:
    """What the reader of this kind makes of a file, by a process that ends with it; ``given`` goes to the reader.

    >>> run_apart("pdf", b"no such thing", "story.pdf", "Paste its text.")
    Traceback (most recent call last):
        ...
    claims.errors.ReadingError: story.pdf is damaged or not a PDF at all. Download or export it again, or paste its text.

    The memory is limited where the system can (``resource``); the time is everywhere. Raises the reader's own ClaimsError;
    TooLarge, with the ``remedy``, where it ran out of time or memory or its turn did not come, and ReadingError where it broke off.
    """
    seconds = seconds or SECONDS
    order = {
        "kind": kind,
        "name": name,
        "given": dict(given or {}),
        "seconds": seconds,
        "memory": MEMORY,
        "remedy": remedy,
        "parent": os.getpid(),
    }
    heard = {key: os.environ[key] for key in _HEARD if key in os.environ}
    heard["PYTHONPATH"] = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    with _turn(name):
        try:
            answer = subprocess.run(  # noqa: S603 - our own interpreter, and no word of the file's on its command line
                [sys.executable, "-P", "-m", _WORKER],
                input=json.dumps(order).encode() + b"\n" + content,
                capture_output=True,
                check=True,
                env=heard,
                timeout=seconds,
            ).stdout
        except subprocess.TimeoutExpired as error:
            raise TooLarge(f"{name} could not be read within {seconds:g} seconds.", remedy) from error
        except subprocess.CalledProcessError as error:
            raise ReadingError(f"{name} made the program that reads it break off.", remedy) from error
    head, _, made = answer.partition(b"\n")
    if raised := json.loads(head):
        raise _named(raised["raised"])(raised["problem"], raised["remedy"])
    return made


@contextmanager
def _turn(name: str) -> Iterator[None]:
    """One of the places at which files are read, as soon as one is free."""
    if not _AT_ONCE.acquire(timeout=WAIT):
        raise TooLarge(f"{name} waited {WAIT:g} seconds for other files to be read.", "Try again in a few minutes.")
    try:
        yield
    finally:
        _AT_ONCE.release()


def _named(name: str) -> type[ClaimsError]:
    """The kind of error of this name."""
    kinds = [ClaimsError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return next(kind for kind in kinds if kind.__name__ == name)
