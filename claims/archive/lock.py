"""The lock: a file that one run holds at a time; the system lets go of it however that run ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from claims.errors import StoreUnwritable

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


#: What systems say of a file that another holds.
_HELD = {errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK}

#: How often a file that was taken away meanwhile is opened anew; a disk that tells files apart by nothing is worked on as it is.
_TRIED = 10


@contextmanager
def locked(path: Path, busy: Exception) -> Iterator[None]:
    """Hold the file ``path`` for the length of the block; raises ``busy`` where another run holds it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "lock"
    ...     with locked(file, OSError("Another run works here.")):
    ...         with locked(file, OSError("Another run works here.")):
    ...             pass
    Traceback (most recent call last):
        ...
    OSError: Another run works here.

    A disk of the network that knows no locks is worked on without one.
    """
    for left in reversed(range(_TRIED)):
        with _opened(path) as file:
            try:
                _take(file.fileno())
            except OSError as error:
                if error.errno in _HELD:
                    raise busy from error
            if not left or _is_there(path, file.fileno()):
                yield
                return


def _opened(path: Path) -> IO[str]:
    try:
        return path.open("a", encoding="utf-8")
    except OSError as error:
        raise StoreUnwritable(
            f"The file {path} cannot be written.", "See that you may write to its folder, or choose another place."
        ) from error


def _is_there(path: Path, file: int) -> bool:
    """Whether a file that was opened is still the one of that name: a run that is refused takes its own away."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False
