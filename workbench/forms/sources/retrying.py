"""What waits for a copy in the Internet Archive is tried again while the desk runs, each when it is due; nobody need look on.

begin    from the desk's beginning on
of       the one of a store, to be woken when something has come to wait
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Lock, Thread, current_thread
from time import sleep

import streamlit as st

from claims import Store
from claims.evidence.archive_links import archive_of
from claims.finders.archiving import work
from workbench import record

_log = logging.getLogger(__name__)

#: Seconds after which the list is looked at again where it could not be read, or did not take what came of a try.
AGAIN = 60.0


class Retrying:
    """A thread that works the queue as it becomes due, and ends when nothing waits any more."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = Lock()
        self._woken = Event()
        self._over = self._runs = False
        self._not_before = datetime.min.replace(tzinfo=UTC)  # the service asked for patience, or cannot be reached
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
                try:
                    self._look()
                except Exception:  # noqa: BLE001 - the list is kept, and whatever was the matter may be over in a minute
                    _log.exception("The list of archived copies to be looked for could not be worked.")
                    self._wait(AGAIN)
        finally:
            with self._turn:
                if self.thread is current_thread():
                    self._runs = False

    def _look(self) -> None:
        """Try what is due; else wait until something is. With nothing left that waits, it is done."""
        waiting = [each for each in self._store.archive_queue() if not each.rests]
        if not waiting:
            return
        first = max(min(each.due_at for each in waiting), self._not_before)
        left = (first - datetime.now(UTC)).total_seconds()
        if left > 0:
            self._wait(left)
            return
        lost = False
        for each in waiting:
            if self._over or not each.is_due(datetime.now(UTC)):
                continue
            [outcome] = work(self._store, archive_of(os.environ), [each])
            lost = lost or outcome.lost
            if outcome.unanswered:
                again = (one.next_at for one in self._store.archive_queue() if one.source_id == each.source_id)
                self._not_before = next(again, self._not_before)
                break
        if lost:
            self._wait(AGAIN)
        self._woken.set()

    def _wait(self, seconds: float) -> None:
        """Wait so long, or until somebody wakes it; then the list is looked at again."""
        if not self._over:
            self._woken.wait(seconds)
        self._woken.set()

    def _is_done(self) -> bool:
        """Whether nothing waits and nobody has woken it since it looked: the next to wake it then begins it anew."""
        with self._turn:
            if self._woken.is_set() and not self._over:
                return False
            self._runs = False
            return True


def begin(is_over: Callable[[], bool]) -> Thread:
    """Try what waits from before in the desk's own record as soon as that opens, until the desk ``is_over``."""
    thread = Thread(target=_begin, args=(is_over,), name="archived copies begin", daemon=True)
    thread.start()
    return thread


def _begin(is_over: Callable[[], bool]) -> None:
    while not is_over():
        try:
            of(record.store())
        except Exception as error:  # noqa: BLE001 - the desk tells whoever opens it what is the matter with its record
            _log.info("What waits for an archived copy is not known: %s", error)
            sleep(AGAIN)
        else:
            return


def of(store: Store) -> Retrying:
    """The one of this store; the first time, it looks at what waits from before."""
    return _of(store, str(store.place))


@st.cache_resource(show_spinner=False, on_release=Retrying.stop)
def _of(_store: Store, place: str) -> Retrying:  # noqa: ARG001 - the place is what tells stores apart
    retrying = Retrying(_store)
    retrying.wake()
    return retrying
