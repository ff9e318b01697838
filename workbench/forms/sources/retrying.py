"""What waits for a copy in the Internet Archive is tried again while the desk runs, each when it is due; nobody need look on."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from threading import Event, Lock, Thread

import streamlit as st

from claims import ClaimsError, Store
from claims.evidence.archive_links import archive_of
from claims.finders.archiving import work

_log = logging.getLogger(__name__)


class Retrying:
    """A thread that works the queue as it becomes due, and ends when nothing waits any more."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = Lock()
        self._woken = Event()
        self._over = self._runs = False
        self.thread: Thread | None = None

    def wake(self) -> None:
        """Something waits, or waits no more: look at the queue again."""
        with self._turn:
            self._woken.set()
            if not self._over and not self._runs:
                self._runs = True
                self.thread = Thread(target=self._run, name="archived copies", daemon=True)
                self.thread.start()

    def stop(self) -> None:
        """End it; what waits stays on the list."""
        self._over = True
        self._woken.set()

    def _run(self) -> None:
        try:
            while not self._is_done():
                self._woken.clear()
                if not (queue := self._store.archive_queue()):
                    continue
                left = (queue[0].next_at - datetime.now(UTC)).total_seconds()
                if left > 0:
                    self._woken.wait(left)
                    self._woken.set()
                else:
                    work(self._store, archive_of(os.environ), queue[:1], actor=queue[0].asked_by)
                    self._woken.set()
        except ClaimsError as error:
            # The list is kept: the next desk that opens, or the next press, takes it up.
            _log.warning("Archived copies are not looked for any more: %s", error)
            with self._turn:
                self._runs = False

    def _is_done(self) -> bool:
        """Whether nothing waits and nobody has woken it since it looked: the next to wake it then begins it anew."""
        with self._turn:
            if self._woken.is_set() and not self._over:
                return False
            self._runs = False
            return True


def of(store: Store) -> Retrying:
    """The one of this store; the first time, it looks at what waits from before."""
    return _of(store, str(store.place))


@st.cache_resource(show_spinner=False, on_release=Retrying.stop)
def _of(_store: Store, place: str) -> Retrying:  # noqa: ARG001 - the place is what tells stores apart
    retrying = Retrying(_store)
    retrying.wake()
    return retrying
