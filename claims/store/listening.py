"""Hearing at once what any process writes to the record: PostgreSQL's LISTEN and NOTIFY.

Every transaction that writes says so as it is kept (:meth:`claims.store.database.Database.writing`), and nothing is said of
one that is taken back. Who listens holds one connection beside the pool's. A file of SQLite tells nobody: there one asks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING

from claims.errors import StoreError

if TYPE_CHECKING:
    from psycopg import Connection

#: By what name PostgreSQL tells that something was written.
CHANNEL = "claims_written"

#: Seconds of silence after which the server is asked whether it is still there.
_SILENCE = 1.0

#: Seconds between two tries to reach a server that is gone.
_AGAIN = 1.0

_log = logging.getLogger(__name__)


class Listening:
    """Calls ``heard`` after each write, from a thread of its own, until it is closed; ``hears`` says whether it does now.

    Where the server goes away it says so once in the log and tries again every second; whoever relies on it asks by
    themselves meanwhile. Once it is back, ``heard`` is called for whatever was missed.
    """

    def __init__(self, connect: Callable[[], Connection], heard: Callable[[], None], place: str) -> None:
        self._connect, self._heard, self._place = connect, heard, place
        self._closed, self._turned, self._hears = Event(), Condition(), False
        self._thread = Thread(target=self._run, name="listening to the record", daemon=True)
        self._thread.start()

    @property
    def hears(self) -> bool:
        """Whether writes are heard just now."""
        return self._hears

    def wait(self, seconds: float, *, hears: bool = True) -> bool:
        """Wait until writes are heard, or are not; whether it came to that."""
        with self._turned:
            return self._turned.wait_for(lambda: self._hears == hears, seconds)

    def close(self) -> None:
        """Listen no more; the connection is let go."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        from psycopg import Error  # noqa: PLC0415 - an extra: whoever listens has it

        lost = False
        while not self._closed.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}".encode())
                    self._turn(hears=True)
                    if lost:
                        _log.warning("Writes to %s are heard again.", self._place)
                        lost = False
                    self._heard()  # what was written before this moment
                    self._listen(connection)
            except (Error, StoreError, OSError) as error:
                self._turn(hears=False)
                if not lost:
                    _log.warning("Writes to %s are not heard, and are asked for until they are: %s", self._place, error)
                lost = True
                self._closed.wait(_AGAIN)
        self._turn(hears=False)

    def _listen(self, connection: Connection) -> None:
        while not self._closed.is_set():
            for _ in connection.notifies(timeout=_SILENCE, stop_after=1):
                self._heard()
            connection.execute(b"SELECT 1")

    def _turn(self, *, hears: bool) -> None:
        with self._turned:
            self._hears = hears
            self._turned.notify_all()
